import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readKey } from '../../src/core/key-file.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kyhop-key-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('the key is made once, for its owner alone, and nothing else is left behind', () => {
  const key = readKey(folder)
  expect(key).toHaveLength(32)
  expect(readKey(folder)).toEqual(key)
  expect(readdirSync(folder)).toEqual(['code.key'])
  expect(statSync(join(folder, 'code.key')).mode & 0o077).toBe(0)
})

test('an empty or damaged key is refused: codes made with it could be told by anybody', () => {
  writeFileSync(join(folder, 'code.key'), '')
  expect(() => readKey(folder)).toThrow('cli.error.key')
  writeFileSync(join(folder, 'code.key'), 'zz')
  expect(() => readKey(folder)).toThrow('cli.error.key')
})
