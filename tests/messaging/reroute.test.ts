import { beforeEach, describe, expect, test } from 'vitest'
import { PRIORITY, withdraw } from '../../src/messaging/outbox.js'
import { SendError } from '../../src/messaging/vocabulary.js'
import { LATER, NOW, openPostOffice, type PostOffice } from './post-office.js'

type Bot = Awaited<ReturnType<PostOffice['bot']>>
let office: PostOffice
let someone: string
let telegram: Bot
let zalo: Bot
beforeEach(async () => {
  office = await openPostOffice()
  someone = await office.person()
  telegram = await office.bot('telegram')
  zalo = await office.bot('zalo')
  return () => office.close()
})

const refusing = (failure: ConstructorParameters<typeof SendError>[0]) => () => {
  throw new SendError(failure)
}
const blocked = refusing({ kind: 'unreachable', code: 'blocked' })

/** Telegram first, Zalo next. */
const twoWays = async () => [
  await office.link(someone, telegram.id, 'telegram', 1),
  await office.link(someone, zalo.id, 'zalo', 2),
]

const kill = (chatId: string) =>
  office.db.chat.update({ where: { id: chatId }, data: { unreachableSince: NOW, unreachableCode: 'blocked' } })
const wake = (chatId: string) =>
  office.db.chat.update({ where: { id: chatId }, data: { unreachableSince: null, unreachableCode: null } })

describe('a way that fails for good', () => {
  test.each([
    ['blocked', { kind: 'unreachable', code: 'blocked' }],
    ['refused as it is', { kind: 'rejected', code: 'bad-button' }],
    ['quota', { kind: 'quota', code: 'quota' }],
    ['the bot’s token', { kind: 'unauthorized', code: 'unauthorized' }],
  ] as const)('%s: the same row goes on by the next way', async (_, failure) => {
    await twoWays()
    await office.write({ personId: someone }, 'nhắc họp')
    const first = office.send(telegram, refusing(failure))
    await first.idle()
    const second = office.send(zalo)
    await second.idle()
    expect(second.texts()).toEqual(['nhắc họp'])
    expect(await office.fates()).toEqual([`telegram failed:${failure.code}`, 'zalo sent'])
    expect(await office.outbox()).toEqual(['sent'])
    expect(first.calls).toHaveLength(1)
  })

  test.each([
    ['its quota is spent', { kind: 'quota', code: 'quota' }],
    ['its token was taken back', { kind: 'unauthorized', code: 'unauthorized' }],
  ] as const)('a retired bot’s farewell is not tried without end: %s', async (_, failure) => {
    const [chatId] = await twoWays()
    await office.db.bot.update({ where: { id: telegram.id }, data: { state: 'retired', stateSince: NOW } })
    for (const text of ['xin liên kết lại', 'xin liên kết lại nhé']) await office.write({ chatId: chatId ?? '' }, text)
    const first = office.send(telegram, (_, n) => {
      // Left in peace it settles; else it would be called again and again.
      throw new SendError(n > 20 ? { kind: 'rejected', code: 'without-end' } : failure)
    })
    await first.idle()
    expect(first.calls).toHaveLength(1)
    const { state, restsUntil } = await office.db.bot.findUniqueOrThrow({ where: { id: telegram.id } })
    expect([state, restsUntil]).toEqual(['retired', new Date(NOW.getTime() + 3_600_000)])
  })

  test('a passing fault does not change the way', async () => {
    await twoWays()
    await office.write({ personId: someone }, 'nhắc họp')
    const first = office.send(telegram, (_, n) => {
      if (n === 1) throw new SendError({ kind: 'transient', code: '502' })
    })
    await expect.poll(office.outbox, { timeout: 5_000 }).toEqual(['sent'])
    expect(first.calls).toHaveLength(2)
    expect(await office.fates()).toEqual(['telegram sent'])
  })

  test('no way left: unreachable, and never to a chat that was tried', async () => {
    await twoWays()
    await office.write({ personId: someone }, 'nhắc họp')
    await office.send(telegram, blocked).idle()
    await office.send(zalo, blocked).idle()
    expect(await office.sweep()).toBe(false)
    expect(await office.fates()).toEqual(['telegram failed:blocked', 'zalo failed:blocked'])
    expect(await office.outbox()).toEqual(['unreachable'])
  })

  test('a long message begins anew from its first part, and the rest of the old one is not sent', async () => {
    await twoWays()
    const long = Array.from({ length: 12 }, (_, n) => `Câu số ${n} của một bản tin dài.`).join(' ')
    await office.write({ personId: someone }, long)
    const first = office.send(telegram, (_, n) => void (n === 2 && blocked()), { textLength: 200 })
    await first.idle()
    const second = office.send(zalo, () => {}, { textLength: 200 })
    await second.idle()
    expect(first.calls).toHaveLength(2)
    expect(second.texts().join(' ')).toBe(long)
    expect((await office.fates()).filter((one) => one.includes('queued'))).toEqual([])
    expect(await office.outbox()).toEqual(['sent'])
  })

  test('an answer to what was said in a chat stays in that chat', async () => {
    const [chatId = ''] = await twoWays()
    await office.write({ chatId, personId: someone }, 'đã ghi', { priority: PRIORITY.reply })
    await office.send(telegram, blocked).idle()
    expect(await office.sweep()).toBe(false)
    expect(await office.fates()).toEqual(['telegram failed:blocked'])
  })

  test('what waits behind it at the dead address is moved without being tried there', async () => {
    await twoWays()
    for (const text of ['một', 'hai', 'ba']) await office.write({ personId: someone }, text)
    const first = office.send(telegram, blocked)
    await first.idle()
    expect(await office.sweep()).toBe(true)
    const second = office.send(zalo)
    await second.idle()
    expect([first.texts(), second.texts()]).toEqual([['một'], ['một', 'hai', 'ba']])
    expect(await office.outbox()).toEqual(['sent', 'sent', 'sent'])
  })
})

describe('what waits where it can no longer go', () => {
  test.each([
    [
      'the chat blocked us',
      'blocked',
      () =>
        office.db.chat.updateMany({
          where: { botId: telegram.id },
          data: { unreachableSince: NOW, unreachableCode: 'blocked' },
        }),
    ],
    [
      'the link has ended',
      'unlinked',
      () => office.db.chatLink.updateMany({ where: { chat: { botId: telegram.id } }, data: { endedAt: NOW } }),
    ],
    [
      'the bot is refused',
      'bot-refused',
      () => office.db.bot.update({ where: { id: telegram.id }, data: { state: 'refused' } }),
    ],
    [
      'the bot is retired',
      'bot-retired',
      () => office.db.bot.update({ where: { id: telegram.id }, data: { state: 'retired' } }),
    ],
    [
      'the bot has sent its quota',
      'quota',
      () =>
        office.db.bot.update({
          where: { id: telegram.id },
          data: { monthlyQuota: 1, usage: { create: { month: new Date('2026-12-01'), sent: 1 } } },
        }),
    ],
  ])('%s: it goes the next way', async (_, code, happens) => {
    await twoWays()
    await office.write({ personId: someone }, 'nhắc họp', { notBefore: new Date(NOW.getTime() + 1) })
    expect(await office.sweep()).toBe(false)
    await happens()
    expect(await office.sweep()).toBe(true)
    expect(await office.sweep()).toBe(false)
    expect(await office.fates()).toEqual([`telegram failed:${code}`, 'zalo queued'])
    expect(await office.outbox()).toEqual(['queued'])
  })

  test('nobody is called at a dead address, whatever waits there', async () => {
    const chatId = await office.link(someone, telegram.id, 'telegram')
    await office.write({ chatId }, 'đã ghi')
    await kill(chatId)
    const { calls, idle, sender } = office.send(telegram)
    await idle()
    expect(calls).toEqual([])
    await wake(chatId)
    sender.wake()
    await idle()
    expect(calls).toHaveLength(1)
  })

  test('a quota that is spent, and no other way: bulk waits and expires, an answer still goes', async () => {
    const chatId = await office.link(someone, telegram.id, 'telegram')
    const month = new Date('2026-12-01')
    const usage = { create: { month, sent: 96 } }
    await office.db.bot.update({ where: { id: telegram.id }, data: { monthlyQuota: 100, usage } })
    await office.write({ personId: someone }, 'bản tin', { priority: PRIORITY.bulk })
    await office.write({ personId: someone }, 'nhắc họp')
    await office.write({ chatId }, 'đã ghi', { priority: PRIORITY.reply })
    expect(await office.sweep()).toBe(false)
    const { texts, idle } = office.send(telegram)
    await idle()
    expect(texts()).toEqual(['đã ghi'])
    expect(await office.outbox()).toEqual(['queued', 'queued', 'sent'])
    expect(await office.db.botUsage.findMany()).toMatchObject([{ sent: 97, warnedAt: 0 }])
  })
})

describe('a way that comes back', () => {
  test('unblocked: what is still of use goes out, once, and what was tried elsewhere meanwhile not again', async () => {
    const chatId = await office.link(someone, telegram.id, 'telegram')
    await office.write({ personId: someone }, 'nhắc họp')
    const { texts, idle } = office.send(telegram, (_, n) => void (n === 1 && blocked()))
    await idle()
    expect(await office.outbox()).toEqual(['unreachable'])
    // Written while the address was dead.
    await office.write({ personId: someone }, 'đổi giờ')
    await office.write({ personId: someone }, 'quá hạn', { expiresAt: NOW })
    expect(await office.outbox()).toEqual(['unreachable', 'unreachable', 'unreachable'])
    expect(await office.sweep()).toBe(false)
    await wake(chatId)
    expect(await office.sweep()).toBe(true)
    await idle()
    expect(texts()).toEqual(['nhắc họp', 'nhắc họp', 'đổi giờ'])
    expect(await office.outbox()).toEqual(['sent', 'sent', 'unreachable'])
    expect(await office.sweep()).toBe(false)
  })

  test('linked by another app: the new way is taken', async () => {
    const chatId = await office.link(someone, telegram.id, 'telegram')
    await kill(chatId)
    await office.write({ personId: someone }, 'nhắc họp')
    await office.link(someone, zalo.id, 'zalo')
    expect(await office.sweep()).toBe(true)
    const { texts, idle } = office.send(zalo)
    await idle()
    expect(texts()).toEqual(['nhắc họp'])
    expect(await office.fates()).toEqual(['telegram failed:blocked', 'zalo sent'])
  })

  test('what was taken back meanwhile stays so; of several of a kind only the newest comes', async () => {
    const chatId = await office.link(someone, telegram.id, 'telegram')
    await kill(chatId)
    const about = (subject: string) => ({ subject, kind: 'plain' })
    await office.write({ personId: someone }, 'ngày cũ', about('a'))
    await office.db.$transaction((tx) => withdraw(tx, NOW, { subject: 'a', kinds: ['plain'] }))
    await office.write({ personId: someone }, 'còn 7 ngày', about('b'))
    office.clock.now = new Date(NOW.getTime() + 1000)
    await office.write({ personId: someone }, 'còn 3 ngày', about('b'))
    await wake(chatId)
    await office.sweep()
    const { texts, idle } = office.send(telegram)
    await idle()
    expect(texts()).toEqual(['còn 3 ngày'])
    expect(await office.outbox()).toEqual(['withdrawn', 'unreachable', 'sent'])
  })

  test('a bot that was refused and has a new token sends what waited for it', async () => {
    await office.link(someone, telegram.id, 'telegram')
    await office.write({ personId: someone }, 'nhắc họp')
    const old = office.send(telegram, () => {
      throw new SendError({ kind: 'unauthorized', code: 'unauthorized' })
    })
    await old.idle()
    expect(await office.db.bot.findUnique({ where: { id: telegram.id } })).toMatchObject({ state: 'refused' })
    await office.sweep()
    expect(await office.outbox()).toEqual(['unreachable'])
    // Not by the old token's sender, which has ended.
    const renewed = office.send(telegram)
    await office.db.bot.update({ where: { id: telegram.id }, data: { state: 'active' } })
    await office.sweep()
    await expect.poll(renewed.texts, { timeout: 5_000 }).toEqual(['nhắc họp'])
    await renewed.idle()
    expect(old.texts()).toEqual(['nhắc họp'])
    expect(await office.outbox()).toEqual(['sent'])
  })

  test('after the platform’s “quota” the bot rests an hour', async () => {
    const chatId = await office.link(someone, telegram.id, 'telegram')
    for (const text of ['một', 'hai']) await office.write({ chatId }, text)
    const { texts, idle } = office.send(telegram, (_, n) => {
      if (n === 1) throw new SendError({ kind: 'quota', code: 'quota' })
    })
    await idle()
    expect(texts()).toEqual(['một'])
    office.clock.now = new Date(NOW.getTime() + 3_600_000)
    await idle()
    expect(texts()).toEqual(['một', 'một', 'hai'])
    expect((await office.db.delivery.findMany()).map((one) => one.attempts)).toEqual([1, 1])
    expect(LATER > office.clock.now).toBe(true)
  })
})
