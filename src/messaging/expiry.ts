import { type Db, Prisma } from '../database/client.js'

/** Marks what waited past its use, so that it is counted as not delivered instead of waiting for ever. */
export const expiry = {
  name: 'expiry',
  nextDue: async (db: Db): Promise<Date | null> => {
    const rows = await db.$queryRaw<{ at: Date | null }[]>(
      Prisma.sql`SELECT min(expires_at) AS at FROM delivery WHERE state = 'queued'`,
    )
    return rows[0]?.at ?? null
  },
  run: async (db: Db, now: Date): Promise<boolean> => {
    await db.$executeRaw(Prisma.sql`
      WITH late AS (
        UPDATE delivery SET state = 'expired', finished_at = ${now}
        WHERE state = 'queued' AND expires_at <= ${now} RETURNING outbox_id
      )
      UPDATE outbox SET state = 'expired' WHERE id IN (SELECT outbox_id FROM late) AND state = 'queued'`)
    return false
  },
}

/** When the next message that waits for its time may go out, or null. */
export const nextDelivery = async (db: Db, now: Date): Promise<Date | null> => {
  const rows = await db.$queryRaw<{ at: Date | null }[]>(
    Prisma.sql`SELECT min(not_before) AS at FROM delivery WHERE state = 'queued' AND not_before > ${now} AND expires_at > not_before`,
  )
  return rows[0]?.at ?? null
}
