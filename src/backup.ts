import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { Client } from 'pg'
import { AppError } from './core/errors.js'
import type { Blobs } from './messaging/blobs.js'

/**
 * A backup is our own online logical export: gzipped JSON lines, one repeatable-read snapshot of every table, then the
 * files. The built-in PostgreSQL brings no pg_dump, and one format serves every server.
 */
const FORMAT = 1
const BATCH = 1_000

type Line =
  | { head: { format: number; migrations: string[]; at: string } }
  | { table: string; rows: Record<string, unknown>[] }
  | { file: string; bytes: string }
  | { end: { rows: number; files: number } }

export type BackupCounts = Readonly<{ rows: number; files: number }>

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

const listMigrations = async (client: Client): Promise<string[]> =>
  (await client.query('SELECT migration_name FROM _prisma_migrations ORDER BY 1')).rows.map((row) => row.migration_name)

/** Every table of ours, those that others refer to first. */
async function listTables(client: Client): Promise<string[]> {
  const { rows: names } = await client.query(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
     AND relname <> '_prisma_migrations' ORDER BY 1`,
  )
  const { rows: references } = await client.query(
    `SELECT DISTINCT a.relname AS child, b.relname AS parent FROM pg_constraint c
     JOIN pg_class a ON a.oid = c.conrelid JOIN pg_class b ON b.oid = c.confrelid
     WHERE c.contype = 'f' AND a.oid <> b.oid`,
  )
  const sorted: string[] = []
  const visit = (name: string): void => {
    if (sorted.includes(name)) return
    for (const { child, parent } of references) if (child === name) visit(parent)
    sorted.push(name)
  }
  for (const { name } of names) visit(name)
  return sorted
}

async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {}) // the statement under way reports it
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

/** Writes everything to `path` while the service runs. The file appears whole or not at all. */
export const backup = (options: { url: string; blobs: Blobs; path: string; now: Date }): Promise<BackupCounts> =>
  connected(options.url, async (client) => {
    const partial = `${options.path}.partial`
    const gzip = createGzip()
    const file = createWriteStream(partial, { mode: 0o600 })
    const written = pipeline(gzip, file)
    // A full disk is heard of at once, also while we wait for the database.
    const failed = written.then(() => new Promise<never>(() => {}))
    failed.catch(() => {})
    const write = async (line: Line): Promise<void> => {
      if (!gzip.write(`${JSON.stringify(line)}\n`)) await Promise.race([once(gzip, 'drain'), failed])
    }
    try {
      await Promise.race([once(file, 'open'), failed])
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
      await write({ head: { format: FORMAT, migrations: await listMigrations(client), at: options.now.toISOString() } })
      let rows = 0
      for (const table of await listTables(client)) rows += await writeTable(client, table, write)
      const files = await writeFiles(client, options.blobs, write)
      await write({ end: { rows, files } })
      gzip.end()
      await written
      await rename(partial, options.path)
      return { rows, files }
    } catch (error) {
      gzip.destroy()
      file.destroy()
      await rm(partial, { force: true })
      if (['ENOENT', 'EACCES', 'EPERM', 'EISDIR', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? ''))
        throw new AppError('cli.error.no-file', {}, { cause: error })
      throw error
    }
  })

async function writeTable(client: Client, table: string, write: (line: Line) => Promise<void>): Promise<number> {
  let count = 0
  await client.query(`DECLARE backup_cursor NO SCROLL CURSOR FOR SELECT to_jsonb(t) AS row FROM ${quoted(table)} t`)
  for (;;) {
    const { rows } = await client.query(`FETCH ${BATCH} FROM backup_cursor`)
    if (rows.length === 0) break
    count += rows.length
    await write({ table, rows: rows.map((one) => one.row) })
  }
  await client.query('CLOSE backup_cursor')
  return count
}

async function writeFiles(client: Client, blobs: Blobs, write: (line: Line) => Promise<void>): Promise<number> {
  const { rows } = await client.query('SELECT sha256 FROM file ORDER BY 1')
  for (const { sha256 } of rows)
    await write({ file: sha256, bytes: Buffer.from(await blobs.get(sha256)).toString('base64') })
  return rows.length
}

/**
 * Puts a backup in the place of everything that is there, in one transaction; `replace` says that data may be replaced.
 * What was due before now is not sent again: the service that the backup was taken from has sent it.
 * Throws `cli.error.backup-unreadable`, `cli.error.backup-foreign` (another version's tables), `cli.error.not-empty`.
 */
export const restore = (options: {
  url: string
  blobs: Blobs
  path: string
  now: Date
  replace: boolean
}): Promise<BackupCounts> =>
  connected(options.url, async (client) => {
    await client.query('BEGIN')
    const tables = await listTables(client)
    if (!options.replace && (await hasPeople(client))) throw new AppError('cli.error.not-empty')
    await client.query(`TRUNCATE ${tables.map(quoted).join(', ')}`)
    const counts = await readInto(client, options)
    await resetSequences(client)
    await client.query(
      `WITH past AS (UPDATE delivery SET state = 'withdrawn', finished_at = $1
         WHERE state IN ('queued', 'in_flight') AND not_before <= $1 RETURNING outbox_id)
       UPDATE outbox SET state = 'withdrawn' WHERE id IN (SELECT outbox_id FROM past)`,
      [options.now],
    )
    await client.query('COMMIT')
    return counts
  })

const hasPeople = async (client: Client): Promise<boolean> =>
  (await client.query('SELECT EXISTS (SELECT FROM membership) AS yes')).rows[0].yes

async function readInto(client: Client, options: { path: string; blobs: Blobs }): Promise<BackupCounts> {
  const counts = { rows: 0, files: 0 }
  let whole = false
  for await (const line of readLines(options.path)) {
    if ('head' in line) await requireSameTables(client, line.head)
    else if ('table' in line) {
      const table = quoted(line.table)
      await client.query(
        `INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`,
        [JSON.stringify(line.rows)],
      )
      counts.rows += line.rows.length
    } else if ('file' in line) {
      await options.blobs.put(Buffer.from(line.bytes, 'base64'))
      counts.files += 1
    } else whole = line.end.rows === counts.rows && line.end.files === counts.files
  }
  if (!whole) throw new AppError('cli.error.backup-unreadable')
  return counts
}

/** Line by line; readline would swallow the error of a file that was cut short. */
async function* readLines(path: string): AsyncGenerator<Line> {
  const gunzip = createGunzip()
  const source = createReadStream(path).on('error', (error) => gunzip.destroy(error))
  let rest = ''
  try {
    for await (const chunk of source.pipe(gunzip).setEncoding('utf8')) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) yield JSON.parse(line) as Line
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError('cli.error.backup-unreadable', {}, { cause })
  }
}

async function requireSameTables(client: Client, head: { format: number; migrations: string[] }): Promise<void> {
  const here = await listMigrations(client)
  const same = head.format === FORMAT && here.join() === head.migrations.join()
  if (!same) throw new AppError('cli.error.backup-foreign')
}

/** Numbers that the database gives out itself go on behind the restored ones. */
async function resetSequences(client: Client): Promise<void> {
  const { rows } = await client.query(
    `SELECT c.table_name AS table, c.column_name AS column,
       pg_get_serial_sequence(quote_ident(c.table_name), c.column_name) AS sequence
     FROM information_schema.columns c WHERE c.table_schema = 'public'
       AND pg_get_serial_sequence(quote_ident(c.table_name), c.column_name) IS NOT NULL`,
  )
  for (const { table, column, sequence } of rows)
    await client.query(
      `SELECT setval($1, (SELECT coalesce(max(${quoted(column)}), 0) + 1 FROM ${quoted(table)}), false)`,
      [sequence],
    )
}
