import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import type { PlainDate, Weekday } from '../../../src/core/dates.js'
import { describeRule, expandRule, type MonthlyDay, nextDays, ruleOf } from '../../../src/meetings/recurrence.js'

const monthly: fc.Arbitrary<MonthlyDay> = fc.oneof(
  fc.integer({ min: 1, max: 31 }).map((day) => ({ kind: 'day' as const, day })),
  fc.constant({ kind: 'last-day' as const }),
  fc.record({
    kind: fc.constant('weekday' as const),
    weekday: fc.integer({ min: 1, max: 7 }).map((n) => n as Weekday),
    ordinal: fc.constantFrom<1 | 2 | 3 | 4 | -1>(1, 2, 3, 4, -1),
  }),
)

/** The day of one month, found by walking through it. */
function dayInMonth(rule: MonthlyDay, month: Temporal.PlainYearMonth): Temporal.PlainDate {
  const days = Array.from({ length: month.daysInMonth }, (_, index) => month.toPlainDate({ day: index + 1 }))
  if (rule.kind === 'last-day') return days.at(-1) as Temporal.PlainDate
  if (rule.kind === 'day') return days[Math.min(rule.day, days.length) - 1] as Temporal.PlainDate
  const such = days.filter((day) => day.dayOfWeek === rule.weekday)
  return such.at(rule.ordinal === -1 ? -1 : rule.ordinal - 1) as Temporal.PlainDate
}

function bruteForce(rule: MonthlyDay, from: Temporal.PlainDate, to: Temporal.PlainDate): string[] {
  const found: string[] = []
  for (
    let month = from.toPlainYearMonth();
    month.toString() <= to.toPlainYearMonth().toString();
    month = month.add({ months: 1 })
  ) {
    const day = dayInMonth(rule, month).toString()
    if (day >= from.toString() && day < to.toString()) found.push(day)
  }
  return found
}

describe('a monthly rule over ten years', () => {
  test('equals walking through every month', () => {
    const starts = fc.integer({ min: 0, max: 4000 }).map((days) => Temporal.PlainDate.from('2024-01-01').add({ days }))
    fc.assert(
      fc.property(monthly, starts, (rule, from) => {
        const to = from.add({ years: 10 })
        const days = expandRule(ruleOf(rule), from.toString() as PlainDate, to.toString() as PlainDate)
        expect(days).toEqual(bruteForce(rule, from, to))
      }),
      { numRuns: 60 },
    )
  })

  test('what was written is described again', () => {
    fc.assert(
      fc.property(monthly, (rule) => {
        expect(describeRule(ruleOf(rule))).toEqual(rule)
      }),
    )
  })
})

test('the 31st is the end of every month, re-derived each time', () => {
  expect(nextDays(ruleOf({ kind: 'day', day: 31 }), '2027-01-31' as PlainDate, 5)).toEqual([
    '2027-01-31',
    '2027-02-28',
    '2027-03-31',
    '2027-04-30',
    '2027-05-31',
  ])
})

test('the next three first Mondays', () => {
  expect(nextDays('FREQ=MONTHLY;BYDAY=1MO', '2026-12-08' as PlainDate, 3)).toEqual([
    '2027-01-04',
    '2027-02-01',
    '2027-03-01',
  ])
})

test.each(['FREQ=WEEKLY;BYDAY=MO', 'FREQ=MONTHLY;BYMONTHDAY=29,31;BYSETPOS=-1', 'FREQ=MONTHLY;BYMONTHDAY=31', ''])(
  'a rule that is not ours is not described: %s',
  (rule) => expect(describeRule(rule)).toBeNull(),
)
