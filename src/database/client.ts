import { PrismaPg } from '@prisma/adapter-pg'
import { Pool } from 'pg'
import type { Log } from '../core/log.js'
import { Prisma, PrismaClient } from './generated/client.js'

export { Prisma }
export type Db = PrismaClient
export type Tx = Prisma.TransactionClient

export type Database = Readonly<{ db: Db; close: () => Promise<void> }>

/** Connects to `url` with at most `connections`. A connection that the server closes is logged, never thrown: it is replaced on next use. */
export function openDatabase(url: string, options: { connections: number; log: Log }): Database {
  const pool = new Pool({ connectionString: url, max: options.connections })
  pool.on('error', (err) => options.log.warn({ err }, 'an idle database connection was lost'))
  const db = new PrismaClient({ adapter: new PrismaPg(pool) })
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
