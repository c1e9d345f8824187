import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../src/app.js'
import { note } from '../../src/conversation/messages.js'
import { newId } from '../../src/core/ids.js'
import { enqueue, outgoing, PRIORITY } from '../../src/messaging/outbox.js'
import type { TestDatabase } from '../support/database.js'
import { at } from '../support/house.js'
import { aPerson, appoint, aUnit } from '../support/people.js'
import type { Person, TelegramServer } from '../support/telegram/index.js'
import { adds, aTelegram, opener, openInstance, openTestDatabase, tokenOf } from './scene.js'

const NOW = '2026-11-20 08:00'
const now = at(NOW)

let database: TestDatabase
let general: TelegramServer
let own: TelegramServer
let other: TelegramServer
let app: App
let close: () => Promise<void>
let cellId: string
let secretaryId: string
let memberId: string
let phone: { secretary: Person; member: Person }

/** Linked at the bot of the environment, as long ago as `hours`. */
async function linked(personId: string, externalId: number, botId: string, hours: number): Promise<string> {
  const id = newId()
  const row = { id, botId, externalId: String(externalId), kind: 'private' as const, createdAt: now }
  await app.db.chat.create({ data: row })
  const linkedAt = new Date(now.getTime() - hours * 3_600_000)
  await app.db.chatLink.create({ data: { id: newId(), personId, chatId: id, linkedAt } })
  return id
}

const botIdOf = async (server: TelegramServer): Promise<string> =>
  (await app.db.bot.findFirstOrThrow({ where: { externalId: String(server.bot.id) } })).id

/** All that is said has been handled, and what follows from it has arrived. */
async function settle(...servers: TelegramServer[]): Promise<void> {
  for (const server of servers) await server.until(() => server.pendingUpdates() === 0 || undefined)
  await app.settle()
}

const sendsOf = (server: TelegramServer) => server.callsOf('sendMessage').map((one) => String(one.payload.text))

async function tells(personId: string, word: string): Promise<void> {
  const data = { key: 'bots.added', params: { name: word }, choices: [] }
  const expiresAt = new Date(now.getTime() + 3_600_000)
  const rest = { causeKey: `test:${word}`, personId, priority: PRIORITY.notice, expiresAt }
  await enqueue(app.db, now, [outgoing(note, data, rest)])
  await app.settle()
}

beforeAll(async () => {
  database = await openTestDatabase()
  general = await aTelegram(7000000001, 'kyhop_chung_bot')
  own = await aTelegram(7000000002, 'chi_bo_mot_bot')
  other = await aTelegram(7000000003, 'chi_bo_moi_bot')
  const channel = opener([general])('telegram', general.token)
  const servers = [general, own, other]
  const opened = await openInstance(database, { now: NOW, channels: channel ? [channel] : [], servers })
  app = opened.app
  close = opened.close
  const house = { db: app.db, now } as Parameters<typeof aUnit>[0]
  cellId = await aUnit(house, 'Chi bộ Tổ dân phố 1')
  secretaryId = await aPerson(house, 'Lò Thị Bí Thư', cellId)
  memberId = await aPerson(house, 'Đỗ Văn Thử', cellId)
  await appoint(house, secretaryId, 'secretary', cellId)
  const botId = await botIdOf(general)
  phone = {
    secretary: general.person({ id: 501, name: 'Lò' }),
    member: general.person({ id: 502, name: 'Đỗ' }),
  }
  for (const one of [phone.secretary, phone.member]) one.chat.refusal = null
  await linked(secretaryId, 501, botId, 2)
  await linked(memberId, 502, botId, 2)
})
afterAll(async () => {
  await close()
  for (const server of [general, own, other]) await server.close()
  await database.close()
})

describe('a bot of a cell', () => {
  test('runs at once, and its token is kept sealed', async () => {
    const chat = await app.db.chat.findFirstOrThrow({ where: { externalId: '501' } })
    const id = await adds(app, now, { server: own, unitId: cellId, by: { personId: secretaryId, chatId: chat.id } })
    await own.until(() => own.callsOf('getUpdates').length > 0 || undefined)
    expect(app.lines.map((line) => line.channel.state().state)).toEqual(['running', 'running'])
    const row = await app.db.bot.findUniqueOrThrow({ where: { id } })
    expect(row.credentials).not.toContain('AAfictional')
    expect(row).toMatchObject({ state: 'active', unitId: cellId, addedBy: secretaryId, username: 'chi_bo_mot_bot' })
  })

  test('takes over: its people are asked by the old bot, with a link to the new one', async () => {
    const asked = await phone.member.sees('@chi_bo_mot_bot')
    const link = asked.keyboard.flat().find((button) => button.url)?.url ?? ''
    expect(link).toMatch(/^https:\/\/t\.me\/chi_bo_mot_bot\?start=\d{8}$/)
    await phone.secretary.sees('@chi_bo_mot_bot')
    // The code is in no row.
    const rows = await app.db.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM delivery WHERE content::text LIKE '%' || ${link.slice(-8)} || '%'`
    expect(rows[0]?.n).toBe(0)

    const there = own.person({ id: 502, name: 'Đỗ' })
    there.opens(link.slice(-8))
    await settle(own)
    await (await there.taps('Tôi đồng ý')).acknowledged()
    await settle(own)
    await (await there.taps('Đúng')).acknowledged()
    await settle(own)
    await there.sees('Đã liên kết đồng chí Đỗ Văn Thử')
  })

  test('who is linked at both is written to once, by the newest; who is not yet, by the old one', async () => {
    await tells(memberId, 'tin thứ nhất')
    await tells(secretaryId, 'tin thứ hai')
    expect(sendsOf(own).filter((text) => text.includes('tin thứ nhất'))).toHaveLength(1)
    expect(sendsOf(general).filter((text) => text.includes('tin thứ nhất'))).toHaveLength(0)
    expect(sendsOf(general).filter((text) => text.includes('tin thứ hai'))).toHaveLength(1)
  })

  test('the same update numbers at two bots are two updates', async () => {
    general.person({ id: 502, name: 'Đỗ' }).says('menu')
    own.person({ id: 502, name: 'Đỗ' }).says('menu')
    await settle(general, own)
    const rows = await app.db.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM (SELECT external_id FROM inbound_update GROUP BY external_id HAVING count(*) > 1) twice`
    expect(rows[0]?.n).toBeGreaterThan(0)
    expect(await app.db.inboundUpdate.count({ where: { handledAt: null } })).toBe(0)
  })

  test('a slip of the cell leads to its own bot, that of another to everybody’s', async () => {
    const { createInvitations } = await import('../../src/organization/invitations.js')
    const { deepLink } = await import('../../src/platforms.js')
    const house = { db: app.db, now } as Parameters<typeof aUnit>[0]
    const elsewhere = await aUnit(house, 'Chi bộ Tổ dân phố 2')
    const here = await aPerson(house, 'Hà Văn Đây', cellId)
    const there = await aPerson(house, 'Hà Văn Kia', elsewhere)
    const invitee = (personId: string, unitId: string) => ({
      personId,
      unitId,
      fullName: 'x',
      unitName: null,
      linked: false,
      direct: false,
    })
    const people = [invitee(here, cellId), invitee(there, elsewhere)]
    const keys = { codeKey: new Uint8Array(32).fill(7), deepLink, zone: 'Asia/Ho_Chi_Minh' }
    const [first, second] = await createInvitations(app.db, now, { people, by: null }, keys)
    expect(first?.link).toContain('t.me/chi_bo_mot_bot?start=')
    expect(second?.link).toContain('t.me/kyhop_chung_bot?start=')
  })

  test('retired, it asks its people to come to what serves them now, and still answers', async () => {
    const secretary = general.person({ id: 501, name: 'Lò' })
    secretary.says('/xoabot')
    await settle(general)
    await (await secretary.taps('@chi_bo_mot_bot')).acknowledged()
    await settle(general)
    await secretary.sees('Ngừng bot @chi_bo_mot_bot?')
    await (await secretary.taps('Ngừng bot')).acknowledged()
    await settle(general)
    await secretary.sees('Đã ngừng bot @chi_bo_mot_bot')
    // The member is at everybody's bot still, so there is nothing to ask, and that is where they are reached.
    await tells(memberId, 'qua bot chung')
    expect(sendsOf(general).filter((text) => text.includes('qua bot chung'))).toHaveLength(1)
    const there = own.person({ id: 502, name: 'Đỗ' })
    there.says('menu')
    await settle(own)
    expect(app.lines).toHaveLength(2)
  })

  test('after its farewell the token is erased and the line closed', async () => {
    await app.db.bot.updateMany({
      where: { state: 'retired' },
      data: { stateSince: new Date(now.getTime() - 15 * 86_400_000) },
    })
    await app.settle()
    await app.tick()
    await app.settle()
    expect(app.lines).toHaveLength(1)
    expect(await app.db.bot.count({ where: { credentials: { not: null } } })).toBe(0)
  })
})

describe('a token that the platform refuses', () => {
  test('stops that bot alone, and whoever added it is told by another', async () => {
    const chat = await app.db.chat.findFirstOrThrow({ where: { externalId: '501' } })
    const id = await adds(app, now, { server: other, unitId: null, by: { personId: secretaryId, chatId: chat.id } })
    await other.until(() => other.callsOf('getUpdates').length > 0 || undefined)
    other.revokeToken()
    await eventually(async () => (await app.db.bot.findUniqueOrThrow({ where: { id } })).state === 'refused')
    await app.settle()
    await phone.secretary.sees('không còn nhận mã của bot @chi_bo_moi_bot')
    expect(app.lines).toHaveLength(1)
  })
})

/** Looks again and again, each look being a tick of the house. */
async function eventually(look: () => Promise<boolean>): Promise<void> {
  for (let n = 0; n < 200; n += 1) {
    for (const line of app.lines) await line.recover()
    await app.settle()
    if (await look()) return
  }
  throw new Error('never')
}

test('tokens of the scene are those of its servers', () => expect(own.token).toBe(tokenOf(7000000002)))
