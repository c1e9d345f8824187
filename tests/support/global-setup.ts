import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openEmbedded } from '../../src/database/embedded/index.js'
import { migrate } from '../../src/database/migrate.js'
import { MIGRATIONS, TEMPLATE } from './database.js'

/** Nothing of a test run needs to survive a power cut; two workers and their apps need many connections. */
const SETTINGS = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'max_connections=300',
  'max_wal_size=4GB',
]

/** One server for the whole run and a migrated template in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kyhop-test-'))
  const watch = stopWithUs(dataDir)
  const server = await openEmbedded({ dataDir, settings: SETTINGS })
  watch(server.pid)
  await migrate(await server.ensureDatabase(TEMPLATE), MIGRATIONS)
  project.provide('databaseServer', server.url('postgres'))
  return async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/**
 * The server lives in a session of its own. Where the run is killed, even during its start, this small process notices
 * its closed pipe, ends the server and removes the folder. Returns how to tell it which server.
 */
function stopWithUs(dataDir: string): (pid: number) => void {
  const watch = `let pid = 0
  process.stdin.on('data', (text) => { pid = Number(text) }).on('end', () => {
    try { if (pid) process.kill(pid, 'SIGINT') } catch {}
    setTimeout(() => require('node:fs').rmSync(${JSON.stringify(dataDir)}, { recursive: true, force: true }), 2000)
  })`
  const child = spawn(process.execPath, ['-e', watch], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  child.unref()
  const pipe = child.stdin as Socket
  pipe.unref()
  return (pid) => pipe.write(String(pid))
}
