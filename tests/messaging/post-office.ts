import { z } from 'zod'
import { loadTranslations } from '../../src/core/i18n.js'
import { newId } from '../../src/core/ids.js'
import { createLog } from '../../src/core/log.js'
import { createLockKeeper, type LockKeeper } from '../../src/database/lock-keeper.js'
import { openBlobs } from '../../src/messaging/blobs.js'
import type { Channel, ChannelLimits } from '../../src/messaging/channel.js'
import { createComposer } from '../../src/messaging/compose.js'
import { enqueue, type Outgoing, outgoing, PRIORITY } from '../../src/messaging/outbox.js'
import { joinRenderers, renderer } from '../../src/messaging/renderer.js'
import { reroute } from '../../src/messaging/reroute.js'
import { Sender } from '../../src/messaging/sender.js'
import { openTestDatabase } from '../support/database.js'
import { type Call, scriptedChannel } from '../support/scripted-channel.js'

export const NOW = new Date('2026-12-01T03:00:00Z')
export const LATER = new Date('2026-12-02T03:00:00Z')

const plain = renderer('plain', 1, z.object({ text: z.string() }), ({ text }) => ({ text }))

export type PostOffice = Awaited<ReturnType<typeof openPostOffice>>

/** People, bots and chats on a real database, with a sender for each bot whose platform the test plays. */
export async function openPostOffice() {
  const { db, url, close } = await openTestDatabase()
  const ends: (() => Promise<void>)[] = [close]
  const clock = { now: NOW }
  const locks = createLockKeeper(url, createLog('silent'))
  ends.push(() => locks.close())

  const person = async (): Promise<string> => {
    const id = newId()
    await db.person.create({ data: { id, fullName: 'Quàng Văn Thư', createdAt: NOW } })
    return id
  }

  const bot = async (platform: string, quota: { monthlyQuota?: number; strangersQuota?: number } = {}) => {
    const data = { id: newId(), platform, externalId: newId(), createdAt: NOW, ...quota }
    return db.bot.create({ data })
  }

  /** A chat of that bot with the person, linked `hoursAgo`. */
  const link = async (personId: string, botId: string, name: string, hoursAgo = 1, preferredAt: Date | null = null) => {
    const chatId = newId()
    await db.chat.create({ data: { id: chatId, botId, externalId: name, kind: 'private', createdAt: NOW } })
    const linkedAt = new Date(NOW.getTime() - hoursAgo * 3_600_000)
    await db.chatLink.create({ data: { id: newId(), personId, chatId, linkedAt, preferredAt } })
    return chatId
  }

  /** Opens the sender of a bot on that channel. */
  const sendBy = (of: { id: string; lockKey: number }, channel: Channel, mine: LockKeeper = locks) => {
    const composer = createComposer({
      now: () => new Date(),
      db,
      renderers: joinRenderers([plain]),
      translations: loadTranslations(`${import.meta.dirname}/../../locales`),
      blobs: openBlobs('/nonexistent'),
      channel,
      defaultLocale: 'vi',
    })
    const sender = new Sender({
      bot: of,
      channel,
      locks: mine,
      composer,
      now: () => clock.now,
      log: createLog('silent'),
    })
    ends.push(() => sender.stop())
    sender.start()
    return { sender, idle: () => sender.idle() }
  }

  /** The same on a platform of which the test plays every answer. */
  const send = (
    of: { id: string; lockKey: number },
    answer: (call: Call, n: number) => Promise<void> | void = () => {},
    limits: Partial<ChannelLimits> = {},
  ) => {
    const scripted = scriptedChannel(answer, limits)
    return { ...scripted, ...sendBy(of, scripted.channel) }
  }

  const write = (to: { personId?: string; chatId?: string }, text: string, rest: Partial<Outgoing> = {}) =>
    db.$transaction((tx) =>
      enqueue(tx, clock.now, [
        {
          ...outgoing(plain, { text }, { causeKey: newId(), priority: PRIORITY.notice, expiresAt: LATER, ...to }),
          ...rest,
        },
      ]),
    )

  /** Every delivery in its order as `chat state[:code]`, and the state of every outbox row. */
  const fates = async () => {
    const rows = await db.delivery.findMany({ orderBy: [{ sequence: 'asc' }, { part: 'asc' }] })
    const chats = new Map((await db.chat.findMany()).map((one) => [one.id, one.externalId]))
    return rows.map((one) => `${chats.get(one.chatId)} ${one.state}${one.failureCode ? `:${one.failureCode}` : ''}`)
  }
  const outbox = async () => (await db.outbox.findMany({ orderBy: { id: 'asc' } })).map((one) => one.state)

  const sweep = async (): Promise<boolean> => {
    if (!(await reroute.nextDue(db, clock.now))) return false
    await reroute.run(db, clock.now)
    return true
  }

  const ways = async (personId: string, priority: number = PRIORITY.notice): Promise<string[]> => {
    const rows = await db.$queryRaw<{ name: string }[]>`
      SELECT chat.external_id AS name FROM ways_to(${personId}::uuid, ${priority}::int, ${clock.now}) w
      JOIN chat ON chat.id = w.chat_id ORDER BY w.rank`
    return rows.map((one) => one.name)
  }

  return {
    db,
    url,
    clock,
    person,
    bot,
    link,
    send,
    sendBy,
    write,
    fates,
    outbox,
    sweep,
    ways,
    close: async () => {
      for (const end of ends.reverse()) await end()
    },
  }
}
