import { fromDateColumn, type PlainDate, toDateColumn } from '../../core/dates.js'
import { newId } from '../../core/ids.js'
import { Prisma, type Tx } from '../../database/client.js'
import type { Leave as Row } from '../../database/generated/client.js'
import type { LeaveState, ReasonKind } from '../../database/generated/enums.js'
import { dayAfter, type Period } from './parse-period.js'

/** Away for a period. Its answers stand while it is live; a refused or withdrawn one says nothing more. */
export type Leave = Readonly<{
  id: string
  personId: string
  cellId: string
  from: PlainDate
  /** The first day back. */
  endsOn: PlainDate
  reasonKind: ReasonKind
  reasonText: string | null
  state: LeaveState
  createdAt: Date
  decidedById: string | null
}>

const toLeave = ({ startsOn, endsOn, ...row }: Row): Leave => ({
  ...row,
  from: fromDateColumn(startsOn),
  endsOn: fromDateColumn(endsOn),
})

const LIVE: LeaveState[] = ['pending', 'approved']

export type NewLeave = Readonly<{
  personId: string
  cellId: string
  period: Period
  reasonKind: ReasonKind
  reasonText: string | null
  /** Decided at once by whoever is the only one to decide. */
  approvedById: string | null
}>

export async function insertLeave(tx: Tx, now: Date, wanted: NewLeave): Promise<Leave> {
  const { period, approvedById, ...rest } = wanted
  const row = await tx.leave.create({
    data: {
      ...rest,
      id: newId(),
      startsOn: toDateColumn(period.from),
      endsOn: toDateColumn(dayAfter(period)),
      state: approvedById ? 'approved' : 'pending',
      byId: wanted.personId,
      createdAt: now,
      decidedById: approvedById,
      decidedAt: approvedById ? now : null,
    },
  })
  return toLeave(row)
}

export async function findLeave(tx: Tx, id: string): Promise<Leave | null> {
  const row = await tx.leave.findUnique({ where: { id } })
  return row && toLeave(row)
}

/** The same leave said a second time: two taps, two phones. */
export async function findSame(tx: Tx, personId: string, cellId: string, period: Period): Promise<Leave | null> {
  const row = await tx.leave.findFirst({
    where: {
      personId,
      cellId,
      startsOn: toDateColumn(period.from),
      endsOn: toDateColumn(dayAfter(period)),
      state: { in: LIVE },
    },
  })
  return row && toLeave(row)
}

/** Live leaves that are not over on `today`, by their first day. */
export async function listLive(
  tx: Tx,
  whose: { personId: string } | { cellId: string },
  today: PlainDate,
): Promise<Leave[]> {
  const rows = await tx.leave.findMany({
    where: { ...whose, state: { in: LIVE }, endsOn: { gt: toDateColumn(today) } },
    orderBy: [{ startsOn: 'asc' }, { id: 'asc' }],
  })
  return rows.map(toLeave)
}

/** Decides a pending leave, once: true for whoever was first. */
export async function decideLeave(
  tx: Tx,
  now: Date,
  what: { leaveId: string; approve: boolean; byId: string },
): Promise<boolean> {
  const { count } = await tx.leave.updateMany({
    where: { id: what.leaveId, state: 'pending' },
    data: { state: what.approve ? 'approved' : 'refused', decidedById: what.byId, decidedAt: now },
  })
  return count > 0
}

/** Back on `today`: a leave that has begun ends there and keeps its decision; one that has not is withdrawn. */
export async function endLeave(tx: Tx, leave: Leave, today: PlainDate): Promise<void> {
  const data = leave.from < today ? { endsOn: toDateColumn(today) } : { state: 'withdrawn' as const }
  await tx.leave.update({ where: { id: leave.id }, data })
}

/** Answers that stand only by a leave which no longer covers their meeting; those of begun meetings are history. */
const SENSELESS = (now: Date, leaveId: string | null) => Prisma.sql`
  FROM answer a JOIN leave l ON l.id = a.leave_id JOIN meeting m ON m.id = a.meeting_id
  WHERE m.starts_at > ${now} AND (${leaveId}::uuid IS NULL OR l.id = ${leaveId}::uuid)
    AND (l.state NOT IN ('pending', 'approved') OR m.day < l.starts_on OR m.day >= l.ends_on)`

/** Takes those answers back (their history stays) and says of which meetings. */
export async function releaseAnswers(tx: Tx, now: Date, leaveId: string | null): Promise<string[]> {
  const rows = await tx.$queryRaw<{ meetingId: string }[]>(Prisma.sql`
    DELETE FROM answer WHERE id IN (SELECT a.id ${SENSELESS(now, leaveId)}) RETURNING meeting_id AS "meetingId"`)
  return rows.map((one) => one.meetingId)
}

export async function hasSenseless(tx: Tx, now: Date): Promise<boolean> {
  const rows = await tx.$queryRaw<object[]>(Prisma.sql`SELECT 1 ${SENSELESS(now, null)} LIMIT 1`)
  return rows.length > 0
}

export type Uncovered = Readonly<{ leaveId: string; meetingId: string }>

/**
 * Meetings that came into a leave's period after it was sent. Each is answered once by a leave; what the member said
 * since then counts.
 */
export const listUncovered = (tx: Tx, now: Date, limit: number): Promise<Uncovered[]> =>
  tx.$queryRaw<Uncovered[]>(Prisma.sql`
    SELECT l.id AS "leaveId", m.id AS "meetingId"
    FROM leave l JOIN meeting m ON m.cell_id = l.cell_id AND m.day >= l.starts_on AND m.day < l.ends_on
    WHERE l.state IN ('pending', 'approved') AND m.state = 'planned' AND m.starts_at > ${now}
      AND coalesce(m.answer_deadline, m.starts_at) > ${now}
      AND NOT EXISTS (SELECT FROM answer_event e WHERE e.leave_id = l.id AND e.meeting_id = m.id)
      AND NOT EXISTS (SELECT FROM answer a WHERE a.meeting_id = m.id AND a.person_id = l.person_id
        AND a.answered_at >= l.created_at)
      AND EXISTS (SELECT FROM cell_roster(m.cell_id, m.day) r
        WHERE r.person_id = l.person_id AND NOT r.exempt AND NOT r.special_duty)
      AND (m.kind <> 'cell_committee' OR EXISTS (SELECT FROM appointment a WHERE a.person_id = l.person_id
        AND a.unit_id = m.cell_id AND a.role IN ('secretary', 'deputy', 'cell_committee')
        AND a.starts_on <= m.day AND (a.ends_on IS NULL OR a.ends_on > m.day)))
    ORDER BY l.id, m.starts_at LIMIT ${limit}`)
