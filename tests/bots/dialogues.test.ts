import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSeal } from '../../src/core/seal.js'
import { type House, openHouse, type Player } from '../support/house.js'
import { aCell, aPerson, appoint, type Cell } from '../support/people.js'
import { addedBots, tokenOf } from './scene.js'

const URL = 'https://kyhop.example.vn'
const NOW = '2026-11-20 08:00'

describe('adding', () => {
  let house: House
  let cell: Cell
  let administrator: Player
  beforeAll(async () => {
    house = await openHouse({ now: NOW, publicUrl: URL, bots: addedBots([]) })
    cell = await aCell(house, 1)
    const adminId = await aPerson(house, 'Vàng A Quản Trị')
    await appoint(house, adminId, 'administrator', null)
    administrator = await house.phoneOf('administrator', adminId)
  })
  afterAll(() => house.close())

  test('a secretary gets a page for a bot of their own cell, an administrator one for everybody', async () => {
    await cell.secretary.says('/thembot')
    const page = await cell.secretary.sees('Thêm bot: Chi bộ Tổ dân phố 1', 'dán mã bot', '30 phút')
    expect(page.content.url).toMatch(/^https:\/\/kyhop\.example\.vn\/p\/[\w-]{22,}$/)
    const kept = await house.db.delivery.findUniqueOrThrow({ where: { id: page.deliveryId } })
    expect(JSON.stringify(kept.content)).toContain('⟦page:once:')
    await administrator.says('/addbot')
    await administrator.sees('Thêm bot: dùng chung')
    const grants = await house.db.pageGrant.findMany({ where: { purpose: 'bot-token' }, orderBy: { id: 'asc' } })
    expect(grants.map((one) => one.args)).toEqual([{ unitId: cell.unitId }, { unitId: null }])
  })

  test('who is both is asked whom it is for', async () => {
    const id = await aPerson(house, 'Giàng Thị Hai Vai', cell.unitId)
    await appoint(house, id, 'administrator', null)
    await appoint(house, id, 'secretary', cell.unitId)
    const both = await house.phoneOf('both', id)
    await both.says('thêm bot')
    await both.taps('Dùng chung')
    await both.sees('Thêm bot: dùng chung')
    await both.taps('Chi bộ Tổ dân phố 1')
    await both.sees('Thêm bot: Chi bộ Tổ dân phố 1')
  })

  test('a member may neither add nor see nor retire', async () => {
    const [member] = cell.members
    for (const line of ['/thembot', '/bot', '/xoabot']) {
      await member?.says(line)
      await member?.sees('không thuộc phần đồng chí phụ trách')
    }
  })

  test('the list says which bot is whose, and offers no end for the one of the environment', async () => {
    await administrator.says('/bot')
    const list = await administrator.sees('(Hộp thử)', 'dùng chung: đang chạy', 'Người dùng: 4')
    expect(list.content.choices.flat().map((one) => one.label)).toEqual(['Thêm bot'])
    await administrator.says('/xoabot')
    await administrator.sees('Không có bot nào')
  })

  test.each([
    ['without a key', { publicUrl: URL, bots: { ...addedBots([]), seal: createSeal(null) } }, 'BOT_KEY'],
    ['without an address', { bots: addedBots([]) }, 'PUBLIC_URL'],
  ])('%s a sentence says what to set', async (_, options, variable) => {
    const other = await openHouse({ now: NOW, ...options })
    const { secretary } = await aCell(other, 0)
    await secretary.says('/thembot')
    await secretary.sees(variable)
    await other.close()
  })
})

describe('a token that is pasted into a chat', () => {
  let house: House
  let cell: Cell
  beforeAll(async () => {
    house = await openHouse({ now: NOW, publicUrl: URL, bots: addedBots([]) })
    cell = await aCell(house, 1)
  })
  afterAll(() => house.close())

  const nowhere = async (token: string): Promise<void> => {
    const rows = await house.db.$queryRaw<{ n: number }[]>`
      SELECT (SELECT count(*) FROM inbound_update WHERE payload::text LIKE '%' || ${token} || '%')::int
        + (SELECT count(*) FROM outbox WHERE data::text LIKE '%' || ${token} || '%')::int
        + (SELECT count(*) FROM delivery WHERE content::text LIKE '%' || ${token} || '%')::int AS n`
    expect(rows[0]?.n).toBe(0)
  }

  test('is refused, forgotten, and its sender told to renew it, with a command before it or not', async () => {
    for (const line of [tokenOf(7000000001), `/thembot ${tokenOf(7000000002)}`]) {
      await cell.secretary.says(line)
      await cell.secretary.sees('@BotFather', '/revoke', '/thembot')
    }
    await nowhere('AAfictional')
    expect(await house.db.pageGrant.count()).toBe(0)
  })

  test('of Zalo: its own settings', async () => {
    await cell.members[0]?.says('mã là 459232241454765289:abcdefghijklmnopqrstuvwxyz-fiction nhé')
    await cell.members[0]?.sees('cài đặt của bot trên Zalo')
    await nowhere('abcdefghijkl')
  })

  test('also from a stranger, below a file, and while a question waits', async () => {
    const stranger = house.stranger('stranger')
    await stranger.says(tokenOf(7000000003))
    await stranger.sees('@BotFather')
    await cell.secretary.sendsFile('a.pdf', new Uint8Array([1]), `token ${tokenOf(7000000004)}`)
    await cell.secretary.sees('@BotFather')
    await nowhere('AAfictional')
  })
})
