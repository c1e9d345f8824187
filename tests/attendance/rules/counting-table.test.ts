import { describe, expect, test } from 'vitest'
import {
  attendanceBand,
  attendanceScore,
  type DatedMark,
  denominatorOf,
  type Enrolled,
  formatPercent,
  isCounted,
  standingOn,
  tally,
  tallyByStanding,
  unexcusedMonths,
  watchOf,
} from '../../../src/attendance/counting.js'
import { proposeMark } from '../../../src/attendance/rules.js'
import type { PlainDate } from '../../../src/core/dates.js'
import type { MarkState } from '../../../src/database/generated/enums.js'

/** The counting rules of docs/domain.md as a table: each case beside the sentence that it keeps, in both languages. */

const day = (text: string) => text as PlainDate
const member = (more: Partial<Enrolled> = {}): Enrolled => ({
  personId: 'a',
  standing: 'full',
  membership: 'home',
  attachedElsewhere: false,
  exemption: null,
  ...more,
})

describe('Số phải dự = đảng viên của chi bộ hôm đó − miễn − công tác đặc biệt · Denominator = members that day − exempt − on special duty', () => {
  test.each<[string, string, Partial<Enrolled>, boolean]>([
    ['đảng viên chính thức', 'a full member counts', {}, true],
    ['đảng viên dự bị cũng tính', 'a probationary member counts too', { standing: 'probationary' }, true],
    ['miễn sinh hoạt: không tính', 'exempt: does not count', { exemption: 'exempt' }, false],
    ['công tác đặc biệt: không tính', 'on special duty: does not count', { exemption: 'special_duty' }, false],
    ['sinh hoạt tạm thời: tính ở nơi dự', 'temporary: counts where they attend', { membership: 'temporary' }, true],
    [
      'đi sinh hoạt tạm thời nơi khác: không tính ở nhà',
      'attached elsewhere: not at home',
      { attachedElsewhere: true },
      false,
    ],
    [
      'sinh hoạt tạm thời mà được miễn: không tính',
      'temporary and exempt: does not count',
      { membership: 'temporary', exemption: 'exempt' },
      false,
    ],
  ])('%s · %s', (_vi, _en, more, counts) => {
    expect(isCounted(member(more))).toBe(counts)
  })

  test('chính thức và dự bị tính riêng · full and probationary apart', () => {
    const cell = [
      ...Array.from({ length: 20 }, () => member()),
      ...Array.from({ length: 2 }, () => member({ standing: 'probationary' })),
      member({ membership: 'temporary' }),
      member({ exemption: 'exempt' }),
      member({ exemption: 'special_duty' }),
      member({ attachedElsewhere: true }),
    ]
    expect(denominatorOf(cell)).toMatchObject({
      total: 23,
      full: 21,
      probationary: 2,
      exempt: 1,
      specialDuty: 1,
      attachedElsewhere: 1,
    })
  })
})

describe('Chính thức từ ngày quyết định, xét theo ngày họp · Full from the day of the decision, on the day of the meeting', () => {
  test.each<[string, string | null, string | null, string, 'full' | 'probationary']>([
    ['một ngày trước quyết định · the day before', '2025-12-03', '2026-12-03', '2026-12-02', 'probationary'],
    ['đúng ngày quyết định · the day itself', '2025-12-03', '2026-12-03', '2026-12-03', 'full'],
    ['quá 12 tháng, chưa có quyết định · twelve months, no decision', '2025-12-03', null, '2027-01-03', 'probationary'],
    ['không rõ ngày kết nạp · admission not known', null, null, '2026-12-03', 'full'],
  ])('%s', (_case, admittedOn, fullOn, on, standing) => {
    const dates = { admittedOn: admittedOn && day(admittedOn), fullOn: fullOn && day(fullOn) }
    expect(standingOn(dates as Parameters<typeof standingOn>[0], day(on))).toBe(standing)
  })
})

const times = (state: MarkState, count: number): MarkState[] => Array.from({ length: count }, () => state)

describe('Dự = có mặt, muộn, trực tuyến; vắng có lý do vẫn ở mẫu số · Attended = present, late, online; the excused stay in the denominator', () => {
  test.each<[string, MarkState[], string]>([
    [
      '18 có mặt, 1 muộn, 1 trực tuyến, 5 vắng có lý do',
      [...times('present', 18), 'late', 'online', ...times('excused', 5)],
      '80%',
    ],
    ['22/25', [...times('present', 22), ...times('excused', 3)], '88%'],
    ['24/25, một không lý do', [...times('present', 24), 'unexcused'], '96%'],
    ['chưa rõ không phải là dự', [...times('present', 9), 'unknown'], '90%'],
    ['98,8%: một phần mười', [...times('present', 83), 'excused'], '98,8%'],
    ['89,96% không phải 90%', [...times('present', 2249), ...times('excused', 251)], '89,9%'],
  ])('%s', (_case, states, printed) => {
    expect(formatPercent(tally(states).rate, 'vi')).toBe(printed)
  })

  test('tính riêng theo loại · apart by standing', () => {
    const { full, probationary } = tallyByStanding([
      { standing: 'full', state: 'present' },
      { standing: 'full', state: 'excused' },
      { standing: 'probationary', state: 'online' },
    ])
    expect([full.rate, probationary.rate]).toEqual([
      { part: 1, whole: 2 },
      { part: 1, whole: 1 },
    ])
  })
})

describe('≥ 90 % 4 điểm, 75–<90 3, 65–<75 2, < 65 hoặc có người vắng không lý do 1 · ≥ 90 % = 4, 75–<90 = 3, 65–<75 = 2, < 65 or any unexcused = 1', () => {
  test.each<[number, number, number, 1 | 2 | 3 | 4 | null]>([
    [25, 25, 0, 4],
    [18, 20, 0, 4],
    [17, 20, 0, 3],
    [15, 20, 0, 3],
    [149, 200, 0, 2],
    [13, 20, 0, 2],
    [129, 200, 0, 1],
    [24, 25, 1, 1],
    [0, 0, 0, null],
  ])('%d/%d, không lý do %d → %s', (part, whole, unexcused, band) => {
    expect(attendanceBand({ part, whole }, unexcused)).toBe(band)
  })

  test.each<[string, number[], number]>([
    ['không ai vắng quá 3 buổi liền: thêm 1 · nobody more than 3 running: plus 1', [0, 1, 3], 5],
    ['có người vắng 4 buổi liền · somebody four times running', [0, 4], 4],
  ])('%s', (_case, runs, score) => {
    expect(attendanceScore({ part: 19, whole: 20 }, 0, runs)).toBe(score)
  })
})

describe('Không ai mặc nhiên là không lý do; trả lời chỉ đề xuất · Nobody is unexcused by default; an answer proposes', () => {
  test.each<[string, Parameters<typeof proposeMark>[0], MarkState]>([
    ['im lặng: chưa rõ · silent: not known', null, 'unknown'],
    ['báo vắng vì ốm: có lý do · absent, ill: excused', { state: 'absent', reasonKind: 'health' }, 'excused'],
    ['báo vắng không nêu lý do · absent, no reason given', { state: 'absent', reasonKind: null }, 'excused'],
    ['báo dự · coming', { state: 'present', reasonKind: null }, 'present'],
  ])('%s', (_case, answer, state) => {
    expect(proposeMark(answer)).toMatchObject({ state, proposed: true })
  })
})

const marks = (...pairs: [string, MarkState][]): DatedMark[] => pairs.map(([on, state]) => ({ day: day(on), state }))

describe('Theo dõi: vắng có lý do 3 buổi liền; vắng không lý do 3 tháng trong năm · Watch: excused 3 running; unexcused 3 months in a year', () => {
  const today = day('2026-12-04')
  test.each<[string, DatedMark[], { excused: number; unexcused: number }]>([
    [
      'ba buổi gần nhất có lý do · the last three excused',
      marks(['2026-12-03', 'excused'], ['2026-11-03', 'excused'], ['2026-10-03', 'excused']),
      { excused: 1, unexcused: 0 },
    ],
    [
      'giữa có một buổi dự · one attended in between',
      marks(['2026-12-03', 'excused'], ['2026-11-03', 'online'], ['2026-10-03', 'excused'], ['2026-09-03', 'excused']),
      { excused: 0, unexcused: 0 },
    ],
    [
      'ba tháng khác nhau trong năm, không cần liền · three months of the year, not running',
      marks(['2026-12-03', 'unexcused'], ['2026-06-03', 'unexcused'], ['2026-01-03', 'unexcused']),
      { excused: 0, unexcused: 1 },
    ],
    [
      'hai buổi cùng một tháng là một tháng · two meetings of a month are one month',
      marks(['2026-12-03', 'unexcused'], ['2026-06-20', 'unexcused'], ['2026-06-03', 'unexcused']),
      { excused: 0, unexcused: 0 },
    ],
    [
      'năm trước không tính · last year does not count',
      marks(['2026-12-03', 'unexcused'], ['2026-06-03', 'unexcused'], ['2025-12-03', 'unexcused']),
      { excused: 0, unexcused: 0 },
    ],
  ])('%s', (_case, history, counts) => {
    expect(watchOf([history], today)).toEqual(counts)
  })

  test('các tháng đếm một lần · months are counted once', () => {
    expect(unexcusedMonths(marks(['2026-06-20', 'unexcused'], ['2026-06-03', 'unexcused']), today)).toBe(1)
  })
})
