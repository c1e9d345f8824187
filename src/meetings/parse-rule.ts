import { type Found, match, matchAny, numberOf, pattern, type Slots } from './parse-tokens.js'
import { type Wrong, wrong } from './parse-types.js'
import { readWeekday } from './parse-weekday.js'
import type { MonthlyDay } from './recurrence.js'

export type RuleReading =
  | Readonly<{ kind: 'rule'; monthly: MonthlyDay } | { kind: 'lunar'; day: number | null }>
  | Wrong

type Ordinal = 1 | 2 | 3 | 4 | -1

const EVERY_MONTH = [
  pattern('của|trong? hằng|hàng|mỗi|các tháng'),
  pattern('của|trong? tháng'),
  pattern('of? every|each|the month'),
  pattern('monthly'),
]
const ONE_MONTH = [pattern('tháng #'), pattern('/ #'), pattern('tháng này|sau|tới')]
const LAST_DAY = [
  pattern('ngày cuối cùng? của? hằng|hàng|mỗi? tháng'),
  pattern('cuối tháng'),
  pattern('cuối hằng|hàng|mỗi tháng'),
  pattern('the? last day of? every|each|the? month'),
]
const FIRST_DAY = [
  pattern('ngày đầu|đầu tiên? của? hằng|hàng|mỗi? tháng'),
  pattern('ngày đầu tiên của? hằng|hàng|mỗi? tháng'),
]
const DAY = [pattern('ngày|mùng|mồng|hôm %'), pattern('the|on? # ~st|nd|rd|th'), pattern('day #')]
const LUNAR = [pattern('( âm lịch? )'), pattern('âm lịch?'), pattern('al')]
const FULL_MOON = pattern('ngày? rằm')
const NOT_DAYS = pattern('giờ|h|g|:|lần')

const ORDINALS: readonly (readonly [ReturnType<typeof pattern>, Ordinal])[] = [
  [pattern('đầu tiên'), 1],
  [pattern('thứ nhất'), 1],
  [pattern('của|trong? tuần đầu tiên?'), 1],
  [pattern('của|trong? tuần thứ nhất'), 1],
  [pattern('của|trong? tuần cuối cùng?'), -1],
  [pattern('cuối cùng?'), -1],
  [pattern('đầu'), 1],
]
const NTH = [pattern('của|trong? tuần thứ? %'), pattern('thứ %'), pattern('lần thứ? %')]
const WEEK_FIRST: readonly (readonly [ReturnType<typeof pattern>, Ordinal])[] = [
  [pattern('tuần đầu|đầu tiên? của? hằng|hàng|mỗi? tháng? ,?'), 1],
  [pattern('tuần cuối cùng? của? hằng|hàng|mỗi? tháng? ,?'), -1],
]
const NTH_WEEK_FIRST = pattern('tuần thứ? % của? hằng|hàng|mỗi? tháng? ,?')
const ENGLISH_ORDINALS: readonly (readonly [ReturnType<typeof pattern>, Ordinal])[] = [
  [pattern('the? first'), 1],
  [pattern('the? second'), 2],
  [pattern('the? third'), 3],
  [pattern('the? fourth'), 4],
  [pattern('the? last'), -1],
]
const WEEKLY = [pattern('hằng|hàng|mỗi tuần'), pattern('every|each week'), pattern('weekly')]
const NOT_MONTHLY = [
  pattern('hằng|hàng|mỗi quý|năm'),
  pattern('% tháng một|1 lần'),
  pattern('% tháng / lần'),
  pattern('quarterly'),
]

const rule = (monthly: MonthlyDay): RuleReading => ({ kind: 'rule', monthly })

const everyMonth = (slots: Slots, at: number): number => matchAny(EVERY_MONTH, slots, at)?.next ?? at

function ordinalOf(number: number): Ordinal | Wrong {
  if (number >= 1 && number <= 4) return number as Ordinal
  return wrong(number === 5 ? 'meetings.parse.fifth-weekday' : 'meetings.parse.day-wrong')
}

function readOrdinal(slots: Slots, at: number): Found<Ordinal | Wrong> | null {
  for (const [form, ordinal] of ORDINALS) {
    const found = match(form, slots, at)
    if (found) return { value: ordinal, next: found.next }
  }
  const nth = matchAny(NTH, slots, at)
  const [token] = nth?.captured ?? []
  return nth && token ? { value: ordinalOf(numberOf(token)), next: nth.next } : null
}

function readLeadingOrdinal(slots: Slots, at: number): Found<Ordinal | Wrong> | null {
  for (const [form, ordinal] of [...WEEK_FIRST, ...ENGLISH_ORDINALS]) {
    const found = match(form, slots, at)
    if (found) return { value: ordinal, next: found.next }
  }
  const nth = match(NTH_WEEK_FIRST, slots, at)
  const [token] = nth?.captured ?? []
  return nth && token ? { value: ordinalOf(numberOf(token)), next: nth.next } : null
}

/** "thứ Hai đầu tiên hằng tháng", "T2 đầu tháng", "thứ 5 tuần thứ 2", "tuần đầu tháng, thứ Hai", "the first Monday". */
function readNthWeekday(slots: Slots, at: number): Found<RuleReading> | null {
  const lead = readLeadingOrdinal(slots, at)
  const begin = lead?.next ?? match(pattern('ngày'), slots, at)?.next ?? at
  // A weekday behind "tuần …" stands after a counting word on purpose.
  const weekday = readWeekday(lead ? slots.map((token, index) => (index < begin ? null : token)) : slots, begin)
  if (!weekday) return null
  const ordinal = lead ?? readOrdinal(slots, weekday.next)
  const next = everyMonth(slots, lead || !ordinal ? weekday.next : ordinal.next)
  if (matchAny(WEEKLY, slots, weekday.next)) return { value: wrong('meetings.parse.only-monthly'), next }
  if (!ordinal) return { value: wrong('meetings.parse.which-weekday', { weekday: weekday.value }), next }
  const { value } = ordinal
  return {
    value: typeof value === 'object' ? value : rule({ kind: 'weekday', weekday: weekday.value, ordinal: value }),
    next,
  }
}

const dayRule = (day: number): RuleReading =>
  day >= 1 && day <= 31 ? rule({ kind: 'day', day }) : wrong('meetings.parse.day-wrong')

/** "ngày 3 hằng tháng", "mùng 3", "ngày 15 âm lịch"; "ngày 3/12" is one day and no rule. */
function readDayRule(slots: Slots, at: number): Found<RuleReading> | null {
  const found = matchAny(DAY, slots, at)
  const [token] = found?.captured ?? []
  if (!found || !token || match(NOT_DAYS, slots, found.next)) return null
  const once = matchAny(ONE_MONTH, slots, found.next)
  if (once) return { value: wrong('meetings.parse.one-date'), next: once.next }
  const lunar = matchAny(LUNAR, slots, found.next) ?? matchAny(LUNAR, slots, everyMonth(slots, found.next))
  if (lunar) return { value: { kind: 'lunar', day: numberOf(token) }, next: everyMonth(slots, lunar.next) }
  return { value: dayRule(numberOf(token)), next: everyMonth(slots, found.next) }
}

function readEdgeOfMonth(slots: Slots, at: number): Found<RuleReading> | null {
  const moon = match(FULL_MOON, slots, at)
  if (moon) return { value: { kind: 'lunar', day: 15 }, next: everyMonth(slots, moon.next) }
  const last = matchAny(LAST_DAY, slots, at)
  if (last) return { value: rule({ kind: 'last-day' }), next: last.next }
  const first = matchAny(FIRST_DAY, slots, at)
  if (first) return { value: rule({ kind: 'day', day: 1 }), next: first.next }
  const other = matchAny(NOT_MONTHLY, slots, at)
  return other ? { value: wrong('meetings.parse.only-monthly'), next: other.next } : null
}

/** The rule of a series at this place. */
export const readRule = (slots: Slots, at: number): Found<RuleReading> | null =>
  readNthWeekday(slots, at) ?? readEdgeOfMonth(slots, at) ?? readDayRule(slots, at)
