import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { ConfigError } from './config.js'

/** Marks at the beginning of a text that editors on Windows write: Notepad's UTF-8 and its “Unicode”. */
const UTF_8 = '\uFEFF'
const UTF_16_LE = [0xff, 0xfe]

function textOf(bytes: Buffer): string {
  const isWide = UTF_16_LE.every((byte, at) => bytes[at] === byte)
  const text = bytes.toString(isWide ? 'utf16le' : 'utf8')
  // Node would take the mark for a part of the first name, and that setting for one it does not know.
  return text.startsWith(UTF_8) ? text.slice(1) : text
}

/** The settings in a `.env` file; none where there is no file. Throws `ConfigError` where it cannot be read. */
export function readEnvFile(path: string): Record<string, string> {
  if (!existsSync(path)) return {}
  try {
    return parseEnv(textOf(readFileSync(path))) as Record<string, string>
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new ConfigError([`.env: cannot be read (${code}); make it a text file that this user may read: ${path}`])
  }
}
