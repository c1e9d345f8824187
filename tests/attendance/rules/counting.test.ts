import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  attendanceBand,
  attendanceScore,
  denominatorOf,
  type Enrolled,
  excusedRun,
  forecast,
  formatPercent,
  reaches,
  replyRate,
  standingOn,
  steadinessPoint,
  tally,
  tallyByStanding,
  targetOf,
} from '../../../src/attendance/counting.js'
import { plainDate } from '../../../src/core/dates.js'

const member = (over: Partial<Enrolled> = {}): Enrolled => ({
  personId: 'p',
  standing: 'full',
  membership: 'home',
  attachedElsewhere: false,
  exemption: null,
  ...over,
})

describe('"Denominator = members of the cell on that day − exempt − on special duty. Full and probationary shown apart."', () => {
  test('the exempt, those on special duty and those attached elsewhere are outside, temporary members inside', () => {
    const result = denominatorOf([
      member(),
      member({ standing: 'probationary' }),
      member({ membership: 'temporary' }),
      member({ exemption: 'exempt' }),
      member({ exemption: 'special_duty' }),
      member({ attachedElsewhere: true }),
      member({ attachedElsewhere: true, exemption: 'exempt' }),
    ])
    expect(result).toMatchObject({
      total: 3,
      full: 2,
      probationary: 1,
      exempt: 1,
      specialDuty: 1,
      attachedElsewhere: 2,
    })
  })

  const day = plainDate(2026, 12, 3)
  test.each([
    [null, null, 'full'],
    [plainDate(2025, 12, 3), null, 'probationary'],
    [plainDate(2025, 12, 3), plainDate(2026, 12, 4), 'probationary'],
    [plainDate(2025, 12, 3), plainDate(2026, 12, 3), 'full'],
  ])('admitted %s, full from %s: %s on 2026-12-03', (admittedOn, fullOn, standing) => {
    expect(day && standingOn({ admittedOn, fullOn }, day)).toBe(standing)
  })
})

test('late and online attended, the unknown did not; no state is lost', () => {
  const counted = tally(['present', 'late', 'online', 'excused', 'unexcused', 'unknown'])
  expect(counted).toMatchObject({
    attended: 3,
    total: 6,
    unknown: 1,
    excused: 1,
    unexcused: 1,
    rate: { part: 3, whole: 6 },
  })
})

test('full and probationary are tallied apart and add up', () => {
  const { all, full, probationary } = tallyByStanding([
    { standing: 'full', state: 'present' },
    { standing: 'full', state: 'excused' },
    { standing: 'probationary', state: 'online' },
  ])
  expect([all.attended, full.attended, probationary.attended]).toEqual([2, 1, 1])
  expect(all.total).toBe(full.total + probationary.total)
})

describe('"≥ 90 % = 4, 75–<90 = 3, 65–<75 = 2, < 65 or any unexcused absence = 1"', () => {
  test.each([
    [18, 20, 0, 4, '18 of 20 is exactly 90 %'],
    [9, 10, 0, 4, '9 of 10 is exactly 90 %'],
    [27, 30, 0, 4, '27 of 30 is exactly 90 %'],
    [17, 19, 0, 3, '17 of 19 is 89.47 %'],
    [899, 1000, 0, 3, '89.9 % is below 90 %'],
    [15, 20, 0, 3, '15 of 20 is exactly 75 %'],
    [14, 19, 0, 2, '14 of 19 is 73.7 %'],
    [13, 20, 0, 2, '13 of 20 is exactly 65 %'],
    [12, 19, 0, 1, '12 of 19 is 63.2 %'],
    [0, 20, 0, 1, 'nobody came'],
    [20, 20, 0, 4, 'everybody came'],
    [19, 20, 1, 1, '95 %, but one unexcused absence'],
    [0, 0, 0, null, 'nobody was to attend'],
  ])('%i of %i with %i unexcused: %s points (%s)', (part, whole, unexcused, points, _why) => {
    expect(attendanceBand({ part, whole }, unexcused)).toBe(points)
  })
})

describe('"plus 1 if nobody is excused more than 3 times running"', () => {
  test('three running is not more than three', () => expect(steadinessPoint([0, 3])).toBe(1))
  test('four running is', () => expect(steadinessPoint([0, 4])).toBe(0))
  test('the whole is at most 5', () => expect(attendanceScore({ part: 10, whole: 10 }, 0, [3])).toBe(5))
  test('a run ends with the first meeting attended', () => {
    expect(excusedRun(['excused', 'excused', 'present', 'excused'])).toBe(2)
    expect(excusedRun([])).toBe(0)
  })
})

describe('"cần thêm N đồng chí để đạt X%"', () => {
  const answers = (coming: number, absent: number, silent: number) => [
    ...Array(coming).fill('present'),
    ...Array(absent).fill('absent'),
    ...Array(silent).fill(null),
  ]
  test.each([
    [16, 1, 3, 90, 2, true, '16 of 20 need 2 more for 18'],
    [18, 2, 0, 90, 0, true, '18 of 20 are enough'],
    [17, 3, 0, 90, 1, false, 'nobody is left to ask'],
    [8, 0, 3, 90, 2, true, '90 % of 11 is 9.9, that is 10 people'],
    [0, 0, 0, 90, 0, true, 'nobody to come'],
  ])(
    '%i come, %i do not, %i silent, target %i: %i missing, reachable %s (%s)',
    (c, a, s, target, missing, reachable) => {
      expect(forecast(answers(c, a, s), target)).toMatchObject({ missing, reachable, silent: s, absent: a })
    },
  )

  test('with the missing ones the target is reached, with one fewer it is not', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), fc.integer({ min: 1, max: 100 }), (coming, silent, target) => {
        const { missing } = forecast(answers(coming, 0, silent), target)
        const whole = coming + silent
        if (whole === 0) return
        expect(reaches({ part: coming + missing, whole }, target)).toBe(true)
        if (missing > 0) expect(reaches({ part: coming + missing - 1, whole }, target)).toBe(false)
      }),
    )
  })
})

test('a reply is any answer; silence is none', () => {
  expect(replyRate(['present', 'absent', null])).toEqual({ part: 2, whole: 3 })
})

test("a unit's own target, else the nearest above it, else the default of its kind", () => {
  const cell = { kind: 'cell', attendanceTarget: null } as const
  const firm = { kind: 'grassroots', attendanceTarget: 80 } as const
  expect(targetOf([cell])).toBe(90)
  expect(targetOf([cell, firm])).toBe(80)
  expect(targetOf([{ ...cell, attendanceTarget: 95 }, firm])).toBe(95)
})

test.each([
  [18, 20, '90%', '90%'],
  [3242, 3281, '98,8%', '98.8%'],
  [2, 3, '66,7%', '66.7%'],
  [20, 20, '100%', '100%'],
  [3280, 3281, '99,9%', '99.9%'],
  [2999, 3333, '89,9%', '89.9%'],
  [0, 7, '0%', '0%'],
  [1, 8, '12,5%', '12.5%'],
  [0, 0, null, null],
])('%i of %i is printed %s and %s', (part, whole, vi, en) => {
  expect(formatPercent({ part, whole }, 'vi')).toBe(vi)
  expect(formatPercent({ part, whole }, 'en')).toBe(en)
})
