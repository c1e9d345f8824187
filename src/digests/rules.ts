import { type Rate, reaches, sumRates } from '../attendance/counting.js'
import { addDays, dayOf, type PlainDate, startOfMonth, type WallTime } from '../core/dates.js'
import type { MeetingKind } from '../database/generated/enums.js'

/** `held`: its roll-call is confirmed. `unconfirmed`: it is over and nobody has confirmed who was there. */
export type MeetingOutcome = 'planned' | 'held' | 'unconfirmed' | 'cancelled'

export type MeetingRow = Readonly<{
  kind: MeetingKind
  day: PlainDate
  time: WallTime
  place: string
  outcome: MeetingOutcome
  /** Its day or hour was changed. */
  moved: boolean
  /** The day on which it stood first, where that was another one: the week that lost it tells of it too. */
  movedFrom?: PlainDate | null
  /** Of the confirmed roll-call; null before. */
  attendance: Rate | null
  reply: Rate
}>

/** One cell of the subtree. `meetings`: those from the first of the month or the past week, whichever is earlier, on. */
export type CellRow = Readonly<{
  cellId: string
  name: string
  /** Percent, from `targetOf`. */
  target: number
  hasSchedule: boolean
  meetings: readonly MeetingRow[]
  /** Readings over expected readings of the month's materials; whole 0 where there was none. */
  reading: Rate
}>

/** In order of gravity. */
export const EXCEPTIONS = ['no_roll_call', 'not_met', 'below_target', 'no_schedule', 'nothing_this_month'] as const
export type ExceptionKind = (typeof EXCEPTIONS)[number]

export type ExceptionLine = Readonly<{
  kind: ExceptionKind
  cellId: string
  cell: string
  /** The meeting it is about; null where it is about the lack of one. */
  day: PlainDate | null
  /** Only `below_target`. */
  rate: Rate | null
  target: number | null
}>

/** Cells, each counted once a period. `notMet`: a meeting was cancelled and none took its place. */
export type PeriodCounts = Readonly<{
  met: number
  notMet: number
  unconfirmed: number
  moved: number
  attendance: Rate
  reply: Rate
}>

export type DigestContent = Readonly<{
  week: PlainDate
  exceptions: readonly ExceptionLine[]
  /** Cells with an exception of which no line is shown: "và N chi bộ khác". */
  moreCells: number
  days: readonly Readonly<{
    day: PlainDate
    meetings: readonly Readonly<{ cell: string; kind: MeetingKind; time: WallTime; place: string }>[]
  }>[]
  cells: number
  pastWeek: PeriodCounts
  month: PeriodCounts & Readonly<{ notYet: number }>
  reading: Rate
  isEmpty: boolean
}>

/** One screen of a phone: the rest is for the report. */
export const MAX_EXCEPTION_LINES = 12
/** From this day on, a month without any meeting held or set is worth a line. */
export const LATE_IN_MONTH = 25

export type Period = Readonly<{ from: PlainDate; until: PlainDate }>

export const within = (row: CellRow, { from, until }: Period): readonly MeetingRow[] =>
  row.meetings.filter(({ day }) => day >= from && day < until)

const past = (week: PlainDate): Period => ({ from: addDays(week, -7), until: week })
const coming = (week: PlainDate): Period => ({ from: week, until: addDays(week, 7) })

/** The month in which `today` lies, so far; on its first day still the month before, whose last days nobody has reported. */
export const monthSoFar = (today: PlainDate): Period => ({
  from: startOfMonth(dayOf(today) === 1 ? addDays(today, -1) : today),
  until: today,
})

/** Preparing the agenda is no meeting of the cell: the cell committee's own meetings are neither counted nor missed. */
export const ofCell = (meetings: readonly MeetingRow[]): readonly MeetingRow[] =>
  meetings.filter(({ kind }) => kind !== 'cell_committee')

const has = (meetings: readonly MeetingRow[], ...outcomes: MeetingOutcome[]): boolean =>
  meetings.some(({ outcome }) => outcomes.includes(outcome))

/**
 * Cancelled in the period, with no other meeting of its kind in its month. The month bounds it: a series always has its
 * next regular meeting, which replaces nothing, and a thematic one never replaces the regular one.
 */
const missedIn = (row: CellRow, period: Period): MeetingRow[] =>
  ofCell(within(row, period)).filter(
    ({ outcome, kind, day }) =>
      outcome === 'cancelled' &&
      !row.meetings.some(
        (other) => other.outcome !== 'cancelled' && other.kind === kind && other.day.startsWith(day.slice(0, 7)),
      ),
  )

const hasMoved = (row: CellRow, { from, until }: Period): boolean =>
  ofCell(row.meetings).some(
    ({ moved, movedFrom, day }) => moved && [day, movedFrom ?? day].some((one) => one >= from && one < until),
  )

const attendanceOf = (meetings: readonly MeetingRow[]): Rate =>
  sumRates(meetings.flatMap(({ attendance }) => (attendance ? [attendance] : [])))

function countPeriod(rows: readonly CellRow[], period: Period): PeriodCounts {
  const perCell = rows.map((row) => ofCell(within(row, period)))
  const countCells = (test: (row: CellRow) => boolean): number => rows.filter(test).length
  const count = (test: (meetings: readonly MeetingRow[]) => boolean): number => perCell.filter(test).length
  const begun = perCell.flat().filter(({ outcome }) => outcome === 'held' || outcome === 'unconfirmed')
  return {
    met: count((meetings) => has(meetings, 'held')),
    notMet: countCells((row) => missedIn(row, period).length > 0),
    unconfirmed: count((meetings) => has(meetings, 'unconfirmed')),
    moved: countCells((row) => hasMoved(row, period)),
    attendance: attendanceOf(perCell.flat()),
    reply: sumRates(begun.map(({ reply }) => reply)),
  }
}

type Found = Readonly<{ kind: ExceptionKind; day: PlainDate | null; rate?: Rate; target?: number }>

/** A meeting without a roll-call stays until it is confirmed, as long as it is in the rows. */
const withoutRollCall = (row: CellRow): Found[] =>
  ofCell(row.meetings)
    .filter(({ outcome }) => outcome === 'unconfirmed')
    .map(({ day }) => ({ kind: 'no_roll_call', day }))

const cancelledOnly = (row: CellRow, week: PlainDate): Found[] =>
  missedIn(row, past(week))
    .slice(0, 1)
    .map(({ day }) => ({ kind: 'not_met', day }))

const belowTarget = (row: CellRow, week: PlainDate): Found[] =>
  ofCell(within(row, past(week))).flatMap(({ attendance, day }) =>
    attendance && attendance.whole > 0 && !reaches(attendance, row.target)
      ? [{ kind: 'below_target', day, rate: attendance, target: row.target }]
      : [],
  )

function missingMonth(row: CellRow, today: PlainDate): Found[] {
  if (dayOf(today) < LATE_IN_MONTH) return []
  const month = today.slice(0, 7)
  const meetings = ofCell(row.meetings).filter(({ day }) => day.startsWith(month))
  return has(meetings, 'held', 'unconfirmed', 'planned') ? [] : [{ kind: 'nothing_this_month', day: null }]
}

/** Everything about one cell that a committee should look at, gravest first. `today` is the day the digest is sent. */
export function exceptionsOf(row: CellRow, week: PlainDate, today: PlainDate): ExceptionLine[] {
  const found: Found[] = [
    ...withoutRollCall(row),
    ...cancelledOnly(row, week),
    ...belowTarget(row, week),
    ...(row.hasSchedule ? [] : [{ kind: 'no_schedule' as const, day: null }]),
    ...missingMonth(row, today),
  ]
  return found.map(({ kind, day, rate, target }) => ({
    kind,
    day,
    cellId: row.cellId,
    cell: row.name,
    rate: rate ?? null,
    target: target ?? null,
  }))
}

const collator = new Intl.Collator('vi', { numeric: true })

/** Gravest first, then by the cell's name, "Chi bộ 2" before "Chi bộ 10". */
const byGravity = (a: ExceptionLine, b: ExceptionLine): number =>
  EXCEPTIONS.indexOf(a.kind) - EXCEPTIONS.indexOf(b.kind) || collator.compare(a.cell, b.cell)

/** The exceptions of all cells, gravest first. */
export const listExceptions = (rows: readonly CellRow[], week: PlainDate, today: PlainDate): ExceptionLine[] =>
  rows.flatMap((row) => exceptionsOf(row, week, today)).sort(byGravity)

function toOneScreen(lines: readonly ExceptionLine[]): Pick<DigestContent, 'exceptions' | 'moreCells'> {
  const exceptions = lines.slice(0, MAX_EXCEPTION_LINES)
  const shown = new Set(exceptions.map(({ cellId }) => cellId))
  return { exceptions, moreCells: new Set(lines.map(({ cellId }) => cellId).filter((id) => !shown.has(id))).size }
}

function daysOf(rows: readonly CellRow[], week: PlainDate): DigestContent['days'] {
  const meetings = rows.flatMap((row) =>
    within(row, coming(week))
      .filter(({ outcome, kind }) => outcome !== 'cancelled' && kind !== 'cell_committee')
      .map(({ day, kind, time, place }) => ({ day, cell: row.name, kind, time, place })),
  )
  const days = [...new Set(meetings.map(({ day }) => day))].sort()
  return days.map((day) => ({
    day,
    meetings: meetings
      .filter((meeting) => meeting.day === day)
      .map(({ cell, kind, time, place }) => ({ cell, kind, time, place }))
      .sort((a, b) => a.time.localeCompare(b.time) || collator.compare(a.cell, b.cell)),
  }))
}

/**
 * What a committee is told in the week that begins with `week`, over the cells below it. Counts of cells and of
 * attendance; nobody's name. `today`: the day it is made, Monday for the weekly one, any day for a report.
 */
export function decideDigest(rows: readonly CellRow[], week: PlainDate, today: PlainDate = week): DigestContent {
  const lines = listExceptions(rows, week, today)
  const period = monthSoFar(today)
  const pastWeek = countPeriod(rows, past(week))
  const days = daysOf(rows, week)
  const notYet = rows.filter((row) => !has(ofCell(within(row, period)), 'held', 'unconfirmed')).length
  const happened = pastWeek.met + pastWeek.notMet + pastWeek.unconfirmed + pastWeek.moved
  return {
    week,
    ...toOneScreen(lines),
    days,
    cells: rows.length,
    pastWeek,
    month: { ...countPeriod(rows, period), notYet },
    reading: sumRates(rows.map(({ reading }) => reading)),
    isEmpty: lines.length === 0 && days.length === 0 && happened === 0,
  }
}

/** What a secretary can still do about it before Monday; null: only know it. */
const MENDED_BY: Readonly<Record<ExceptionKind, 'roll_call' | 'new_meeting' | 'schedule' | null>> = {
  no_roll_call: 'roll_call',
  not_met: 'new_meeting',
  below_target: null,
  no_schedule: 'schedule',
  nothing_this_month: 'new_meeting',
}

export type PreviewLine = ExceptionLine & Readonly<{ mend: (typeof MENDED_BY)[ExceptionKind] }>

/** The Sunday preview for one cell: exactly the lines that Monday's digest would hold about it; null: none. */
export function decidePreview(row: CellRow, week: PlainDate): readonly PreviewLine[] | null {
  const lines = exceptionsOf(row, week, week).sort(byGravity)
  return lines.length > 0 ? lines.map((line) => ({ ...line, mend: MENDED_BY[line.kind] })) : null
}
