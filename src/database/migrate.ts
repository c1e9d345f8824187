import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { DatabaseProblem } from './problem.js'

/** The same table and checksum as Prisma's own, so that its tools can read what we did. */
const CREATE_TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
  logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0)`

/** Any fixed number: instances that start together on one database take turns by it. */
const MIGRATION_LOCK = 7_154_201
const OLDEST_SERVER = 16

export type Migration = Readonly<{ name: string; sql: string; checksum: string }>
type Applied = Readonly<{ migration_name: string; checksum: string; finished_at: Date | null }>

/** The migrations in `directory`, oldest first. Line ends are read as LF: a Windows checkout has the same checksums. */
export const readMigrations = (directory: string): Migration[] =>
  readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(directory, name, 'migration.sql'), 'utf8').replaceAll('\r\n', '\n')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })

/**
 * Brings the database at `url` (a direct one, not through a transaction-mode pooler) up to date and returns the names
 * of the migrations that were applied. One transaction a migration: it is there whole or not at all.
 * Throws `DatabaseProblem` for a server that is too old, and where the history is not ours: an applied migration was
 * edited, is unknown here, or was left unfinished by another tool.
 */
export async function migrate(url: string, directory: string): Promise<string[]> {
  return withClient(url, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    await client.query(CREATE_TABLE)
    const pending = findPending(readMigrations(directory), await listApplied(client))
    for (const migration of pending) await apply(client, migration)
    return pending.map((migration) => migration.name)
  })
}

/** Names of the migrations that the database at `url` still lacks. Changes nothing; throws as `migrate` does. */
export async function listPending(url: string, directory: string): Promise<string[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS known`)
    const applied = rows[0].known ? await listApplied(client) : []
    return findPending(readMigrations(directory), applied).map((migration) => migration.name)
  })
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {}) // a lost connection fails the statement under way; that error is the one to report
  await client.connect()
  try {
    await requireVersion(client)
    return await work(client)
  } finally {
    await client.end()
  }
}

async function requireVersion(client: Client): Promise<void> {
  const { rows } = await client.query(`SELECT current_setting('server_version_num')::int / 10000 AS major`)
  if (rows[0].major >= OLDEST_SERVER) return
  throw new DatabaseProblem(
    'database.too_old',
    `The database server is PostgreSQL ${rows[0].major}; version ${OLDEST_SERVER} or newer is needed.`,
  )
}

const listApplied = async (client: Client): Promise<Applied[]> =>
  (
    await client.query<Applied>(
      'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
    )
  ).rows

/** Pure: what is still to be applied, in order. */
export function findPending(known: readonly Migration[], applied: readonly Applied[]): Migration[] {
  const byName = new Map(known.map((migration) => [migration.name, migration]))
  for (const row of applied) refuse(row, byName.get(row.migration_name))
  const done = new Set(applied.map((row) => row.migration_name))
  return known.filter((migration) => !done.has(migration.name))
}

function refuse(row: Applied, migration: Migration | undefined): void {
  const name = row.migration_name
  if (!migration)
    throw new DatabaseProblem(
      'database.migration_unknown',
      `The database has a migration that this version does not know (${name}): a newer version has run on it. Start that version, or restore a backup from before it.`,
    )
  if (!row.finished_at)
    throw new DatabaseProblem(
      'database.migration_unfinished',
      `Migration ${name} was begun by another tool and never finished. Restore a backup from before it.`,
    )
  if (row.checksum !== migration.checksum)
    throw new DatabaseProblem(
      'database.migration_edited',
      `Migration ${name} was edited after it had been applied. Put its file back as it was and write a new migration for the change.`,
    )
}

async function apply(client: Client, migration: Migration): Promise<void> {
  try {
    await client.query('BEGIN')
    await client.query(migration.sql)
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    )
    await client.query('COMMIT')
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => {})
    const message = `Migration ${migration.name} failed and left nothing behind: ${(cause as Error).message}`
    throw new DatabaseProblem('database.migration_failed', message, { cause })
  }
}
