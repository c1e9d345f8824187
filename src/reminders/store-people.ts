import { Prisma, type Tx } from '../database/client.js'
import type { AnswerState } from '../database/generated/enums.js'

/**
 * What each person last said of a meeting, by person id. An answer that came after the deadline counts here before the
 * secretary has decided: nobody who has just said "absent" is asked whether they come.
 */
export async function listSaid(tx: Tx, meetingId: string): Promise<Map<string, AnswerState>> {
  const rows = await tx.$queryRaw<{ personId: string; state: AnswerState }[]>(Prisma.sql`
    SELECT person_id AS "personId", state FROM answer WHERE meeting_id = ${meetingId}::uuid
    UNION ALL
    SELECT person_id, state FROM (
      SELECT DISTINCT ON (person_id) person_id, state, late FROM answer_event
      WHERE meeting_id = ${meetingId}::uuid ORDER BY person_id, at DESC, id DESC
    ) newest WHERE late = 'pending'`)
  return new Map(rows.map((row) => [row.personId, row.state]))
}

/** Of these people, those to whom a nudge went or will go out after `since`, whichever meeting it was for. */
export async function listNudgedSince(tx: Tx, personIds: readonly string[], since: Date): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ personId: string }[]>(Prisma.sql`
    SELECT DISTINCT outbox.person_id AS "personId" FROM outbox JOIN delivery ON delivery.outbox_id = outbox.id
    WHERE outbox.person_id = ANY(${[...personIds]}::uuid[]) AND outbox.kind = 'reminders.nudge'
      AND outbox.state IN ('queued', 'sent')
      AND greatest(delivery.not_before, delivery.finished_at) > ${since}`)
  return new Set(rows.map((row) => row.personId))
}
