import { describe, expect, test } from 'vitest'
import { understand } from '../../../src/attendance/understanding/understand.js'
import { type CollectionName, FRESH, SENTENCES } from './collection/index.js'
import { judge, type Verdict } from './collection/judge.js'

/**
 * What was reached, in sentences: right, and recorded wrongly. No change may make it worse. `npm run bench -- typed` prints
 * the whole report.
 */
const REACHED: Readonly<Record<CollectionName, Readonly<{ right: number; wrong: number }>>> = {
  seen: { right: 250, wrong: 0 },
  unseen: { right: 253, wrong: 1 },
  second: { right: 409, wrong: 0 },
  third: { right: 410, wrong: 0 },
  fourth: { right: 255, wrong: 0 },
  fifth: { right: 217, wrong: 0 },
  sixth: { right: 191, wrong: 0 },
  seventh: { right: 310, wrong: 0 },
  eighth: { right: 306, wrong: 0 },
  ninth: { right: 304, wrong: 1 },
  tenth: { right: 342, wrong: 1 },
  eleventh: { right: 341, wrong: 0 },
  twelfth: { right: 301, wrong: 0 },
  thirteenth: { right: 340, wrong: 1 },
  fourteenth: { right: 296, wrong: 1 },
  fifteenth: { right: 340, wrong: 0 },
  sixteenth: { right: 334, wrong: 0 },
  seventeenth: { right: 335, wrong: 1 },
  eighteenth: { right: 339, wrong: 2 },
  nineteenth: { right: 338, wrong: 0 },
  twentieth: { right: 346, wrong: 0 },
  twentyfirst: { right: 335, wrong: 1 },
  twentysecond: { right: 338, wrong: 0 },
  twentythird: { right: 338, wrong: 1 },
  twentyfourth: { right: 338, wrong: 1 },
  twentyfifth: { right: 330, wrong: 0 },
  twentysixth: { right: 334, wrong: 1 },
  twentyseventh: { right: 336, wrong: 0 },
  developed: { right: 175, wrong: 0 },
  'held out': { right: 156, wrong: 1 },
}

describe.each(Object.entries(SENTENCES))('the %s sentences', (name, sentences) => {
  const judged = sentences.map((one) => judge(one))
  const reached = REACHED[name as CollectionName]
  const of = (verdict: Verdict) => judged.filter((one) => one.verdict === verdict)

  test('no more is recorded wrongly than was', () => {
    const wrong = of('wrong')
    expect(wrong.length, JSON.stringify(wrong.map(({ text }) => text))).toBeLessThanOrEqual(reached.wrong)
  })

  test('as many are right as were', () => {
    expect(of('right').length).toBeGreaterThanOrEqual(reached.right)
  })
})

test.each([
  ['all', Object.values(SENTENCES)],
  ['the newest, which taught it least,', FRESH.map((name) => SENTENCES[name])],
])('of %s at least 95 in a hundred are right, and at most five in a thousand recorded wrongly', (_, collections) => {
  const judged = collections.flatMap((own) => own.map((one) => judge(one)))
  const share = (verdict: Verdict) => judged.filter((one) => one.verdict === verdict).length / judged.length
  expect(share('right')).toBeGreaterThanOrEqual(0.95)
  expect(share('wrong')).toBeLessThanOrEqual(0.005)
  expect(share('misnamed')).toBeLessThanOrEqual(0.005)
})

test('the collections are large and even enough to mean something', () => {
  const { seen, unseen } = SENTENCES
  const kinds = new Set([...seen, ...unseen].map(({ kind }) => kind))
  expect(kinds.size).toBe(32)
  for (const half of [seen, unseen])
    for (const kind of kinds) expect([kind, half.filter((one) => one.kind === kind).length]).toEqual([kind, 8])
  for (const own of [
    [...seen, ...unseen],
    [...SENTENCES.developed, ...SENTENCES['held out']],
  ])
    expect(new Set(own.map(({ text }) => text.normalize('NFC'))).size).toBe(own.length)
})

describe('texts that contradict themselves', () => {
  test.each([
    ['em đi ạ. à nhầm, em vắng ạ', 'absent'],
    ['toi vang, nham, toi di', 'present'],
    ['em vắng, ý em là em đến muộn 10 phút ạ', 'late'],
  ])('the word behind a named slip holds: %s', (text, state) => {
    expect(understand(text)).toMatchObject({ kind: 'answer', state })
  })

  test.each([
    'em đi… à mà thôi em vắng',
    'em đi, à không, em vắng',
    'tôi đi nhưng không đi được',
    'em vắng, à nhầm',
    'có mặt mà vắng',
  ])('without one the member is asked: %s', (text) => {
    expect(understand(text).kind).toBe('unsure')
  })
})

describe("what is nobody's answer, or not yet one", () => {
  test.each([
    'cô hiệu trưởng trường em vắng họp',
    'co giao chu nhiem om, vang hop',
    'chi to truong to em bao vang',
    'thay Binh ban day, khong hop duoc',
    'Lan ốm, xin nghỉ họp',
    'da co hieu truong truong em di cong tac nen co khong du duoc',
    'em bao la co hieu truong ban, co khong du duoc',
    'Alo Tuan xin nghi',
    'Alo bác Nam bệnh, bác không dự',
    'ông đi trực tiếp, ba hop online',
    'cho mẹ nghỉ họp',
    'cháu báo cho bà: bà ốm không đi được',
    'cháu là cháu nội cụ Phúc, cụ mệt không đi họp được ạ',
    'Tám bệnh, nghỉ',
    'giám đốc em vắng',
    'bác sĩ Nam vắng',
    'trưởng ấp bệnh, không dự',
  ])('somebody else is absent: %s', (text) => {
    expect(understand(text).kind).not.toBe('answer')
  })

  test.each([
    'họp online đi',
    'tôi đề nghị họp online',
    'nghỉ họp đi cho khỏe',
    'có mặt đông đủ nhé mọi người',
    'chị đi cùng em nhé',
  ])('a proposal to others: %s', (text) => {
    expect(understand(text).kind).not.toBe('answer')
  })

  test.each([
    'tuần rồi em vắng vì ốm',
    'đường vắng',
    'muộn thế',
    'em đi về muộn',
    'tôi có mặt ở bệnh viện',
    'tôi họp bên huyện rồi',
    'em thích họp online hơn',
    'em không trực tiếp được',
    'tôi đến dự và xin phép không dự',
    'tôi đi họp, tôi ở nhà',
    'vắng phải có lý do',
    'không nên vắng',
    'vắng cũng được',
    'giá mà tôi đi được',
    'đáng lẽ em vắng',
    'thỉnh thoảng tôi vắng',
    'năm nay tôi vắng 2 buổi',
    'em chuyển sinh hoạt rồi',
    'em xin nghỉ sinh hoạt từ tháng 1',
  ])('a remark, the past, another place, two things at once: %s', (text) => {
    expect(understand(text).kind).not.toBe('answer')
  })

  test.each([
    ['tuần này trường em thi, em vắng', 'absent'],
    ['hôm rồi em vắng, nay em đi', 'present'],
    ['bấm nhầm vắng mặt, tôi có mặt nhé', 'present'],
    ['đề nghị cho em họp online', 'online'],
    ['giám đốc gọi em lên công ty, không đi được', 'absent'],
    ['đáng lẽ em vắng nhưng nay em đi được', 'present'],
    ['em xin vắng 1 buổi', 'absent'],
    ['vang toi co mat day du', 'present'],
    ['tôi tham gia nhưng tài liệu đâu nhỉ', 'present'],
    ['kẹt xe, chắc 15 phút nữa tôi mới tới', 'late'],
    ['em họp bên hội trường nhé', 'present'],
    ['Con tôi sốt phải ở nhà, tôi không dự được', 'absent'],
  ])('beside such words the answer stands: %s', (text, state) => {
    expect(understand(text)).toMatchObject({ kind: 'answer', state })
  })
})
