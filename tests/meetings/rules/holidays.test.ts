import { beforeAll, describe, expect, test } from 'vitest'
import type { PlainDate } from '../../../src/core/dates.js'
import { createHolidays, type Holidays, proposeInstead } from '../../../src/meetings/holidays.js'

const day = (text: string): PlainDate => text as PlainDate

let holidays: Holidays
beforeAll(async () => {
  holidays = await createHolidays()
})

describe('public holidays', () => {
  test.each([
    ['2026-01-01', 'Tết Dương lịch'],
    ['2026-02-16', 'Giao thừa Tết Nguyên Đán'],
    ['2026-02-17', 'Tết Nguyên Đán'],
    ['2026-02-20', 'Tết Nguyên Đán'],
    ['2026-04-26', 'Giỗ tổ Hùng Vương'],
    ['2026-04-30', 'Ngày Giải phóng miền Nam'],
    ['2026-05-01', 'Quốc tế Lao động'],
    ['2026-09-01', 'Quốc khánh'],
    ['2026-09-02', 'Quốc khánh'],
    ['2024-09-03', 'Quốc khánh'],
    ['2026-11-24', 'Ngày Văn hóa Việt Nam'],
    ['2027-02-06', 'Tết Nguyên Đán'],
    ['2027-04-16', 'Giỗ tổ Hùng Vương'],
  ])('%s is %s', (date, name) => {
    const found = holidays.holidayOn(day(date))
    expect(found?.vi).toBe(name)
    expect(found?.en).toBeTruthy()
  })

  test.each([
    '2026-02-15',
    '2026-02-21',
    '2026-02-03',
    '2026-09-03',
    '2027-09-01',
    '2027-09-03',
    '2025-11-24',
    '2026-12-03',
  ])('%s is a day like others', (date) => expect(holidays.holidayOn(day(date))).toBeNull())

  test('an own exception decides first', () => {
    const off = { day: day('2027-09-03'), kind: 'off' as const, name: 'Nghỉ Quốc khánh' }
    const working = { day: day('2026-09-01'), kind: 'working' as const, name: 'Làm bù' }
    expect(holidays.holidayOn(off.day, [off])).toEqual({ vi: 'Nghỉ Quốc khánh', en: 'Nghỉ Quốc khánh' })
    expect(holidays.holidayOn(working.day, [working])).toBeNull()
  })
})

describe('a day instead of a holiday', () => {
  const isOff = (date: PlainDate): boolean => holidays.holidayOn(date) !== null
  const instead = (date: string, keepWeekday: boolean, earliest = '2026-01-01') =>
    proposeInstead(day(date), { keepWeekday, earliest: day(earliest), isOff })

  test('the nearest days that are worked, for a cell that keeps the date', () => {
    expect(instead('2026-09-02', false)).toEqual({ before: null, after: '2026-09-03' })
    expect(instead('2026-02-17', false)).toEqual({ before: '2026-02-13', after: '2026-02-23' })
  })

  test('the same weekday, for a cell that keeps the weekday', () => {
    expect(instead('2026-02-17', true)).toEqual({ before: '2026-02-10', after: '2026-02-24' })
    expect(instead('2026-09-02', true)).toEqual({ before: null, after: '2026-09-09' })
  })

  test('a cell that meets on Sundays is offered a weekend day', () => {
    expect(instead('2026-04-26', false)).toEqual({ before: '2026-04-25', after: '2026-04-27' })
  })

  test('nothing before the earliest day, nothing in another month', () => {
    expect(instead('2026-02-17', false, '2026-02-17').before).toBeNull()
    expect(instead('2026-04-30', false)).toEqual({ before: '2026-04-29', after: null })
  })
})
