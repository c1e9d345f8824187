import type { Sweep } from '../conversation/types.js'
import { DAY } from '../core/dates.js'
import { type Db, Prisma, type Tx } from '../database/client.js'

/** A reason in a member's own words is for the secretary, for a short time; its kind stays. */
const REASON_MS = 90 * DAY

const oldest = async (db: Db): Promise<Date | null> => {
  const rows = await db.$queryRaw<{ at: Date | null }[]>(Prisma.sql`
    SELECT min(starts_at) AS at FROM meeting WHERE id IN (
      SELECT meeting_id FROM answer WHERE reason_text IS NOT NULL
      UNION SELECT meeting_id FROM answer_event WHERE reason_text IS NOT NULL)
    UNION ALL SELECT min(ends_on)::timestamp AT TIME ZONE 'UTC' FROM leave WHERE reason_text IS NOT NULL ORDER BY 1`)
  return rows[0]?.at ?? null
}

/** Their own words end at once; that they were absent, and the kind of reason, is the cell's record of its meetings. */
export async function forgetReasons(tx: Tx, _now: Date, personId: string): Promise<void> {
  const theirs = { where: { personId, reasonText: { not: null } }, data: { reasonText: null } }
  await tx.answer.updateMany(theirs)
  await tx.answerEvent.updateMany(theirs)
  await tx.leave.updateMany(theirs)
}

/** Blanks the reasons of meetings and leaves that are 90 days past, as the consent text promises. */
export const reasonRetention: Sweep = {
  name: 'reasons',
  nextDue: async (db) => {
    const at = await oldest(db)
    return at ? new Date(at.getTime() + REASON_MS) : null
  },
  run: async (db, now) => {
    const meetings = Prisma.sql`(SELECT id FROM meeting WHERE starts_at <= ${new Date(now.getTime() - REASON_MS)})`
    await db.$executeRaw(Prisma.sql`
      WITH current AS (
        UPDATE answer SET reason_text = NULL WHERE reason_text IS NOT NULL AND meeting_id IN ${meetings}
      )
      UPDATE answer_event SET reason_text = NULL WHERE reason_text IS NOT NULL AND meeting_id IN ${meetings}`)
    await db.leave.updateMany({
      where: { reasonText: { not: null }, endsOn: { lte: new Date(now.getTime() - REASON_MS) } },
      data: { reasonText: null },
    })
    return false
  },
}
