import { afterAll, beforeAll, expect, test } from 'vitest'
import { personalLimits } from '../../src/channels/zalo-personal/pacing.js'
import { newId } from '../../src/core/ids.js'
import { Slots } from '../../src/messaging/slots.js'
import { NOW, openPostOffice, type PostOffice } from './post-office.js'

let office: PostOffice
beforeAll(async () => {
  office = await openPostOffice()
})
afterAll(() => office.close())

test('with jitter each send follows the last by two to four seconds, never twice the same', () => {
  let seed = 0
  const slots = new Slots(personalLimits, () => (seed = (seed + 0.37) % 1))
  const each = Array.from({ length: 40 }, (_, n) => ({
    id: `d${n}`,
    chatId: `c${n}`,
    chatKind: 'private' as const,
    operation: 'send' as const,
    priority: 1,
  }))
  slots.offer(each)
  const times: number[] = []
  for (let now = 0; times.length < each.length; now += 10) {
    for (const id of slots.choose(now, 250).ids) {
      times.push(now)
      slots.end(id)
    }
  }
  const gaps = times.slice(1).map((time, n) => time - (times[n] ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2_000)
  expect(Math.max(...gaps)).toBeLessThanOrEqual(4_010)
  expect(new Set(gaps).size).toBeGreaterThan(20)
})

const DAY = 24 * 3_600_000
const says = (chatId: string) => office.write({ chatId }, 'Mời họp', { expiresAt: new Date(NOW.getTime() + 2 * DAY) })

test('who never wrote waits once the day has had as many; who wrote does not; a restart counts no less', async () => {
  const { db } = office
  const bot = await office.bot('scripted', { strangersQuota: 3 })
  const chat = async (name: string, wroteAt: Date | null) => {
    const id = newId()
    await db.chat.create({ data: { id, botId: bot.id, externalId: name, kind: 'private', createdAt: NOW, wroteAt } })
    return id
  }
  const strangers = await Promise.all(Array.from({ length: 5 }, (_, n) => chat(`stranger-${n}`, null)))
  const known = await chat('known', NOW)
  for (const chatId of [...strangers, known]) await says(chatId)
  const sent: string[] = []
  const open = () => {
    const limits = { sendWindow: 1, sendsPerSecond: 1_000 }
    return office.send(bot, (call) => void sent.push(call.chat), limits)
  }
  const first = open()
  await first.idle()
  expect(sent.toSorted()).toEqual(['known', 'stranger-0', 'stranger-1', 'stranger-2'])
  // To whom was written today more may be said.
  await says(strangers[0] ?? '')
  await first.idle()
  expect(sent.filter((one) => one === 'stranger-0')).toHaveLength(2)
  await first.sender.stop()
  const second = open()
  await second.idle()
  expect(sent).toHaveLength(5)
  office.clock.now = new Date(NOW.getTime() + DAY - 1)
  await second.idle()
  expect(sent).toHaveLength(5)
  office.clock.now = new Date(NOW.getTime() + DAY)
  await second.idle()
  expect(sent.slice(5)).toEqual(['stranger-3', 'stranger-4'])
})
