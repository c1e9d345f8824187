import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../src/core/ids.js'
import { openBlobs } from '../../src/messaging/blobs.js'
import { type House, openHouse, type Player } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, aPerson, appoint, type Cell } from '../support/people.js'

let house: House
let cell: Cell
beforeEach(async () => {
  house = await openHouse({ now: '2026-11-25 15:00' })
  cell = await aCell(house, 2)
  return () => house.close()
})

const meets = (when = '2026-12-03 19:30'): Promise<string> => aMeeting(house, cell.unitId, when)
const member = (n: number): Player => cell.members[n - 1] as Player
const phone = (personId: string, number: string) =>
  house.db.person.update({ where: { id: personId }, data: { phone: number } })
const block = (one: Player): Promise<void> => house.channel.block(one.handle, true).then(() => house.app.settle())

describe('/goidien', () => {
  test('no link, in person, blocked: name, telephone and why; one tap writes the answer down', async () => {
    await meets()
    const old = await aPerson(house, 'Quàng Thị Già', cell.unitId)
    await phone(old, '0912345678')
    const shy = await aPerson(house, 'Quàng Văn Riêng', cell.unitId)
    await house.db.person.update({ where: { id: shy }, data: { contact: 'direct' } })
    await block(member(1))
    await house.to('2026-11-26 20:00')
    await cell.secretary.reads()
    await cell.secretary.says('goi dien')
    const { content } = await cell.secretary.sees(
      'Danh sách gọi điện',
      'Còn 3 đồng chí chưa nhận được tin.',
      '– Quàng Thị Già, 0912345678: chưa liên kết với trợ lý',
      '– Quàng Văn Riêng, chưa có số điện thoại: liên hệ trực tiếp',
      '– Đỗ Văn Thử 1, chưa có số điện thoại: Không gửi được qua hộp thử: bị chặn',
    )
    expect(content.text).not.toContain('Thử 2')
    await cell.secretary.taps('Quàng Thị Già')
    await cell.secretary.taps('Có mặt')
    await cell.secretary.reads()
    await cell.secretary.says('/calllist')
    const later = await cell.secretary.sees('Còn 2 đồng chí')
    expect(later.content.text).not.toContain('Quàng Thị Già')
  })

  test('the summary counts the same people and leads there', async () => {
    await meets()
    await aPerson(house, 'Quàng Thị Già', cell.unitId)
    await block(member(2))
    await house.to('2026-11-26 20:00')
    await cell.secretary.reads()
    await cell.secretary.says('/tonghop')
    await cell.secretary.sees('Chưa nhận được tin (2):\n– Đỗ Văn Thử 2\n– Quàng Thị Già', 'Gọi điện cho 2 đồng chí')
    await cell.secretary.taps('Gọi điện cho 2 đồng chí')
    await cell.secretary.sees('Còn 2 đồng chí chưa nhận được tin.')
  })

  test('exempt members stand apart and are not asked for an answer; long lists are leafed', async () => {
    await meets()
    for (let n = 1; n <= 7; n += 1) await aPerson(house, `Quàng Văn Số ${n}`, cell.unitId)
    const exempt = await aPerson(house, 'Hà Thị Miễn', cell.unitId)
    await house.db.exemption.create({
      data: { id: newId(), personId: exempt, kind: 'exempt', startsOn: new Date('2026-01-01') },
    })
    await cell.secretary.says('/goidien')
    const first = await cell.secretary.sees('Còn 8 đồng chí', 'Trang 1/2')
    expect(first.content.choices.flat()).toHaveLength(6 + 1 + 2)
    await cell.secretary.taps('Trang sau')
    const second = await cell.secretary.sees('Quàng Văn Số 7', 'Không phải trả lời, gọi để báo:\n– Hà Thị Miễn')
    expect(second.content.choices.flat().map((one) => one.label)).not.toContain('Hà Thị Miễn')
  })

  test('a page that was not opened since is a call; once it is opened, no more', async () => {
    const bot = await house.db.bot.create({
      data: { id: newId(), platform: 'page', externalId: 'page', createdAt: house.now },
    })
    await meets()
    const old = await aPerson(house, 'Quàng Thị Già', cell.unitId)
    const chat = { id: newId(), botId: bot.id, externalId: old, kind: 'private' as const, createdAt: house.now }
    await house.db.chat.create({ data: chat })
    await house.db.chatLink.create({ data: { id: newId(), personId: old, chatId: chat.id, linkedAt: house.now } })
    const page = { id: newId(), personId: old, tokenHash: 'x', createdAt: house.now, chatId: chat.id }
    await house.db.personalPage.create({ data: { ...page, lastUsedAt: house.now } })
    await house.to('2026-11-26 20:00')
    // What the page's sender would have done.
    await house.db.delivery.updateMany({ where: { chatId: chat.id }, data: { state: 'sent', finishedAt: house.now } })
    await cell.secretary.says('/goidien')
    await cell.secretary.sees('– Quàng Thị Già', 'Đã đưa lên trang riêng', 'chưa mở')
    await house.db.personalPage.update({ where: { id: page.id }, data: { lastUsedAt: house.now } })
    await cell.secretary.says('/goidien')
    await cell.secretary.sees('đã đến được tất cả', 'không cần gọi ai')
  })

  test('printed on A4: a telephone that can be dialled, nothing that is not escaped', async () => {
    await meets()
    const odd = await aPerson(house, 'Quàng <b>Văn</b> Lạ', cell.unitId)
    await phone(odd, '0912 345 678')
    await cell.secretary.says('/goidien')
    await cell.secretary.taps('In danh sách')
    await cell.secretary.sees('tệp sẽ đến ngay tại đây')
    const { content } = await cell.secretary.sees('Danh sách gọi điện: 1 đồng chí', '(goi-dien-2026-12-03.html)')
    expect(content.fileName).toBe('goi-dien-2026-12-03.html')
    const { sha256 } = await house.db.file.findFirstOrThrow({ where: { mime: 'text/html' } })
    const bytes = await openBlobs(join(house.dataDir, 'files')).get(sha256)
    const html = new TextDecoder().decode(bytes)
    expect(html).toContain('<a href="tel:0912345678">0912 345 678</a>')
    expect(html).toContain('Quàng &lt;b&gt;Văn&lt;/b&gt; Lạ')
    expect(html).toContain('@page{size:A4')
  })

  test('for the cell’s leaders alone; without a meeting it says so; of a meeting that began nobody is called', async () => {
    await cell.secretary.says('/goidien')
    await cell.secretary.sees('Chi bộ chưa có buổi họp nào sắp tới.')
    await meets()
    await member(1).says('/goidien')
    const { content } = await member(1).last()
    expect(content.text).not.toContain('Danh sách gọi')
    const follower = await aPerson(house, 'Vàng Thị Theo')
    await appoint(house, follower, 'follower', cell.unitId)
    const guest = await house.phoneOf('follower', follower)
    await guest.says('/goidien')
    expect((await guest.last()).content.heading).not.toBe('Danh sách gọi điện')
    await aPerson(house, 'Quàng Thị Già', cell.unitId)
    await cell.secretary.says('/goidien')
    await cell.secretary.sees('Quàng Thị Già')
    await house.to('2026-12-03 19:40')
    await cell.secretary.reads()
    await cell.secretary.taps('In danh sách')
    await cell.secretary.sees('đã bắt đầu hoặc không còn')
  })
})

test('where each message is, who was not reached first', async () => {
  await meets()
  await aPerson(house, 'Quàng Thị Già', cell.unitId)
  await house.to('2026-11-26 20:00')
  await member(1).says('1')
  await cell.secretary.says('/tonghop')
  await cell.secretary.taps('Tình hình gửi tin')
  const { content } = await cell.secretary.sees(
    '4 đồng chí, 1 chưa nhận được tin.',
    '– Quàng Thị Già: Chưa liên kết, không có nơi gửi\n– Đỗ Văn Thử 1',
    '– Đỗ Văn Thử 1 (đã trả lời): Đã gửi 19:30 qua hộp thử',
  )
  expect(content.text).toContain('– Đỗ Văn Thử 2: Đã gửi 19:30 qua hộp thử')
  await cell.secretary.taps('Danh sách gọi điện')
  await cell.secretary.sees('Còn 1 đồng chí')
})
