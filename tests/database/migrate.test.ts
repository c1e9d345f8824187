import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listPending, migrate, readMigrations } from '../../src/database/migrate.js'
import { createEmptyDatabase, MIGRATIONS } from '../support/database.js'

let folder: string
let database: { url: string; drop: () => Promise<void> }
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kyhop-migrations-'))
  database = await createEmptyDatabase()
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await database.drop()
})

const write = (name: string, sql: string): void => {
  mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, name, 'migration.sql'), sql)
}

async function ask(sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: database.url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('applies what is missing, in order, once', async () => {
  write('2_second', 'ALTER TABLE thing ADD COLUMN b int')
  write('1_first', 'CREATE TABLE thing (a int)')
  expect(await listPending(database.url, folder)).toEqual(['1_first', '2_second'])
  expect(await migrate(database.url, folder)).toEqual(['1_first', '2_second'])
  expect(await migrate(database.url, folder)).toEqual([])
  expect(await listPending(database.url, folder)).toEqual([])
})

test('instances that start together take turns: each migration is applied by one of them', async () => {
  await ask('CREATE TABLE held (a int)')
  write('1_first', 'CREATE TABLE thing (a int); LOCK TABLE held')
  const holder = new Client({ connectionString: database.url })
  await holder.connect()
  await holder.query('BEGIN; LOCK TABLE held')
  const applying = Promise.all(Array.from({ length: 5 }, () => migrate(database.url, folder)))
  // One is in the middle of it, the others wait for their turn.
  const waiting = `SELECT locktype, count(*)::int FROM pg_locks
    WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    GROUP BY locktype ORDER BY locktype`
  await expect
    .poll(() => ask(waiting))
    .toEqual([
      { locktype: 'advisory', count: 4 },
      { locktype: 'relation', count: 1 },
    ])
  await holder.query('COMMIT')
  await holder.end()
  const applied = await applying
  expect(applied.flat()).toEqual(['1_first'])
})

test('a migration that fails half-way leaves nothing, and those before it stay', async () => {
  write('1_first', 'CREATE TABLE thing (a int)')
  write('2_broken', 'CREATE TABLE half (a int); INSERT INTO nowhere VALUES (1)')
  await expect(migrate(database.url, folder)).rejects.toMatchObject({ code: 'database.migration_failed' })
  expect(await ask(`SELECT to_regclass('thing') IS NOT NULL AS first, to_regclass('half') IS NULL AS second`)).toEqual([
    { first: true, second: true },
  ])
  expect(await listPending(database.url, folder)).toEqual(['2_broken'])
})

test('an edited migration is refused by its name, before anything else is applied', async () => {
  write('1_first', 'CREATE TABLE thing (a int)')
  await migrate(database.url, folder)
  write('1_first', 'CREATE TABLE thing (a bigint)')
  write('2_second', 'CREATE TABLE other (a int)')
  const refused = expect.objectContaining({
    code: 'database.migration_edited',
    message: expect.stringContaining('1_first'),
  })
  await expect(migrate(database.url, folder)).rejects.toEqual(refused)
  expect(await ask(`SELECT to_regclass('other') IS NULL AS absent`)).toEqual([{ absent: true }])
})

test('a database that a newer version has migrated is refused', async () => {
  write('1_first', 'CREATE TABLE thing (a int)')
  write('2_newer', 'CREATE TABLE newer (a int)')
  await migrate(database.url, folder)
  rmSync(join(folder, '2_newer'), { recursive: true })
  await expect(migrate(database.url, folder)).rejects.toMatchObject({ code: 'database.migration_unknown' })
})

test('one that another tool left unfinished is refused', async () => {
  write('1_first', 'CREATE TABLE thing (a int)')
  await migrate(database.url, folder)
  await ask('UPDATE _prisma_migrations SET finished_at = NULL')
  await expect(migrate(database.url, folder)).rejects.toMatchObject({ code: 'database.migration_unfinished' })
})

test('line ends of a Windows checkout do not change a checksum', () => {
  cpSync(MIGRATIONS, folder, { recursive: true })
  const before = readMigrations(folder)
  for (const { name, sql } of before) write(name, sql.replaceAll('\n', '\r\n'))
  expect(readMigrations(folder).map((m) => m.checksum)).toEqual(before.map((m) => m.checksum))
})
