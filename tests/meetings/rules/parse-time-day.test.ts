import { describe, expect, test } from 'vitest'
import type { PlainDate } from '../../../src/core/dates.js'
import { parseDay } from '../../../src/meetings/parse-day.js'
import { parseTime } from '../../../src/meetings/parse-time.js'

const TODAY = '2026-11-22' as PlainDate // a Sunday

const timeOf = (text: string): string => {
  const read = parseTime(text)
  if (!read.ok) return read.code.replace('meetings.parse.', '')
  return read.value.kind === 'clear' ? read.value.time : `${read.value.am}|${read.value.pm}`
}

const dayOf = (text: string): string => {
  const read = parseDay(text, TODAY)
  return read.ok ? read.value : read.code.replace('meetings.parse.', '')
}

describe('a time as people write it', () => {
  test.each([
    ['19:00', '19:00'],
    ['19h30', '19:30'],
    ['19g30', '19:30'],
    ['19G', '19:00'],
    ['19h', '19:00'],
    ['19 giờ 30 phút', '19:30'],
    ["vào lúc 19 giờ 00'", '19:00'],
    ['7 giờ tối', '19:00'],
    ['bảy giờ tối', '19:00'],
    ['7 gio toi', '19:00'],
    ['7h30 tối', '19:30'],
    ['7 rưỡi tối', '19:30'],
    ['tối 7 giờ', '19:00'],
    ['buổi tối, 7 giờ', 'time-unread'],
    ['8 giờ sáng', '08:00'],
    ['8 giờ buổi sáng', '08:00'],
    ['2 giờ chiều', '14:00'],
    ['1 giờ rưỡi chiều', '13:30'],
    ['12 giờ trưa', '12:00'],
    ['8 giờ kém 15 tối', '19:45'],
    ['7:30 pm', '19:30'],
    ['07:30', '07:30'],
    ['08h', '08:00'],
  ])('%s → %s', (text, time) => expect(timeOf(text)).toBe(time))

  test.each([
    ['7 giờ', '07:00|19:00'],
    ['7:30', '07:30|19:30'],
    ['9h kém 15', '08:45|20:45'],
    ['8h', '08:00|20:00'],
  ])('%s could be both and is asked about', (text, both) => expect(timeOf(text)).toBe(both))

  test.each([
    ['25:70', 'time-wrong'],
    ['24:00', 'time-wrong'],
    ['19h75', 'time-wrong'],
    ['19 giờ sáng', 'time-contradiction'],
    ['10 giờ chiều', 'time-contradiction'],
    ['mười chín giờ', 'time-unread'],
    ['7 giờ tôi đến', 'time-unread'],
    ['3 giờ nữa', 'time-unread'],
    ['tối', 'time-unread'],
    ['7', 'time-unread'],
    ['19h5', 'time-unread'],
    ['', 'time-unread'],
    ['khoảng chiều', 'time-unread'],
  ])('%s is no time: %s', (text, code) => expect(timeOf(text)).toBe(code))
})

describe('a day as people write it', () => {
  test.each([
    ['25/12/2026', '2026-12-25'],
    ['25/12/26', '2026-12-25'],
    ['03-12-2026', '2026-12-03'],
    ['3.12.2026', '2026-12-03'],
    ['2026-12-25', '2026-12-25'],
    ['3/12', '2026-12-03'],
    ['3-12', '2026-12-03'],
    ['1/1', '2027-01-01'],
    ['29/2', '2028-02-29'],
    ['ngày 3 tháng 12', '2026-12-03'],
    ['ngay 3 thang 12', '2026-12-03'],
    ['ngày 25 tháng 12 năm 2026', '2026-12-25'],
    ['mùng 3', '2026-12-03'],
    ['mồng ba', '2026-12-03'],
    ['ngày 31', '2026-12-31'],
    ['thứ Năm tới', '2026-11-26'],
    ['thu nam toi', '2026-11-26'],
    ['T5', '2026-11-26'],
    ['thứ 5 tuần sau', '2026-11-26'],
    ['CN', '2026-11-22'],
    ['CN tới', '2026-11-29'],
    ['Chủ nhật tuần này', '2026-11-22'],
    ['mai', '2026-11-23'],
    ['ngày kia', '2026-11-24'],
    ['hôm nay', '2026-11-22'],
    ['thứ Sáu, ngày 25/12/2026', '2026-12-25'],
    ['3/12 (thứ Năm)', '2026-12-03'],
    ['ngày cuối tháng', '2026-11-30'],
    ['Thursday', '2026-11-26'],
  ])('%s → %s', (text, day) => expect(dayOf(text)).toBe(day))

  test.each([
    ['31/2', 'day-wrong'],
    ['31/2/2027', 'day-wrong'],
    ['32/1', 'day-wrong'],
    ['3/13', 'day-wrong'],
    ['29/2/2027', 'day-wrong'],
    ['1/1/2020', 'day-past'],
    ['T2 tuần này', 'day-past'],
    ['25/12/2062', 'day-far'],
    ['thứ Hai 25/12/2026', 'weekday-mismatch'],
    ['thứ 8', 'day-unread'],
    ['mai gặp nhé', 'day-unread'],
    ['đồng chí Mai', 'day-unread'],
    ['đường 3/2', 'day-unread'],
    ['', 'day-unread'],
  ])('%s is no day to come: %s', (text, code) => expect(dayOf(text)).toBe(code))

  test('composed and decomposed letters are one text', () => {
    for (const text of ['thứ Năm tới', 'ngày 3 tháng 12', 'mồng ba'])
      expect(dayOf(text.normalize('NFD'))).toBe(dayOf(text.normalize('NFC')))
    expect(timeOf('7 rưỡi tối'.normalize('NFD'))).toBe('19:30')
  })

  test('a past day is named with its date', () => {
    expect(parseDay('1/1/2020', TODAY)).toEqual({
      ok: false,
      code: 'meetings.parse.day-past',
      params: { date: '2020-01-01' },
    })
  })
})
