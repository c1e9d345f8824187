import { RRuleTemporal } from 'rrule-temporal'
import { addMonths, type PlainDate, startOfMonth, toDateColumn, type Weekday } from '../core/dates.js'

/** A day that comes once a month. `ordinal` -1: the last one; a fifth one is not offered, as most months have none. */
export type MonthlyDay = Readonly<
  | { kind: 'day'; day: number }
  | { kind: 'last-day' }
  | { kind: 'weekday'; weekday: Weekday; ordinal: 1 | 2 | 3 | 4 | -1 }
>

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
const CLAMPED = [28, 29, 30, 31]

/**
 * The RFC 5545 rule of a monthly day. By the RFC `BYMONTHDAY=31` skips the months without a 31st; a cell wants their
 * end instead, so 29–31 are the last existing one of the days from the 28th on (31 January, 28 February, 31 March).
 */
export function ruleOf(monthly: MonthlyDay): string {
  switch (monthly.kind) {
    case 'last-day':
      return 'FREQ=MONTHLY;BYMONTHDAY=-1'
    case 'weekday':
      return `FREQ=MONTHLY;BYDAY=${monthly.ordinal}${WEEKDAYS[monthly.weekday - 1]}`
    case 'day':
      return monthly.day <= 28
        ? `FREQ=MONTHLY;BYMONTHDAY=${monthly.day}`
        : `FREQ=MONTHLY;BYMONTHDAY=${CLAMPED.filter((day) => day <= monthly.day).join(',')};BYSETPOS=-1`
  }
}

function weekdayRule(rrule: string): MonthlyDay | null {
  const match = /^FREQ=MONTHLY;BYDAY=([1-4]|-1)(MO|TU|WE|TH|FR|SA|SU)$/.exec(rrule)
  if (!match) return null
  const weekday = (WEEKDAYS.indexOf(match[2] as (typeof WEEKDAYS)[number]) + 1) as Weekday
  return { kind: 'weekday', weekday, ordinal: Number(match[1]) as 1 | 2 | 3 | 4 | -1 }
}

/** What a stored rule means, for words; null for a rule that `ruleOf` does not write. */
export function describeRule(rrule: string): MonthlyDay | null {
  if (rrule === 'FREQ=MONTHLY;BYMONTHDAY=-1') return { kind: 'last-day' }
  const days = /^FREQ=MONTHLY;BYMONTHDAY=(\d{1,2}(?:,\d{1,2})*)(;BYSETPOS=-1)?$/.exec(rrule)
  const day = Number(days?.[1]?.split(',').at(-1))
  const described: MonthlyDay | null = days ? { kind: 'day', day } : weekdayRule(rrule)
  return described && ruleOf(described) === rrule ? described : null
}

const compact = (date: PlainDate): string => date.replaceAll('-', '')

/**
 * The rule's calendar days in `[from, to)`, ascending. Midnight UTC only carries the dates through the library, which
 * knows no dates without hours: no zone of a cell takes part, so no clock change can move a day.
 */
export function expandRule(rrule: string, from: PlainDate, to: PlainDate): PlainDate[] {
  const start = startOfMonth(from)
  const rule = new RRuleTemporal({ rruleString: `DTSTART:${compact(start)}T000000Z\nRRULE:${rrule}` })
  return rule
    .between(toDateColumn(start), toDateColumn(to), true)
    .map((at) => at.toString().slice(0, 10) as PlainDate)
    .filter((day) => day >= from && day < to)
}

/** The first `count` days from `from` on: what is shown before anything is stored. */
export const nextDays = (rrule: string, from: PlainDate, count: number): PlainDate[] =>
  expandRule(rrule, from, addMonths(from, count + 1)).slice(0, count)
