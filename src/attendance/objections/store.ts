import { DAY, fromDateColumn, type PlainDate } from '../../core/dates.js'
import { newId } from '../../core/ids.js'
import { Prisma, type Tx } from '../../database/client.js'
import type { Objection } from '../../database/generated/client.js'
import type { MarkState, ReasonKind } from '../../database/generated/enums.js'

/** What a confirmed roll-call says of one member. */
export type OwnMark = Readonly<{
  meetingId: string
  cellId: string
  day: PlainDate
  state: MarkState
  reasonKind: ReasonKind | null
  /** They have said that it is wrong, and nobody has decided yet. */
  objected: boolean
}>

/** Older roll-calls are corrected on paper. */
export const OBJECTED_FOR = 90 * DAY

export const objectedFrom = (now: Date): Date => new Date(now.getTime() - OBJECTED_FOR)

/** This person's marks in confirmed roll-calls of meetings since `from`, the newest first. */
export async function listOwnMarks(tx: Tx, personId: string, from: Date, limit: number): Promise<OwnMark[]> {
  const rows = await tx.$queryRaw<(Omit<OwnMark, 'day'> & { day: Date })[]>(Prisma.sql`
    SELECT m.id AS "meetingId", m.cell_id AS "cellId", m.day, k.state, k.reason_kind AS "reasonKind",
      EXISTS (SELECT FROM objection o WHERE o.meeting_id = m.id AND o.person_id = k.person_id AND o.closed_at IS NULL)
        AS objected
    FROM roll_call_mark k JOIN roll_call r USING (meeting_id) JOIN meeting m ON m.id = k.meeting_id
    WHERE k.person_id = ${personId}::uuid AND r.confirmed_at IS NOT NULL AND m.starts_at >= ${from}
    ORDER BY m.starts_at DESC LIMIT ${limit}`)
  return rows.map((row) => ({ ...row, day: fromDateColumn(row.day) }))
}

/** Writes an objection, or null where one waits already. The sheet of the meeting must be locked. */
export async function insertObjection(
  tx: Tx,
  now: Date,
  about: { meetingId: string; personId: string },
): Promise<Objection | null> {
  const open = await tx.objection.count({ where: { ...about, closedAt: null } })
  return open > 0 ? null : tx.objection.create({ data: { ...about, id: newId(), at: now } })
}

export const findObjection = (tx: Tx, id: string): Promise<Objection | null> =>
  tx.objection.findUnique({ where: { id } })

export const listOpenObjections = (tx: Tx, meetingId: string): Promise<{ id: string; personId: string }[]> =>
  tx.objection.findMany({
    where: { meetingId, closedAt: null },
    select: { id: true, personId: true },
    orderBy: { at: 'asc' },
  })

/** Closes it, once: true for whoever was first. */
export async function closeObjection(tx: Tx, now: Date, id: string, byId: string): Promise<boolean> {
  const { count } = await tx.objection.updateMany({
    where: { id, closedAt: null },
    data: { closedAt: now, closedById: byId },
  })
  return count > 0
}

/** Open objections whose mark was changed by hand since they came: they have been heard. */
export const listHeard = (tx: Tx, meetingId: string): Promise<{ id: string; personId: string }[]> =>
  tx.$queryRaw(Prisma.sql`
    SELECT o.id, o.person_id AS "personId" FROM objection o
    WHERE o.meeting_id = ${meetingId}::uuid AND o.closed_at IS NULL AND EXISTS (
      SELECT FROM roll_call_event e WHERE e.meeting_id = o.meeting_id AND e.person_id = o.person_id
        AND e.state IS NOT NULL AND e.at >= o.at)`)

/** Members whose mark was changed by hand after the results had been said to them. */
export const listChangedSince = (tx: Tx, meetingId: string, since: Date): Promise<{ personId: string }[]> =>
  tx.$queryRaw(Prisma.sql`
    SELECT DISTINCT person_id AS "personId" FROM roll_call_event
    WHERE meeting_id = ${meetingId}::uuid AND state IS NOT NULL AND at > ${since}`)
