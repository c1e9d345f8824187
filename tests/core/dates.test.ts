import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { formatDate, formatDateTime } from '../../src/core/date-words.js'
import {
  addDays,
  addMonths,
  dateIn,
  daysBetween,
  daysInMonth,
  fromDateColumn,
  instantOf,
  isZone,
  minutesOf,
  type PlainDate,
  parsePlainDate,
  parseWallTime,
  plainDate,
  startOfMonth,
  startOfWeek,
  timeIn,
  toDateColumn,
  type WallTime,
  wallTime,
  weekdayOf,
} from '../../src/core/dates.js'

const ZONES = ['Asia/Ho_Chi_Minh', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC']

const zones = fc.constantFrom(...ZONES)
const dates = fc.integer({ min: 0, max: 365 * 80 }).map((days) => Temporal.PlainDate.from('1985-01-01').add({ days }))
const times = fc
  .integer({ min: 0, max: 1439 })
  .map((minute) => new Temporal.PlainTime(Math.floor(minute / 60), minute % 60))

const ours = (date: Temporal.PlainDate): PlainDate => date.toString() as PlainDate
const wall = (time: Temporal.PlainTime): WallTime => time.toString({ smallestUnit: 'minute' }) as WallTime

const instantByTemporal = (date: Temporal.PlainDate, time: Temporal.PlainTime, zone: string): number =>
  date.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds

/** Both nights of a year on which each zone's clocks change, minute by minute around the change. */
const changes = fc.record({
  at: fc.constantFrom<[string, string]>(
    ['Europe/Berlin', '2026-03-29'],
    ['Europe/Berlin', '2026-10-25'],
    ['America/New_York', '2026-03-08'],
    ['America/New_York', '2026-11-01'],
    ['Australia/Lord_Howe', '2026-04-05'],
    ['Australia/Lord_Howe', '2026-10-04'],
  ),
  minute: fc.integer({ min: 0, max: 299 }),
})

describe('calendar dates agree with Temporal', () => {
  test('adding days and months, the distance, the weekday and the month’s end', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -4000, max: 4000 }), (date, n) => {
        const day = ours(date)
        expect(addDays(day, n)).toBe(ours(date.add({ days: n })))
        expect(addMonths(day, n % 100)).toBe(ours(date.add({ months: n % 100 })))
        expect(daysBetween(day, addDays(day, n))).toBe(n)
        expect(weekdayOf(day)).toBe(date.dayOfWeek)
        expect(daysInMonth(date.year, date.month)).toBe(date.daysInMonth)
        expect(startOfMonth(day)).toBe(ours(date.with({ day: 1 })))
        expect(startOfWeek(day)).toBe(ours(date.subtract({ days: date.dayOfWeek - 1 })))
        expect(fromDateColumn(toDateColumn(day))).toBe(day)
        expect(parsePlainDate(day)).toBe(day)
      }),
    )
  })

  test('a day that no calendar has is null', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1900, max: 2100 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        (y, m, d) => {
          const real =
            m >= 1 && m <= 12 && d >= 1 && d <= Temporal.PlainYearMonth.from({ year: y, month: m }).daysInMonth
          expect(plainDate(y, m, d) !== null).toBe(real)
        },
      ),
    )
    expect(parsePlainDate('2026-02-31')).toBeNull()
    expect(parsePlainDate('31/2')).toBeNull()
  })

  test('a time that no clock shows is null', () => {
    expect([wallTime(25, 70), wallTime(24, 0), wallTime(-1, 0), wallTime(7.5, 0), parseWallTime('7:00')]).toEqual([
      null,
      null,
      null,
      null,
      null,
    ])
    expect(minutesOf(parseWallTime('19:30') as WallTime)).toBe(1170)
  })
})

describe('instants agree with Temporal', () => {
  test('instantOf is Temporal’s "compatible", the whole year round', () => {
    fc.assert(
      fc.property(dates, times, zones, (date, time, zone) => {
        expect(instantOf(ours(date), wall(time), zone).getTime()).toBe(instantByTemporal(date, time, zone))
      }),
      { numRuns: 400 },
    )
  })

  test('instantOf is Temporal’s "compatible" in the nights of a clock change', () => {
    fc.assert(
      fc.property(changes, ({ at: [zone, day], minute }) => {
        const date = Temporal.PlainDate.from(day)
        const time = new Temporal.PlainTime(Math.floor(minute / 60), minute % 60)
        expect(instantOf(ours(date), wall(time), zone).getTime()).toBe(instantByTemporal(date, time, zone))
      }),
      { numRuns: 500 },
    )
  })

  test('dateIn and timeIn read the same clock', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 0, max: 86_399 }), zones, (date, second, zone) => {
        const epoch = toDateColumn(ours(date)).getTime() + second * 1000
        const zoned = Temporal.Instant.fromEpochMilliseconds(epoch).toZonedDateTimeISO(zone)
        expect(dateIn(new Date(epoch), zone)).toBe(ours(zoned.toPlainDate()))
        expect(timeIn(new Date(epoch), zone)).toBe(zoned.toPlainTime().toString().slice(0, 5))
      }),
      { numRuns: 400 },
    )
  })

  test('the clock of the server’s own zone changes nothing', () => {
    const home = process.env.TZ
    try {
      for (const zone of ['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Ho_Chi_Minh']) {
        process.env.TZ = zone
        for (const day of ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'])
          for (let minute = 0; minute < 1440; minute += 30) {
            const date = Temporal.PlainDate.from(day)
            const time = new Temporal.PlainTime(Math.floor(minute / 60), minute % 60)
            const at = instantOf(ours(date), wall(time), 'Asia/Ho_Chi_Minh')
            expect(at.getTime()).toBe(instantByTemporal(date, time, 'Asia/Ho_Chi_Minh'))
            expect([dateIn(at, 'Asia/Ho_Chi_Minh'), timeIn(at, 'Asia/Ho_Chi_Minh')]).toEqual([day, wall(time)])
          }
      }
    } finally {
      if (home === undefined) delete process.env.TZ
      else process.env.TZ = home
    }
  })

  test('a zone is known or not', () => {
    expect([isZone('Asia/Ho_Chi_Minh'), isZone('Asia/Hanoi-ish')]).toEqual([true, false])
  })
})

describe('dates in words', () => {
  const day = '2026-12-03' as PlainDate

  test('every weekday has its name in both languages', () => {
    const monday = '2026-11-30' as PlainDate
    const week = [0, 1, 2, 3, 4, 5, 6].map((n) => addDays(monday, n))
    expect(week.map((one) => formatDate(one, 'weekday-day-month', 'vi').split(' ').slice(0, -1).join(' '))).toEqual([
      'thứ Hai',
      'thứ Ba',
      'thứ Tư',
      'thứ Năm',
      'thứ Sáu',
      'thứ Bảy',
      'Chủ nhật',
    ])
    expect(week.map((one) => formatDate(one, 'weekday-day-month', 'en'))).toEqual([
      'Monday 30/11',
      'Tuesday 01/12',
      'Wednesday 02/12',
      'Thursday 03/12',
      'Friday 04/12',
      'Saturday 05/12',
      'Sunday 06/12',
    ])
  })

  test.each([
    ['day-month', '03/12'],
    ['day-month-year', '03/12/2026'],
    ['weekday-day-month-year', 'thứ Năm 03/12/2026'],
    ['month-year', '12/2026'],
  ] as const)('%s is %s', (style, words) => expect(formatDate(day, style, 'vi')).toBe(words))

  test('a day with its hour', () => {
    expect(formatDateTime(day, '19:30' as WallTime, 'vi')).toBe('19:30 thứ Năm 03/12/2026')
    expect(formatDateTime(day, '19:30' as WallTime, 'en')).toBe('19:30 on Thursday 03/12/2026')
  })
})
