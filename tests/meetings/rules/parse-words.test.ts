import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { PlainDate } from '../../../src/core/dates.js'
import { loadTranslations } from '../../../src/core/i18n.js'
import { parseMeetingLine } from '../../../src/meetings/parse-meeting.js'
import { parseScheduleLine } from '../../../src/meetings/parse-schedule.js'
import { problemWords, ruleWords } from '../../../src/meetings/parse-words.js'
import { describeRule, type MonthlyDay } from '../../../src/meetings/recurrence.js'

const translations = loadTranslations(join(import.meta.dirname, '../../../locales'))
const vi = translations.for('vi')
const en = translations.for('en')

test('a problem is a sentence with the date as it is written here', () => {
  const [problem] = parseMeetingLine('1/2/2020 19h tại NVH', '2026-11-22' as PlainDate).problems
  expect(problem && problemWords(problem, vi)).toBe('Ngày thứ Bảy 01/02/2020 đã qua. Đồng chí chọn một ngày sắp tới.')
  expect(problem && problemWords(problem, en)).toBe('Saturday 01/02/2020 is over. Please choose a day to come.')
})

test.each([
  [{ kind: 'day', day: 3 }, 'ngày 3 hằng tháng', 'day 3 of every month'],
  [{ kind: 'last-day' }, 'ngày cuối tháng', 'the last day of every month'],
  [{ kind: 'weekday', weekday: 1, ordinal: 1 }, 'thứ Hai đầu tiên hằng tháng', 'the first Monday of every month'],
  [
    { kind: 'weekday', weekday: 4, ordinal: 2 },
    'thứ Năm tuần thứ hai hằng tháng',
    'the second Thursday of every month',
  ],
  [{ kind: 'weekday', weekday: 7, ordinal: -1 }, 'Chủ nhật cuối cùng hằng tháng', 'the last Sunday of every month'],
] satisfies [MonthlyDay, string, string][])(
  '%j in words, which are read back as the same rule',
  (rule, words, english) => {
    expect([ruleWords(rule, vi), ruleWords(rule, en)]).toEqual([words, english])
    for (const text of [words, english]) expect(describeRule(parseScheduleLine(text).rrule ?? '')).toEqual(rule)
  },
)
