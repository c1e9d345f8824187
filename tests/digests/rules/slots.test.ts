import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dateIn, timeIn, weekdayOf } from '../../../src/core/dates.js'
import { nextSlot, PREVIEW_SLOT, WEEKLY_SLOT, weekOfDigest, weekOfPreview } from '../../../src/digests/slots.js'

const HANOI = 'Asia/Ho_Chi_Minh'

test.each([
  ['2026-12-06T20:00:00Z', '2026-12-07T00:30:00Z', 'Monday 03:00 in Hà Nội: the same morning'],
  ['2026-12-07T00:29:59Z', '2026-12-07T00:30:00Z', 'a second before'],
  ['2026-12-07T00:30:00Z', '2026-12-14T00:30:00Z', 'the very moment: the next one'],
  ['2026-12-09T00:00:00Z', '2026-12-14T00:30:00Z', 'the middle of the week'],
])('after %s the weekly digest is due at %s (%s)', (now, due) => {
  expect(nextSlot(WEEKLY_SLOT, new Date(now), HANOI).toISOString()).toBe(new Date(due).toISOString())
})

test('the preview is the evening before, and speaks of the same week', () => {
  const preview = nextSlot(PREVIEW_SLOT, new Date('2026-12-02T00:00:00Z'), HANOI)
  const weekly = nextSlot(WEEKLY_SLOT, preview, HANOI)
  expect(preview.toISOString()).toBe('2026-12-06T12:00:00.000Z')
  expect(weekOfPreview(preview, HANOI)).toBe(weekOfDigest(weekly, HANOI))
})

test('in every zone it is Monday 07:30 or Sunday 19:00 by the wall, within a week and an hour, also across clock changes', () => {
  const zones = fc.constantFrom(HANOI, 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/St_Johns')
  const moments = fc.date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(moments, zones, fc.constantFrom(WEEKLY_SLOT, PREVIEW_SLOT), (now, zone, slot) => {
      const due = nextSlot(slot, now, zone)
      const ahead = (due.getTime() - now.getTime()) / 3_600_000
      expect([weekdayOf(dateIn(due, zone)), timeIn(due, zone)]).toEqual([slot.weekday, slot.time])
      expect(ahead > 0 && ahead <= 7 * 24 + 1).toBe(true)
    }),
  )
})
