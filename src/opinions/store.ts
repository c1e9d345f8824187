import { newId } from '../core/ids.js'
import { Prisma, type Tx } from '../database/client.js'
import type { OpinionKind } from '../database/generated/enums.js'
import type { Meeting } from '../meetings/store.js'
import { toMeeting } from '../meetings/store.js'
import { listCellLeaders } from '../organization/leaders.js'

export type Opinion = Readonly<{
  id: string
  meetingId: string
  personId: string
  fullName: string
  kind: OpinionKind
  /** Null: a request without words, or its words have ended. */
  text: string | null
}>

/**
 * What was sent for a meeting and not taken back, requests to speak first: also what was sent for one that was put off
 * since the last one that took place. For the secretary's eyes.
 */
export const listOpinions = (tx: Tx, meeting: Pick<Meeting, 'id' | 'cellId' | 'startsAt'>): Promise<Opinion[]> =>
  tx.$queryRaw<Opinion[]>(Prisma.sql`
    SELECT o.id, o.meeting_id AS "meetingId", o.person_id AS "personId", p.full_name AS "fullName", o.kind, o.text
    FROM opinion o JOIN person p ON p.id = o.person_id JOIN meeting m ON m.id = o.meeting_id
    WHERE o.withdrawn_at IS NULL AND m.cell_id = ${meeting.cellId}::uuid AND (m.id = ${meeting.id}::uuid OR (
      m.state = 'cancelled' AND m.starts_at < ${meeting.startsAt} AND NOT EXISTS (
        SELECT FROM meeting held WHERE held.cell_id = m.cell_id AND held.state = 'planned'
          AND held.kind <> 'cell_committee' AND held.id <> ${meeting.id}::uuid
          AND held.starts_at > m.starts_at AND held.starts_at < ${meeting.startsAt})))
    ORDER BY o.kind DESC, o.at, o.id`)

/** One's own, for meetings that have not begun. */
export const listOwnOpinions = (tx: Tx, personId: string, now: Date): Promise<Opinion[]> =>
  tx.$queryRaw<Opinion[]>(Prisma.sql`
    SELECT o.id, o.meeting_id AS "meetingId", o.person_id AS "personId", p.full_name AS "fullName", o.kind, o.text
    FROM opinion o JOIN person p ON p.id = o.person_id JOIN meeting m ON m.id = o.meeting_id
    WHERE o.person_id = ${personId}::uuid AND o.withdrawn_at IS NULL AND m.starts_at > ${now}
    ORDER BY o.at, o.id`)

export type NewOpinion = Readonly<{
  meetingId: string
  personId: string
  kind: OpinionKind
  text: string | null
  now: Date
}>

/** Null: the same was sent before. */
export async function recordOpinion(tx: Tx, { now, ...one }: NewOpinion): Promise<string | null> {
  const same = await tx.opinion.count({ where: { ...one, withdrawnAt: null } })
  if (same > 0) return null
  const id = newId()
  await tx.opinion.create({ data: { id, ...one, at: now } })
  return id
}

/** Its words go at once. False: it is not theirs, or was taken back before. */
export async function takeBack(tx: Tx, opinionId: string, personId: string, now: Date): Promise<boolean> {
  const { count } = await tx.opinion.updateMany({
    where: { id: opinionId, personId, withdrawnAt: null },
    data: { withdrawnAt: now, text: null },
  })
  return count === 1
}

/** Who is the cell's secretary on the meeting's day: nobody else gets an opinion. */
export const listSecretaries = async (tx: Tx, cellId: string, day: Meeting['day']): Promise<string[]> =>
  (await listCellLeaders(tx, cellId, day)).flatMap((one) => (one.role === 'secretary' ? [one.personId] : []))

export const listSpeakers = async (tx: Tx, meetingId: string): Promise<Set<string>> =>
  new Set((await tx.speaker.findMany({ where: { meetingId }, select: { personId: true } })).map((one) => one.personId))

/** Who spoke, once each. */
export const recordSpeakers = (
  tx: Tx,
  meetingId: string,
  personIds: readonly string[],
  how: { byId: string; now: Date },
): Promise<unknown> =>
  tx.speaker.createMany({
    data: personIds.map((personId) => ({ meetingId, personId, byId: how.byId, at: how.now })),
    skipDuplicates: true,
  })

/** A slip of the finger: they did not speak. */
export const withdrawSpeakers = (tx: Tx, meetingId: string, personIds: readonly string[]): Promise<unknown> =>
  tx.speaker.deleteMany({ where: { meetingId, personId: { in: [...personIds] } } })

/**
 * How many of those who attended spoke. Null: nobody was noted, or the names have ended after 90 days. `attended` is the
 * roll-call's, so a correction changes both.
 */
export async function countSpeakers(
  tx: Tx,
  meetingId: string,
): Promise<Readonly<{ spoke: number; attended: number }> | null> {
  const [row] = await tx.$queryRaw<{ noted: number; spoke: number; attended: number }[]>(Prisma.sql`
    SELECT (SELECT count(*)::int FROM speaker WHERE meeting_id = ${meetingId}::uuid) AS noted,
      count(s.person_id)::int AS spoke, count(*)::int AS attended
    FROM roll_call_mark m LEFT JOIN speaker s ON s.meeting_id = m.meeting_id AND s.person_id = m.person_id
    WHERE m.meeting_id = ${meetingId}::uuid AND m.state IN ('present', 'late', 'online')`)
  return row && row.noted > 0 ? { spoke: row.spoke, attended: row.attended } : null
}

/** Planned meetings of these cells to which members go, the next first. */
export async function listNext(tx: Tx, cellIds: readonly string[], now: Date): Promise<Meeting[]> {
  const rows = await tx.meeting.findMany({
    where: { cellId: { in: [...cellIds] }, state: 'planned', kind: { not: 'cell_committee' }, startsAt: { gt: now } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    distinct: ['cellId'],
  })
  return rows.map(toMeeting)
}
