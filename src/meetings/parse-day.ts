import {
  addDays,
  addMonths,
  daysInMonth,
  monthOf,
  type PlainDate,
  plainDate,
  startOfMonth,
  startOfWeek,
  type Weekday,
  weekdayOf,
  yearOf,
} from '../core/dates.js'
import {
  cleanText,
  type Found,
  type Match,
  match,
  matchAny,
  numberOf,
  pattern,
  type Slots,
  tokenize,
} from './parse-tokens.js'
import { type DayReading, type Parsed, type Wrong, wrong } from './parse-types.js'
import { readWeekday } from './parse-weekday.js'

type Read = DayReading | Wrong

const FULL = ['# / # / #', '# - # - #', '# . # . #', '% tháng % năm|/ #'].map((form) =>
  pattern(`ngày|mùng|mồng|hôm? ${form}`),
)
const ISO = pattern('ngày? # - # - #')
const NAMED_SHORT = ['# / #', '# -|. #', '% tháng %'].map((form) => pattern(`ngày|mùng|mồng|hôm ${form}`))
const SLASHED = pattern('# / #')
const WITH_MONTH = pattern('# tháng #')
const DAY_ALONE = pattern('ngày|mùng|mồng %')
const NOT_A_DAY = pattern('giờ|h|g|/|:')
const TIMES = pattern('lần|giờ|h')
/** "số 12/3", "đường 3/2": numbers and streets; "chi bộ 3 tháng 12" is the third cell, in December. */
const BEFORE_NUMBER = pattern('số|đường|phố|ngõ|ngách|hẻm|kiệt|quyết|định|luật|điều|tháng')
const BEFORE_NAME = pattern('bộ|số|tổ|khu|thôn|xóm|ấp|phố')
const MONTH_END = pattern('ngày cuối cùng? của? tháng này?')

const RELATIVE: readonly (readonly [ReturnType<typeof pattern>, number])[] = [
  [pattern('hôm|trưa|chiều|tối nay'), 0],
  [pattern('ngày|sáng|trưa|chiều|tối|hôm mai'), 1],
  [pattern('ngày|sáng|trưa|chiều|tối kia|mốt'), 2],
  [pattern('today'), 0],
  [pattern('tomorrow'), 1],
]
/** "mai" is tomorrow and a given name: a day only where a line begins with it or an hour follows. */
const BARE_TOMORROW = pattern('mai')
const TOMORROW_AT = pattern('mai lúc? # h|giờ|:')
const NEXT_WEEK = pattern('tuần tới|sau')
const THIS_WEEK = pattern('tuần này')
const COMING = pattern('tới|sau')
const THIS = pattern('này')
const NEXT = pattern('next')

/** Two years ahead is as far as a cell plans; further is a slip of the finger. */
const FARTHEST_MONTHS = 24

function checked(day: PlainDate | null, today: PlainDate): Read {
  if (!day) return wrong('meetings.parse.day-wrong')
  if (day < today) return wrong('meetings.parse.day-past', { date: day })
  if (day > addMonths(today, FARTHEST_MONTHS)) return wrong('meetings.parse.day-far', { date: day })
  return { kind: 'day', day }
}

const fullYear = (digits: string): number => (digits.length === 2 ? 2000 + Number(digits) : Number(digits))

function readFull(slots: Slots, at: number, today: PlainDate): Found<Read> | null {
  const iso = match(ISO, slots, at)
  if (iso && iso.captured[0]?.flat.length === 4) {
    const [year, month, day] = iso.captured.map(numberOf) as [number, number, number]
    return { value: checked(plainDate(year, month, day), today), next: iso.next }
  }
  const found = matchAny(FULL, slots, at)
  const [day, month, year] = found?.captured ?? []
  if (!found || !day || !month || !year) return null
  const value =
    year.flat.length === 2 || year.flat.length === 4
      ? checked(plainDate(fullYear(year.flat), numberOf(month), numberOf(day)), today)
      : wrong('meetings.parse.day-wrong')
  return { value, next: found.next }
}

/** The next such date, today included. 29 February waits for its year; 31 February never comes. */
export function nextDate(day: number, month: number, today: PlainDate): PlainDate | null {
  for (let year = yearOf(today); year <= yearOf(today) + 8; year++) {
    const date = plainDate(year, month, day)
    if (date && date >= today) return date
  }
  return null
}

/** A day and a month by their numbers, where they are a date and no name or number of something else. */
function matchShort(slots: Slots, at: number): Match | null {
  const named = matchAny(NAMED_SHORT, slots, at)
  if (named) return named
  const slashed = match(BEFORE_NUMBER, slots, at - 1) ? null : match(SLASHED, slots, at)
  const worded = match(BEFORE_NAME, slots, at - 1) ? null : match(WITH_MONTH, slots, at)
  const found = slashed ?? worded
  return found && !match(TIMES, slots, found.next) ? found : null
}

function readShort(slots: Slots, at: number, today: PlainDate): Found<Read> | null {
  const found = matchShort(slots, at)
  const [day, month] = found?.captured ?? []
  if (!found || !day || !month || month.flat.length === 4) return null
  return { value: checked(nextDate(numberOf(day), numberOf(month), today), today), next: found.next }
}

function nextDayOfMonth(day: number, today: PlainDate): PlainDate | null {
  for (let ahead = 0; ahead < 3; ahead++) {
    const first = addMonths(startOfMonth(today), ahead)
    const date = plainDate(yearOf(first), monthOf(first), day)
    if (date && date >= today) return date
  }
  return null
}

function readDayAlone(slots: Slots, at: number, today: PlainDate): Found<Read> | null {
  const found = match(DAY_ALONE, slots, at)
  const [day] = found?.captured ?? []
  if (!found || !day || match(NOT_A_DAY, slots, found.next)) return null
  return { value: checked(nextDayOfMonth(numberOf(day), today), today), next: found.next }
}

function readRelative(slots: Slots, at: number, today: PlainDate): Found<Read> | null {
  for (const [rule, days] of RELATIVE) {
    const found = match(rule, slots, at)
    if (found) return { value: { kind: 'day', day: addDays(today, days) }, next: found.next }
  }
  const bare = at === 0 ? match(BARE_TOMORROW, slots, at) : match(TOMORROW_AT, slots, at)
  if (bare) return { value: { kind: 'day', day: addDays(today, 1) }, next: at + 1 }
  const end = match(MONTH_END, slots, at)
  if (!end) return null
  const last = plainDate(yearOf(today), monthOf(today), daysInMonth(yearOf(today), monthOf(today)))
  return { value: checked(last, today), next: end.next }
}

const upcoming = (weekday: Weekday, from: PlainDate): PlainDate => addDays(from, (weekday - weekdayOf(from) + 7) % 7)

/** "thứ Năm" is today at the earliest, "thứ Năm tới" tomorrow; "tuần sau" and "tuần này" are ISO weeks. */
function readWeekdayAlone(slots: Slots, at: number, today: PlainDate): Found<Read> | null {
  const next = match(NEXT, slots, at)
  const found = readWeekday(slots, next?.next ?? at)
  if (!found) return null
  const weekday = found.value
  if (next) return { value: checked(upcoming(weekday, addDays(today, 1)), today), next: found.next }
  const ofWeek = (weeks: number): PlainDate => addDays(startOfWeek(today), 7 * weeks + weekday - 1)
  for (const [rule, day] of [
    [NEXT_WEEK, ofWeek(1)],
    [THIS_WEEK, ofWeek(0)],
    [COMING, upcoming(weekday, addDays(today, 1))],
    [THIS, upcoming(weekday, today)],
  ] as const) {
    const behind = match(rule, slots, found.next)
    if (behind) return { value: checked(day, today), next: behind.next }
  }
  return { value: { kind: 'day', day: upcoming(weekday, today) }, next: found.next }
}

const readDate = (slots: Slots, at: number, today: PlainDate): Found<Read> | null =>
  readFull(slots, at, today) ?? readShort(slots, at, today) ?? readDayAlone(slots, at, today)

const BETWEEN = [pattern(', ('), pattern(',|('), pattern('tức|nhằm')]
const CLOSING = pattern(')')

function agree(date: Read, weekday: Weekday): Read {
  if (date.kind === 'wrong' || weekdayOf(date.day) === weekday) return date
  return wrong('meetings.parse.weekday-mismatch', { date: date.day, weekday })
}

const after = (slots: Slots, at: number): number => matchAny(BETWEEN, slots, at)?.next ?? at
const closed = (slots: Slots, at: number): number => match(CLOSING, slots, at)?.next ?? at

/** "thứ Năm, ngày 3/12" and "3/12 (thứ Năm)": the two have to agree, else somebody looked at the wrong month. */
function readBoth(slots: Slots, at: number, today: PlainDate): Found<Read> | null {
  const lead = readWeekday(slots, at)
  const date = readDate(slots, lead ? after(slots, lead.next) : at, today)
  if (!date) return null
  if (lead) return { value: agree(date.value, lead.value), next: closed(slots, date.next) }
  const behind = readWeekday(slots, after(slots, date.next))
  return behind ? { value: agree(date.value, behind.value), next: closed(slots, behind.next) } : date
}

/** A day at this place, today or later. */
export const readDay =
  (today: PlainDate) =>
  (slots: Slots, at: number): Found<Read> | null =>
    readBoth(slots, at, today) ?? readRelative(slots, at, today) ?? readWeekdayAlone(slots, at, today)

const WHOLE: readonly (readonly [ReturnType<typeof pattern>, number])[] = [
  [pattern('mai'), 1],
  [pattern('mốt|kia'), 2],
  [pattern('nay'), 0],
]
const DASHED = pattern('# -|. #')
const LEAD = pattern('vào|on')
const END = pattern('.|!')

/** Short forms that are a day only where nothing else is said: "mai", "3-12". */
function readWhole(slots: Slots, at: number, today: PlainDate): Found<Read> | null {
  for (const [rule, days] of WHOLE) {
    const found = match(rule, slots, at)
    if (found) return { value: { kind: 'day', day: addDays(today, days) }, next: found.next }
  }
  const dashed = match(DASHED, slots, at)
  const [day, month] = dashed?.captured ?? []
  if (!dashed || !day || !month || dashed.next < slots.length) return null
  return { value: checked(nextDate(numberOf(day), numberOf(month), today), today), next: dashed.next }
}

/**
 * A text that is a day and nothing else; a date without its year is the next such date.
 * Fails with `meetings.parse.day-wrong` (31/2), `day-past`, `day-far`, `weekday-mismatch` or `day-unread`.
 */
export function parseDay(text: string, today: PlainDate): Parsed<PlainDate> {
  const slots = tokenize(cleanText(text))
  const start = match(LEAD, slots, 0)?.next ?? 0
  const found = readWhole(slots, start, today) ?? readDay(today)(slots, start)
  const end = found ? (match(END, slots, found.next)?.next ?? found.next) : 0
  if (!found || end < slots.length) return { ok: false, code: 'meetings.parse.day-unread', params: {} }
  const { value } = found
  return value.kind === 'wrong' ? { ok: false, code: value.code, params: value.params } : { ok: true, value: value.day }
}
