import type { MessyPerson } from '../support/roster-files.js'

export const COMMITTEE = 'Đảng ủy xã Tân Lộc'
export const CELL = 'Chi bộ Thôn Đoài'
export const CLERK = 'Vi Thị Văn Phòng'
export const LEADER = 'Mạc Văn Cấp Ủy'

const SURNAMES = ['Đàm', 'Lục', 'Nông', 'Bế', 'Hứa', 'Triệu', 'Ma', 'Quách', 'Kiều', 'Lỗ', 'Tạ', 'Khúc', 'Thân']
const GIVEN = [
  'Dũng',
  'Hường',
  'Thưởng',
  'Nguyệt',
  'Phước',
  'Tuyết',
  'Trường',
  'Ánh',
  'Vượng',
  'Mỵ',
  'Kiệt',
  'Liễu',
  'Ổn',
]

const EXTRAS: Readonly<Record<number, Partial<MessyPerson>>> = {
  0: { role: 'Bí thư' },
  1: { role: 'Phó bí thư' },
  2: { role: 'Chi ủy viên' },
  // Admitted this spring: probationary until next spring.
  18: { admittedOn: '2026-03-26' },
  19: { admittedOn: '2026-05-19' },
  20: { note: 'Miễn sinh hoạt' },
}

/** A cell of 25 as its office keeps it: the secretary first, one exempt, two probationary. All made up. */
export const ROSTER: readonly MessyPerson[] = Array.from({ length: 25 }, (_, n) => {
  const gender = n % 2 === 0 ? 'male' : 'female'
  const surname = SURNAMES[n % SURNAMES.length] ?? ''
  const given = GIVEN[(n + Math.floor(n / GIVEN.length)) % GIVEN.length] ?? ''
  const year = 1950 + n * 2
  return {
    fullName: `${surname} ${gender === 'male' ? 'Văn' : 'Thị'} ${given}`,
    gender,
    birth: n % 6 === 5 ? String(year) : `${year}-0${(n % 9) + 1}-1${n % 10}`,
    ...(EXTRAS[n]?.admittedOn ? {} : { admittedOn: `${year + 26}-02-03`, fullOn: `${year + 27}-02-03` }),
    phone: `0900000${String(100 + n)}`,
    section: CELL,
    ...EXTRAS[n],
  }
})

export const nameOf = (n: number): string => ROSTER[n]?.fullName ?? ''

/** Who does what in the month, by their line in the roster. */
export const PART = {
  secretary: 0,
  deputy: 1,
  /** Linked by the deep link; the next ones type their code. */
  byLink: [1, 2, 3, 4, 5, 6, 7, 8],
  typed: [9, 10, 11, 12, 13, 14, 15, 19, 20],
  /** Two people, one phone. */
  couple: [16, 17],
  exempt: 20,
  declines: 18,
  onBehalf: 21,
  /** Says absent first and comes after all. */
  changes: 10,
  /** Answers when nudged. */
  nudged: 13,
  neverAnswers: 14,
  absent: [8, 9],
  /** Said they would come; fell ill. */
  fallsIll: 11,
  /** Without a phone, and there; not there. */
  cameUnlinked: 22,
  excusedUnlinked: [23, 24],
  readers: [2, 3, 8],
} as const

/** The twenty who are linked. */
export const LINKED: readonly number[] = [0, ...PART.byLink, ...PART.typed, ...PART.couple]

/**
 * The meeting, counted by hand. 25 in the roster, one exempt: 24.
 *
 * | before the meeting |    | who                                                                     |
 * |--------------------|----|-------------------------------------------------------------------------|
 * | present            | 14 | 6 by button, 3 by digit, 2 in words, 1 who changed, 1 nudged, 1 on behalf |
 * | late               |  2 | 1 by button, 1 in words                                                 |
 * | online             |  1 | by digit                                                                |
 * | absent             |  2 | 1 by button with a reason, 1 in words                                   |
 * | silent             |  5 | 1 linked, 1 who declined, 3 without a phone                             |
 *
 * replied 19/24, forecast 17/24.
 *
 * | roll-call | 15 present | 2 late | 1 online | 5 excused | 1 unexcused |
 *
 * One fell ill (14 − 1), the one who declined and one without a phone came (+ 2): attended 18/24.
 * Of the 24, three pressed "read".
 */
export const COUNTED = {
  replied: 'Đã trả lời: 19/24 (79,2%)',
  states: 'Có mặt 14 · muộn 2 · trực tuyến 1 · vắng 2 · chưa trả lời 5',
  forecast: 'Dự kiến dự họp: 17/24 (70,8%). Cần thêm 5 đồng chí để đạt 90%.',
  marks:
    'Tổng số 24: có mặt 15 · muộn 2 · trực tuyến 1 · vắng có lý do 5 · không lý do 1 · chưa rõ 0. Tỷ lệ dự họp 75%.',
  rates: 'Dự họp: 75%; trả lời: 79,2% (yêu cầu 90%)',
  read: 'Tài liệu: 12,5% đã đọc',
} as const
