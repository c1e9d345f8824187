import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { env, kill } from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { DatabaseProblem } from '../problem.js'
import { databaseUrl, OWNER, passwordFile, probe } from './address.js'
import { type Binaries, cannotRun, WINDOWS } from './binaries.js'
import { findPidFile, isAlive, type Running } from './pid-file.js'
import type { Account, Place } from './place.js'

const run = promisify(execFile)

/** 54 MB in all: one small organisation, a sender and a few sweeps. The log never quotes a statement or a row. */
const SETTINGS = [
  'shared_buffers=32MB',
  'io_method=sync',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_logical_replication_workers=0',
  'timezone=UTC',
  'log_timezone=UTC',
  'log_error_verbosity=terse',
  'log_min_error_statement=panic',
  'log_checkpoints=off',
]

/** Secrets of the app's environment are not the server's business. */
const serverEnv = (): NodeJS.ProcessEnv => ({
  LC_ALL: 'C',
  ...Object.fromEntries(['PATH', 'SystemRoot', 'TEMP', 'TMP'].flatMap((key) => (env[key] ? [[key, env[key]]] : []))),
})

const as = (account: Account) => ({ env: serverEnv(), cwd: '/', ...(account ?? {}) })

/** Makes the cluster if there is none: beside its place first, so that an interrupted first start leaves no half of one. */
export async function createCluster(place: Place, binaries: Binaries): Promise<void> {
  if (existsSync(place.cluster)) return requireSameVersion(place, binaries)
  const draft = `${place.cluster}.new-${randomBytes(4).toString('hex')}`
  mkdirSync(draft, { mode: 0o700 })
  if (place.account) chownSync(draft, place.account.uid, place.account.gid)
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const args = ['-D', draft, '-U', OWNER, ...locale, '--no-sync', '--no-instructions', ...authentication(place)]
  try {
    await run(binaries.initdb, args, { ...as(place.account), ...(WINDOWS ? { cwd: place.base } : {}) })
    renameSync(draft, place.cluster)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return // another start was faster; the guard sorts them out
    if (typeof code === 'string') throw cannotRun(error as NodeJS.ErrnoException)
    const why = String((error as { stderr?: string }).stderr ?? '')
      .trim()
      .split('\n')
      .at(-1)
    throw new DatabaseProblem('database.initdb', `The database could not be made in ${place.base}: ${why}`, {
      cause: error,
    })
  }
}

function authentication(place: Place): string[] {
  if (!WINDOWS) return ['--auth-local=trust', '--auth-host=reject']
  writeFileSync(passwordFile(place), randomBytes(24).toString('base64url'), { mode: 0o600 })
  return ['--auth=scram-sha-256', `--pwfile=${passwordFile(place)}`]
}

async function requireSameVersion(place: Place, binaries: Binaries): Promise<void> {
  const made = readFileSync(`${place.cluster}/PG_VERSION`, 'utf8').trim()
  const { stdout } = await run(binaries.postgres, ['--version'], as(place.account)).catch((error) => {
    throw cannotRun(error)
  })
  if (stdout.includes(`(PostgreSQL) ${made}`)) return
  const message = `${place.cluster} was made by PostgreSQL ${made}, this is ${stdout.trim()}. Make a backup with the version that made it and restore it here.`
  throw new DatabaseProblem('database.other_version', message)
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Starts the server and waits until it answers. Its own session: a Ctrl-C at the terminal is for the app alone. */
export async function startServer(place: Place, binaries: Binaries, settings: readonly string[]): Promise<Running> {
  const port = WINDOWS ? await freePort() : 5432
  const where = WINDOWS
    ? ['listen_addresses=127.0.0.1']
    : ['listen_addresses=', `unix_socket_directories=${quoted(place.socket)}`]
  const options = [...SETTINGS, ...where, ...settings].flatMap((setting) => ['-c', setting])
  const log = openSync(place.logFile, 'w', 0o600)
  const child = spawn(binaries.postgres, ['-D', place.cluster, '-p', String(port), ...options], {
    ...as(place.account),
    ...(WINDOWS ? { cwd: place.base } : {}),
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  child.unref()
  return waitUntilOpen(place, child, { host: WINDOWS ? '127.0.0.1' : place.socket, port })
}

/** The setting is a list: a comma or a quote in the path would end the item. */
const quoted = (path: string): string => `"${path.replaceAll('"', '""')}"`

async function waitUntilOpen(place: Place, child: ChildProcess, at: Pick<Running, 'host' | 'port'>): Promise<Running> {
  let failure: NodeJS.ErrnoException | undefined
  child.once('error', (error) => {
    failure = error
  })
  for (;;) {
    if (failure) throw cannotRun(failure)
    if (child.exitCode !== null || child.signalCode !== null) throw startFailed(place)
    if (child.pid && (await probe(databaseUrl(place, at, 'postgres'))) === 'open') return { pid: child.pid, ...at }
    await sleep(10)
  }
}

const startFailed = (place: Place): DatabaseProblem => {
  const last = readFileSync(place.logFile, 'utf8').trim().split('\n').at(-1) ?? ''
  return new DatabaseProblem('database.start', `The database did not start (${place.logFile}): ${last}`)
}

/**
 * Ends the server: SIGINT closes connections and writes everything out, usually within 100 ms. After `patience` ms
 * SIGQUIT ends it at once; nothing committed is lost by that, only the next start takes a moment longer.
 */
export async function stopServer(place: Place, binaries: Binaries, pid: number, patience: number): Promise<void> {
  if (WINDOWS) {
    await run(binaries.pgCtl, ['stop', '-D', place.cluster, '-m', 'fast', '-w', '-t', '8'], { env: serverEnv() }).catch(
      () => {},
    )
    return
  }
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!isAlive(pid)) return
    kill(pid, signal)
    for (let waited = 0; waited < patience && isAlive(pid); waited += 10) await sleep(10)
  }
}

/** The pid of the server of `place` if its file names a living process. */
export const findLiving = (place: Place): Running | null => {
  const running = findPidFile(place)
  return running && isAlive(running.pid) ? running : null
}
