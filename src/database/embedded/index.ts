import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { DatabaseProblem } from '../problem.js'
import { connect, databaseUrl } from './address.js'
import type { Binaries } from './binaries.js'
import { clearTheWay, findServer, inUse, takeOwnership } from './owner.js'
import type { Running } from './pid-file.js'
import { findPlace, type Place, preparePlace } from './place.js'
import { createCluster, findLiving, startServer, stopServer } from './server.js'

export type EmbeddedServer = Readonly<{
  pid: number
  /** Address of a database, for `pg`. */
  url: (database: string) => string
  /** Makes the database if it is not there, and returns its address. */
  ensureDatabase: (name: string) => Promise<string>
  /** Ends the server, within 9 s at the worst. */
  stop: () => Promise<void>
}>

export type EmbeddedOptions = Readonly<{
  dataDir: string
  /** A line for the person who starts the service. */
  say?: (line: string) => void
  /** More server settings, `name=value`. */
  settings?: readonly string[]
  /** The server went away without `stop`. */
  onLost?: () => void
}>

/**
 * Starts the PostgreSQL that came with npm, its data in `dataDir/postgres`, and becomes its one owner. The first start
 * takes 0.7 s, later ones 50 ms. Throws `DatabaseProblem` where it cannot, or where a living owner has it already.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { place, binaries } = preparePlace(options.dataDir, options.say ?? (() => {}))
  await clearTheWay(place, binaries)
  await createCluster(place, binaries)
  const running = await startPatiently(place, binaries, options.settings ?? [])
  const url = (database: string) => databaseUrl(place, running, database)
  const guard = await watchOwnership(url('postgres'), options.onLost ?? (() => {}))
  return {
    pid: running.pid,
    url,
    ensureDatabase: async (name) => {
      await ensureDatabase(url('postgres'), name)
      return url(name)
    },
    stop: async () => {
      await guard.release()
      await stopServer(place, binaries, running.pid, 3_000)
    },
  }
}

/** After a server died hard its last processes hold its memory for a moment, and a second start refuses until then. */
async function startPatiently(place: Place, binaries: Binaries, settings: readonly string[]): Promise<Running> {
  for (let attempt = 1; ; attempt++)
    try {
      return await startServer(place, binaries, settings)
    } catch (error) {
      if (findLiving(place)) throw inUse()
      if (!(error instanceof DatabaseProblem) || error.code !== 'database.start' || attempt === 4) throw error
      await sleep(500)
    }
}

/** Holds the owner's lock. PostgreSQL restarts its sessions when one of them crashes: the lock is then taken anew. */
async function watchOwnership(url: string, onLost: () => void): Promise<{ release: () => Promise<void> }> {
  let released = false
  let guard: Client | null = null
  const retake = async (): Promise<void> => {
    for (let attempt = 0; attempt < 50 && !released; attempt++) {
      await sleep(100)
      guard = await takeOwnership(url, lost).catch(() => null)
      if (guard) return
    }
    if (!released) onLost()
  }
  const lost = () => {
    if (!released) void retake()
  }
  guard = await takeOwnership(url, lost)
  if (!guard) throw inUse()
  return {
    release: async () => {
      released = true
      await guard?.end().catch(() => {})
    },
  }
}

/** The address of `database` on the server that a living (or killed) owner of `dataDir` left running; null: none runs. */
export async function connectToRunning(dataDir: string, database = 'kyhop'): Promise<string | null> {
  const place = findPlace(dataDir)
  const running = await findServer(place)
  return running && databaseUrl(place, running, database)
}

/** Makes the database `name` on the server at `url` if it is not there. */
export async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = await connect(url)
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
  } catch (error) {
    if ((error as { code?: string }).code !== '42P04') throw error // made by another in this very moment
  } finally {
    await client.end()
  }
}
