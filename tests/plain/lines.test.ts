import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { understand } from '../../src/attendance/understanding/understand.js'
import { choose, isNumbers } from '../../src/conversation/choosing.js'
import type { Offer } from '../../src/conversation/offers.js'
import { loadTranslations } from '../../src/core/i18n.js'
import { linesOf, numbered } from '../../src/messaging/plain.js'
import { splitMessage } from '../../src/messaging/split.js'
import type { Choice } from '../../src/messaging/vocabulary.js'

const LOCALES = join(import.meta.dirname, '../../locales')
const translations = loadTranslations(LOCALES)
const t = translations.for('vi')

const to = (label: string, more: Partial<Choice> = {}): Choice => ({ label, command: `do.${label}`, args: {}, ...more })
const list = (count: number): Choice[][] => Array.from({ length: count }, (_, n) => [to(`Mục ${n + 1}`)])

const offer = (choices: Choice[][], more: Partial<Offer> = {}): Offer => ({
  deliveryId: 'd',
  personId: null,
  text: 'Hỏi?',
  choices,
  below: 'có số',
  ...more,
})

describe('lines below a message', () => {
  test('an answer keeps its digit, everything else counts from 11 in its order', () => {
    const rows = [[to('Có mặt', { digit: 1 }), to('Vắng', { digit: 4 })], [to('Nội dung')], [to('Thôi')]]
    expect(numbered(rows).map((one) => one.number)).toEqual([1, 4, 11, 12])
    expect(linesOf({ text: 'Hỏi?', choices: rows }, t).below).toBe(
      '1. Có mặt\n4. Vắng\n11. Nội dung\n12. Thôi\nTrả lời bằng số, ví dụ 1.',
    )
  })

  test('a button that carries its digit in its words does not say it twice', () => {
    expect(linesOf({ text: '', choices: [[to('2 Đến muộn', { digit: 2 })]] }, t).below).toContain('2. Đến muộn\n')
  })

  test('a link is written out, and a message without anything stays as it is', () => {
    expect(linesOf({ text: 'Tài liệu', link: { label: 'Mở', url: 'https://a.vn/p/x' } }, t).below).toBe(
      'Mở: https://a.vn/p/x',
    )
    expect(linesOf({ text: 'Vâng.' }, t)).toMatchObject({ below: '', rest: null })
  })

  test.each([
    [12, 12, null],
    [13, 9, 9],
    [30, 9, 9],
  ])('of %i choices %i are listed', (count, shown, rest) => {
    const plain = linesOf({ text: '', choices: list(count) }, t)
    expect(plain.below.match(/^\d+\. /gm)).toHaveLength(shown)
    expect(plain.rest).toBe(rest)
    expect(plain.below.includes('tiếp')).toBe(rest !== null)
  })

  test('the rest keeps the numbers that it has in the whole', () => {
    const { below, rest } = linesOf({ text: '', choices: list(14), from: 9 }, t)
    expect(below).toContain('20. Mục 10\n21. Mục 11')
    expect(below).toContain('24. Mục 14\nTrả lời bằng số, ví dụ 20.')
    expect(rest).toBeNull()
  })

  test.each([1, 500, 1_950, 2_000, 3_990, 10_000])(
    'with %i characters above them they stand in the last part',
    (length) => {
      const text = 'Một câu dài. '
        .repeat(length / 13 + 1)
        .slice(0, length)
        .trim()
      const below = linesOf({ text, choices: list(9) }, t).below
      const parts = splitMessage({ text, choices: list(9) }, 2_000, below.length)
      for (const part of parts.slice(0, -1)) expect(part.choices).toBeUndefined()
      for (const part of parts) expect(part.text.length).toBeLessThanOrEqual(2_000)
      const last = parts.at(-1)
      expect(last?.choices).toHaveLength(9)
      expect((last?.text.length ?? 0) + 2 + below.length).toBeLessThanOrEqual(2_000)
      expect(
        parts
          .map((part) => part.text)
          .join(' ')
          .replace(/\s+/g, ' ')
          .trim(),
      ).toBe(text)
    },
  )
})

describe('what a typed text chooses', () => {
  const offers = [offer([[to('Có mặt', { digit: 1 })], [to('✅ Chấp nhận')], [to('Không chấp nhận')], [to('Vắng')]])]

  test.each([
    ['11', '✅ Chấp nhận'],
    [' 12. ', 'Không chấp nhận'],
    ['12)', 'Không chấp nhận'],
    ['số 12', 'Không chấp nhận'],
    ['１２', 'Không chấp nhận'],
    ['chấp nhận', '✅ Chấp nhận'],
    ['CHAP NHAN!', '✅ Chấp nhận'],
    ['khong chap nhan 👍', 'Không chấp nhận'],
    ['vắng', 'Vắng'],
    ['vang', 'Vắng'],
  ])('%s', (text, label) => {
    expect(choose(offers, text)).toMatchObject({ kind: 'choice', choice: { label } })
  })

  test.each(['1', '011', '11 12', '14', '99', '👍', '', 'vâng', 'chấp nhận nhé', 'có mặt', 'tiếp', '11'.repeat(5_000)])(
    'nothing is chosen by %j',
    (text) => {
      expect(choose(offers, text)).toBeNull()
    },
  )

  test.each([
    ['011', true],
    ['11 12', true],
    ['11,12.', true],
    ['11 nhé', false],
    ['...', false],
  ])('%j is digits alone: %j', (text, is) => expect(isNumbers(text)).toBe(is))

  test('a number that stood in no message is somebody’s own words', () => {
    const { below: _, ...buttons } = offer([[to('15 phút')]])
    expect(choose([buttons], '11')).toBeNull()
    expect(choose([buttons], '15 phut')).toMatchObject({ kind: 'choice' })
  })

  test('the same number in two messages is asked back, unless it means the same', () => {
    const one = offer([[to('Đã đọc', { args: { id: 1 } })]])
    const two = offer([[to('Đã đọc', { args: { id: 2 } })]])
    expect(choose([one, two], '11')).toMatchObject({ kind: 'several', options: [{ offer: one }, { offer: two }] })
    expect(choose([one, two], 'da doc')).toMatchObject({ kind: 'several' })
    expect(choose([one, offer([[to('Đã đọc', { args: { id: 1 } })]])], '11')).toMatchObject({ kind: 'choice' })
  })

  test.each(['tiếp', 'TIEP', 'xem tiếp', 'next', 'Trang sau'])(
    '%s turns the page: first what is left of this one',
    (text) => {
      const page = to('Trang sau ›', { next: true })
      expect(choose([offer([[page]], { rest: 9 })], 'tiếp')).toMatchObject({ kind: 'rest' })
      expect(choose([offer([[to('Khác')]]), offer([[page]])], text)).toMatchObject({ kind: 'choice', choice: page })
    },
  )
})

describe('words that are right with buttons and without', () => {
  /** The sandbox's page has buttons of its own; a consent is kept word for word; a slip speaks of a platform's start. */
  const ALLOWED = /^\s*"(?:v1|step-2)":/

  test.each(['vi', 'en'])('no message in %s asks to press something', (language) => {
    const lines = readdirSync(join(LOCALES, language))
      .filter((file) => !['sandbox.json', 'pages.json', 'groups.json', 'web.json'].includes(file))
      .flatMap((file) => readFileSync(join(LOCALES, language, file), 'utf8').split('\n'))
    const speaks = /: ".*(?:\bbấm\b|bấm |\bnút |\btap\b|\bpress\b|\bbuttons?\b)/i
    expect(lines.filter((line) => speaks.test(line) && !ALLOWED.test(line))).toEqual([])
  })

  test.each(['vi', 'en'] as const)('an answer typed as it stands in %s is that answer', (locale) => {
    const own = translations.for(locale)
    for (const state of ['present', 'late', 'online', 'absent'] as const)
      expect(understand(own(`attendance.answer.label.${state}`))).toMatchObject({ kind: 'answer', state })
  })
})
