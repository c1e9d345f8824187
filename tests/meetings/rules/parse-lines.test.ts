import { describe, expect, test } from 'vitest'
import type { PlainDate } from '../../../src/core/dates.js'
import { parseMeetingLine } from '../../../src/meetings/parse-meeting.js'
import { parseScheduleLine } from '../../../src/meetings/parse-schedule.js'
import type { Particulars } from '../../../src/meetings/parse-types.js'

const TODAY = '2026-11-22' as PlainDate // a Sunday

const timeOf = ({ time }: Particulars): string | null =>
  time && (time.kind === 'clear' ? time.time : `${time.am}|${time.pm}`)
const codes = ({ problems }: Particulars): string[] => problems.map(({ code }) => code.replace('meetings.parse.', ''))
const schedule = (text: string) => {
  const draft = parseScheduleLine(text)
  return [draft.rrule?.replace('FREQ=MONTHLY;', '') ?? null, timeOf(draft), draft.place]
}

describe('a monthly series as people write it', () => {
  test.each([
    ['ngày 3 hằng tháng 19:00 tại Hội trường tầng 2', 'BYMONTHDAY=3', '19:00', 'Hội trường tầng 2'],
    ['ngay 3 hang thang 19:00 tai Hoi truong tang 2', 'BYMONTHDAY=3', '19:00', 'Hoi truong tang 2'],
    ['NGÀY 3 HÀNG THÁNG 19H TẠI NVH', 'BYMONTHDAY=3', '19:00', 'NVH'],
    ['mùng 3 hàng tháng 7 giờ tối', 'BYMONTHDAY=3', '19:00', null],
    ['mung 3 hang thang 7 gio toi', 'BYMONTHDAY=3', '19:00', null],
    ['mồng 5 hàng tháng 7h', 'BYMONTHDAY=5', '07:00|19:00', null],
    ['thứ Hai đầu tiên hằng tháng lúc 19h30', 'BYDAY=1MO', '19:30', null],
    ['thu hai dau tien hang thang luc 19g30', 'BYDAY=1MO', '19:30', null],
    ['T2 đầu tháng', 'BYDAY=1MO', null, null],
    ['CN cuối tháng', 'BYDAY=-1SU', null, null],
    ['thứ 5 tuần thứ 2 hằng tháng', 'BYDAY=2TH', null, null],
    ['thứ hai thứ hai hằng tháng 19h', 'BYDAY=2MO', '19:00', null],
    ['tuần đầu tháng thứ Hai 19h', 'BYDAY=1MO', '19:00', null],
    ['thứ 3 tuần đầu tiên của tháng 19:00', 'BYDAY=1TU', '19:00', null],
    ['T7 tuần cuối tháng 8h sáng', 'BYDAY=-1SA', '08:00', null],
    ['Chủ nhật tuần thứ hai của tháng 8h00 tại Hội trường UBND xã', 'BYDAY=2SU', '08:00|20:00', 'Hội trường UBND xã'],
    ['T5 tuần 1 19h', 'BYDAY=1TH', '19:00', null],
    ['ngày cuối tháng 14h', 'BYMONTHDAY=-1', '14:00', null],
    ['ngày cuối cùng của tháng 14h', 'BYMONTHDAY=-1', '14:00', null],
    ['ngày 31 hằng tháng', 'BYMONTHDAY=28,29,30,31;BYSETPOS=-1', null, null],
    ['ngày 30 hàng tháng 19h', 'BYMONTHDAY=28,29,30;BYSETPOS=-1', '19:00', null],
    ['tối thứ Hai đầu tháng 7 giờ tại Nhà văn hóa thôn 3', 'BYDAY=1MO', '19:00', 'Nhà văn hóa thôn 3'],
    ['ngày 5 hàng tháng, 19 giờ 30 phút, tại phòng họp UBND phường', 'BYMONTHDAY=5', '19:30', 'phòng họp UBND phường'],
    ['ngày 3 hằng tháng tại Nhà văn hoá khu phố 5 lúc 19h30', 'BYMONTHDAY=3', '19:30', 'Nhà văn hoá khu phố 5'],
    ['hằng tháng, ngày 10, 19h', 'BYMONTHDAY=10', '19:00', null],
    ['ngày 10 mỗi tháng 8h kém 15 sáng tại trụ sở', 'BYMONTHDAY=10', '07:45', 'trụ sở'],
    ['mùng một hằng tháng 19h', 'BYMONTHDAY=1', '19:00', null],
    ['the first Monday of every month at 19:30', 'BYDAY=1MO', '19:30', null],
    ['the 3rd of every month at 7pm', 'BYMONTHDAY=3', '19:00', null],
  ])('%s', (text, rule, time, place) => expect(schedule(text)).toEqual([rule, time, place]))

  test.each([
    ['rằm hằng tháng 19h tại đình', 15],
    ['mùng một âm lịch 19h tại đình', 1],
    ['ngày 15 âm hàng tháng 19:00 tại đình', 15],
    ['ngày 10 hằng tháng (âm lịch) 19h tại đình', 10],
  ])('%s is lunar and asked back, never converted', (text, day) => {
    const draft = parseScheduleLine(text)
    expect([draft.lunar, draft.lunarDay, draft.rrule, codes(draft)]).toEqual([true, day, null, ['lunar']])
  })

  test('the first of the month is solar unless lunar is said', () => {
    expect(parseScheduleLine('mùng một hằng tháng 19h').lunar).toBe(false)
  })

  test.each([
    ['xin chào', ['no-rule', 'no-time', 'no-place']],
    ['19h tại NVH', ['no-rule']],
    ['thứ Hai hằng tuần 19h tại NVH', ['only-monthly']],
    ['3 tháng một lần 19h tại NVH', ['only-monthly']],
    ['thứ Hai 19h30 tại NVH', ['which-weekday']],
    ['ngày thứ 2 hằng tháng 19h tại NVH', ['which-weekday']],
    ['thứ 6 tuần 5 19h tại NVH', ['fifth-weekday']],
    ['ngày 3/12 19h tại NVH', ['one-date']],
    ['ngày 32 hằng tháng 19h tại NVH', ['day-wrong']],
    ['ngày 3 hằng tháng 25:70 tại NVH', ['time-wrong']],
    ['19h ngày 3 và ngày 5 hằng tháng tại NVH', ['two-days']],
    ['ngày 3 hằng tháng 19h hoặc 20h tại NVH', ['two-times']],
    ['ngày 3 hằng tháng 19h', ['no-place']],
    ['ngày 3 hằng tháng 19h trực tuyến', []],
  ])('%s lacks exactly this: %j', (text, expected) => expect(codes(parseScheduleLine(text))).toEqual(expected))

  test('kind, online and how long it lasts', () => {
    const draft = parseScheduleLine('chuyên đề ngày 15 hằng tháng từ 19h đến 21h tại NVH, có trực tuyến')
    expect([draft.kind, draft.online, draft.durationMinutes, draft.unread]).toEqual(['thematic', true, 120, null])
    expect(parseScheduleLine('chi uỷ ngày 1 hằng tháng 17h').kind).toBe('cell_committee')
    expect(parseScheduleLine('ngày 1 hằng tháng 17h không trực tuyến').online).toBe(false)
  })

  test('what was not understood is told', () => {
    expect(parseScheduleLine('ngày 3 hằng tháng 19h trừ tháng Tết tại NVH').unread).toBe('trừ Tết')
  })
})

const meeting = (text: string) => {
  const draft = parseMeetingLine(text, TODAY)
  return [draft.day, timeOf(draft), draft.kind, draft.place]
}

describe('one meeting as people write it', () => {
  test.each([
    ['25/12/2026 19:30 chuyên đề tại Nhà văn hoá', '2026-12-25', '19:30', 'thematic', 'Nhà văn hoá'],
    ['19h 3/12 tại Hội trường tầng 2', '2026-12-03', '19:00', 'regular', 'Hội trường tầng 2'],
    ['19h 30/12/2026 tại X', '2026-12-30', '19:00', 'regular', 'X'],
    ['họp chi ủy 17h thứ Sáu tới tại phòng họp', '2026-11-27', '17:00', 'cell_committee', 'phòng họp'],
    ['hop chi uy 17h thu sau toi tai phong hop', '2026-11-27', '17:00', 'cell_committee', 'phong hop'],
    ['mai 19h tại NVH', '2026-11-23', '19:00', 'regular', 'NVH'],
    ['tối mai 7 giờ tại NVH', '2026-11-23', '19:00', 'regular', 'NVH'],
    ['tại Nhà văn hoá 25/12 19:30', '2026-12-25', '19:30', 'regular', 'Nhà văn hoá'],
    ['19h ngày 25/12 tại 15 đường 3/2, TP.HCM', '2026-12-25', '19:00', 'regular', '15 đường 3/2, TP.HCM'],
    ['25/12/2026 19:30 Hội trường UBND', '2026-12-25', '19:30', 'regular', 'Hội trường UBND'],
    ['chi bộ 3 tháng 12 ngày 5 19h tại A', '2026-12-05', '19:00', 'regular', 'A'],
  ])('%s', (text, day, time, kind, place) => expect(meeting(text)).toEqual([day, time, kind, place]))

  test.each([
    ['19h', ['no-day', 'no-place']],
    ['25/12/2026', ['no-time', 'no-place']],
    ['31/2 19h tại X', ['day-wrong']],
    ['1/2/2020 19h tại X', ['day-past']],
    ['25/12/2026 25:70 tại X', ['time-wrong']],
    ['thứ Hai 25/12/2026 19:30 tại X', ['weekday-mismatch']],
    ['25/12 hoặc 26/12 19:30 tại X', ['two-days']],
    ['25/12/2026 19:30', ['no-place']],
    ['25/12/2026 19:30 online', []],
  ])('%s lacks exactly this: %j', (text, expected) => expect(codes(parseMeetingLine(text, TODAY))).toEqual(expected))

  test('an agenda is kept as it was written', () => {
    expect(parseMeetingLine('25/12 19h30 tại NVH, nội dung: Tổng kết năm; kết nạp đảng viên', TODAY).agenda).toBe(
      'Tổng kết năm; kết nạp đảng viên',
    )
    expect(parseMeetingLine('chuyên đề: Học tập NQ 57; 19h ngày 25/12 tại NVH', TODAY)).toMatchObject({
      agenda: 'Học tập NQ 57',
      kind: 'thematic',
      day: '2026-12-25',
    })
  })

  test('ten thousand characters are read without delay and without a guess', () => {
    const draft = parseMeetingLine('ngày mai tại '.repeat(900), TODAY)
    expect(draft.time).toBeNull()
  })
})
