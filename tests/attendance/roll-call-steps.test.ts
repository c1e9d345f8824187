import { describe, expect, test } from 'vitest'
import { shortLabels } from '../../src/attendance/roll-call-labels.js'
import { isOfEarlierStart, stepOf } from '../../src/attendance/roll-call-steps.js'
import { at } from '../support/house.js'

const meeting = { state: 'planned', startsAt: at('2026-12-03 19:30'), durationMinutes: 90 } as const
const fresh = { dueAt: null, openedAt: null, confirmedAt: null }
const opened = { ...fresh, openedAt: at('2026-12-03 19:30'), dueAt: at('2026-12-03 21:00') }

describe('what a due sheet needs', () => {
  test.each([
    ['before the start nothing', meeting, fresh, '2026-12-03 19:29', 'none'],
    ['at the start it is offered', meeting, fresh, '2026-12-03 19:30', 'start'],
    ['found a little late it is still the start', meeting, fresh, '2026-12-03 20:59', 'start'],
    ['found after the end there is one offer, not two', meeting, fresh, '2026-12-03 21:00', 'end'],
    ['found a month later nobody remembers', meeting, fresh, '2027-01-03 08:00', 'too-old'],
    ['open and not yet over', meeting, opened, '2026-12-03 20:59', 'none'],
    ['open at the end', meeting, opened, '2026-12-03 21:00', 'end'],
    ['offered at the end once', meeting, { ...opened, dueAt: null }, '2026-12-04 08:00', 'none'],
    ['confirmed', meeting, { ...opened, confirmedAt: at('2026-12-03 20:00') }, '2026-12-03 21:00', 'none'],
    ['cancelled', { ...meeting, state: 'cancelled' as const }, opened, '2026-12-03 21:00', 'none'],
    ['a thematic one of 120 minutes', { ...meeting, durationMinutes: 120 }, fresh, '2026-12-03 21:15', 'start'],
    ['moved away', { ...meeting, startsAt: at('2026-12-05 19:30') }, opened, '2026-12-03 21:00', 'none'],
    ['moved, at its new start', { ...meeting, startsAt: at('2026-12-05 19:30') }, opened, '2026-12-05 19:30', 'start'],
  ])('%s', (_, facts, state, now, step) => {
    expect(stepOf(facts, state, at(now))).toBe(step)
  })

  test('a sheet is of an earlier start only where the start came after it', () => {
    expect(isOfEarlierStart(opened, meeting)).toBe(false)
    expect(isOfEarlierStart(opened, { startsAt: at('2026-12-03 19:45') })).toBe(true)
    expect(isOfEarlierStart(fresh, meeting)).toBe(false)
  })
})

test('button labels keep family and given name, and never make two people one', () => {
  expect(shortLabels(['Nguyễn Thị Hồng Nhung Trang', 'Lò Văn An', 'Nguyễn Thị Phương Thảo (1960)'])).toEqual([
    'Nguyễn T.H.N. Trang',
    'Lò Văn An',
    'Nguyễn T.P. Thảo (1960)',
  ])
  const twins = ['Nguyễn Thị Phương Trang', 'Nguyễn Thanh Phong Trang']
  expect(shortLabels(twins)).toEqual(twins)
})
