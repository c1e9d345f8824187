import { type WallTime, wallTime } from '../core/dates.js'
import {
  cleanText,
  type Found,
  match,
  matchAny,
  numberOf,
  pattern,
  type Slots,
  type Token,
  tokenize,
} from './parse-tokens.js'
import { type Parsed, type TimeReading, type Wrong, wrong } from './parse-types.js'

type DayPart = 'am' | 'noon' | 'afternoon' | 'evening' | 'pm'

const PARTS: readonly (readonly [DayPart, ReturnType<typeof pattern>])[] = [
  ['am', pattern('buổi? sáng|am')],
  ['noon', pattern('buổi? trưa')],
  ['afternoon', pattern('buổi? chiều')],
  ['evening', pattern('buổi? tối|đêm')],
  ['pm', pattern('pm')],
]
const LEAD = pattern('lúc|vào|hồi|khoảng')
/** "mười chín giờ" is 19, not 9: number words above ten are not read, so they are asked about. */
const TENS = pattern('mười|mươi')

/** Hours of the 24-hour clock that a part of the day may mean; the others contradict it ("19 giờ sáng"). */
const HOURS: Record<DayPart, (hour: number) => number | null> = {
  am: (hour) => (hour <= 11 ? hour : null),
  noon: (hour) => (hour >= 10 && hour <= 14 ? hour : hour >= 1 && hour <= 2 ? hour + 12 : null),
  afternoon: (hour) => (hour >= 12 && hour <= 18 ? hour : hour >= 1 && hour <= 7 ? hour + 12 : null),
  evening: (hour) => (hour >= 17 && hour <= 23 ? hour : hour >= 5 && hour <= 11 ? hour + 12 : null),
  pm: (hour) => (hour >= 12 && hour <= 23 ? hour : hour >= 1 ? hour + 12 : null),
}

type ClockRead = Readonly<{
  hours: number
  minutes: number
  /** "07:30" says which half of the day it means, "7:30" does not. */
  padded: boolean
  next: number
  needsPart?: boolean
}>

const COLON = pattern('# ~: ~#')
const TO_HOUR = pattern('% giờ|h|g kém % phút?')
const HALF = pattern('% giờ|h|g rưỡi')
const HOUR_MINUTE = pattern("# giờ|h|g # phút|p|'|’?")
const MINUTE_WORD = pattern('# giờ|h|g # phút|p')
const HOUR = pattern('% giờ|h|g đúng?')
const BARE_HALF = pattern('% rưỡi')
const BARE_HOUR = pattern('# am|pm')
const ELSEWHERE = pattern('nữa|trước|sau|đồng|tàu')
const SLASH = pattern('/|- #')

const isPadded = (token: Token): boolean => /^0\d$/.test(token.flat)

/** Two digits, or with the word: "19h 5/12" is not five minutes past. */
const isMinutes = (slots: Slots, at: number, token: Token, next: number): boolean =>
  (token.flat.length === 2 || match(MINUTE_WORD, slots, at) !== null) && !match(SLASH, slots, next)

function readHourAndMinute(slots: Slots, at: number): ClockRead | null {
  for (const rule of [COLON, HOUR_MINUTE]) {
    const found = match(rule, slots, at)
    const [hour, minute] = found?.captured ?? []
    if (!found || !hour || !minute || !isMinutes(slots, at, minute, found.next)) continue
    return { hours: numberOf(hour), minutes: numberOf(minute), padded: isPadded(hour), next: found.next }
  }
  return null
}

function readClock(slots: Slots, at: number): ClockRead | null {
  const to = match(TO_HOUR, slots, at)
  const [hour, left] = to?.captured ?? []
  if (to && hour && left) {
    const minutes = numberOf(left)
    if (minutes < 1 || minutes > 30) return null
    return { hours: numberOf(hour) - 1, minutes: 60 - minutes, padded: isPadded(hour), next: to.next }
  }
  const exact = readHourAndMinute(slots, at)
  if (exact) return exact
  for (const [rule, minutes, extra] of [
    [HALF, 30, {}],
    [HOUR, 0, {}],
    [BARE_HALF, 30, { needsPart: true }],
    [BARE_HOUR, 0, { next: at + 1 }],
  ] as const) {
    const found = match(rule, slots, at)
    const [token] = found?.captured ?? []
    if (!found || !token) continue
    return { hours: numberOf(token), minutes, padded: isPadded(token), next: found.next, ...extra }
  }
  return null
}

/** "sáng", "buổi chiều", "tối" at this place. */
export function readDayPart(slots: Slots, at: number): Found<DayPart> | null {
  for (const [part, rule] of PARTS) {
    const found = match(rule, slots, at)
    if (found) return { value: part, next: found.next }
  }
  return null
}

function inPart(clock: ClockRead, part: DayPart): TimeReading | Wrong {
  if (wallTime(clock.hours, clock.minutes) === null) return wrong('meetings.parse.time-wrong')
  const hour = HOURS[part](clock.hours)
  const time = hour === null ? null : wallTime(hour, clock.minutes)
  return time ? { kind: 'clear', time } : wrong('meetings.parse.time-contradiction')
}

function withoutPart(clock: ClockRead): TimeReading | Wrong {
  const time = wallTime(clock.hours, clock.minutes)
  if (!time) return wrong('meetings.parse.time-wrong')
  const pm = wallTime(clock.hours + 12, clock.minutes)
  return clock.padded || clock.hours === 0 || !pm ? { kind: 'clear', time } : { kind: 'ambiguous', am: time, pm }
}

/** A time at this place: "19h30", "7 rưỡi tối", "tối 7 giờ". */
export function readTime(slots: Slots, at: number): Found<TimeReading | Wrong> | null {
  const lead = readDayPart(slots, at)
  const begin = lead ? (match(LEAD, slots, lead.next)?.next ?? lead.next) : at
  const clock = match(TENS, slots, begin - 1) ? null : readClock(slots, begin)
  if (!clock || match(ELSEWHERE, slots, clock.next)) return null
  const behind = readDayPart(slots, clock.next)
  const part = behind?.value ?? lead?.value
  if (!part) return clock.needsPart ? null : { value: withoutPart(clock), next: clock.next }
  return { value: inPart(clock, part), next: behind?.next ?? clock.next }
}

/** Decides an ambiguous time by a part of the day that stands elsewhere ("tối thứ Hai, 7 giờ"). */
export function settle(reading: TimeReading, part: DayPart): TimeReading | Wrong {
  if (reading.kind === 'clear') return reading
  const [hours, minutes] = reading.am.split(':').map(Number) as [number, number]
  return inPart({ hours, minutes, padded: false, next: 0 }, part)
}

const LEADS = [pattern('vào? lúc|hồi|khoảng'), pattern('vào|at')]
const END = pattern('.|!')

/**
 * A text that is a time and nothing else. Hours 1–11 without a part of the day and without a leading zero are
 * ambiguous; "25:70" fails with `meetings.parse.time-wrong`, anything else with `meetings.parse.time-unread`.
 */
export function parseTime(text: string): Parsed<TimeReading> {
  const slots = tokenize(cleanText(text))
  const start = matchAny(LEADS, slots, 0)?.next ?? 0
  const found = readTime(slots, start)
  const end = found ? (match(END, slots, found.next)?.next ?? found.next) : 0
  if (!found || end < slots.length) return { ok: false, code: 'meetings.parse.time-unread', params: {} }
  if (found.value.kind === 'wrong') return { ok: false, code: found.value.code, params: found.value.params }
  return { ok: true, value: found.value }
}

/** Minutes from one wall time to a later one of the same day; null where it is not later. */
export const minutesUntil = (from: WallTime, to: WallTime): number | null => {
  const minutes = (time: WallTime): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
  return minutes(to) > minutes(from) ? minutes(to) - minutes(from) : null
}
