import { dateIn } from '../core/dates.js'
import { newId } from '../core/ids.js'
import { Prisma, type Tx } from '../database/client.js'
import type { AnswerEvent } from '../database/generated/client.js'
import type { Meeting } from '../meetings/store.js'
import { listCellLeaders } from '../organization/leaders.js'
import type { Saying } from './store.js'

/** Keeps an answer that came too late; what counted before counts on. Returns the event's id. */
export async function recordLate(tx: Tx, { answer, now, leaveId, ...saying }: Saying): Promise<string> {
  const id = newId()
  const { meetingId, personId, way, byId, updateId } = saying
  await tx.answerEvent.create({
    data: {
      id,
      meetingId,
      personId,
      way,
      byId,
      updateId,
      ...answer,
      at: now,
      late: 'pending',
      leaveId: leaveId ?? null,
    },
  })
  return id
}

/**
 * Who decides about a late answer or a leave: secretary and deputy of today, but not about their own unless they are alone.
 */
export async function listDeciders(
  tx: Tx,
  meeting: Pick<Meeting, 'cellId' | 'zone'>,
  personId: string,
  now: Date,
): Promise<string[]> {
  const found = await listCellLeaders(tx, meeting.cellId, dateIn(now, meeting.zone))
  const leaders = found.map((one) => one.personId)
  const others = leaders.filter((one) => one !== personId)
  return others.length > 0 ? others : leaders
}

export type LateAnswer = AnswerEvent & { newer: boolean }

/** A late answer by its id, whatever became of it; `newer`: the member has said something since. */
export async function findLate(tx: Tx, eventId: string): Promise<LateAnswer | null> {
  const event = await tx.answerEvent.findUnique({ where: { id: eventId } })
  if (!event?.late) return null
  const { meetingId, personId, at, id } = event
  const newer = await tx.answerEvent.count({
    where: { meetingId, personId, OR: [{ at: { gt: at } }, { at, id: { gt: id } }] },
  })
  return { ...event, newer: newer > 0 }
}

/**
 * Decides about a late answer, once: true for whoever was first. An accepted one becomes the answer that counts;
 * the roll-call is another fact and is not touched.
 */
export async function decideLate(
  tx: Tx,
  what: { eventId: string; accepted: boolean; byId: string; now: Date },
): Promise<boolean> {
  const decision = what.accepted ? 'accepted' : 'refused'
  const [row] = await tx.$queryRaw<{ decided: boolean }[]>(Prisma.sql`
    WITH decided AS (
      UPDATE answer_event SET late = ${decision}::late_decision, decided_by_id = ${what.byId}::uuid, decided_at = ${what.now}
      WHERE id = ${what.eventId}::uuid AND late = 'pending'
      RETURNING *
    ), accepted AS (
      INSERT INTO answer (id, meeting_id, person_id, state, reason_kind, reason_text, minutes_late, answered_at)
      SELECT ${newId()}::uuid, meeting_id, person_id, state, reason_kind, reason_text, minutes_late, at
      FROM decided WHERE late = 'accepted'
      ON CONFLICT (meeting_id, person_id) DO UPDATE SET state = EXCLUDED.state, reason_kind = EXCLUDED.reason_kind,
        reason_text = EXCLUDED.reason_text, minutes_late = EXCLUDED.minutes_late, answered_at = EXCLUDED.answered_at,
        leave_id = NULL
    )
    SELECT EXISTS (SELECT FROM decided) AS decided`)
  return row?.decided ?? false
}

export async function getFullName(tx: Tx, personId: string): Promise<string> {
  const person = await tx.person.findUniqueOrThrow({ where: { id: personId }, select: { fullName: true } })
  return person.fullName
}
