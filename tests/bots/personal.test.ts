import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPersonalZaloChannel } from '../../src/channels/zalo-personal/index.js'
import { personalLimits } from '../../src/channels/zalo-personal/pacing.js'
import { beginSignIn } from '../../src/channels/zalo-personal/sign-in.js'
import { createLog } from '../../src/core/log.js'
import { createSeal } from '../../src/core/seal.js'
import { codeOf, formatCode } from '../../src/organization/codes.js'
import { inviteEach } from '../../src/organization/invitations.js'
import { revealPages } from '../../src/pages/tokens.js'
import { FAST } from '../channels/zalo-personal/setup.js'
import { CODE_KEY, createTestApp, type House, openHouse, type Player } from '../support/house.js'
import { aCell, aPerson, appoint, type Cell } from '../support/people.js'
import { openSiteOf, PUBLIC_URL, type Site } from '../support/site.js'
import { OWN, PersonalZalo } from '../support/zalo-personal/index.js'
import { BOT_KEY } from './scene.js'

const SENTENCE = 'Zalo có thể khóa tài khoản này, chủ tài khoản đã đồng ý'
const UNACCENTED = 'zalo co the khoa tai khoan nay chu tai khoan da dong y'
const LIMITS = { ...personalLimits, sendsPerSecond: 500, sendsPerSecondPerChat: 500, sendsPerMinutePerGroup: 6_000 }

const zalo = new PersonalZalo()
const bots = {
  seal: createSeal(BOT_KEY),
  open: (platform: string, token: string) =>
    platform === 'zalo-personal'
      ? createPersonalZaloChannel(
          { token, load: zalo.load, limits: { ...LIMITS, sendJitterMs: 0 }, times: { ...FAST, keepAliveMs: 60_000 } },
          createLog('silent'),
        )
      : null,
  signIn: (changed: () => void) => beginSignIn(zalo.load, changed),
}

let house: House
let site: Site
let cell: Cell
let administrator: Player
const reveal = revealPages(CODE_KEY, PUBLIC_URL)

beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00', publicUrl: PUBLIC_URL, bots })
  site = await openSiteOf(house, createLog('silent'))
  cell = await aCell(house, 2)
  const id = await aPerson(house, 'Vàng A Quản Trị')
  await appoint(house, id, 'administrator', null)
  administrator = await house.phoneOf('administrator', id)
})
afterAll(async () => {
  await site.close()
  await house.close()
  expect(zalo.violations).toEqual([])
})

const theBot = () => house.db.bot.findFirstOrThrow({ where: { platform: 'zalo-personal' } })

async function linkFor(player: Player): Promise<string> {
  await player.says('/zalocanhan')
  await player.says(UNACCENTED)
  return reveal((await player.sees('đăng nhập tài khoản Zalo bằng mã QR')).content.url ?? '')
}

/** The whole way on the page, with the owner's phone. */
async function signsIn(link: string): Promise<void> {
  await site.post(link, {})
  await zalo.until(() => zalo.codes.length > 0)
  zalo.does('scan')
  zalo.does('confirm')
  await expect.poll(async () => (await site.get(link)).html).toContain('Dùng tài khoản này')
  await site.post(link, {})
  await house.app.settle()
  await zalo.until(() => zalo.isHeard())
}

describe('where it is not switched on', () => {
  test('it is not offered, and refused with what to do', async () => {
    const plain = await openHouse({
      now: '2026-11-20 08:00',
      publicUrl: PUBLIC_URL,
      bots: { ...bots, signIn: undefined },
    })
    const id = await aPerson(plain, 'Vàng A Quản Trị')
    await appoint(plain, id, 'administrator', null)
    const player = await plain.phoneOf('administrator', id)
    await player.says('/thembot')
    expect((await player.last()).content.choices).toEqual([])
    await player.says('/zalocanhan')
    await player.sees('ZALO_PERSONAL=1')
    await plain.close()
  })
})

describe('switching it on', () => {
  test('is the administrator’s alone', async () => {
    await cell.secretary.says('/zalocanhan')
    await cell.secretary.sees('không thuộc phần đồng chí')
    await cell.secretary.says(SENTENCE)
    expect(await house.db.pageGrant.count()).toBe(0)
  })

  test('takes the sentence that names the risk, and no other', async () => {
    await administrator.says('/thembot')
    await administrator.taps('Tài khoản Zalo cá nhân')
    await administrator.sees('Zalo có thể khóa tài khoản bất cứ lúc nào', SENTENCE)
    await administrator.says('đồng ý')
    await administrator.sees('chưa đúng', SENTENCE)
    expect(await house.db.pageGrant.count()).toBe(0)
    await administrator.says(UNACCENTED)
    await administrator.sees('đăng nhập tài khoản Zalo bằng mã QR')
    expect(await house.db.pageGrant.count()).toBe(1)
  })

  test('the page shows the code and each state, by itself, and keeps nothing before it is confirmed', async () => {
    const link = await linkFor(administrator)
    expect((await site.get(link)).html).toContain('Hiện mã QR')
    await site.post(link, {})
    await zalo.until(() => zalo.codes.length > 0)
    const waiting = await site.get(link)
    expect(waiting.html).toContain('src="data:image/png;base64,iVBOR')
    expect(waiting.html).toContain('http-equiv="refresh"')
    expect(waiting.headers.get('content-security-policy')).toContain('img-src data:')
    zalo.does('scan')
    expect((await site.get(link)).html).toContain('Điện thoại của Tổ Hòa Bình đã quét mã')
    zalo.does('decline')
    const declined = await site.get(link)
    expect(declined.html).toContain('đã từ chối trên điện thoại')
    expect(declined.html).not.toContain('http-equiv="refresh"')
    expect(await house.db.bot.count({ where: { platform: 'zalo-personal' } })).toBe(0)
    await signsIn(link)
    await administrator.sees('Đã thêm bot Tổ Hòa Bình')
    expect((await site.get(link)).html).toContain('Đã lưu tài khoản Zalo')
    const row = await theBot()
    expect(row).toMatchObject({ externalId: OWN, unitId: null, state: 'active', strangersQuota: 80 })
    expect(bots.seal.open(row.credentials ?? '', row.id)).toContain('a-cookie-that-opens')
    expect(row.credentials).not.toContain('cookie')
  })
})

type More = Parameters<PersonalZalo['says']>[2]

const textsTo = (thread: string) => zalo.arrived.filter((one) => one.thread === thread).map((one) => one.text)
const lastTo = (thread: string) => textsTo(thread).at(-1) ?? ''

/** Somebody writes, and what follows from it has gone out. */
async function says(from: string, text: string, more: More = {}): Promise<void> {
  const externalId = zalo.says(from, text, more)
  await expect.poll(() => house.db.inboundUpdate.count({ where: { externalId, handledAt: { not: null } } })).toBe(1)
  await house.app.settle()
}

const numberOf = (thread: string, label: string) =>
  new RegExp(`^(\\d+)\\. ${label}`, 'm').exec(lastTo(thread))?.[1] ?? ''

/** From the code to the last question. */
async function links(from: string, personId: string): Promise<void> {
  const live = await inviteEach(house.db, house.now, [personId], cell.secretaryId, CODE_KEY)
  await says(from, formatCode(codeOf(CODE_KEY, live.get(personId)?.id ?? '')))
  await says(from, numberOf(from, 'Tôi đồng ý'))
  await says(from, numberOf(from, 'Đúng'))
}

describe('people write to the account', () => {
  test('its owner’s own friends are neither answered nor kept', async () => {
    zalo.says('2009', 'Tối nay đi ăn phở không?')
    zalo.says('2009', { href: 'https://f9-zpc.zdn.vn/x.pdf', title: 'x.pdf' } as never, { msgType: 'share.file' })
    await expect
      .poll(() => house.db.inboundUpdate.count({ where: { chatExternalId: '2009', handledAt: { not: null } } }))
      .toBe(2)
    const kept = await house.db.inboundUpdate.findMany({ where: { chatExternalId: '2009' } })
    expect(kept.map((one) => one.payload)).toEqual([{}, {}])
    await house.app.settle()
    expect(zalo.arrived).toEqual([])
  })

  test('a member with a code is led in, and answers by numbers', async () => {
    const [memberId = ''] = cell.memberIds
    await links('2001', memberId)
    expect(await house.db.chatLink.count({ where: { personId: memberId, chat: { externalId: '2001' } } })).toBe(1)
    await says('2001', 'lịch họp')
    expect(lastTo('2001')).toContain('chưa đặt buổi họp nào')
  })

  test('a group is tied to the cell, and only what is meant for us is heard there', async () => {
    await links('2002', cell.secretaryId)
    zalo.says('2001', 'Mai ai đi chợ không?', { group: '300' })
    await says('2002', '/ganchibo', { group: '300' })
    await expect.poll(() => lastTo('300')).toContain('tin nhắn riêng')
    expect(lastTo('2002')).toContain('Chi bộ Tổ dân phố 1')
    await says('2002', '11')
    expect(await house.db.cellGroup.count({ where: { endedAt: null } })).toBe(1)
    expect(await house.db.inboundUpdate.count({ where: { chatExternalId: 'g300' } })).toBe(1)
  })
})

describe('somebody opens Zalo elsewhere with the account', () => {
  test('it stops, its administrator is told once, and signing in again brings it back', async () => {
    const sessions = zalo.sessions.length
    zalo.openedElsewhere(3000)
    await expect.poll(() => house.app.lines.some((line) => line.state().code === 'taken-over')).toBe(true)
    // As every minute does.
    for (const line of house.app.lines) await line.recover()
    await house.app.settle()
    expect(await theBot()).toMatchObject({ state: 'refused', stateCode: 'taken-over' })
    await administrator.sees('Có nơi khác vừa mở Zalo Web', 'Tổ Hòa Bình', '/zalocanhan')
    await administrator.says('/bot')
    await administrator.sees('nơi khác đang mở Zalo')
    expect(zalo.sessions.length).toBe(sessions)
    await administrator.reads()
    zalo.codes.length = 0
    await signsIn(await linkFor(administrator))
    expect(await theBot()).toMatchObject({ state: 'active', externalId: OWN })
    await says('2001', 'lịch họp')
    expect(lastTo('2001')).toContain('chưa đặt buổi họp nào')
  })
})

describe('instances', () => {
  test('a second one listens only when it sends, and signs in by what is kept', async () => {
    const clock = { now: () => house.now }
    const other = createTestApp({
      url: house.url,
      dataDir: house.dataDir,
      clock,
      channels: [],
      bots,
      publicUrl: PUBLIC_URL,
    })
    const first = zalo.listener
    await other.start()
    await other.lookAtBots()
    expect(other.lines.map((line) => line.channel.platform)).toEqual(['zalo-personal'])
    expect([zalo.listener === first, other.lines[0]?.state().sending]).toEqual([true, false])
    const [, line] = house.app.lines.filter((one) => one.channel.platform !== 'page')
    if (!line) throw new Error('the account has no line')
    await house.app.closeLine(line)
    await zalo.until(() => zalo.isHeard() && zalo.listener !== first)
    const before = textsTo('2001').length
    zalo.says('2001', 'lịch họp')
    await zalo.until(() => textsTo('2001').length > before)
    await other.stop()
    expect(zalo.isHeard()).toBe(false)
  })
})
