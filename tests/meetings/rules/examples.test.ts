import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { PlainDate } from '../../../src/core/dates.js'
import { type Locale, loadTranslations } from '../../../src/core/i18n.js'
import type { MessageKey } from '../../../src/core/message-keys.js'
import { parseDay } from '../../../src/meetings/parse-day.js'
import { parseMeetingLine } from '../../../src/meetings/parse-meeting.js'
import { parseScheduleLine } from '../../../src/meetings/parse-schedule.js'

const TODAY = '2026-12-01' as PlainDate
const translations = loadTranslations(join(import.meta.dirname, '../../../locales'))

/** What a sentence of ours says that one may write: behind "for example:", each between commas or "or". */
function examplesIn(locale: Locale, key: MessageKey): string[] {
  const text = translations.for(locale)(key)
  const [, examples = ''] = /(?:ví dụ: |for example: |ghi như |it like |«|“)(.+?)(?:\.|;|»|”|$)/.exec(text) ?? []
  return examples.split(/, | hoặc | or /)
}

/** Whoever writes what we propose is understood, in their own language. */
describe.each(['vi', 'en'] as const)('examples in %s are read', (locale) => {
  test('whole schedules', () => {
    const [line = ''] = examplesIn(locale, 'meetings.ask.series-day')
    const read = parseScheduleLine(line)
    expect(read).toMatchObject({ problems: [], unread: null, time: { kind: 'clear', time: '19:00' } })
    expect(read.rrule).toContain('BYMONTHDAY=3')
    expect(line).toContain(read.place)
  })

  test('whole meetings', () => {
    const [line = ''] = examplesIn(locale, 'meetings.ask.single-day')
    const read = parseMeetingLine(line, TODAY)
    expect(read).toMatchObject({ problems: [], unread: null, day: '2026-12-25', kind: 'thematic' })
    expect(line).toContain(read.place)
  })

  test.each(['meetings.parse.no-rule', 'meetings.parse.only-monthly', 'meetings.parse.one-date'] as const)(
    'days of the month: %s',
    (key) => {
      const lines = examplesIn(locale, key)
      expect(lines.length).toBeGreaterThan(0)
      for (const line of lines) expect([line, parseScheduleLine(line).rrule]).toEqual([line, expect.any(String)])
    },
  )

  test.each(['meetings.parse.no-day', 'meetings.parse.day-unread'] as const)('days: %s', (key) => {
    const lines = examplesIn(locale, key)
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) expect([line, parseDay(line, TODAY).ok]).toEqual([line, true])
  })

  test('places', () => {
    const [line = ''] = examplesIn(locale, 'meetings.parse.no-place')
    expect(line).toContain(parseMeetingLine(line, TODAY).place)
  })
})

test('English lines of other shapes', () => {
  expect(parseMeetingLine('next Thursday at 19:30 at Hall 2', TODAY)).toMatchObject({
    day: '2026-12-03',
    place: 'Hall 2',
    problems: [],
  })
  expect(parseScheduleLine('the first Monday of every month at 7 pm at the Town Hall')).toMatchObject({
    rrule: 'FREQ=MONTHLY;BYDAY=1MO',
    place: 'Town Hall',
    problems: [],
  })
  expect(parseMeetingLine('at the Town Hall on Friday at 19:30', TODAY)).toMatchObject({
    day: '2026-12-04',
    place: 'Town Hall',
    problems: [],
  })
})
