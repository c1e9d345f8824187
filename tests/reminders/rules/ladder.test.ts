import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LOCALES, loadTranslations } from '../../../src/core/i18n.js'
import { formatLadder, parseLadder } from '../../../src/reminders/parse-ladder.js'

const read = (text: string): readonly number[] | string => {
  const ladder = parseLadder(text)
  return ladder.ok ? ladder.offsets : ladder.code.replace('reminders.parse.', '')
}

describe('a ladder as people write it', () => {
  test.each([
    ['7 ngày, 3 ngày, 1 ngày, 3 giờ', [10_080, 4_320, 1_440, 180]],
    ['7 ngay, 3 ngay, 1 ngay, 3 gio', [10_080, 4_320, 1_440, 180]],
    ['7d 3d 1d 3h', [10_080, 4_320, 1_440, 180]],
    ['3h 1d 3d 7d', [10_080, 4_320, 1_440, 180]],
    ['7, 3 và 1 ngày; 3 giờ', [10_080, 4_320, 1_440, 180]],
    ['30 phút', [30]],
    ['30p', [30]],
    ['1 tuần', [10_080]],
    ['nhắc trước 2 ngày và 90 phút', [2_880, 90]],
    ['1 ngày 1 ngày 24 giờ', [1_440]],
    ['2 days, 1 hour', [2_880, 60]],
    ['31 ngày', [44_640]],
    ['15 phút', [15]],
  ])('%s', (text, offsets) => expect(read(text)).toEqual(offsets))

  test.each([
    ['', 'empty'],
    ['sớm hơn', 'unread'],
    ['7', 'unread'],
    ['7 ngày, 3', 'unread'],
    ['ngày', 'unread'],
    ['1,5 ngày', 'unread'],
    ['1.5 ngày', 'unread'],
    ['7 năm', 'unread'],
    ['14 phút', 'too-short'],
    ['0 ngày', 'too-short'],
    ['32 ngày', 'too-long'],
    ['1 2 3 4 5 6 7 8 9 ngày', 'too-many'],
  ])('%s is refused: %s', (text, code) => expect(read(text)).toBe(code))
})

test('a ladder that is written out is read back, in both languages', () => {
  const translations = loadTranslations(join(import.meta.dirname, '../../../locales'))
  const ladders = fc
    .uniqueArray(fc.integer({ min: 15, max: 44_640 }), { minLength: 1, maxLength: 8 })
    .map((offsets) => [...offsets].sort((a, b) => b - a))
  fc.assert(
    fc.property(ladders, fc.constantFrom(...LOCALES), (offsets, locale) => {
      const t = translations.for(locale)
      const text = formatLadder(offsets)
        .map(({ count, unit }) => t(`reminders.parse.unit.${unit}`, { count }))
        .join(', ')
      expect(read(text)).toEqual(offsets)
    }),
  )
})
