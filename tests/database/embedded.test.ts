import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { completeLinks } from '../../src/database/embedded/binaries.js'
import { connectToRunning, type EmbeddedServer, openEmbedded } from '../../src/database/embedded/index.js'
import { isAlive } from '../../src/database/embedded/pid-file.js'
import { findPlace, mayEnter } from '../../src/database/embedded/place.js'
import { joinServer } from '../../src/database/resolve.js'
import { compileEmbedded, killHard, startOwner } from './owner-process.js'

let compiled: { folder: string; remove: () => void }
let dataDir: string
let opened: EmbeddedServer[] = []
let strays: number[] = []
beforeAll(() => {
  compiled = compileEmbedded()
})
afterAll(() => compiled.remove())
beforeEach(() => {
  const parent = mkdtempSync(join(tmpdir(), 'kyhop-'))
  chmodSync(parent, 0o755) // as root, the server's user must be able to enter
  dataDir = join(parent, 'dữ liệu, "kỳ họp"')
})
afterEach(async () => {
  await Promise.all(opened.map((server) => server.stop()))
  for (const pid of strays.filter(isAlive)) process.kill(pid, 'SIGKILL')
  opened = []
  strays = []
  rmSync(findPlace(dataDir).base, { recursive: true, force: true })
  rmSync(join(dataDir, '..'), { recursive: true, force: true })
})

const open = async (): Promise<EmbeddedServer> => {
  const server = await openEmbedded({ dataDir, settings: ['fsync=off'] })
  opened.push(server)
  return server
}
const owner = async () => {
  const process = await startOwner(compiled.folder, dataDir)
  strays.push(process.pid, process.serverPid)
  return process
}

async function ask(url: string | null, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url ?? 'none' })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('what was written is there after a stop and a start, under a path with spaces, accents, commas and quotes', async () => {
  const first = await open()
  await ask(await first.ensureDatabase('kyhop'), 'CREATE TABLE kept AS SELECT 1 AS n')
  await first.stop()
  expect(isAlive(first.pid)).toBe(false)
  const second = await open()
  expect(await ask(await second.ensureDatabase('kyhop'), 'SELECT n FROM kept')).toEqual([{ n: 1 }])
})

test('under a closed home the data is kept where the server can reach it: root is told, and finds it again', async () => {
  chmodSync(join(dataDir, '..'), 0o700)
  const said: string[] = []
  const first = await openEmbedded({ dataDir, say: (line) => said.push(line) })
  await ask(await first.ensureDatabase('kyhop'), 'CREATE TABLE kept AS SELECT 1 AS n')
  await first.stop()
  chmodSync(join(dataDir, '..'), 0o755)
  const again = await open()
  expect(await ask(again.url('kyhop'), 'SELECT n FROM kept')).toEqual([{ n: 1 }])
  const { base, account } = findPlace(dataDir)
  expect(said.some((line) => line.includes(base))).toBe(account !== null)
})

test('nobody else on the machine can reach it: no port, and a folder for its user alone', async () => {
  const server = await open()
  expect(await ask(server.url('postgres'), 'SHOW listen_addresses')).toEqual([{ listen_addresses: '' }])
  expect(statSync(findPlace(dataDir).socket).mode & 0o777).toBe(0o700)
})

test('a second owner is refused with a sentence that says what to do, and the first lives on', async () => {
  const { serverPid } = await owner()
  await expect(open()).rejects.toMatchObject({ code: 'database.in_use', message: expect.stringContaining('DATA_DIR') })
  expect(isAlive(serverPid)).toBe(true)
})

test('the command line joins the server of a living owner, and leaves it running', async () => {
  const { serverPid } = await owner()
  const joined = await joinServer({ databaseUrl: null, directUrl: null, dataDir })
  expect(await ask(joined.url, 'SELECT current_database() AS name')).toEqual([{ name: 'kyhop' }])
  const sandbox = await joined.sibling('sandbox')
  expect(await ask(sandbox.url, 'SELECT current_database() AS name')).toEqual([{ name: 'kyhop_sandbox' }])
  await joined.stop()
  expect(isAlive(serverPid)).toBe(true)
})

test('where none runs there is none to join', async () => {
  expect(await connectToRunning(dataDir)).toBeNull()
  const server = await open()
  await server.stop()
  expect(await connectToRunning(dataDir)).toBeNull()
})

test('an owner that was killed leaves an orphan: the next start ends it and has everything that was committed', async () => {
  const { child, serverPid } = await owner()
  await ask(await connectToRunning(dataDir), 'CREATE TABLE kept AS SELECT 2 AS n')
  await killHard(child)
  expect(isAlive(serverPid)).toBe(true)
  const next = await open()
  expect(isAlive(serverPid)).toBe(false)
  expect(await ask(next.url('kyhop'), 'SELECT n FROM kept')).toEqual([{ n: 2 }])
})

test('owner and server killed together: the next start recovers', async () => {
  const { child, serverPid } = await owner()
  await ask(await connectToRunning(dataDir), 'CREATE TABLE kept AS SELECT 3 AS n')
  process.kill(serverPid, 'SIGKILL')
  await killHard(child)
  expect(await ask((await open()).url('kyhop'), 'SELECT n FROM kept')).toEqual([{ n: 3 }])
})

test('a pid file whose number now belongs to another process does not hold up the start', async () => {
  const first = await open()
  await first.stop()
  const place = findPlace(dataDir)
  const lines = [process.pid, place.cluster, 1, 5432, place.socket, '', '', 'ready']
  writeFileSync(join(place.cluster, 'postmaster.pid'), `${lines.join('\n')}\n`)
  writeFileSync(join(place.socket, '.s.PGSQL.5432.lock'), `${lines.slice(0, 5).join('\n')}\n`)
  await open()
})

test('an interrupted first start leaves no half of a database in the way', async () => {
  mkdirSync(join(dataDir, 'postgres.new-0000'), { recursive: true })
  await open()
  expect(readdirSync(findPlace(dataDir).base)).toContain('postgres')
})

test('a data folder too deep for a socket gets one elsewhere', () => {
  const place = findPlace(join(dataDir, 'rất sâu '.repeat(12)))
  expect(Buffer.byteLength(join(place.socket, '.s.PGSQL.5432'))).toBeLessThanOrEqual(107)
})

test('links that npm did not make are made', () => {
  const folder = join(dataDir, 'native')
  mkdirSync(join(folder, 'lib'), { recursive: true })
  writeFileSync(join(folder, 'lib', 'libpq.so.5.18'), '')
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]
  writeFileSync(join(folder, 'pg-symlinks.json'), JSON.stringify(links))
  completeLinks(folder)
  completeLinks(folder)
  expect(readlinkSync(join(folder, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18')
})

test('a folder under a closed one cannot be entered by the user of the server', () => {
  const inner = join(dataDir, 'inner')
  mkdirSync(inner, { recursive: true, mode: 0o755 })
  const stranger = { uid: 4_000_000, gid: 4_000_000 }
  expect(mayEnter(inner, stranger)).toBe(true)
  chmodSync(dataDir, 0o700)
  expect(mayEnter(inner, stranger)).toBe(false)
})
