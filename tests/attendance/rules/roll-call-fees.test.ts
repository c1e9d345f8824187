import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ticksOf } from '../../../src/attendance/roll-call-fees.js'
import { readRollCallLine } from '../../../src/attendance/roll-call-line.js'
import type { Listed } from '../../../src/attendance/roll-call-tokens.js'

const NAMES = ['Lò Thị An', 'Hà Văn Bình', 'Vàng A Chớ', 'Cầm Thị Dung', 'Đỗ Văn Hùng', 'Lê Thị Lan', 'Trần Thị Lan']
const all: Listed[] = NAMES.map((fullName, at) => ({ personId: String(at + 1), fullName }))

/** Who has paid afterwards, or what is asked: "paid 1 2 4" on a sheet where `before` had. */
function read(text: string, before: readonly number[] = []): string | null {
  const reading = readRollCallLine(text, all)
  if (!reading) return null
  if (reading.kind === 'problems') return reading.problems.map((one) => `${one.kind}(${one.words})`).join(' ')
  if (!reading.fees) return 'no fees'
  const lines = all.map(({ personId }, at) => ({ personId, feePaid: before.includes(at + 1) }))
  const ticks = new Map(ticksOf(reading.fees, lines).map((one) => [one.personId, one.paid]))
  return lines.flatMap((one) => ((ticks.get(one.personId) ?? one.feePaid) ? [one.personId] : [])).join(' ')
}

describe('who has paid the fee', () => {
  test.each([
    ['đã nộp đảng phí: tất cả trừ 3, 7', '1 2 4 5 6'],
    ['da nop dang phi: tat ca tru 3, 7', '1 2 4 5 6'],
    ['đảng phí: tất cả trừ 3 và 7', '1 2 4 5 6'],
    ['Đảng phí 3, 7 chưa nộp', '1 2 4 5 6'],
    ['3, 7 chưa nộp đảng phí', '1 2 4 5 6'],
    ['chưa nộp đảng phí: Chớ, Trần Thị Lan', '1 2 4 5 6'],
    ['đảng phí: 3, 7 chưa nộp, còn lại đã nộp', '1 2 4 5 6'],
    ['đảng phí đủ', '1 2 3 4 5 6 7'],
    ['đảng phí đủ 7/7', '1 2 3 4 5 6 7'],
    ['tất cả đã nộp đảng phí ạ', '1 2 3 4 5 6 7'],
    ['đã nộp đảng phí: 1, 2-4', '1 2 3 4'],
    ['đảng phí: 1, 2 đã nộp, 3 chưa', '1 2'],
    ['Hùng đã đóng đảng phí', '5'],
    ['fees: all except 3, 7', '1 2 4 5 6'],
    ['fees paid: everyone except Chớ', '1 2 4 5 6 7'],
    ['3 and 7 have not paid the fee', '1 2 4 5 6'],
    ['vắng 3 có lý do; còn lại có mặt; đảng phí: tất cả trừ 3', '1 2 4 5 6 7'],
  ])('%s', (text, paid) => expect(read(text)).toBe(paid))

  test('on a sheet with ticks a line changes only those of whom it speaks', () => {
    expect(read('đảng phí 3 chưa nộp', [1, 2, 3])).toBe('1 2')
    expect(read('đảng phí 7 đã nộp', [1, 2])).toBe('1 2 7')
    expect(read('tất cả chưa nộp đảng phí', [1, 2])).toBe('')
  })
})

describe('what is not certain is asked back, whole', () => {
  test.each([
    ['đã nộp đảng phí 5/7', 'how-many(5/7)'],
    ['đảng phí: 3, 7', 'no-fee(Vàng A Chớ, Trần Thị Lan)'],
    ['đảng phí: 9 chưa nộp', 'out-of-range(9)'],
    ['Lan chưa nộp đảng phí', 'several(Lê Thị Lan, Trần Thị Lan)'],
    ['đảng phí: 3 đã nộp, 3 chưa', 'twice(Vàng A Chớ)'],
    ['đã nộp đảng phí 3, 7 chưa nộp', 'nobody()'],
    ['đảng phí: tất cả trừ', 'nobody()'],
    ['vắng 3, đảng phí 7 đã nộp', 'unread(vắng) fees()'],
    ['vắng 3; đảng phí: tất cả trừ 3', 'which-absence(Vàng A Chớ)'],
  ])('%s', (text, problems) => expect(read(text)).toBe(problems))
})

test.each(['đảng phí', 'đảng phí tháng này bao nhiêu?', 'em nộp đảng phí rồi ạ', 'mai nhớ thu đảng phí'])(
  '“%s” ticks nobody',
  (text) => expect(read(text)).toBeNull(),
)

test('a roll-call line without the fee says nothing of it', () => expect(read('tất cả có mặt')).toBe('no fees'))

test('“all except” comes to just that, whoever was ticked before, with any separator', () => {
  const some = fc.uniqueArray(fc.integer({ min: 1, max: all.length }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(some, some, fc.constantFrom(', ', ' ', ' và '), (unpaid, before, by) => {
      const left = all.map((_, at) => at + 1).filter((n) => !unpaid.includes(n))
      expect(read(`đã nộp đảng phí: tất cả trừ ${unpaid.join(by)}`, before)).toBe(left.join(' '))
    }),
  )
})
