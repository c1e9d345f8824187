import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { printSweep } from '../../src/conversation/printing.js'
import { type PlainDate, toDateColumn } from '../../src/core/dates.js'
import { loadTranslations } from '../../src/core/i18n.js'
import { newId } from '../../src/core/ids.js'
import { createLog } from '../../src/core/log.js'
import { openBlobs } from '../../src/messaging/blobs.js'
import { codeOf } from '../../src/organization/codes.js'
import { ensureAdministrator, inviteForUnit } from '../../src/organization/invitations.js'
import { renderSlips } from '../../src/organization/slips.js'
import { slipsPaper } from '../../src/organization/slips-paper.js'
import { type House, openHouse, type Player, ZONE } from '../support/house.js'
import { aPerson, appoint, aUnit } from '../support/people.js'

const KEY = new Uint8Array(32).fill(7)
const keys = { codeKey: KEY, deepLink: (_: unknown, code: string) => `https://t.me/thu_bot?start=${code}`, zone: ZONE }

let house: House
let committee: string
let cells: string[]
let secretary: Player
let office: Player
let member: Player
beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00' })
  committee = await aUnit(house, 'Đảng ủy xã Mây Trắng', 'commune')
  cells = [
    await aUnit(house, 'Chi bộ Bản Một', 'cell', committee),
    await aUnit(house, 'Chi bộ Bản Hai', 'cell', committee),
    await aUnit(house, 'Chi bộ Bản Ba', 'cell', committee),
  ]
  const [one = '', two = ''] = cells
  const secretaryId = await aPerson(house, 'Quàng Thị Nhất', one)
  await appoint(house, secretaryId, 'secretary', one)
  secretary = await house.phoneOf('secretary', secretaryId)
  for (let n = 1; n <= 17; n += 1) await aPerson(house, `Quàng Văn Số ${String.fromCharCode(64 + n)}`, one)
  member = await house.phoneOf('member', await aPerson(house, 'Quàng Thị Thường', one))
  await appoint(house, await aPerson(house, 'Cà Văn Hai', two), 'secretary', two)
  for (let n = 1; n <= 7; n += 1) await aPerson(house, `Cà Thị & Người ${String.fromCharCode(64 + n)}`, two)
  const officeId = await aPerson(house, 'Lường Thị Văn Phòng')
  await appoint(house, officeId, 'office', committee)
  office = await house.phoneOf('office', officeId)
})
afterAll(() => house.close())

/** The file that a chat got last, from where files lie. */
async function lastFile(): Promise<string> {
  const outbox = await house.db.outbox.findFirstOrThrow({
    where: { kind: 'organization.slips' },
    orderBy: { id: 'desc' },
  })
  const { sha256 } = outbox.data as { sha256: string }
  expect(await house.db.file.findUnique({ where: { sha256 } })).toMatchObject({ mime: 'text/html' })
  return readFile(`${house.dataDir}/files/${sha256.slice(0, 2)}/${sha256}`, 'utf8')
}

const count = (text: string, part: string): number => text.split(part).length - 1

describe('/mamoi', () => {
  test('a secretary sees the codes of those not linked, in pages, the same ones twice', async () => {
    await secretary.says('/mamoi')
    const first = await secretary.sees('Mã mời: Chi bộ Bản Một', 'Đã liên kết 2/19', 'Trang 1/2', '[Trang sau ›]')
    expect(first.content.text.match(/: \d{4} \d{4}$/gm)).toHaveLength(15)
    await secretary.taps('Trang sau')
    const second = await secretary.sees('Trang 2/2', '[‹ Trang trước]')
    expect(second.content.text.match(/: \d{4} \d{4}$/gm)).toHaveLength(2)
    await secretary.says('mã mời')
    expect((await secretary.sees('Trang 1/2')).content.text).toBe(first.content.text)
    expect(await house.db.invitation.count()).toBe(17)
  })

  test('a code from the list works', async () => {
    await secretary.says('/mamoi')
    const { content } = await secretary.sees('Trang 1/2')
    const phone = house.stranger('by-list')
    await phone.says(/Số A: (\d{4} \d{4})/.exec(content.text)?.[1] ?? '')
    await phone.taps('Tôi đồng ý')
    await phone.sees('Quàng Văn Số A, Chi bộ Bản Một')
  })

  test('a member is told that it is not theirs', async () => {
    await member.says('/mamoi')
    await member.sees('không thuộc phần đồng chí phụ trách')
    await member.says('/donvi')
    await member.sees('không thuộc phần đồng chí phụ trách')
  })

  test('a secretary gets nothing of another cell', async () => {
    const { deliveryId } = await secretary.last()
    const foreign = { label: 'x', command: 'invite.list', args: { unitId: cells[1] ?? '' } }
    await house.db.delivery.update({ where: { id: deliveryId }, data: { content: { text: '', choices: [[foreign]] } } })
    await secretary.tapsRaw(deliveryId, 0)
    await secretary.sees('không thuộc phần đồng chí phụ trách')
  })

  test('slips to print: every name once, a square each, a letter first, nothing from outside', async () => {
    await secretary.says('/mamoi')
    await secretary.taps('Phiếu mời để in')
    await secretary.sees('đang làm phiếu mời của Chi bộ Bản Một')
    await secretary.sees('17 phiếu', '(phieu-moi-chi-bo-ban-mot.html)')
    const html = await lastFile()
    expect(count(html, '<svg')).toBe(17)
    for (let n = 1; n <= 17; n += 1) expect(count(html, `Quàng Văn Số ${String.fromCharCode(64 + n)}<`)).toBe(1)
    expect(html).not.toContain('Quàng Thị Thường')
    expect(html.indexOf('Kính gửi: Đồng chí Bí thư Chi bộ Bản Một')).toBeLessThan(html.indexOf('<svg'))
    expect(html).not.toMatch(/(src|href)=|url\(|@import/)
    expect(html).toContain('04/12/2026')
  })

  test('a committee sees the cells whose secretary is not linked, and a pack for each', async () => {
    await office.says('/mamoi')
    const list = await office.sees(
      'Chi bộ chưa có bí thư liên kết: 2',
      'Chi bộ Bản Ba – chưa có bí thư',
      '[In: Chi bộ Bản Hai]',
      '[In tất cả]',
    )
    expect(list.content.text).toMatch(/Chi bộ Bản Hai – Cà Văn Hai: \d{4} \d{4}/)
    expect(list.content.text).not.toContain('Bản Một')
    await office.taps('In: Chi bộ Bản Hai')
    await office.sees('8 phiếu')
    const html = await lastFile()
    expect(count(html, '<svg')).toBe(8)
    expect(html.indexOf('Cà Văn Hai')).toBeLessThan(html.indexOf('Người A'))
    expect(html).toContain('Cà Thị &amp; Người A')
    await office.taps('In: Chi bộ Bản Ba')
    await office.sees('không còn ai cần phiếu mời')
  })

  test('a cell that was dissolved is said to be', async () => {
    await office.says('/mamoi')
    await house.db.unit.update({
      where: { id: cells[2] ?? '' },
      data: { dissolvedOn: toDateColumn('2026-11-20' as PlainDate) },
    })
    await office.taps('In: Chi bộ Bản Ba')
    await office.sees('đã giải thể nên tôi chưa làm gì')
  })
})

test('/donvi names the units below, their members and who leads them', async () => {
  await office.says('/donvi')
  await office.sees(
    'Các đơn vị trực thuộc Đảng ủy xã Mây Trắng',
    'Chi bộ Bản Một: 19 đảng viên; bí thư Quàng Thị Nhất (đã liên kết)',
    'Chi bộ Bản Hai: 8 đảng viên; bí thư Cà Văn Hai (chưa liên kết)',
  )
})

describe('the command line', () => {
  test('invites the people of a unit, of a role, or one by name', async () => {
    const all = await inviteForUnit(house.db, house.now, { unit: 'dang uy xa may trang' }, keys)
    expect(all).toHaveLength(17 + 8)
    const [leader, ...rest] = await inviteForUnit(
      house.db,
      house.now,
      { unit: 'Đảng ủy xã Mây Trắng', role: 'secretary' },
      keys,
    )
    expect(rest).toHaveLength(0)
    expect(leader).toMatchObject({ person: 'Cà Văn Hai', unit: 'Chi bộ Bản Hai' })
    expect(leader?.link).toBe(`https://t.me/thu_bot?start=${leader?.code.replace(' ', '')}`)
    const [named] = await inviteForUnit(house.db, house.now, { member: 'quang thi thuong' }, keys)
    expect(named?.person).toBe('Quàng Thị Thường')
  })

  test('says what it cannot find', async () => {
    const ask = (request: Parameters<typeof inviteForUnit>[2]) => inviteForUnit(house.db, house.now, request, keys)
    await expect(ask({ unit: 'Chi bộ Không Có' })).rejects.toMatchObject({ code: 'organization.error.no-unit' })
    await expect(ask({ member: 'Không Ai Cả' })).rejects.toMatchObject({ code: 'organization.error.nobody' })
    await aUnit(house, 'Chi bộ Trùng', 'cell', committee)
    await aUnit(house, 'Chi bộ Trùng', 'cell', committee)
    await expect(ask({ unit: 'Chi bộ Trùng' })).rejects.toMatchObject({ code: 'organization.error.which-unit' })
  })

  test('the first administrator has a code until one is linked', async () => {
    const first = await ensureAdministrator(house.db, house.now, keys)
    const again = await ensureAdministrator(house.db, house.now, keys)
    expect(first?.code).toMatch(/^\d{4} \d{4}$/)
    expect(again?.personId).toBe(first?.personId)
    expect(await house.db.appointment.count({ where: { role: 'administrator' } })).toBe(1)
    const phone = house.stranger('admin')
    await phone.says(again?.code ?? '')
    await phone.taps('Tôi đồng ý')
    await phone.taps('Đúng')
    await phone.sees('Đã liên kết đồng chí Quản trị viên')
    expect(await ensureAdministrator(house.db, house.now, keys)).toBeNull()
    await phone.says('/mamoi')
    await phone.sees('Mã mời: Đảng ủy xã Mây Trắng')
  })
})

test('slips that cannot be made are tried again, then given up with a word', async () => {
  const [cell = ''] = cells
  const chat = await house.db.chat.findFirstOrThrow({ where: { externalId: 'secretary' }, include: { links: true } })
  const job = { unitId: cell, chatId: chat.id, personId: chat.links[0]?.personId ?? '' }
  const translations = loadTranslations('locales')
  const broken = printSweep({
    papers: [slipsPaper({ codeKey: KEY, publicUrl: null, deepLink: () => null, zone: ZONE })],
    defaultLocale: 'vi',
    translations,
    blobs: { ...openBlobs('/nowhere'), put: () => Promise.reject(new Error('disk full')) },
    log: createLog('silent'),
  })
  await house.db.printJob.create({ data: { id: newId(), ...job, requestedAt: house.now, dueAt: house.now } })
  for (let n = 0; n < 5; n += 1) await broken.run(house.db, new Date(house.now.getTime() + n * 3_600_000))
  await house.app.settle()
  expect(await house.db.printJob.count({ where: { dueAt: { not: null } } })).toBe(0)
  const said = await house.db.outbox.findFirst({ where: { kind: 'note' }, orderBy: { id: 'desc' } })
  expect(said?.data).toMatchObject({ key: 'organization.print.failed' })
})

test('without a deep link the square holds the code, and the steps say so', () => {
  const t = loadTranslations('locales').for('vi')
  const slips = [{ person: 'Lê <b>Thị</b> Lạ', code: '0123 4567', link: null, bot: null, others: [] }]
  const html = renderSlips([{ unit: 'Chi bộ Thử', until: '2026-12-04' as PlainDate, slips }], t)
  expect(html).toContain('Gửi 8 chữ số này')
  expect(html).toContain('Lê &lt;b&gt;Thị&lt;/b&gt; Lạ')
})

test('codes spread over all eight digits', () => {
  const codes = Array.from({ length: 1_000 }, (_, n) => codeOf(KEY, `id-${n}`))
  expect(new Set(codes).size).toBe(1_000)
  for (const code of codes) expect(code).toMatch(/^\d{8}$/)
  const first = new Set(codes.map((code) => code[0]))
  expect(first.size).toBe(10)
})
