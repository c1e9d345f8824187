import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readRollCallLine } from '../../../src/attendance/roll-call-line.js'
import type { Listed } from '../../../src/attendance/roll-call-tokens.js'

const NAMES = [
  'Lò Thị An', // 1
  'Hà Văn Bình', // 2
  'Vàng A Chớ', // 3
  'Cầm Thị Dung', // 4
  'Đỗ Văn Hùng', // 5
  'Lê Thị Lan', // 6
  'Trần Thị Lan', // 7
  'Lò Văn Muôn', // 8
  'Bùi Văn Nghị', // 9
  'Quàng Thị Phượng', // 10
  'Hoàng Văn Thủy', // 11
  'Nguyễn Thị Thúy', // 12
  'Vì Văn Xuân', // 13
]
const all: Listed[] = NAMES.map((fullName, at) => ({ personId: String(at + 1), fullName }))

/** "3:excused 5:late rest" – what a line comes to, in short. */
const read = (text: string): string | null => {
  const reading = readRollCallLine(text, all)
  if (!reading) return null
  if (reading.kind === 'problems') return reading.problems.map((one) => `${one.kind}(${one.words})`).join(' ')
  const marks = reading.marks.map(({ personId, state, reasonKind }) =>
    [personId, state, ...(reasonKind ? [reasonKind] : [])].join(':'),
  )
  return [...marks, ...(reading.rest ? ['rest'] : [])].join(' ')
}
const everybody = (but: Record<number, string> = {}): string =>
  [
    ...Object.entries(but).map(([n, state]) => `${n}:${state}`),
    ...all.flatMap((_, at) => (but[at + 1] ? [] : [`${at + 1}:present`])),
  ].join(' ')

describe('a line that is certain', () => {
  test.each([
    ['vắng 3, 7 có lý do; 12 không lý do; muộn 5; còn lại có mặt', '3:excused 7:excused 12:unexcused 5:late rest'],
    ['vang 3,7 co ly do; 12 khong ly do; muon 5; con lai co mat', '3:excused 7:excused 12:unexcused 5:late rest'],
    ['Vắng 3 7 có lý do, 12 không lý do, muộn 5, còn lại có mặt', '3:excused 7:excused 12:unexcused 5:late rest'],
    ['vang 3,7 co ly do', '3:excused 7:excused'],
    ['3 7 12 vắng không phép', '3:unexcused 7:unexcused 12:unexcused'],
    ['3, 7 và 12 vắng ko phép', '3:unexcused 7:unexcused 12:unexcused'],
    ['vắng có lý do: 3, 7', '3:excused 7:excused'],
    ['Vắng có lý do:\n3, 7\nKhông lý do: 12\nCòn lại có mặt', '3:excused 7:excused 12:unexcused rest'],
    ['vắng 3-5 có phép', '3:excused 4:excused 5:excused'],
    ['vắng từ 3 đến 5 có phép', '3:excused 4:excused 5:excused'],
    ['muộn 5 15 phút', '5:late'],
    ['5 muộn 15p; 6 đến trễ 10 phút', '5:late 6:late'],
    ['online 4', '4:online'],
    ['trực tuyến 4', '4:online'],
    ['4 dự trực tuyến', '4:online'],
    ['còn lại có mặt', 'rest'],
    ['số còn lại có mặt ạ', 'rest'],
    ['có mặt 1, 2; muộn 5', '1:present 2:present 5:late'],
    ['tất cả có mặt', everybody()],
    ['Tất cả đều có mặt.', everybody()],
    ['vâng, tất cả có mặt', everybody()],
    ['đủ', everybody()],
    ['du', everybody()],
    ['có mặt đủ 13/13', everybody()],
    ['vắng 3 có lý do, tất cả có mặt', everybody({ 3: 'excused' })],
    ['vắng Hùng, Dung có lý do', '5:excused 4:excused'],
    ['vang hung co ly do', '5:excused'],
    ['đồng chí Lê Thị Lan đến muộn', '6:late'],
    ['Vàng A Chớ vắng không lý do', '3:unexcused'],
    ['vang a cho vang khong ly do', '3:unexcused'],
    ['Nghị muộn, Muôn trực tuyến', '9:late 8:online'],
    ['Thúy vắng có lý do', '12:excused'],
    ['vắng 3 ốm, 7 công tác', '3:excused:health 7:excused:work'],
    ['vắng 3 có lý do ốm', '3:excused:health'],
    ['3 vắng có lý do, muộn 5', '3:excused 5:late'],
    ['3 có lý do 12 không lý do', '3:excused 12:unexcused'],
    ['3 và 3 vắng có lý do', '3:excused'],
    ['5 chưa rõ', '5:unknown'],
    ['absent 3, 7 excused; 12 unexcused; late 5; the rest present', '3:excused 7:excused 12:unexcused 5:late rest'],
    ['everyone present', everybody()],
  ])('%s', (text, means) => expect(read(text)).toBe(means))
})

describe('a line that is not certain is asked back, whole', () => {
  test.each([
    ['vắng Lan có lý do', 'several(Lê Thị Lan, Trần Thị Lan)'],
    ['vắng thuy co ly do', 'several(Hoàng Văn Thủy, Nguyễn Thị Thúy)'],
    ['muộn 3; 3 vắng có lý do', 'twice(Vàng A Chớ)'],
    ['vắng 3-5 có lý do; muộn 4', 'twice(Cầm Thị Dung)'],
    ['vắng 14 có lý do', 'out-of-range(14)'],
    ['vắng 0 có lý do', 'out-of-range(0)'],
    ['vắng 03 có lý do', 'out-of-range(03)'],
    ['vắng 5-3 có lý do', 'out-of-range(5-3)'],
    ['vắng 12-20 có lý do', 'out-of-range(12-20)'],
    ['đủ 25', 'out-of-range(25)'],
    ['vắng 3, 7', 'which-absence(Vàng A Chớ, Trần Thị Lan)'],
    ['vắng 3; còn lại có mặt', 'which-absence(Vàng A Chớ)'],
    ['còn lại', 'rest()'],
    ['vắng 3 có lý do; còn lại', 'rest()'],
    ['còn lại vắng không lý do', 'rest()'],
    ['tất cả vắng', 'rest()'],
    ['vắng 3 có lý do; 7', 'no-state(Trần Thị Lan)'],
    ['vắng Tuấn, 3 có lý do', 'unread(Tuấn)'],
    ['vắng có lý do; muộn 5', 'nobody()'],
  ])('%s', (text, means) => expect(read(text)).toBe(means))
})

describe('what is no roll-call', () => {
  test.each(['', '1', '11', '3 7 12', 'vắng', 'có mặt', 'em đến muộn 15 phút', 'tôi vắng, ốm', 'cảm ơn', 'Lan', '👍'])(
    '%j',
    (text) => expect(read(text)).toBeNull(),
  )
})

describe('whatever is typed', () => {
  const word = fc.constantFrom(
    ...'vắng|vang|3|7|12|99|3-5|có lý do|khong phep|muộn|còn lại|tất cả|đủ|có mặt|,|;|Lan|Hùng|xyz|15 phút|vâng|online'.split(
      '|',
    ),
  )

  test('nobody becomes unexcused unless the line says so, and nobody is marked twice or from elsewhere', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 14 }), (words) => {
        const text = words.join(' ')
        const reading = readRollCallLine(text, all)
        if (reading?.kind !== 'marks') return
        const ids = reading.marks.map((one) => one.personId)
        expect(new Set(ids).size).toBe(ids.length)
        for (const id of ids) expect(all.some((one) => one.personId === id)).toBe(true)
        const unexcused = reading.marks.some((one) => one.state === 'unexcused')
        if (unexcused) expect(text).toMatch(/khong phep/)
        if (reading.rest) expect(text).toMatch(/còn lại/)
      }),
      { numRuns: 2_000 },
    )
  })

  test('numbers with one state come to just that, in any order and with any separator', () => {
    const some = fc.uniqueArray(fc.integer({ min: 1, max: all.length }), { minLength: 1 })
    const how = fc.constantFrom(['vắng', 'có lý do', 'excused'], ['', 'muộn', 'late'], ['trực tuyến', '', 'online'])
    fc.assert(
      fc.property(some, how, fc.constantFrom(', ', ' ', ' và '), (numbers, [before, behind, state], by) => {
        expect(read(`${before} ${numbers.join(by)} ${behind}`)).toBe(numbers.map((n) => `${n}:${state}`).join(' '))
      }),
    )
  })

  test('any text at all is read or left alone', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => void readRollCallLine(text, all)))
    expect(read('vắng 3, '.repeat(1_250))).toMatch(/^which-absence/)
  })
})
