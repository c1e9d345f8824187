import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBlobs } from '../../src/messaging/blobs.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kyhop-blobs-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const filesBelow = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => one.name)

test('what is kept is for this user alone', async () => {
  const directory = join(folder, 'kept')
  const sha256 = await openBlobs(directory).put(Buffer.from('phiếu mời'))
  const [kept, above] = [join(directory, sha256.slice(0, 2), sha256), join(directory, sha256.slice(0, 2))]
  expect([statSync(kept).mode & 0o777, statSync(above).mode & 0o777]).toEqual([0o600, 0o700])
})

test('a write that fails half-way is an error and leaves nothing behind', () => {
  const source = readFileSync(join(import.meta.dirname, '../../src/messaging/blobs.ts'), 'utf8')
  const module = ts.ModuleKind.ESNext
  const options = { compilerOptions: { module, target: ts.ScriptTarget.ES2022 } }
  writeFileSync(join(folder, 'blobs.mjs'), ts.transpileModule(source, options).outputText)
  const put = `import { openBlobs } from './blobs.mjs'
    await openBlobs('full').put(Buffer.alloc(1_000_000, 1)).then(() => console.log('kept'), (error) => console.log(error.code))`
  writeFileSync(join(folder, 'put.mjs'), put)
  // Nothing may be larger than some kilobytes there, as on a disk that is full.
  const { stdout } = spawnSync('sh', ['-c', `ulimit -f 8; exec "${process.execPath}" put.mjs`], { cwd: folder })
  expect(String(stdout).trim()).toBe('EFBIG')
  expect(filesBelow(join(folder, 'full'))).toEqual([])
})
