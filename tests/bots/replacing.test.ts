import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../src/app.js'
import { newId } from '../../src/core/ids.js'
import type { TestDatabase } from '../support/database.js'
import { at } from '../support/house.js'
import { aPerson, appoint, aUnit } from '../support/people.js'
import type { Person, TelegramServer } from '../support/telegram/index.js'
import { adds, aTelegram, opener, openInstance, openTestDatabase } from './scene.js'

const NOW = '2026-11-20 08:00'
const now = at(NOW)
type House = Parameters<typeof aUnit>[0]

let database: TestDatabase
let first: TelegramServer
let second: TelegramServer
beforeAll(async () => {
  database = await openTestDatabase()
  first = await aTelegram(7000000031, 'bot_cu_bot')
  second = await aTelegram(7000000032, 'bot_moi_bot')
})
afterAll(async () => {
  await first.close()
  await second.close()
  await database.close()
})

const instance = (server: TelegramServer) => {
  const channel = opener([server])('telegram', server.token)
  return openInstance(database, { now: NOW, channels: channel ? [channel] : [], servers: [first, second] })
}

const botIdOf = async (server: TelegramServer): Promise<string> =>
  (await database.db.bot.findFirstOrThrow({ where: { externalId: String(server.bot.id) } })).id

async function linked(personId: string, server: TelegramServer, id: number, dead = false): Promise<Person> {
  const person = server.person({ id, name: 'x' })
  person.chat.refusal = null
  const chatId = newId()
  const dying = dead ? { unreachableSince: now, unreachableCode: 'blocked' } : {}
  const chat = { id: chatId, botId: await botIdOf(server), externalId: String(id), kind: 'private' as const }
  await database.db.chat.create({ data: { ...chat, ...dying, createdAt: now } })
  await database.db.chatLink.create({ data: { id: newId(), personId, chatId, linkedAt: now } })
  return person
}

describe('a bot of the environment whose token is exchanged for another’s', () => {
  let house: House
  let cellId: string
  let memberId: string
  let secretary: Person
  let app: App
  let close: () => Promise<void>

  test('is retired, and codes for its people reach whoever can hand them on', async () => {
    const before = await instance(first)
    house = { db: before.app.db, now } as House
    cellId = await aUnit(house, 'Chi bộ Tổ dân phố 1')
    const secretaryId = await aPerson(house, 'Lò Thị Bí Thư', cellId)
    await appoint(house, secretaryId, 'secretary', cellId)
    memberId = await aPerson(house, 'Đỗ Văn Thử', cellId)
    await linked(memberId, first, 701)
    await before.close()

    house = { db: database.db, now } as House
    await database.db.bot.create({
      data: { id: newId(), platform: 'telegram', externalId: String(second.bot.id), createdAt: now },
    })
    secretary = await linked(secretaryId, second, 702)
    const after = await instance(second)
    app = after.app
    close = after.close
    await app.settle()
    const list = await secretary.sees('tôi không nhắn được bằng cách nào')
    expect(list.text).toMatch(/“?@bot_moi_bot”?/)
    expect(list.text).toMatch(/Đỗ Văn Thử: \d{4} \d{4}/)
    expect((await database.db.bot.findUniqueOrThrow({ where: { id: await botIdOf(first) } })).state).toBe('retired')
  })

  test('is said to need a code again, where codes are given', async () => {
    secretary.says('/mamoi')
    await second.until(() => second.pendingUpdates() === 0 || undefined)
    await app.settle()
    await secretary.sees('Đã liên kết 1/2')
  })

  test('comes back when the environment names it again', async () => {
    await close()
    const again = await instance(first)
    await again.app.settle()
    const states = await database.db.bot.findMany({ orderBy: { externalId: 'asc' } })
    expect(states.map((one) => one.state)).toEqual(['active', 'retired'])
    await again.close()
  })
})

/** A chat of theirs with a bot that takes what is written to it, and is not looked at here. */
async function onAnotherBot(personId: string): Promise<string> {
  const [botId, chatId] = [newId(), newId()]
  await database.db.bot.create({ data: { id: botId, platform: 'zalo', externalId: botId, createdAt: now } })
  await database.db.chat.create({ data: { id: chatId, botId, externalId: 'z', kind: 'private', createdAt: now } })
  // Linked before: the old bot's is the newer one.
  const linkedAt = new Date(now.getTime() - 3_600_000)
  await database.db.chatLink.create({ data: { id: newId(), personId, chatId, linkedAt } })
  return chatId
}

describe('a bot of a cell that is retired', () => {
  test('asks its people itself while it speaks; whom nothing reaches gets a code by hand', async () => {
    const { app, close } = await instance(first)
    const house = { db: app.db, now } as House
    const cellId = await aUnit(house, 'Chi bộ Tổ dân phố 2')
    const secretaryId = await aPerson(house, 'Hà Thị Bí Thư', cellId)
    await appoint(house, secretaryId, 'secretary', cellId)
    const secretary = await linked(secretaryId, first, 711)
    const chat = await app.db.chat.findFirstOrThrow({ where: { externalId: '711' } })
    await adds(app, now, { server: second, unitId: cellId, by: { personId: secretaryId, chatId: chat.id } })
    const there = await linked(await aPerson(house, 'Vi Văn Nghe', cellId), second, 712)
    await linked(await aPerson(house, 'Vi Văn Chặn', cellId), second, 713, true)
    // The account is gone, and nobody has told us.
    ;(await linked(await aPerson(house, 'Vi Văn Im', cellId), second, 714)).leavesTelegram()
    const twice = await aPerson(house, 'Vi Văn Hai', cellId)
    ;(await linked(twice, second, 715)).leavesTelegram()
    const elsewhere = await onAnotherBot(twice)

    const before = await app.db.outbox.count({ where: { kind: 'bots.by-hand' } })
    secretary.says('/xoabot')
    await first.until(() => first.pendingUpdates() === 0 || undefined)
    await app.settle()
    await (await secretary.taps('@bot_moi_bot')).acknowledged()
    await app.settle()
    await (await secretary.taps('Ngừng bot')).acknowledged()
    await app.settle()
    await secretary.sees('Đã mời 5 người sang bot khác: 4 qua chính bot cũ, 0 bằng cách khác, 1 nhận mã từ bí thư')
    await secretary.sees('Vi Văn Chặn:')
    for (let look = 0; look < 3; look += 1) await app.settle()
    await secretary.sees('Vi Văn Im:')
    const farewells = await app.db.outbox.findMany({ where: { kind: 'bots.moved', personId: twice } })
    expect(farewells.map((one) => [one.routed, one.state]).sort()).toEqual([
      [false, 'withdrawn'],
      [true, 'queued'],
    ])
    const onward = await app.db.delivery.findMany({ where: { outbox: { personId: twice, routed: true } } })
    expect(onward.map((one) => one.chatId)).toEqual([elsewhere])
    expect(await app.db.outbox.count({ where: { kind: 'bots.by-hand' } })).toBe(before + 2)

    const asked = await there.sees('@bot_cu_bot')
    const link = asked.keyboard.flat().find((button) => button.url)?.url ?? ''
    const here = first.person({ id: 712, name: 'Vi' })
    here.opens(link.slice(-8))
    for (const label of ['Tôi đồng ý', 'Đúng']) {
      await first.until(() => first.pendingUpdates() === 0 || undefined)
      await app.settle()
      await (await here.taps(label)).acknowledged()
    }
    await here.sees('Đã liên kết đồng chí Vi Văn Nghe')
    const links = await app.db.chatLink.findMany({
      where: { person: { fullName: 'Vi Văn Nghe' }, endedAt: null },
      include: { chat: true },
    })
    expect(links.map((one) => one.chat.botId)).toEqual([await botIdOf(first)])
    await close()
  })
})
