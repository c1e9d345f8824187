import { expect, test } from 'vitest'
import { type PlainDate, plainDate, type WallTime } from '../../../src/core/dates.js'
import {
  type CellRow,
  decideDigest,
  decidePreview,
  MAX_EXCEPTION_LINES,
  type MeetingRow,
} from '../../../src/digests/rules.js'

const on = (month: number, day: number): PlainDate => plainDate(2026, month, day) as PlainDate
/** A Monday. */
const week = on(12, 7)

const meeting = (over: Partial<MeetingRow> = {}): MeetingRow => ({
  kind: 'regular',
  day: on(12, 3),
  time: '19:30' as WallTime,
  place: 'Hội trường tầng 2',
  outcome: 'held',
  moved: false,
  attendance: { part: 19, whole: 20 },
  reply: { part: 18, whole: 20 },
  ...over,
})
const cell = (name: string, meetings: readonly MeetingRow[], over: Partial<CellRow> = {}): CellRow => ({
  cellId: name,
  name,
  target: 90,
  hasSchedule: true,
  meetings,
  reading: { part: 0, whole: 0 },
  ...over,
})
const unconfirmed = { outcome: 'unconfirmed', attendance: null } as const
const planned = { outcome: 'planned', attendance: null } as const
const cancelled = { outcome: 'cancelled', attendance: null } as const

test('the meetings of this week stand by day, then by hour; cancelled ones are not announced', () => {
  const { days } = decideDigest(
    [
      cell('Chi bộ 10', [meeting({ ...planned, day: on(12, 9) })]),
      cell('Chi bộ 2', [meeting({ ...planned, day: on(12, 9) }), meeting({ ...planned, day: on(12, 14) })]),
      cell('Chi bộ 3', [
        meeting({ ...planned, day: on(12, 7), time: '08:00' as WallTime }),
        meeting({ ...cancelled, day: on(12, 8) }),
      ]),
    ],
    week,
  )
  expect(days.map(({ day, meetings }) => [day, ...meetings.map((m) => m.cell)])).toEqual([
    ['2026-12-07', 'Chi bộ 3'],
    ['2026-12-09', 'Chi bộ 2', 'Chi bộ 10'],
  ])
})

test('cells that met, did not and moved are counted once each; the rates are sums of people', () => {
  const { pastWeek, month } = decideDigest(
    [
      cell('A', [meeting(), meeting({ day: on(12, 4), kind: 'thematic' })]),
      cell('B', [meeting({ ...cancelled })]),
      cell('C', [meeting({ moved: true, attendance: { part: 5, whole: 10 } })]),
      cell('D', [meeting({ ...unconfirmed })]),
      cell('E', [meeting({ kind: 'cell_committee', attendance: { part: 1, whole: 3 } })]),
    ],
    week,
  )
  expect(pastWeek).toMatchObject({ met: 2, notMet: 1, moved: 1, unconfirmed: 1, attendance: { part: 43, whole: 50 } })
  expect(month).toMatchObject({ met: 2, notYet: 2 })
})

test('exceptions come in order of gravity, each with what it is about', () => {
  const { exceptions } = decideDigest(
    [
      cell('E', [], { hasSchedule: false }),
      cell('C', [meeting({ attendance: { part: 17, whole: 20 } })]),
      cell('B', [meeting({ ...cancelled })]),
      cell('A', [meeting({ ...unconfirmed })]),
    ],
    week,
  )
  expect(exceptions.map(({ kind, cell: name }) => `${name} ${kind}`)).toEqual([
    'A no_roll_call',
    'B not_met',
    'C below_target',
    'E no_schedule',
  ])
  expect(exceptions[2]).toMatchObject({ rate: { part: 17, whole: 20 }, target: 90, day: '2026-12-03' })
})

test('exactly the target is no exception', () => {
  expect(decideDigest([cell('A', [meeting({ attendance: { part: 18, whole: 20 } })])], week).exceptions).toEqual([])
})

test('a cancelled meeting with another set in its place was put off, not missed', () => {
  const row = cell('A', [meeting({ ...cancelled }), meeting({ ...planned, day: on(12, 10) })])
  expect(decideDigest([row], week).exceptions).toEqual([])
})

test('from the 25th, not before, a month without a meeting held or set is named', () => {
  const lines = (today: PlainDate, meetings: readonly MeetingRow[]) =>
    decideDigest([cell('A', meetings)], today, today).exceptions.map(({ kind }) => kind)
  expect(lines(on(12, 24), [])).toEqual([])
  expect(lines(on(12, 25), [])).toEqual(['nothing_this_month'])
  expect(lines(on(12, 28), [meeting({ ...planned, day: on(12, 30) })])).toEqual([])
  expect(lines(on(12, 28), [meeting({ day: on(11, 30) })])).toEqual(['nothing_this_month'])
  expect(lines(on(12, 28), [meeting({ ...planned, day: on(12, 30), kind: 'cell_committee' })])).toEqual([
    'nothing_this_month',
  ])
})

test('one screen: twelve lines, the gravest, then how many other cells', () => {
  const rows = Array.from({ length: 20 }, (_, at) => cell(`Chi bộ ${at + 1}`, [], { hasSchedule: false }))
  const late = cell('Chi bộ 99', [meeting({ ...unconfirmed })])
  const digest = decideDigest([...rows, late], week)
  expect(digest.exceptions).toHaveLength(MAX_EXCEPTION_LINES)
  expect(digest.exceptions[0]).toMatchObject({ cell: 'Chi bộ 99', kind: 'no_roll_call' })
  expect(digest.moreCells).toBe(9)
})

test('nothing to say is empty; a meeting held, one to come or an exception is something', () => {
  expect(decideDigest([cell('A', [])], week).isEmpty).toBe(true)
  expect(decideDigest([], week).isEmpty).toBe(true)
  expect(decideDigest([cell('A', [meeting()])], week).isEmpty).toBe(false)
  expect(decideDigest([cell('A', [meeting({ ...planned, day: on(12, 8) })])], week).isEmpty).toBe(false)
  expect(decideDigest([cell('A', [], { hasSchedule: false })], week).isEmpty).toBe(false)
})

test('the secretary sees on Sunday exactly the lines of Monday, with what mends each', () => {
  const row = cell('A', [meeting({ ...unconfirmed }), meeting({ attendance: { part: 1, whole: 20 } })], {
    hasSchedule: false,
  })
  const preview = decidePreview(row, week)
  expect(preview?.map(({ mend: _, ...line }) => line)).toEqual(decideDigest([row], week).exceptions)
  expect(preview?.map(({ mend }) => mend)).toEqual(['roll_call', null, 'schedule'])
  expect(decidePreview(cell('B', [meeting()]), week)).toBeNull()
})

test('only a meeting of the same kind in the same month takes the place of a cancelled one', () => {
  const at = (row: MeetingRow) => decideDigest([cell('A', [meeting({ ...cancelled }), row])], week)
  const nextMonth = at(meeting({ ...planned, day: plainDate(2027, 1, 3) as PlainDate }))
  expect(nextMonth.exceptions).toMatchObject([{ kind: 'not_met', day: '2026-12-03' }])
  expect(at(meeting({ ...planned, day: on(12, 20), kind: 'thematic' })).exceptions).toHaveLength(1)
  const replaced = at(meeting({ ...planned, day: on(12, 20) }))
  expect([replaced.exceptions, replaced.pastWeek.notMet]).toEqual([[], 0])
})

test('a meeting that moved out of the past week counts as moved there', () => {
  const away = meeting({ ...planned, day: on(12, 10), moved: true, movedFrom: on(12, 3) })
  expect(decideDigest([cell('A', [away])], week).pastWeek).toMatchObject({ met: 0, notMet: 0, moved: 1 })
})
