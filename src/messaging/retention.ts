import { DAY } from '../core/dates.js'
import { type Db, Prisma } from '../database/client.js'

/** How long what people wrote and what we wrote to them is kept: law 91/2025 wants chat logs short. Facts stay. */
export const CHAT_LOG_MS = 90 * DAY

const BATCH = 5_000

const later = (at: Date | null | undefined): Date | null => (at ? new Date(at.getTime() + CHAT_LOG_MS) : null)

const earlier = (a: Date | null, b: Date | null): Date | null => (a && b ? (a < b ? a : b) : (a ?? b))

/**
 * Removes handled updates and blanks what was sent. The outbox rows stay, without their data, as proof of what went out
 * and when; a button under a forgotten message is answered as an old one.
 */
export const retention = {
  name: 'retention',
  nextDue: async (db: Db): Promise<Date | null> => {
    const update = await db.inboundUpdate.findFirst({ orderBy: { id: 'asc' }, select: { receivedAt: true } })
    const rows = await db.$queryRaw<{ at: Date | null }[]>(
      Prisma.sql`SELECT min(finished_at) AS at FROM delivery WHERE content IS NOT NULL`,
    )
    const unsent = await db.$queryRaw<{ at: Date | null }[]>(
      Prisma.sql`SELECT min(created_at) AS at FROM outbox WHERE data <> '{}' AND state NOT IN ('queued', 'sent')`,
    )
    return earlier(earlier(later(update?.receivedAt), later(rows[0]?.at)), later(unsent[0]?.at))
  },
  run: async (db: Db, now: Date): Promise<boolean> => {
    const before = new Date(now.getTime() - CHAT_LOG_MS)
    const removed = await db.$executeRaw(Prisma.sql`
      DELETE FROM inbound_update WHERE id IN (
        SELECT id FROM inbound_update WHERE received_at <= ${before} ORDER BY id LIMIT ${BATCH})`)
    const blanked = await db.$executeRaw(Prisma.sql`
      WITH old AS (
        UPDATE delivery SET content = NULL WHERE id IN (
          SELECT id FROM delivery WHERE content IS NOT NULL AND finished_at <= ${before} LIMIT ${BATCH})
        RETURNING outbox_id
      )
      UPDATE outbox SET data = '{}' WHERE id IN (SELECT outbox_id FROM old)`)
    // What never left (withdrawn, expired, failed, nobody to reach) says as much about people as what did.
    const unsent = await db.$executeRaw(Prisma.sql`
      UPDATE outbox SET data = '{}' WHERE id IN (
        SELECT id FROM outbox WHERE data <> '{}' AND state NOT IN ('queued', 'sent') AND created_at <= ${before}
        LIMIT ${BATCH})`)
    return removed === BATCH || blanked >= BATCH || unsent === BATCH
  },
}
