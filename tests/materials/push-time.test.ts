import { describe, expect, test } from 'vitest'
import { instantOf, type PlainDate, type WallTime } from '../../src/core/dates.js'
import { latestPushAt, materialPushAt } from '../../src/materials/push-time.js'

const ZONE = 'Asia/Ho_Chi_Minh'
const at = (day: string, time = '19:00'): Date => instantOf(day as PlainDate, time as WallTime, ZONE)

describe('when a material goes out', () => {
  const push = (addedAt: Date, nextStepAt: Date | null, startsAt = at('2026-12-10')) =>
    materialPushAt({ addedAt, nextStepAt, startsAt, zone: ZONE })

  test('a material goes with a step that comes 24 hours before the meeting', () => {
    expect(push(at('2026-12-05'), at('2026-12-09'))).toEqual({ at: at('2026-12-09'), withStep: true })
  })

  test('at once if the next step is later than that, or none is left', () => {
    expect(push(at('2026-12-09', '18:00'), at('2026-12-10', '16:00'))).toEqual({
      at: at('2026-12-09', '18:00'),
      withStep: false,
    })
    expect(push(at('2026-12-09', '18:00'), null)).toEqual({ at: at('2026-12-09', '18:00'), withStep: false })
  })

  test('a step that the quiet hours move inside the last 24 hours is too late', () => {
    const startsAt = at('2026-12-10', '06:00')
    expect(push(at('2026-12-08', '12:00'), at('2026-12-09', '06:30'), startsAt)).toEqual({
      at: at('2026-12-08', '12:00'),
      withStep: false,
    })
  })

  test('in the night it waits for the morning', () => {
    expect(push(at('2026-12-08', '23:00'), null)).toEqual({ at: at('2026-12-09', '06:30'), withStep: false })
  })

  test('until the steps are planned it waits for the last moment that is early enough', () => {
    expect(latestPushAt(at('2026-12-10'), ZONE)).toEqual(at('2026-12-09'))
    expect(latestPushAt(at('2026-12-10', '06:00'), ZONE)).toEqual(at('2026-12-08', '21:29'))
  })
})
