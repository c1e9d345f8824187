import fc from 'fast-check'
import { expect, test } from 'vitest'
import { telegramLimits } from '../../src/channels/telegram/limits.js'
import { Slots } from '../../src/messaging/slots.js'
import { Window } from '../../src/messaging/window.js'

/** When each of `count` goes, planned as soon as it may and called up to some milliseconds late. */
function send(window: Window, count: number, lateness: () => number): number[] {
  let now = 0
  return Array.from({ length: count }, () => {
    const permit = window.take(now + window.waitMs(now))
    permit.at += lateness()
    now = permit.at
    return permit.at
  })
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

test('a message is claimed shortly before its time and called at it', () => {
  fc.assert(
    fc.property(lateness, (late) => {
      const slots = new Slots({ ...telegramLimits, sendWindow: 1 })
      slots.claimTook(5)
      slots.offer(
        Array.from({ length: 200 }, (_, n) => ({
          id: `${n}`,
          chatId: `chat ${n}`,
          chatKind: 'private',
          operation: 'send',
          priority: 2,
        })),
      )
      const calls: number[] = []
      let now = 0
      while (slots.waiting > 0) {
        const { ids, waitMs } = slots.choose(now, 250)
        for (const id of ids) {
          const wait = slots.untilCall(id, now)
          expect(wait).toBeLessThanOrEqual(10)
          calls.push(now + wait + late())
          slots.called(id, calls.at(-1) ?? 0)
          slots.end(id)
        }
        if (ids.length === 0) now += waitMs
      }
      expect((calls.at(-1) ?? 0) / 1000).toBeLessThan((200 / 30) * 1.03)
      for (const at of calls) expect(calls.filter((one) => one >= at && one < at + 1000).length).toBeLessThanOrEqual(30)
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
