import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Window } from '../../src/messaging/window.js'

/** When each of `count` goes, where every look comes up to some milliseconds late. */
function send(window: Window, count: number, lateness: () => number): number[] {
  const times: number[] = []
  let now = 0
  while (times.length < count) {
    const wait = window.waitMs(now)
    if (wait === 0) {
      window.take(now)
      times.push(now)
      now += 1
    } else now += wait + lateness()
  }
  return times
}

const lateness = fc.infiniteStream(fc.nat(20)).map((stream) => () => stream.next().value ?? 0)

test('no second holds more than is allowed, however late the looks, and little is lost by it', () => {
  fc.assert(
    fc.property(lateness, (late) => {
      const times = send(new Window(30), 900, late)
      for (const at of times) expect(times.filter((one) => one >= at && one < at + 1000).length).toBeLessThanOrEqual(30)
      expect((times.at(-1) ?? 0) / 1000).toBeLessThan((900 / 30) * 1.03)
    }),
    { numRuns: 20 },
  )
})

test('after another sender the first second is sent evenly', () => {
  const window = new Window(30)
  window.follow(0)
  const times = send(window, 30, () => 0)
  for (const [n, at] of times.entries()) expect(at).toBeGreaterThanOrEqual(n * 33)
})

test('a refusal that names a time is kept to', () => {
  const window = new Window(30)
  window.freeze(500)
  expect(send(window, 1, () => 0)).toEqual([500])
})
