import { addDays, fromDateColumn, type PlainDate, toDateColumn } from '../core/dates.js'
import { Prisma, type Tx } from '../database/client.js'
import type { UnitKind } from '../database/generated/enums.js'
import { listInvited } from '../meetings/invited.js'
import type { Meeting } from '../meetings/store.js'
import { listMembers, type Member } from './answers-members.js'
import { targetOf } from './counting.js'
import { type Fate, type Unreached, unreachedBecause } from './fates.js'
import { readStandings } from './fates-read.js'
import type { Mark } from './roll-call-store.js'
import type { GivenAnswer } from './rules.js'

export type SummaryMember = Member &
  Readonly<{
    answer: GivenAnswer | null
    probationary: boolean
    temporary: boolean
    exempt: boolean
    specialDuty: boolean
    /** The answer was said for a whole period. */
    leave: Readonly<{ decided: boolean; until: PlainDate }> | null
    phone: string | null
    fate: Fate
    /** Why they cannot count as reached; null: they can, or have answered. */
    unreached: Unreached | null
  }>

async function readLeaves(tx: Tx, ids: readonly string[]) {
  const rows = ids.length > 0 ? await tx.leave.findMany({ where: { id: { in: [...ids] } } }) : []
  return new Map(
    rows.map(({ id, state, endsOn }) => [
      id,
      { decided: state === 'approved', until: addDays(fromDateColumn(endsOn), -1) },
    ]),
  )
}

/** The cell's list on the meeting's day with what each one said and whether they could be told of it, by given name. */
export async function listSummaryMembers(tx: Tx, meeting: Meeting, now: Date): Promise<SummaryMember[]> {
  const members = await listMembers(tx, meeting)
  const invited = new Map((await listInvited(tx, meeting)).map((one) => [one.personId, one]))
  const answers = await tx.answer.findMany({ where: { meetingId: meeting.id } })
  const of = new Map<string, GivenAnswer>(answers.map((row) => [row.personId, row]))
  const leaves = await readLeaves(
    tx,
    answers.flatMap((row) => row.leaveId ?? []),
  )
  const leaveOf = new Map(answers.map((row) => [row.personId, (row.leaveId && leaves.get(row.leaveId)) || null]))
  const standings = await readStandings(tx, now, meeting.id, [...invited.keys()])
  return members.flatMap((member) => {
    const one = invited.get(member.personId)
    const standing = standings.get(member.personId)
    if (!one || !standing) return []
    const { probationary, temporary, exempt, specialDuty, phone } = one
    const answer = of.get(member.personId) ?? null
    const unreached = answer ? null : unreachedBecause(standing, now)
    const leave = leaveOf.get(member.personId) ?? null
    const known = { answer, leave, probationary, temporary, exempt, specialDuty, phone }
    return [{ ...member, ...known, fate: standing.fate, unreached }]
  })
}

/** Answers that came too late and wait for a decision, one a person. */
export const listPending = (tx: Tx, meetingId: string): Promise<{ personId: string; state: GivenAnswer['state'] }[]> =>
  tx.$queryRaw(Prisma.sql`
    SELECT person_id AS "personId", state FROM (
      SELECT DISTINCT ON (person_id) person_id, state, late FROM answer_event WHERE meeting_id = ${meetingId}::uuid
      ORDER BY person_id, at DESC, id DESC) newest
    WHERE late = 'pending'`)

/** How many said that they have read each material. */
export async function listMaterials(tx: Tx, meetingId: string): Promise<{ title: string; read: number }[]> {
  const rows = await tx.material.findMany({
    where: { meetingId, withdrawnAt: null },
    select: { title: true, _count: { select: { readings: true } } },
    orderBy: { addedAt: 'asc' },
  })
  return rows.map((row) => ({ title: row.title, read: row._count.readings }))
}

/** Percent that should attend: the cell's own target, else the nearest above it. */
export async function readTarget(tx: Tx, meeting: Pick<Meeting, 'cellId' | 'day'>): Promise<number> {
  const path = await tx.$queryRaw<{ kind: UnitKind; attendanceTarget: number | null }[]>(Prisma.sql`
    SELECT unit.kind, unit.attendance_target AS "attendanceTarget"
    FROM unit_path(${meeting.cellId}::uuid, ${toDateColumn(meeting.day)}::date) p JOIN unit ON unit.id = p.unit_id
    ORDER BY p.depth`)
  return targetOf(path)
}

/** The marks of a confirmed roll-call; null while it is open. */
export async function findConfirmedMarks(tx: Tx, meetingId: string): Promise<Mark[] | null> {
  const row = await tx.rollCall.findUnique({ where: { meetingId }, include: { marks: true } })
  return row?.confirmedAt ? row.marks : null
}

export type Around = Readonly<{ previous: string | null; next: string | null }>

/** The planned meetings beside this one, for leafing. */
export async function findAround(tx: Tx, meeting: Meeting, from: Date): Promise<Around> {
  const { cellId, startsAt } = meeting
  const beside = { cellId, state: 'planned' as const, id: { not: meeting.id } }
  const previous = await tx.meeting.findFirst({
    where: { ...beside, startsAt: { gte: from, lte: startsAt } },
    orderBy: { startsAt: 'desc' },
    select: { id: true },
  })
  const next = await tx.meeting.findFirst({
    where: { ...beside, startsAt: { gt: startsAt } },
    orderBy: { startsAt: 'asc' },
    select: { id: true },
  })
  return { previous: previous?.id ?? null, next: next?.id ?? null }
}
