import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { loadTranslations } from '../../src/core/i18n.js'
import { newId } from '../../src/core/ids.js'
import { createLog } from '../../src/core/log.js'
import { createLockKeeper } from '../../src/database/lock-keeper.js'
import { openBlobs } from '../../src/messaging/blobs.js'
import { createComposer } from '../../src/messaging/compose.js'
import { enqueue, type Outgoing, outgoing, PRIORITY, withdraw } from '../../src/messaging/outbox.js'
import { joinRenderers, renderer } from '../../src/messaging/renderer.js'
import { Sender } from '../../src/messaging/sender.js'
import { SendError } from '../../src/messaging/vocabulary.js'
import { openTestDatabase, type TestDatabase } from '../support/database.js'
import { type Call, scriptedChannel } from '../support/scripted-channel.js'

const plain = renderer('plain', 1, z.object({ text: z.string() }), ({ text }) => ({
  text,
  choices: [[{ label: 'x', command: 'c', args: {} }]],
}))
const broken = renderer('broken', 1, z.object({}), () => {
  throw new Error('a renderer with a fault')
})

const NOW = new Date('2026-12-01T03:00:00Z')
const LATER = new Date('2026-12-02T03:00:00Z')
const log = createLog('silent')

let database: TestDatabase
let bot: { id: string; lockKey: number }
let close: (() => Promise<void>)[] = []

beforeEach(async () => {
  database = await openTestDatabase()
  bot = await database.db.bot.create({
    data: { id: newId(), platform: 'scripted', externalId: 'scripted', createdAt: NOW },
  })
})
afterEach(async () => {
  for (const end of close.reverse()) await end()
  close = []
  await database.close()
})

const aChat = async (externalId: string): Promise<string> => {
  const id = newId()
  await database.db.chat.create({ data: { id, botId: bot.id, externalId, kind: 'private', createdAt: NOW } })
  return id
}

const message = (chatId: string, text: string, rest: Partial<Outgoing> = {}): Outgoing => ({
  ...outgoing(plain, { text }, { causeKey: newId(), chatId, priority: PRIORITY.notice, expiresAt: LATER }),
  ...rest,
})

const write = (...items: Outgoing[]) => database.db.$transaction((tx) => enqueue(tx, NOW, items))

function aSender(answer: (call: Call, n: number) => Promise<void> | void, limits = {}) {
  const scripted = scriptedChannel(answer, limits)
  const locks = createLockKeeper(database.url, log)
  const composer = createComposer({
    now: () => new Date(),
    db: database.db,
    renderers: joinRenderers([plain, broken]),
    translations: loadTranslations(`${import.meta.dirname}/../../locales`),
    blobs: openBlobs('/nonexistent'),
    channel: scripted.channel,
    defaultLocale: 'vi',
  })
  const sender = new Sender({ bot, channel: scripted.channel, locks, composer, now: () => NOW, log })
  close.push(() => locks.close())
  close.push(() => sender.stop())
  return { sender, ...scripted }
}

const states = async () =>
  (await database.db.delivery.findMany({ orderBy: { sequence: 'asc' } })).map(
    (one) => `${one.state}${one.failureCode ? `:${one.failureCode}` : ''}`,
  )

describe('the sender', () => {
  test('sends what is queued in order within a chat, answers first, and keeps what was really sent', async () => {
    const chat = await aChat('a')
    await write(message(chat, 'one'), message(chat, 'two'), message(chat, 'answer', { priority: PRIORITY.reply }))
    const { sender, texts } = aSender(() => {})
    sender.start()
    await sender.idle()
    expect(texts()).toEqual(['answer', 'one', 'two'])
    const sent = await database.db.delivery.findMany({ include: { outbox: true }, orderBy: { sequence: 'asc' } })
    expect(sent.every((one) => one.state === 'sent' && one.outbox.state === 'sent')).toBe(true)
    expect(sent[0]?.content).toMatchObject({ text: 'one', choices: [[{ label: 'x', command: 'c' }]] })
  })

  test('one cause is one message, however often it is written', async () => {
    const chat = await aChat('a')
    const once = message(chat, 'once', { causeKey: 'the same cause' })
    expect(await write(once)).toBe(1)
    expect(await write({ ...once })).toBe(0)
    const { sender, calls } = aSender(() => {})
    sender.start()
    await sender.idle()
    expect(calls).toHaveLength(1)
  })

  test('keeps to the window, and to one call at a time per chat', async () => {
    const chats = await Promise.all(Array.from({ length: 20 }, (_, n) => aChat(`c${n}`)))
    await write(...chats.flatMap((chat) => [message(chat, '1'), message(chat, '2')]))
    const busy = new Set<string>()
    let doubled = 0
    const { sender, calls, highest } = aSender(async ({ chat }) => {
      if (busy.has(chat)) doubled += 1
      busy.add(chat)
      await new Promise(setImmediate)
      busy.delete(chat)
    })
    sender.start()
    await sender.idle()
    expect(calls).toHaveLength(40)
    expect(doubled).toBe(0)
    expect(highest()).toBeLessThanOrEqual(8)
    expect(highest()).toBeGreaterThan(1)
  })

  test('a message taken back in time does not go; one past its use is not sent', async () => {
    const chat = await aChat('a')
    await write(
      message(chat, 'old', { subject: 'meeting-1' }),
      message(chat, 'expired', { expiresAt: NOW }),
      message(chat, 'later', { notBefore: LATER, expiresAt: new Date(LATER.getTime() + 1) }),
      message(chat, 'kept', { subject: 'meeting-2' }),
    )
    await database.db.$transaction((tx) => withdraw(tx, NOW, { subject: 'meeting-1', kinds: ['plain'] }))
    const { sender, texts } = aSender(() => {})
    sender.start()
    await sender.idle()
    expect(texts()).toEqual(['kept'])
    expect(await states()).toEqual(['withdrawn', 'queued', 'queued', 'sent'])
  })

  test('after a 429 it goes on where it stopped, without using up attempts and without overtaking', async () => {
    const chat = await aChat('a')
    await write(message(chat, 'one'), message(chat, 'two'))
    const { sender, texts } = aSender((_call, n) => {
      if (n === 1) throw new SendError({ kind: 'retry-after', seconds: 0.2, scope: 'bot' })
    })
    sender.start()
    await expect.poll(() => texts(), { timeout: 5_000 }).toEqual(['one', 'one', 'two'])
    await expect.poll(states).toEqual(['sent', 'sent'])
    expect((await database.db.delivery.findMany()).map((one) => one.attempts)).toEqual([1, 1])
  })

  test('a passing fault is tried again later; what waits behind it in its chat waits, other chats go on', async () => {
    const [a, b] = [await aChat('a'), await aChat('b')]
    await write(message(a, 'a1'), message(a, 'a2'), message(b, 'b1'))
    const { sender, texts } = aSender((_call, n) => {
      if (n === 1) throw new SendError({ kind: 'transient', code: '502' })
    })
    sender.start()
    await expect.poll(() => texts(), { timeout: 5_000 }).toEqual(['a1', 'b1', 'a1', 'a2'])
  })

  test('who blocked the bot is unreachable, a refused text fails for good, a fault of a renderer stops nobody', async () => {
    const [a, b, c] = [await aChat('a'), await aChat('b'), await aChat('c')]
    await write(message(a, 'a'), message(b, 'b'), message(c, 'c', { kind: 'broken', data: {} }), message(c, 'after'))
    const { sender, texts } = aSender(({ chat }) => {
      if (chat === 'a') throw new SendError({ kind: 'unreachable', code: 'blocked' })
      if (chat === 'b') throw new SendError({ kind: 'rejected', code: 'too-long' })
    })
    sender.start()
    await sender.idle()
    expect(await states()).toEqual(['failed:blocked', 'failed:too-long', 'failed:render', 'sent'])
    expect(texts()).toContain('after')
    const chat = await database.db.chat.findUniqueOrThrow({ where: { id: a } })
    expect(chat.unreachableCode).toBe('blocked')
    expect((await database.db.outbox.findFirstOrThrow({ where: { deliveries: { some: { chatId: a } } } })).state).toBe(
      'unreachable',
    )
  })

  test('an edit that the platform refuses becomes a message of its own', async () => {
    const chat = await aChat('a')
    await write(message(chat, 'first'))
    const { sender, calls } = aSender(({ what }) => {
      if (what === 'edit') throw new SendError({ kind: 'rejected', code: 'message-gone' })
    })
    sender.start()
    await sender.idle()
    const target = await database.db.delivery.findFirstOrThrow()
    await write(message(chat, 'second', { operation: 'edit', targetId: target.id }))
    sender.wake()
    await sender.idle()
    expect(calls.map((one) => `${one.what} ${one.text}`)).toEqual(['send first', 'edit second', 'send second'])
  })

  test('a long text goes out in parts, in order, the buttons under the last', async () => {
    const chat = await aChat('a')
    const long = Array.from({ length: 30 }, (_, n) => `Câu số ${n} của một bản tin dài.`).join(' ')
    await write(message(chat, long), message(chat, 'next'))
    const { sender, calls } = aSender(() => {}, { textLength: 300 })
    sender.start()
    await sender.idle()
    const parts = calls.slice(0, -1)
    expect(parts.length).toBeGreaterThan(2)
    expect(parts.map((one) => one.text).join(' ')).toBe(long)
    expect(parts.map((one) => (one.request.message.choices ?? []).length)).toEqual([...parts.slice(1).map(() => 0), 1])
    expect(calls.at(-1)?.text).toBe('next')
  })

  test('only one of two instances sends; when the first is gone, the other sends the rest', async () => {
    const chat = await aChat('a')
    const first = aSender(() => {})
    const second = aSender(() => {})
    first.sender.start()
    await first.sender.idle()
    second.sender.start()
    await write(message(chat, 'one'))
    first.sender.wake()
    second.sender.wake()
    await first.sender.idle()
    expect([first.calls.length, second.calls.length]).toEqual([1, 0])
    await first.sender.stop()
    await write(message(chat, 'two'))
    await expect.poll(() => second.texts(), { timeout: 5_000 }).toEqual(['two'])
  })

  test('what was in flight at a death is tried again only after the dead call can no longer arrive', async () => {
    const chat = await aChat('a')
    await write(message(chat, 'in doubt'))
    const since = new Date()
    await database.db.delivery.updateMany({ data: { state: 'in_flight', inFlightSince: since, attempts: 1 } })
    const { sender, calls } = aSender(() => {}, { callTimeoutMs: 700 })
    let sentAt = 0
    sender.start()
    await expect
      .poll(
        () => {
          sentAt = calls.length ? Date.now() : 0
          return calls.length
        },
        { timeout: 5_000, interval: 20 },
      )
      .toBe(1)
    expect(sentAt - since.getTime()).toBeGreaterThanOrEqual(700)
  })

  test('stopping waits for what is in flight and records it', async () => {
    const chat = await aChat('a')
    await write(message(chat, 'slow'))
    let answer: () => void = () => {}
    const { sender, calls } = aSender(
      () =>
        new Promise((resolve) => {
          answer = resolve
        }),
    )
    sender.start()
    await expect.poll(() => calls.length).toBe(1)
    const stopped = sender.stop()
    answer()
    await stopped
    expect(await states()).toEqual(['sent'])
  })

  test('what is delayed into the quiet hours waits for their end, unless it has no use after them', async () => {
    const chat = await aChat('a')
    // NOW is 10:00 in Viet Nam.
    const quiet = { zone: 'Asia/Ho_Chi_Minh', from: '09:30', to: '10:30' }
    const soon = new Date('2026-12-01T03:20:00Z')
    await write(
      message(chat, 'waits', { quiet }),
      message(chat, 'over midnight', { quiet: { ...quiet, from: '21:30', to: '06:30' } }),
      message(chat, 'elsewhere', { quiet: { ...quiet, zone: 'Europe/Berlin' } }),
      message(chat, 'cannot wait', { quiet, expiresAt: soon }),
    )
    const { sender, texts } = aSender(() => {})
    sender.start()
    await sender.idle()
    expect(texts()).toEqual(['over midnight', 'elsewhere', 'cannot wait'])
    expect((await states())[0]).toBe('queued')
  })
})
