import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ConfigError } from '../../src/config.js'
import { readEnvFile } from '../../src/env-file.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kyhop-env-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const LINES = 'TELEGRAM_BOT_TOKEN=123456789:AAfiction\r\n# a word\r\nDEFAULT_LOCALE="vi"\r\n'

test.each([
  ['as editors write it', Buffer.from(LINES)],
  ['with the mark of Notepad’s UTF-8', Buffer.from(`\uFEFF${LINES}`)],
  ['as Notepad’s Unicode', Buffer.from(`\uFEFF${LINES}`, 'utf16le')],
])('%s the first setting counts like the others', async (_, bytes) => {
  const path = join(folder, '.env')
  await writeFile(path, bytes)
  expect(readEnvFile(path)).toEqual({ TELEGRAM_BOT_TOKEN: '123456789:AAfiction', DEFAULT_LOCALE: 'vi' })
})

test('none is no mistake; one that cannot be read is, with a sentence', async () => {
  expect(readEnvFile(join(folder, 'none'))).toEqual({})
  await mkdir(join(folder, 'folder'))
  expect(() => readEnvFile(join(folder, 'folder'))).toThrow(ConfigError)
  expect(() => readEnvFile(join(folder, 'folder'))).toThrow('make it a text file')
})
