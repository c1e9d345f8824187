import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from './errors.js'

const LENGTH = 32

/**
 * The key of one-time codes: made once, kept beside the data and not in the database, so that a copy of the database
 * alone opens nothing. Instances share it as they share the folder.
 */
export function readKey(dataDir: string): Uint8Array {
  const path = join(dataDir, 'code.key')
  mkdirSync(dataDir, { recursive: true })
  if (!existsSync(path)) make(path)
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')
  if (key.byteLength === LENGTH) return key
  throw new AppError('cli.error.key', { path })
}

/** Written whole before it has its name: another process never reads half a key, nor replaces one that is in use. */
function make(path: string): void {
  const draft = `${path}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, randomBytes(LENGTH).toString('hex'), { mode: 0o600, flush: true })
  try {
    linkSync(draft, path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Some file systems (exFAT) know no links.
    if (code !== 'EEXIST') copyFileSync(draft, path)
  } finally {
    rmSync(draft, { force: true })
  }
}
