import {
  addDays,
  addMonths,
  daysInMonth,
  monthOf,
  type PlainDate,
  plainDate,
  startOfWeek,
  yearOf,
} from '../core/dates.js'
import { nextDate, readDay } from '../meetings/parse-day.js'
import {
  cleanText,
  type Found,
  type Hit,
  match,
  matchAny,
  numberOf,
  pattern,
  type Slots,
  scanAll,
  tokenize,
} from '../meetings/parse-tokens.js'

export type DueProblem = 'day-wrong' | 'day-past' | 'day-far' | 'day-mismatch' | 'two-days'

/** `what`: the text without the words that say by when. */
export type DueReading = Readonly<{ what: string; dueOn: PlainDate | null; problem: DueProblem | null }>

type Read = Readonly<{ day: PlainDate | null; problem: DueProblem | null; strong: boolean }>

const OF_MONTH = pattern('hết|cuối|trong tháng #')
const THIS_MONTH = pattern('hết|cuối|trong tháng này?')
const NEXT_MONTH = pattern('hết|cuối|trong tháng sau|tới')
const THIS_WEEK = pattern('hết|cuối|trong tuần này?')
const NEXT_WEEK = pattern('hết|cuối|trong tuần sau|tới')
const THIS_YEAR = pattern('hết|cuối|trong năm nay?')

const endOfMonth = (day: PlainDate): PlainDate =>
  plainDate(yearOf(day), monthOf(day), daysInMonth(yearOf(day), monthOf(day))) as PlainDate

/** "Hết tháng 12", "cuối tuần này": the last day of a stretch. */
function readStretch(slots: Slots, at: number, today: PlainDate): Found<PlainDate | null> | null {
  const named = match(OF_MONTH, slots, at)
  if (named) {
    const month = numberOf(named.captured[0] as NonNullable<(typeof named.captured)[0]>)
    const first = month === monthOf(today) ? today : nextDate(1, month, today)
    return { value: first && endOfMonth(first), next: named.next }
  }
  const sunday = addDays(startOfWeek(today), 6)
  for (const [rule, day] of [
    [NEXT_MONTH, endOfMonth(addMonths(today, 1))],
    [NEXT_WEEK, addDays(sunday, 7)],
    [THIS_MONTH, endOfMonth(today)],
    [THIS_WEEK, sunday],
    [THIS_YEAR, plainDate(yearOf(today), 12, 31)],
  ] as const) {
    const found = match(rule, slots, at)
    if (found) return { value: day, next: found.next }
  }
  return null
}

const PROBLEMS: Readonly<Record<string, DueProblem>> = {
  'meetings.parse.day-past': 'day-past',
  'meetings.parse.day-far': 'day-far',
  'meetings.parse.weekday-mismatch': 'day-mismatch',
}

const readDue =
  (today: PlainDate) =>
  (slots: Slots, at: number): Found<Read> | null => {
    const stretch = readStretch(slots, at, today)
    if (stretch) {
      const { value, next } = stretch
      return { value: { day: value, problem: value ? null : 'day-wrong', strong: true }, next }
    }
    const found = readDay(today)(slots, at)
    if (!found) return null
    const { value, next } = found
    return value.kind === 'day'
      ? { value: { day: value.day, problem: null, strong: false }, next }
      : { value: { day: null, problem: PROBLEMS[value.code] ?? 'day-wrong', strong: false }, next }
  }

/** Words that lead to a day; only the first ones say that it is a last day. */
const LIMIT = pattern('trước|hạn|hết|trong|đến|tới|chậm|muộn|by|before|until|due|deadline')
const FILLER = pattern('chót|cuối|thời|nhất|là|vào|hoàn|thành|xong|ngày|lúc|on|the|,|(|-|:|.')

/** Where the words begin that lead to the day at `start`, and whether they say that it is a last day. */
function leadOf(slots: Slots, start: number): { from: number; limits: boolean } {
  let from = start
  let limits = false
  for (let at = start - 1; at >= 0; at -= 1) {
    if (match(LIMIT, slots, at)) limits = true
    else if (!matchAny([FILLER], slots, at)) break
    from = at
  }
  return { from, limits }
}

const SIGN = /^[^\p{L}\d]$/u

const endsLine = (slots: Slots, next: number): boolean =>
  slots.slice(next).every((token) => token !== null && SIGN.test(token.flat))

const trimmed = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/\s+([,.;])/g, '$1')
    .replace(/^[\s,;:.–-]+|[\s,;:.(–-]+$/gu, '')

type Candidate = Hit<Read> & Readonly<{ from: number; limits: boolean }>

/** The day that is meant, or null; several last days are for the writer to decide. */
function choose(all: readonly Candidate[], slots: Slots): Candidate | 'two-days' | null {
  const limits = all.filter((one) => one.limits)
  if (new Set(limits.map((one) => one.value.day)).size > 1) return 'two-days'
  const last = all.at(-1)
  return limits[0] ?? (last && (all.length === 1 || endsLine(slots, last.next)) ? last : null)
}

/**
 * By when, out of the words of a task: "sửa loa, trước 20/12". A day in the middle that no word makes a last day stays in
 * the task's own words ("chuẩn bị lễ 22/12 cho thiếu nhi"). Pure; `today` is the cell's own.
 */
export function readTask(text: string, today: PlainDate): DueReading {
  const clean = cleanText(text)
  const slots = tokenize(clean)
  const all = scanAll(slots, readDue(today)).map((hit): Candidate => {
    const { from, limits } = leadOf(slots, hit.start)
    return { ...hit, from, limits: limits || hit.value.strong }
  })
  const chosen = choose(all, slots)
  if (chosen === 'two-days') return { what: trimmed(clean), dueOn: null, problem: 'two-days' }
  if (!chosen) return { what: trimmed(clean), dueOn: null, problem: null }
  const { day, problem } = chosen.value
  if (problem) return { what: trimmed(clean), dueOn: null, problem }
  const takes = chosen.limits || endsLine(slots, chosen.next)
  const before = clean.slice(0, slots[chosen.from]?.start ?? clean.length)
  const after = clean.slice(slots[chosen.next - 1]?.end ?? clean.length).replace(/^\s*\)/u, '')
  return { what: trimmed(takes ? `${before} ${after}` : clean), dueOn: day, problem: null }
}
