import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { inject } from 'vitest'
import { createLog } from '../../src/core/log.js'
import { type Db, openDatabase } from '../../src/database/client.js'

declare module 'vitest' {
  export interface ProvidedContext {
    databaseServer: string
  }
}

export const TEMPLATE = 'kyhop_template'
export const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

export type TestDatabase = Readonly<{ db: Db; url: string; close: () => Promise<void> }>

/** Runs one statement on the run's server, outside every test database. */
async function onServer(sql: string): Promise<void> {
  const client = new Client({ connectionString: inject('databaseServer') })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** A database of its own on the run's server, empty: for tests of the migrations themselves. */
export async function createEmptyDatabase(template = 'template0'): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`
  // FILE_COPY of 9 MB is faster than the default, which writes it all to the log first.
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`)
  const url = new URL(inject('databaseServer'))
  url.pathname = `/${name}`
  return { url: url.href, drop: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`) }
}

/** A migrated database for one test file: `const { db } = await openTestDatabase()`; `close()` in `afterAll`. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const { url, drop } = await createEmptyDatabase(TEMPLATE)
  const { db, close } = openDatabase(url, { connections: 10, log: createLog('silent') })
  return {
    db,
    url,
    close: async () => {
      await close()
      await drop()
    },
  }
}
