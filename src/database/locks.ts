import { Client } from 'pg'
import type { Log } from '../core/log.js'

/** The space of our keys, so that no other user of advisory locks in the same database can meet a bot's number. */
const SPACE = 7_154_203

/**
 * How soon the server notices that our machine is gone and frees the locks for another instance: 2 s of silence, then
 * two probes a second apart. The last line is for a machine that vanishes with an answer on its way.
 */
const NOTICE_A_DEAD_CLIENT = `
  SET tcp_keepalives_idle = 2;
  SET tcp_keepalives_interval = 1;
  SET tcp_keepalives_count = 2;
  SET tcp_user_timeout = 4000`

/** One connection whose end is the end of every lock on it: what is claimed through it is claimed under the lock. */
export type LockConnection = Readonly<{
  /** Takes the lock of `key` (an integer, such as a bot's) if it is free; true also where this connection has it already. */
  tryLock: (key: number) => Promise<boolean>
  unlock: (key: number) => Promise<void>
  /** Rows of one statement, run on this connection. `name` makes it a prepared one. Rejects once the connection is lost. */
  query: <Row extends object>(sql: string, values?: readonly unknown[], name?: string) => Promise<Row[]>
  /** Resolves when the connection is gone without `close`, and its locks with it. Open a new one; never trust this one again. */
  lost: Promise<void>
  close: () => Promise<void>
}>

/** `url` is the direct address (`DATABASE_DIRECT_URL`): behind a transaction-mode pooler a session's lock means nothing. */
export async function openLockConnection(url: string, log: Log): Promise<LockConnection> {
  const client = new Client({ connectionString: url, keepAlive: true, keepAliveInitialDelayMillis: 2_000 })
  const held = new Set<number>()
  let closing = false
  const lost = new Promise<void>((resolve) => {
    client.on('error', (err) => log.warn({ err }, 'the connection that holds the locks failed'))
    client.on('end', () => {
      if (!closing) resolve()
    })
  })
  await client.connect()
  await client.query(NOTICE_A_DEAD_CLIENT)
  return {
    tryLock: async (key) => {
      // PostgreSQL counts: a lock taken twice would need to be given back twice.
      if (held.has(key)) return true
      const { rows } = await client.query('SELECT pg_try_advisory_lock($1, $2) AS mine', [SPACE, key])
      if (rows[0].mine) held.add(key)
      return rows[0].mine
    },
    unlock: async (key) => {
      if (held.delete(key)) await client.query('SELECT pg_advisory_unlock($1, $2)', [SPACE, key])
    },
    query: async (sql, values = [], name) => (await client.query({ text: sql, values: [...values], name })).rows,
    lost,
    close: async () => {
      closing = true
      await client.end()
    },
  }
}
