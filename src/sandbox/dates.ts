import {
  addDays,
  addMonths,
  dateIn,
  dayOf,
  daysInMonth,
  monthOf,
  type PlainDate,
  timeIn,
  type WallTime,
  weekdayOf,
  yearOf,
  type Zone,
} from '../core/dates.js'
import { expandRule, type MonthlyDay, ruleOf } from '../meetings/recurrence.js'

/** A cell's series in the example: its rule, and the days of its last and next meeting. */
export type ExampleSeries = Readonly<{ rrule: string; time: WallTime; next: PlainDate; last: PlainDate }>

/** From this hour on, the first step of an evening meeting seven days ahead would be past or in the quiet hours. */
const LATE = '18:00'

/** Seven days ahead while that evening's first reminder is still to come today, else eight. */
export function firstMeetingDay(now: Date, zone: Zone): PlainDate {
  return addDays(dateIn(now, zone), timeIn(now, zone) < LATE ? 7 : 8)
}

const weekdayRule = (day: PlainDate): MonthlyDay => {
  const last = dayOf(day) + 7 > daysInMonth(yearOf(day), monthOf(day))
  return { kind: 'weekday', weekday: weekdayOf(day), ordinal: last ? -1 : (Math.ceil(dayOf(day) / 7) as 1 | 2 | 3 | 4) }
}

function seriesOf(monthly: MonthlyDay, time: string, next: PlainDate): ExampleSeries {
  const rrule = ruleOf(monthly)
  const last = expandRule(rrule, addMonths(next, -2), addDays(next, -14)).at(-1) ?? addDays(next, -28)
  return { rrule, time: time as WallTime, next, last }
}

/** Two cells with different habits: a fixed day of the month, and a weekday of it. */
export function exampleSeries(now: Date, zone: Zone): readonly [ExampleSeries, ExampleSeries] {
  const first = firstMeetingDay(now, zone)
  const second = addDays(dateIn(now, zone), 8)
  return [seriesOf({ kind: 'day', day: dayOf(first) }, '19:30', first), seriesOf(weekdayRule(second), '19:00', second)]
}
