import { type Rate, sumRates, targetOf } from '../attendance/counting.js'
import { addDays, addMonths, HOUR, type PlainDate, startOfMonth, type WallTime } from '../core/dates.js'
import { Prisma, type Tx } from '../database/client.js'
import type { MeetingKind, UnitKind } from '../database/generated/enums.js'
import { type CellRow, type MeetingOutcome, type MeetingRow, monthSoFar, type Period } from './rules.js'

/** A meeting with what a button needs to mend it. */
export type StoredMeeting = MeetingRow & Readonly<{ id: string }>
export type StoredCell = Omit<CellRow, 'meetings'> & Readonly<{ meetings: readonly StoredMeeting[] }>

/** As of when things are read: `week` opens with that Monday, `today` is the day of making it, `at` the instant. */
export type AsOf = Readonly<{ week: PlainDate; today: PlainDate; at: Date }>

export type Unit = Readonly<{ id: string; name: string; zone: string; kind: UnitKind; target: number }>

/** The secretary's night and morning: an evening meeting is confirmed the next day, not missed at half past seven. */
const ROLL_CALL_GRACE_MS = 12 * HOUR
/** A Sunday evening's meeting, not yet missed on Monday, is so in the digest after that, whatever the month. */
const DAYS_BACK = 14

type Upwards = { kind: UnitKind; attendanceTarget: number | null }[]

/** Kind and own target of the unit and of those above it on that day, the unit first. */
const upwards = (unit: Prisma.Sql, day: PlainDate): Prisma.Sql => Prisma.sql`(
  SELECT jsonb_agg(jsonb_build_object('kind', u.kind, 'attendanceTarget', u.attendance_target) ORDER BY p.depth)
  FROM unit_path(${unit}, ${day}::date) p JOIN unit u ON u.id = p.unit_id)`

export async function getUnit(tx: Tx, unitId: string, day: PlainDate): Promise<Unit> {
  const [row] = await tx.$queryRaw<(Omit<Unit, 'target'> & { upwards: Upwards })[]>(Prisma.sql`
    SELECT unit.id, name, zone, kind, ${upwards(Prisma.sql`unit.id`, day)} AS upwards
    FROM unit WHERE unit.id = ${unitId}::uuid`)
  if (!row) throw new Error('no such unit')
  const { upwards: path, ...unit } = row
  return { ...unit, target: targetOf(path) }
}

/** The cells that stand under the unit on that day (itself, where it is one). */
export async function listCellIds(tx: Tx, unitId: string, day: PlainDate): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT unit.id FROM unit_subtree(${unitId}::uuid, ${day}::date) s JOIN unit ON unit.id = s.unit_id
    WHERE unit.kind = 'cell'`)
  return rows.map(({ id }) => id)
}

type CellHead = { cellId: string; name: string; upwards: Upwards; hasSchedule: boolean }

const listHeads = (tx: Tx, ids: readonly string[], day: PlainDate): Promise<CellHead[]> =>
  tx.$queryRaw<CellHead[]>(Prisma.sql`
    SELECT cell.id AS "cellId", cell.name, ${upwards(Prisma.sql`cell.id`, day)} AS upwards,
      EXISTS (SELECT FROM schedule s WHERE s.cell_id = cell.id AND s.kind = 'regular'
        AND (s.ends_on IS NULL OR s.ends_on > ${day}::date)) AS "hasSchedule"
    FROM unit cell WHERE cell.id = ANY(${[...ids]}::uuid[])`)

type MeetingLine = {
  id: string
  cellId: string
  kind: MeetingKind
  day: PlainDate
  time: WallTime
  place: string
  outcome: MeetingOutcome
  moved: boolean
  movedFrom: PlainDate | null
  whole: number
  attended: number
  replied: number
  /** Readings, and how many were to be expected, of what was pushed for it. */
  read: number
  readers: number
}

/**
 * One statement for any number of cells: the meetings of the period, and for those that have begun what is counted
 * against their denominator as it was on the meeting's own day: marks, answers, and readings of what was pushed.
 * The denominator is worked out once, because it is what costs. The cell committee's meetings stay out.
 */
function listMeetings(tx: Tx, ids: readonly string[], { week, today, at }: AsOf): Promise<MeetingLine[]> {
  const [from] = [monthSoFar(today).from, addDays(week, -DAYS_BACK)].sort()
  const until = addMonths(startOfMonth(today), 2)
  const missed = new Date(at.getTime() - ROLL_CALL_GRACE_MS)
  return tx.$queryRaw<MeetingLine[]>(Prisma.sql`
    WITH chosen AS MATERIALIZED (
      SELECT m.id, m.cell_id, m.kind, m.day, m.time, m.place, m.state = 'planned' AND m.starts_at <= ${at} AS begun,
        CASE WHEN m.state = 'cancelled' THEN 'cancelled' WHEN rc.held_at IS NOT NULL THEN 'held'
          WHEN m.starts_at + make_interval(mins => m.duration_minutes) <= ${missed} THEN 'unconfirmed'
          ELSE 'planned' END AS outcome
      FROM meeting m LEFT JOIN roll_call rc ON rc.meeting_id = m.id
      WHERE m.cell_id = ANY(${[...ids]}::uuid[]) AND m.kind <> 'cell_committee'
        AND m.day >= ${from}::date AND m.day < ${until}::date
    ), asked AS MATERIALIZED (
      SELECT c.id, r.person_id FROM chosen c CROSS JOIN LATERAL cell_roster(c.cell_id, c.day) r
      WHERE c.begun AND NOT r.exempt AND NOT r.special_duty
    ), counted AS (
      SELECT asked.id, count(*)::int AS whole, count(answer.id)::int AS replied,
        count(*) FILTER (WHERE mark.state IN ('present', 'late', 'online'))::int AS attended
      FROM asked
      LEFT JOIN answer ON answer.meeting_id = asked.id AND answer.person_id = asked.person_id
      LEFT JOIN roll_call_mark mark ON mark.meeting_id = asked.id AND mark.person_id = asked.person_id
      GROUP BY asked.id
    ), studied AS (
      SELECT asked.id, count(*)::int AS readers, count(reading.person_id)::int AS read
      FROM asked JOIN material ON material.meeting_id = asked.id
        AND material.pushed_at IS NOT NULL AND material.withdrawn_at IS NULL
      LEFT JOIN reading ON reading.material_id = material.id AND reading.person_id = asked.person_id
      GROUP BY asked.id
    ), first_move AS (
      SELECT DISTINCT ON (ch.meeting_id) ch.meeting_id, ch.before->>'day' AS day
      FROM meeting_change ch JOIN chosen c ON c.id = ch.meeting_id
      WHERE ch.kind = 'moved' ORDER BY ch.meeting_id, ch.revision, ch.at
    )
    SELECT c.id, c.cell_id AS "cellId", c.kind, c.day::text AS day, c.time, c.place, c.outcome,
      first_move.meeting_id IS NOT NULL AS moved, first_move.day AS "movedFrom",
      coalesce(whole, 0) AS whole, coalesce(attended, 0) AS attended, coalesce(replied, 0) AS replied,
      coalesce(read, 0) AS read, coalesce(readers, 0) AS readers
    FROM chosen c LEFT JOIN counted ON counted.id = c.id LEFT JOIN studied ON studied.id = c.id
    LEFT JOIN first_move ON first_move.meeting_id = c.id
    ORDER BY c.day, c.time, c.id`)
}

const toMeeting = ({ id, kind, day, time, place, outcome, moved, movedFrom, ...line }: MeetingLine): StoredMeeting => ({
  ...{ id, kind, day, time, place, outcome, moved, movedFrom },
  attendance: outcome === 'held' ? { part: line.attended, whole: line.whole } : null,
  reply: { part: line.replied, whole: line.whole },
})

/** Of the meetings of the month so far, as everything else that is said of the month. */
const readingOf = (lines: readonly MeetingLine[], { from, until }: Period): Rate =>
  sumRates(
    lines.filter(({ day }) => day >= from && day < until).map(({ read, readers }) => ({ part: read, whole: readers })),
  )

/** Everything that a digest says of these cells. Two statements for any number of them. */
export async function listCellRows(tx: Tx, ids: readonly string[], asOf: AsOf): Promise<StoredCell[]> {
  if (ids.length === 0) return []
  const heads = await listHeads(tx, ids, asOf.today)
  const byCell = new Map<string, MeetingLine[]>(ids.map((id) => [id, []]))
  for (const line of await listMeetings(tx, ids, asOf)) byCell.get(line.cellId)?.push(line)
  return heads.map(({ cellId, name, upwards: path, hasSchedule }) => {
    const lines = byCell.get(cellId) ?? []
    const reading = readingOf(lines, monthSoFar(asOf.today))
    return { cellId, name, hasSchedule, target: targetOf(path), meetings: lines.map(toMeeting), reading }
  })
}
