import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLog } from '../../src/core/log.js'
import { revealPages } from '../../src/pages/tokens.js'
import { CODE_KEY, type House, openHouse, type Player } from '../support/house.js'
import { aCell, aPerson, appoint, type Cell } from '../support/people.js'
import { openSiteOf, PUBLIC_URL, type Site } from '../support/site.js'
import type { TelegramServer } from '../support/telegram/index.js'
import { addedBots, aTelegram, tokenOf } from './scene.js'

let house: House
let site: Site
let cell: Cell
let servers: TelegramServer[]
let administrator: Player
const printed: string[] = []

beforeAll(async () => {
  servers = [await aTelegram(7000000021, 'trang_mot_bot'), await aTelegram(7000000022, 'trang_hai_bot')]
  const log = createLog(
    'debug',
    new PassThrough().on('data', (chunk) => printed.push(String(chunk))),
  )
  house = await openHouse({ now: '2026-11-20 08:00', publicUrl: PUBLIC_URL, bots: addedBots(servers), log })
  site = await openSiteOf(house, log)
  cell = await aCell(house, 2)
  const id = await aPerson(house, 'Vàng A Quản Trị')
  await appoint(house, id, 'administrator', null)
  administrator = await house.phoneOf('administrator', id)
})
afterAll(async () => {
  await site.close()
  await house.close()
  for (const server of servers) await server.close()
})

const reveal = revealPages(CODE_KEY, PUBLIC_URL)

/** The link that a person has just been sent. */
async function linkFor(player: Player): Promise<string> {
  await player.says('/thembot')
  return reveal((await player.sees('Thêm bot')).content.url ?? '')
}

describe('the page for a token', () => {
  let link: string

  test('says whose bot it will be, and is kept nowhere', async () => {
    link = await linkFor(cell.secretary)
    const { status, html, headers } = await site.get(link)
    expect(status).toBe(200)
    expect(html).toContain('Bot này dành cho: Chi bộ Tổ dân phố 1')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })

  test('says what is wrong, shows no token again, and can be tried again', async () => {
    const unknown = tokenOf(7999999999)
    for (const [token, platform, sentence] of [
      ['xin chào', '', 'không phải mã bot'],
      [unknown, '', 'không nhận mã này'],
      [servers[0]?.token ?? '', 'zalo', 'không chạy được bot của ứng dụng đó'],
    ] as const) {
      const { status, html } = await site.post(link, { token, platform })
      expect(status).toBe(403)
      expect(html).toContain(sentence)
      expect(html).not.toContain('AAfictional')
    }
    expect(await house.db.bot.count({ where: { platform: 'telegram' } })).toBe(0)
    expect((await site.get(link)).status).toBe(200)
  })

  test('keeps a good one sealed; the bot runs, its adder and its people are told', async () => {
    const [server] = servers
    const { status, html } = await site.post(link, { token: ` ${server?.token} `, platform: '' })
    expect(status).toBe(200)
    expect(html).toContain('Đã lưu mã bot')
    await house.app.settle()
    await cell.secretary.sees('Đã thêm bot @trang_mot_bot')
    await server?.until(() => server.callsOf('getUpdates').length > 0 || undefined)
    const row = await house.db.bot.findFirstOrThrow({ where: { platform: 'telegram' } })
    expect(row).toMatchObject({ unitId: cell.unitId, addedBy: cell.secretaryId, state: 'active' })
    const everything = await house.db.$queryRaw<{ n: number }[]>`
      SELECT (SELECT count(*) FROM bot WHERE bot::text LIKE '%AAfictional%')::int
        + (SELECT count(*) FROM outbox WHERE data::text LIKE '%AAfictional%')::int AS n`
    expect(everything[0]?.n).toBe(0)
  })

  test('works once', async () => {
    expect((await site.get(link)).html).toContain('Đã lưu mã bot')
    await site.post(link, { token: servers[1]?.token ?? '', platform: '' })
    expect(await house.db.bot.count({ where: { platform: 'telegram' } })).toBe(1)
  })

  test('refuses a bot that serves another unit', async () => {
    const { html } = await site.post(await linkFor(administrator), { token: servers[0]?.token ?? '', platform: '' })
    expect(html).toContain('đang phục vụ đơn vị khác')
  })

  test('is shut for who was secretary when it was asked for and is no more', async () => {
    const asked = await linkFor(cell.secretary)
    await house.db.appointment.deleteMany({ where: { personId: cell.secretaryId } })
    for (const seen of [await site.get(asked), await site.post(asked, { token: servers[1]?.token ?? '' })])
      expect(seen.status).toBe(403)
    expect(await house.db.bot.count({ where: { platform: 'telegram' } })).toBe(1)
  })

  test('nothing that was typed there stands in the log', () => {
    expect(printed.join('')).toContain('refused')
    expect(printed.join('')).not.toContain('AAfictional')
  })
})
