import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { loadTranslations } from '../../src/core/i18n.js'
import { newId } from '../../src/core/ids.js'
import { createLog } from '../../src/core/log.js'
import type { Db } from '../../src/database/client.js'
import { createLockKeeper, type HeldLock, type LockKeeper } from '../../src/database/lock-keeper.js'
import { openBlobs } from '../../src/messaging/blobs.js'
import { lockChat } from '../../src/messaging/chats.js'
import { createComposer } from '../../src/messaging/compose.js'
import { enqueue, type Outgoing, outgoing, PRIORITY, withdraw } from '../../src/messaging/outbox.js'
import { joinRenderers, renderer } from '../../src/messaging/renderer.js'
import { Sender } from '../../src/messaging/sender.js'
import { SendError } from '../../src/messaging/vocabulary.js'
import { openTestDatabase, type TestDatabase } from '../support/database.js'
import { type Call, scriptedChannel } from '../support/scripted-channel.js'

const plain = renderer('plain', 1, z.object({ text: z.string(), file: z.string().optional() }), ({ text, file }) => ({
  text,
  choices: [[{ label: 'x', command: 'c', args: {} }]],
  ...(file ? { attachment: { sha256: file, fileName: 'a.pdf' } } : {}),
}))

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

type Answer = (call: Call, n: number) => Promise<void> | void
type Broken = {
  db?: Db
  onQuery?: (name: string, params: readonly unknown[]) => void
  limits?: object
  acquire?: LockKeeper['acquire']
}

/** `onQuery` runs after the statement was committed: what it throws is a connection that died before the answer. */
function aSender(answer: Answer, { db = database.db, onQuery = () => {}, limits = {}, ...given }: Broken = {}) {
  const scripted = scriptedChannel(answer, limits)
  const locks = createLockKeeper(database.url, log)
  const composer = createComposer({
    now: () => new Date(),
    db,
    renderers: joinRenderers([plain]),
    translations: loadTranslations(`${import.meta.dirname}/../../locales`),
    blobs: openBlobs('/nonexistent'),
    channel: scripted.channel,
    defaultLocale: 'vi',
  })
  const acquire = async (key: number): Promise<HeldLock | null> => {
    const held = await locks.acquire(key)
    const query: HeldLock['query'] = async (sql, params = [], name = '') => {
      const rows = await held?.query(sql, params, name)
      onQuery(name, params)
      return (rows ?? []) as never
    }
    return held && { ...held, query }
  }
  const sender = new Sender({
    bot,
    channel: scripted.channel,
    locks: { acquire, ...given },
    composer,
    now: () => NOW,
    log,
  })
  close.push(() => locks.close())
  close.push(() => sender.stop())
  return { sender, ...scripted }
}

const states = async () =>
  (await database.db.delivery.findMany({ orderBy: [{ sequence: 'asc' }, { part: 'asc' }] })).map(
    (one) => `${one.state}${one.failureCode ? `:${one.failureCode}` : ''}`,
  )

describe('the sender when things go wrong', () => {
  test('a message that was in flight when it was taken back is not tried again after its call failed', async () => {
    const chat = await aChat('a')
    await write(message(chat, 'the old date', { subject: 'meeting-1' }), message(chat, 'the new date'))
    const { sender, texts } = aSender(async ({ text }) => {
      if (text !== 'the old date') return
      await database.db.$transaction((tx) => withdraw(tx, NOW, { subject: 'meeting-1', kinds: ['plain'] }))
      throw new SendError({ kind: 'transient', code: 'timeout' })
    })
    sender.start()
    await expect.poll(texts, { timeout: 5_000 }).toContain('the new date')
    await expect.poll(states).toContain('sent')
    await expect.poll(states).toEqual(['queued:timeout', 'sent'])
    // Its pause is over at once.
    await database.db.delivery.updateMany({ where: { state: 'queued' }, data: { retryAt: new Date(0) } })
    sender.wake()
    await sender.idle()
    expect(texts()).toEqual(['the old date', 'the new date'])
    const [old] = await database.db.outbox.findMany({ where: { subject: 'meeting-1' } })
    expect(old?.state).toBe('withdrawn')
  })

  test('a message in flight that arrived although it was taken back counts as sent', async () => {
    const chat = await aChat('a')
    await write(message(chat, 'one', { subject: 'meeting-1' }))
    const { sender } = aSender(async () => {
      await database.db.$transaction((tx) => withdraw(tx, NOW, { subject: 'meeting-1', kinds: ['plain'] }))
    })
    sender.start()
    await sender.idle()
    expect(await states()).toEqual(['sent'])
    expect((await database.db.outbox.findFirstOrThrow()).state).toBe('sent')
  })

  test('a record whose answer was lost may be repeated: the parts of a long message are not made twice', async () => {
    const chat = await aChat('a')
    const long = Array.from({ length: 12 }, (_, n) => `Câu số ${n} của một bản tin dài.`).join(' ')
    await write(message(chat, long))
    let lost = false
    const onQuery = (name: string, params: readonly unknown[]): void => {
      if (lost || name !== 'advance' || !String(params[3]).includes('"partIds":["')) return
      lost = true
      throw new Error('the connection died after the commit')
    }
    const { sender, texts } = aSender(() => {}, { onQuery, limits: { textLength: 200 } })
    sender.start()
    await expect.poll(async () => new Set(await states()), { timeout: 8_000 }).toEqual(new Set(['sent']))
    expect(lost).toBe(true)
    expect(texts().join(' ')).toBe(long)
  })

  test('a connection that only refuses is asked again with pauses, and what was sent is recorded once it is back', async () => {
    const chat = await aChat('a')
    await write(message(chat, 'one'))
    let refusals = 0
    let inOneTurn = 0
    let isDead = false
    // As the driver's client between its error and its end: it has the lock, and refuses within the same turn.
    const refuse = async (): Promise<never> => {
      refusals += 1
      if (refusals === 1)
        setImmediate(() => {
          inOneTurn = refusals
        })
      if (refusals >= 1_000) isDead = false
      throw new Error('not queryable')
    }
    const real = createLockKeeper(database.url, log)
    close.push(() => real.close())
    const acquire = async (key: number): Promise<HeldLock | null> => {
      const held = isDead ? null : await real.acquire(key)
      return {
        query: (...args) => (isDead || !held ? refuse() : held.query(...args)),
        release: async () => held?.release(),
      }
    }
    const { sender, texts } = aSender(
      () => {
        isDead = true
      },
      { acquire },
    )
    sender.start()
    await expect.poll(texts).toEqual(['one'])
    await expect.poll(() => inOneTurn).toBe(1)
    // Asked again later, and refused again.
    await expect.poll(() => refusals).toBeGreaterThan(1)
    isDead = false
    await expect.poll(states, { timeout: 5_000 }).toEqual(['sent'])
    expect(texts()).toEqual(['one'])
  })

  test('a group that moved to where we have a chat already is written to there, and holds up nobody', async () => {
    const [old, other] = [await aChat('-1'), await aChat('b')]
    await aChat('-100')
    await write(message(old, 'moved'), message(other, 'b'))
    const { sender, calls } = aSender(({ chat }) => {
      if (chat === '-1') throw new SendError({ kind: 'moved', externalId: '-100' })
    })
    sender.start()
    await expect.poll(states, { timeout: 5_000 }).toEqual(['sent', 'sent'])
    expect(calls.map((one) => one.chat).filter((id) => id !== 'b')).toEqual(['-1', '-100'])
  })

  test('a file that cannot be looked up this moment does not cost the message', async () => {
    const chat = await aChat('a')
    const file = { sha256: 'f'.repeat(64), mime: 'application/pdf', size: 1, createdAt: NOW }
    await database.db.file.create({ data: file })
    await write(message(chat, 'paper', { data: { text: 'paper', file: file.sha256 } }))
    let away = true
    const db = new Proxy(database.db, {
      get(target, key) {
        if (key === 'file' && away) {
          away = false
          throw new Error('the pool has no connection')
        }
        return target[key as keyof Db]
      },
    })
    const { sender, texts } = aSender(() => {}, { db })
    sender.start()
    await expect.poll(texts, { timeout: 5_000 }).toEqual(['paper'])
    await expect.poll(states).toEqual(['sent'])
  })

  test('a chat whose update is being handled holds up no other chat', async () => {
    const [busy, other] = [await aChat('busy'), await aChat('other')]
    await write(message(busy, 'busy'))
    const { sender, texts } = aSender(() => {})
    let sentMeanwhile = false
    await database.db.$transaction(
      async (tx) => {
        await lockChat(tx, NOW, { botId: bot.id, externalId: 'busy', kind: 'private' })
        sender.start()
        await expect.poll(texts).toEqual(['busy'])
        await write(message(other, 'other'))
        sender.wake()
        await expect.poll(texts, { timeout: 2_000 }).toEqual(['busy', 'other'])
        sentMeanwhile = true
      },
      { timeout: 10_000 },
    )
    expect(sentMeanwhile).toBe(true)
  })
})
