import { PrismaPg } from '@prisma/adapter-pg'
import { Pool } from 'pg'
import type { Log } from '../core/log.js'
import { Prisma, PrismaClient } from './generated/client.js'

export { Prisma }
export type Db = PrismaClient
export type Tx = Prisma.TransactionClient

export type Database = Readonly<{ db: Db; close: () => Promise<void> }>

/** Statements that differ only in how many values they list are many: beyond this they are no longer kept prepared. */
const MOST_PREPARED = 500

/** Names a statement after its text, so that PostgreSQL plans it once a connection and not at every use. */
function nameStatements(): (query: { sql: string }) => string {
  const names = new Map<string, string>()
  return ({ sql }) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    const name = names.size < MOST_PREPARED ? `kyhop_${names.size}` : ''
    if (name) names.set(sql, name)
    return name
  }
}

/**
 * Connects to `url` with at most `connections`. `prepared`: not behind a transaction-mode pooler, where a statement
 * that one connection knows may reach another. A connection that the server closes is logged, never
 * thrown: it is replaced on next use.
 */
export function openDatabase(url: string, options: { connections: number; log: Log; prepared?: boolean }): Database {
  const pool = new Pool({ connectionString: url, max: options.connections })
  pool.on('error', (err) => options.log.warn({ err }, 'an idle database connection was lost'))
  const db = new PrismaClient({
    adapter: new PrismaPg(pool, options.prepared ? { statementNameGenerator: nameStatements() } : {}),
  })
  return {
    db,
    close: async () => {
      await db.$disconnect()
      if (!pool.ended) await pool.end()
    },
  }
}

/** Runs `work` in one transaction. 15 s: a statement that takes longer is a mistake, not a load. */
export const inTransaction = <T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.$transaction(work, { timeout: 15_000, maxWait: 10_000 })
