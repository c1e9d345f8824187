import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  DAY,
  dateIn,
  instantOf,
  MINUTE,
  type PlainDate,
  timeIn,
  type WallTime,
} from '../../../src/core/dates.js'
import {
  audiences,
  DEFAULT_LADDER,
  deferForQuiet,
  dueStep,
  isQuiet,
  planSteps,
  QUIET,
  type Step,
  sendAt,
} from '../../../src/reminders/rules.js'

const ZONE = 'Asia/Ho_Chi_Minh'
const at = (day: string, time = '19:00'): Date => instantOf(day as PlainDate, time as WallTime, ZONE)
const LONG_AGO = at('2026-01-01')
const plan = (startsAt: Date, offsets: readonly number[] = DEFAULT_LADDER, setAt = LONG_AGO) =>
  planSteps({ startsAt, offsets, zone: ZONE, setAt })
const words = (steps: readonly Step[]): string[] =>
  steps.map(
    ({ dueAt, audience, withMaterials }) =>
      `${dateIn(dueAt, ZONE).slice(5)} ${timeIn(dueAt, ZONE)} ${audience}${withMaterials ? '+' : ''}`,
  )

describe('who a step is for', () => {
  const list = (...offsets: number[]) =>
    audiences(offsets).map((rung) => `${rung.audience}${rung.withMaterials ? '+' : ''}`)

  test('the default: all, the silent, all with the materials, those who come', () => {
    expect(list(...DEFAULT_LADDER)).toEqual(['all', 'silent', 'all+', 'coming'])
  })
  test('a single day step is for all with the materials', () => expect(list(1440, 180)).toEqual(['all+', 'coming']))
  test('without a day step the first one is', () => expect(list(720, 60)).toEqual(['all+', 'coming']))
  test('between 12 and 24 hours the silent are asked', () =>
    expect(list(2880, 1080, 60)).toEqual(['all+', 'silent', 'coming']))
})

describe('the plan of a meeting', () => {
  test('an evening meeting', () => {
    expect(words(plan(at('2026-12-10')))).toEqual([
      '12-03 19:00 all',
      '12-07 19:00 silent',
      '12-09 19:00 all+',
      '12-10 16:00 coming',
    ])
  })

  test('a step in the quiet hours goes to their end', () => {
    expect(words(plan(at('2026-12-10', '09:00')))).toEqual([
      '12-03 09:00 all',
      '12-07 09:00 silent',
      '12-09 09:00 all+',
      '12-10 06:30 coming',
    ])
  })

  test('or to just before they begin, if their end is later than 1 hour before the meeting', () => {
    expect(words(plan(at('2026-12-10', '07:29'), [180]))).toEqual(['12-09 21:29 all+'])
    expect(words(plan(at('2026-12-10', '07:30'), [180]))).toEqual(['12-10 06:30 all+'])
    expect(words(plan(at('2026-12-10', '22:00'), [15]))).toEqual(['12-10 21:29 all+'])
  })

  test('two steps that meet at the edge of the night become one', () => {
    expect(words(plan(at('2026-12-10', '07:00'), [540, 180]))).toEqual(['12-09 21:29 all+'])
    expect(words(plan(at('2026-12-10', '10:00'), [720, 600, 240]))).toEqual(['12-10 06:30 all+'])
    expect(words(plan(at('2026-12-11', '07:00'), [1440, 780, 720, 480, 180]))).toEqual([
      '12-10 07:00 all+',
      '12-10 18:00 silent',
      '12-10 19:00 silent',
      '12-10 21:29 coming',
    ])
  })

  test('what was past when the meeting was made is skipped silently', () => {
    expect(words(plan(at('2026-12-10'), DEFAULT_LADDER, at('2026-12-08', '10:00')))).toEqual([
      '12-09 19:00 all+',
      '12-10 16:00 coming',
    ])
    expect(plan(at('2026-12-10'), DEFAULT_LADDER, at('2026-12-10', '18:00'))).toEqual([])
  })

  test('a change of place plans only what was not due before it', () => {
    const steps = planSteps({
      startsAt: at('2026-12-10'),
      offsets: DEFAULT_LADDER,
      zone: ZONE,
      setAt: LONG_AGO,
      changedAt: at('2026-12-08'),
    })
    expect(words(steps)).toEqual(['12-09 19:00 all+', '12-10 16:00 coming'])
  })

  test('days are days of the calendar where clocks change', () => {
    const startsAt = instantOf('2026-03-31' as PlainDate, '19:00' as WallTime, 'Europe/Berlin')
    const [step] = planSteps({ startsAt, offsets: [7 * 1440], zone: 'Europe/Berlin', setAt: LONG_AGO })
    expect(timeIn(step?.dueAt ?? LONG_AGO, 'Europe/Berlin')).toBe('19:00')
  })
})

const zones = fc.constantFrom(ZONE, 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe')
const ladders = fc.uniqueArray(fc.integer({ min: 15, max: 44_640 }), { minLength: 1, maxLength: 8 })
const starts = fc.record({
  zone: zones,
  day: fc.integer({ min: 0, max: 730 }).map((n) => addDays('2026-01-01' as PlainDate, n)),
  minute: fc.integer({ min: 0, max: 1439 }),
})
const startOf = ({ zone, day, minute }: { zone: string; day: PlainDate; minute: number }): Date =>
  instantOf(
    day,
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}` as WallTime,
    zone,
  )

describe('laws of the plan', () => {
  test('every step lies outside the quiet hours, before the start, after the meeting was made, in order', () => {
    fc.assert(
      fc.property(starts, ladders, fc.integer({ min: 0, max: 45 * 1440 }), (start, offsets, ago) => {
        const startsAt = startOf(start)
        const setAt = new Date(startsAt.getTime() - ago * MINUTE)
        const steps = planSteps({ startsAt, offsets, zone: start.zone, setAt })
        for (const [index, step] of steps.entries()) {
          expect(isQuiet(step.dueAt, start.zone)).toBe(false)
          expect(step.dueAt.getTime()).toBeLessThan(startsAt.getTime())
          expect(step.dueAt.getTime()).toBeGreaterThan(setAt.getTime())
          expect(step.dueAt.getTime()).toBeGreaterThan(steps[index - 1]?.dueAt.getTime() ?? 0)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('whatever the downtime: at most one message a person and step, one a look, none after the start', () => {
    const looks = fc.array(fc.integer({ min: -45 * 1440, max: 2 * 1440 }), { maxLength: 40 })
    fc.assert(
      fc.property(starts, ladders, looks, (start, offsets, minutes) => {
        const startsAt = startOf(start)
        let waiting = planSteps({ startsAt, offsets, zone: start.zone, setAt: new Date(startsAt.getTime() - 46 * DAY) })
        const planned = waiting.length
        const sent: { step: Step; now: Date }[] = []
        for (const now of minutes
          .sort((a, b) => a - b)
          .map((minute) => new Date(startsAt.getTime() + minute * MINUTE))) {
          const { step, skipped } = dueStep(waiting, startsAt, now)
          if (step) sent.push({ step, now })
          waiting = waiting.filter((one) => one !== step && !skipped.includes(one))
          expect(waiting.every((one) => one.dueAt > now && startsAt > now)).toBe(true)
        }
        expect(new Set(sent.map(({ step }) => step.offsetMinutes)).size).toBe(sent.length)
        expect(sent.length).toBeLessThanOrEqual(planned)
        expect(sent.every(({ step, now }) => step.dueAt <= now && now < startsAt)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})

describe('after a downtime', () => {
  const startsAt = at('2026-12-10')
  const steps = plan(startsAt)

  test('only the newest step that still helps, the older ones are skipped', () => {
    const { step, skipped } = dueStep(steps, startsAt, at('2026-12-09', '20:00'))
    expect([step?.offsetMinutes, skipped.map(({ offsetMinutes }) => offsetMinutes)]).toEqual([1440, [10_080, 4_320]])
  })

  test('nothing once the meeting has begun', () => {
    expect(dueStep(steps, startsAt, startsAt)).toEqual({ step: null, skipped: steps })
  })

  test('a late step keeps the quiet hours too, if it still helps after them', () => {
    expect(sendAt(at('2026-12-09', '23:00'), startsAt, ZONE)).toEqual(at('2026-12-10', '06:30'))
    expect(sendAt(at('2026-12-10', '05:00'), at('2026-12-10', '06:40'), ZONE)).toEqual(at('2026-12-10', '05:00'))
  })
})

describe('notices', () => {
  test('a notice at night waits for the morning, unless that is too late', () => {
    const defer = (now: Date, latest: Date) => deferForQuiet(now, { zone: ZONE, latest, quiet: QUIET })
    expect(defer(at('2026-12-01', '21:30'), at('2026-12-09'))).toEqual(at('2026-12-02', '06:30'))
    expect(defer(at('2026-12-01', '21:29'), at('2026-12-09'))).toEqual(at('2026-12-01', '21:29'))
    expect(defer(at('2026-12-02', '06:30'), at('2026-12-09'))).toEqual(at('2026-12-02', '06:30'))
    expect(defer(at('2026-12-01', '23:00'), at('2026-12-02', '06:00'))).toEqual(at('2026-12-01', '23:00'))
  })
})
