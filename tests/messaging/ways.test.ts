import { beforeEach, describe, expect, test } from 'vitest'
import { PRIORITY } from '../../src/messaging/outbox.js'
import { NOW, openPostOffice, type PostOffice } from './post-office.js'

let office: PostOffice
let someone: string
beforeEach(async () => {
  office = await openPostOffice()
  someone = await office.person()
  return () => office.close()
})

const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000)

describe('ways_to', () => {
  test('first where the person asked to be reached, the newest wish before; then the newest; a page last', async () => {
    const [telegram, zalo, page] = await Promise.all(['telegram', 'zalo', 'page'].map((name) => office.bot(name)))
    await office.link(someone, page?.id ?? '', 'page', 0)
    await office.link(someone, telegram?.id ?? '', 'old', 48)
    await office.link(someone, zalo?.id ?? '', 'new', 2)
    await office.link(someone, telegram?.id ?? '', 'wished long ago', 72, daysAgo(9))
    await office.link(someone, telegram?.id ?? '', 'wished lately', 96, daysAgo(1))
    expect(await office.ways(someone)).toEqual(['wished lately', 'wished long ago', 'new', 'old', 'page'])
  })

  test('a page that was wished for comes first all the same', async () => {
    const [telegram, page] = [await office.bot('telegram'), await office.bot('page')]
    await office.link(someone, telegram.id, 'chat')
    await office.link(someone, page.id, 'page', 1, daysAgo(1))
    expect(await office.ways(someone)).toEqual(['page', 'chat'])
  })

  test('ended links, dead chats, refused and retired bots are no ways, nor is somebody else’s', async () => {
    const [good, refused, retired] = [await office.bot('telegram'), await office.bot('zalo'), await office.bot('zalo')]
    await office.db.bot.update({ where: { id: refused.id }, data: { state: 'refused' } })
    await office.db.bot.update({ where: { id: retired.id }, data: { state: 'retired' } })
    await office.link(someone, refused.id, 'refused')
    await office.link(someone, retired.id, 'retired')
    const dead = await office.link(someone, good.id, 'dead')
    await office.db.chat.update({ where: { id: dead }, data: { unreachableSince: NOW, unreachableCode: 'blocked' } })
    const ended = await office.link(someone, good.id, 'ended')
    await office.db.chatLink.updateMany({ where: { chatId: ended }, data: { endedAt: NOW } })
    await office.link(await office.person(), good.id, 'somebody else')
    expect(await office.ways(someone)).toEqual([])
    await office.link(someone, good.id, 'works')
    expect(await office.ways(someone)).toEqual(['works'])
  })

  test('the last fifth of a quota is kept from bulk, the last twentieth for answers, and a new month begins anew', async () => {
    const bot = await office.bot('zalo', { monthlyQuota: 100 })
    await office.link(someone, bot.id, 'zalo')
    const takes = async (sent: number): Promise<string> => {
      const month = new Date('2026-12-01')
      const where = { botId_month: { botId: bot.id, month } }
      await office.db.botUsage.upsert({ where, create: { botId: bot.id, month, sent }, update: { sent } })
      const open = await Promise.all(Object.values(PRIORITY).map((priority) => office.ways(someone, priority)))
      return open.map((ways) => (ways.length > 0 ? 'x' : '-')).join('')
    }
    expect(await takes(79)).toBe('xxx')
    expect(await takes(80)).toBe('xx-')
    expect(await takes(94)).toBe('xx-')
    expect(await takes(95)).toBe('x--')
    expect(await takes(99)).toBe('x--')
    expect(await takes(100)).toBe('---')
    // 23:30 of the last day in London is the next month in Viet Nam.
    office.clock.now = new Date('2026-12-31T17:30:00Z')
    expect(await office.ways(someone, PRIORITY.bulk)).toEqual(['zalo'])
  })

  test('a bot that rests is no way until it has rested', async () => {
    const bot = await office.bot('zalo')
    await office.link(someone, bot.id, 'zalo')
    await office.db.bot.update({ where: { id: bot.id }, data: { restsUntil: new Date(NOW.getTime() + 1) } })
    expect(await office.ways(someone)).toEqual([])
    office.clock.now = new Date(NOW.getTime() + 1)
    expect(await office.ways(someone)).toEqual(['zalo'])
  })
})
