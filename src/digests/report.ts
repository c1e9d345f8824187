import { type Rate, reaches, sumRates } from '../attendance/counting.js'
import { type PlainDate, startOfMonth, startOfWeek } from '../core/dates.js'
import { type CellRow, type DigestContent, decideDigest, monthSoFar, ofCell, within } from './rules.js'

type Days = DigestContent['days']

/** As many of the days' meetings as fit into `lines`, a day's heading being a line too; and how many are left out. */
export function fitDays(days: Days, lines: number): { days: Days; moreMeetings: number } {
  let room = lines
  const shown = days.flatMap(({ day, meetings }) => {
    const some = meetings.slice(0, Math.max(0, room - 1))
    room -= some.length > 0 ? some.length + 1 : room
    return some.length > 0 ? [{ day, meetings: some }] : []
  })
  const count = (all: Days): number => all.reduce((sum, { meetings }) => sum + meetings.length, 0)
  return { days: shown, moreMeetings: count(days) - count(shown) }
}

const collator = new Intl.Collator('vi', { numeric: true })

/** Lower first, without a division; who has nothing to count comes last. */
const byRate = (a: Rate, b: Rate): number => {
  if (a.whole === 0 || b.whole === 0) return Number(a.whole === 0) - Number(b.whole === 0)
  return a.part * b.whole - b.part * a.whole
}

export type CellLine = Readonly<{ cell: string; met: number; attendance: Rate; reply: Rate; below: boolean }>

/** One line a cell over the month so far, the lowest attendance first. */
export function listCellLines(rows: readonly CellRow[], today: PlainDate): CellLine[] {
  const period = monthSoFar(today)
  const lines = rows.map((row) => {
    const meetings = ofCell(within(row, period))
    const attendance = sumRates(meetings.flatMap((one) => (one.attendance ? [one.attendance] : [])))
    return {
      cell: row.name,
      met: meetings.filter(({ outcome }) => outcome === 'held').length,
      attendance,
      reply: sumRates(meetings.map(({ reply }) => reply)),
      below: attendance.whole > 0 && !reaches(attendance, row.target),
    }
  })
  return lines.sort((a, b) => byRate(a.attendance, b.attendance) || collator.compare(a.cell, b.cell))
}

export type MonthReport = Readonly<{
  month: PlainDate
  cells: number
  counts: DigestContent['month']
  reading: Rate
  /** Cells of which no meeting took place, or none is confirmed or waits to be. */
  notYet: readonly string[]
}>

/** The whole month before that of `today`: what its first day's digest says of it. */
export function decideLastMonth(rows: readonly CellRow[], today: PlainDate): MonthReport {
  const first = startOfMonth(today)
  const period = monthSoFar(first)
  const { month, reading, cells } = decideDigest(rows, startOfWeek(first), first)
  const begun = (row: CellRow): boolean =>
    ofCell(within(row, period)).some(({ outcome }) => outcome === 'held' || outcome === 'unconfirmed')
  const notYet = rows.filter((row) => !begun(row)).map(({ name }) => name)
  return { month: period.from, cells, counts: month, reading, notYet: notYet.sort(collator.compare) }
}

/** One page of a list. `page` from 0; beyond the end is the last. */
export function pageOf<T>(all: readonly T[], page: number, size: number): { items: T[]; page: number; last: number } {
  const last = Math.max(0, Math.ceil(all.length / size) - 1)
  const at = Math.min(Math.max(0, page), last)
  return { items: all.slice(at * size, (at + 1) * size), page: at, last }
}
