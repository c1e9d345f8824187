import type { Sweep } from '../conversation/types.js'
import { DAY } from '../core/dates.js'
import { type Db, inTransaction, Prisma, type Tx } from '../database/client.js'
import { withdraw } from '../messaging/outbox.js'
import { toldMessage } from './messages.js'
import { takeBack } from './store.js'

/** What somebody said before a meeting, and who spoke in it, is for the secretary and for a short time. */
const KEPT_MS = 90 * DAY

const oldest = async (db: Db): Promise<Date | null> => {
  const rows = await db.$queryRaw<{ at: Date | null }[]>(Prisma.sql`
    SELECT min(starts_at) AS at FROM meeting WHERE id IN (
      SELECT meeting_id FROM opinion WHERE text IS NOT NULL UNION SELECT meeting_id FROM speaker)`)
  return rows[0]?.at ?? null
}

/** What they sent is taken back, its words go at once; what has not reached the secretary yet no longer does. */
export async function forgetOpinions(tx: Tx, now: Date, personId: string): Promise<void> {
  const theirs = await tx.opinion.findMany({ where: { personId, withdrawnAt: null }, select: { id: true } })
  for (const { id } of theirs) {
    await takeBack(tx, id, personId, now)
    await withdraw(tx, now, { subject: id, kinds: [toldMessage.kind] })
  }
}

/** Ends the words and the names 90 days after the meeting; a score keeps the share that it was given with. */
export const opinionRetention: Sweep = {
  name: 'opinions',
  nextDue: async (db) => {
    const at = await oldest(db)
    return at ? new Date(at.getTime() + KEPT_MS) : null
  },
  run: (db, now) =>
    inTransaction(db, async (tx) => {
      const over = Prisma.sql`(SELECT id FROM meeting WHERE starts_at <= ${new Date(now.getTime() - KEPT_MS)})`
      await tx.$executeRaw(Prisma.sql`UPDATE opinion SET text = NULL WHERE text IS NOT NULL AND meeting_id IN ${over}`)
      await tx.$executeRaw(Prisma.sql`DELETE FROM speaker WHERE meeting_id IN ${over}`)
      return false
    }),
}
