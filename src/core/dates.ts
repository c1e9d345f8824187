import dayjs, { type Dayjs } from 'dayjs'
import utc from 'dayjs/plugin/utc.js'

dayjs.extend(utc)

/** A calendar date, `YYYY-MM-DD`: what people mean by "the 3rd". Has no instant until a zone and an hour are given. */
export type PlainDate = string & { readonly __plainDate: unique symbol }
/** A wall-clock time, `HH:mm`, 00:00–23:59. */
export type WallTime = string & { readonly __wallTime: unique symbol }
/** An IANA zone name, such as `Asia/Ho_Chi_Minh`. */
export type Zone = string
/** 1 = Monday … 7 = Sunday (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

const pad = (n: number, width = 2): string => String(n).padStart(width, '0')

/** A date from its parts, or null where the calendar has no such day (31 February). */
export function plainDate(year: number, month: number, day: number): PlainDate | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return real ? (`${pad(year, 4)}-${pad(month)}-${pad(day)}` as PlainDate) : null
}

export function parsePlainDate(text: string): PlainDate | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  return match ? plainDate(Number(match[1]), Number(match[2]), Number(match[3])) : null
}

/** A time from hours and minutes, or null where a clock has no such time (25:70). */
export const wallTime = (hours: number, minutes: number): WallTime | null =>
  Number.isInteger(hours) && Number.isInteger(minutes) && hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60
    ? (`${pad(hours)}:${pad(minutes)}` as WallTime)
    : null

export function parseWallTime(text: string): WallTime | null {
  const match = /^(\d{2}):(\d{2})$/.exec(text)
  return match ? wallTime(Number(match[1]), Number(match[2])) : null
}

/** Minutes since midnight. */
export const minutesOf = (time: WallTime): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

export const yearOf = (date: PlainDate): number => Number(date.slice(0, 4))
export const monthOf = (date: PlainDate): number => Number(date.slice(5, 7))
export const dayOf = (date: PlainDate): number => Number(date.slice(8, 10))

/** Midnight UTC of the date: how a `@db.Date` column travels. Not an instant of the day anywhere else. */
export const toDateColumn = (date: PlainDate): Date => new Date(`${date}T00:00:00.000Z`)
export const fromDateColumn = (value: Date): PlainDate => value.toISOString().slice(0, 10) as PlainDate

/** Calendar arithmetic on calendar dates: no zone, so no clock change can move it. */
export const addDays = (date: PlainDate, days: number): PlainDate =>
  fromDateColumn(new Date(toDateColumn(date).getTime() + days * DAY))

export const daysBetween = (from: PlainDate, to: PlainDate): number =>
  (toDateColumn(to).getTime() - toDateColumn(from).getTime()) / DAY

export const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** The same day `months` later, clamped to that month's end (31 January + 1 → 28 or 29 February). */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const index = yearOf(date) * 12 + monthOf(date) - 1 + months
  const year = Math.floor(index / 12)
  const month = (index % 12) + 1
  return plainDate(year, month, Math.min(dayOf(date), daysInMonth(year, month))) as PlainDate
}

export const startOfMonth = (date: PlainDate): PlainDate => `${date.slice(0, 8)}01` as PlainDate

export const weekdayOf = (date: PlainDate): Weekday => (toDateColumn(date).getUTCDay() || 7) as Weekday

/** The Monday of the date's ISO week. */
export const startOfWeek = (date: PlainDate): PlainDate => addDays(date, 1 - weekdayOf(date))

export const isZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** One for each zone that was asked for: to make one takes a thousand times as long as to ask it. */
const offsetWords = new Map<Zone, Intl.DateTimeFormat>()

function offsetWordsOf(zone: Zone): Intl.DateTimeFormat {
  const known = offsetWords.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  offsetWords.set(zone, made)
  return made
}

/**
 * Minutes that clocks in `zone` are ahead of UTC at the instant. From Intl ("GMT+10:30", "GMT"): dayjs's own zone
 * plugin reads the wall time back in the server's zone and is an hour off in the night that zone's clocks change.
 */
export function offsetMinutes(instant: number, zone: Zone): number {
  const words = offsetWordsOf(zone).format(instant)
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(words) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0))
}

/** What clocks in `zone` show, for libraries that print dayjs's fields; its own instant is a fiction. */
export const wallMoment = (instant: Date, zone: Zone): Dayjs =>
  dayjs.utc(instant).add(offsetMinutes(instant.getTime(), zone), 'minute')

const wallClock = (instant: Date, zone: Zone, format: string): string => wallMoment(instant, zone).format(format)

export const dateIn = (instant: Date, zone: Zone): PlainDate => wallClock(instant, zone, 'YYYY-MM-DD') as PlainDate
export const timeIn = (instant: Date, zone: Zone): WallTime => wallClock(instant, zone, 'HH:mm') as WallTime

/**
 * The instant at which clocks in `zone` show this date and time.
 * A time that a clock change skips is read with the offset before the change (02:30 → 03:30), one that it repeats
 * is the first of the two: RFC 5545 §3.3.5.
 */
export function instantOf(date: PlainDate, time: WallTime, zone: Zone): Date {
  const wall = toDateColumn(date).getTime() + minutesOf(time) * MINUTE
  const before = offsetMinutes(wall - DAY, zone)
  const candidates = [before, offsetMinutes(wall + DAY, zone)].map((offset) => wall - offset * MINUTE)
  const exact = candidates.find((at) => at + offsetMinutes(at, zone) * MINUTE === wall)
  return new Date(exact ?? wall - before * MINUTE)
}
