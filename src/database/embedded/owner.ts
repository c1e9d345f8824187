import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { DatabaseProblem } from '../problem.js'
import { connect, databaseUrl, probe } from './address.js'
import type { Binaries } from './binaries.js'
import { findPidFile, type Running, removeStale } from './pid-file.js'
import type { Place } from './place.js'
import { findLiving, stopServer } from './server.js'

/** Any fixed number. Always taken in database `postgres`: advisory locks are per database. */
const OWNER_LOCK = 7_154_202

export const inUse = (): DatabaseProblem =>
  new DatabaseProblem(
    'database.in_use',
    'Kỳ Họp is already running on this data folder. Stop it first, or give this one a DATA_DIR of its own.',
  )

/** Takes the lock that marks the living owner of a server, on a connection that holds it until it ends; null: taken. */
export async function takeOwnership(url: string, onLost: () => void): Promise<Client | null> {
  const guard = await connect(url, onLost)
  const { rows } = await guard.query('SELECT pg_try_advisory_lock($1) AS mine', [OWNER_LOCK])
  if (rows[0].mine) return guard
  await guard.end()
  return null
}

/** Tells an orphan from the server of a living owner; the lock is tried for a second, because a killed owner's may linger. */
async function isOrphan(url: string): Promise<boolean> {
  await letOwnerSettle(url)
  for (let attempt = 0; attempt < 10; attempt++) {
    const guard = await takeOwnership(url, () => {})
    if (guard) {
      await guard.end()
      return true
    }
    await sleep(100)
  }
  return false
}

/** An owner that started its server a moment ago may not have taken the lock yet. */
async function letOwnerSettle(url: string): Promise<void> {
  const client = await connect(url)
  const { rows } = await client.query(
    'SELECT 1000 * extract(epoch FROM clock_timestamp() - pg_postmaster_start_time()) AS age',
  )
  await client.end()
  if (rows[0].age < 1_500) await sleep(1_500 - Number(rows[0].age))
}

/** The running server of `place` once it answers; null where the pid file names a dead or foreign process. */
export async function findServer(place: Place): Promise<Running | null> {
  for (let waited = 0; waited < 15_000; waited += 100) {
    const running = findLiving(place)
    if (!running) return null
    const state = await probe(databaseUrl(place, running, 'postgres'))
    if (state === 'open') return running
    if (state === 'closed' && waited >= 1_000) return null
    await sleep(100)
  }
  return null
}

/**
 * Clears the way for a start of our own. An app that was killed leaves its server running: it is stopped and started
 * afresh. Throws `DatabaseProblem` (`database.in_use`) where the owner lives.
 */
export async function clearTheWay(place: Place, binaries: Binaries): Promise<void> {
  const running = await findServer(place)
  if (!running) {
    if (findPidFile(place)) removeStale(place)
    return
  }
  if (!(await isOrphan(databaseUrl(place, running, 'postgres')))) throw inUse()
  await stopServer(place, binaries, running.pid, 8_000)
}
