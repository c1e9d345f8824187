import { afterEach, beforeEach, expect, test } from 'vitest'
import { aPdf } from '../../support/files.js'
import { at, type House, openHouse } from '../../support/house.js'
import { aMeeting } from '../../support/meetings.js'
import { aCell, type Cell } from '../../support/people.js'
import { openSiteOf, PUBLIC_URL, type Site } from '../../support/site.js'

let house: House
let cell: Cell
let site: Site

beforeEach(async () => {
  house = await openHouse({ now: '2026-12-01 08:00', publicUrl: PUBLIC_URL, can: { files: false } })
  cell = await aCell(house, 2)
  await aMeeting(house, cell.unitId, '2026-12-10 19:00')
  site = await openSiteOf(house)
})
afterEach(async () => {
  await site.close()
  await house.close()
})

async function aLink(): Promise<string> {
  await cell.secretary.says('gửi tệp')
  const { content } = await cell.secretary.sees('Đồng chí mở trang này để gửi tệp', '30 phút')
  return content.url ?? ''
}

const aFile = (bytes: Uint8Array, name: string): File => new File([new Uint8Array(bytes)], name)
const send = (link: string, file = aFile(aPdf('x'), 'de cuong.pdf'), caption = 'Đề cương tháng 12') =>
  site.post(link, { file, caption })

test('where a chat takes no files, the material goes through a page and the dialogue goes on in the chat', async () => {
  await cell.secretary.says('menu')
  await cell.secretary.taps('Việc khác')
  await cell.secretary.taps('Gửi tài liệu')
  const { content } = await cell.secretary.sees('Đồng chí mở trang này để gửi tệp')
  const link = content.url ?? ''
  expect(link).toMatch(/^https:\/\/kyhop\.example\.vn\/p\/[\w-]{22,}$/)
  const page = await site.get(link)
  expect(page.html).toContain('Lò Thị Bí Thư')
  expect(page.html).not.toContain('<script')
  const done = await send(link)
  expect(done.html).toContain('Đã nhận tệp')
  await house.app.settle()
  await cell.secretary.sees('Tài liệu: Đề cương tháng 12', 'de cuong.pdf')
  await cell.secretary.taps('Không mật, gửi ngay')
  await house.app.settle()
  expect(await house.db.material.count({ where: { title: 'Đề cương tháng 12' } })).toBe(1)
})

test('it is done once, however often the button is pressed', async () => {
  const link = await aLink()
  const both = await Promise.all([send(link), send(link)])
  expect(both.map(({ status, html }) => [status, html.includes('Đã nhận tệp')])).toEqual([
    [200, true],
    [200, true],
  ])
  expect(await house.db.upload.count()).toBe(1)
  expect((await site.get(link)).html).toContain('Đã nhận tệp')
})

test('no file chosen: the page says so and waits', async () => {
  const link = await aLink()
  expect((await send(link, aFile(new Uint8Array(), ''))).html).toContain('chưa chọn tệp')
  expect((await send(link)).html).toContain('Đã nhận tệp')
})

test('a file that is no material is refused in the chat, as if it had been sent there', async () => {
  await send(await aLink(), aFile(new TextEncoder().encode('MZ'), 'x.exe'), '')
  await house.app.settle()
  await cell.secretary.sees('Tôi không đọc được loại tệp này')
  expect(await house.db.material.count()).toBe(0)
})

test('a grant gives no right: unlinked, or secretary no more, the page says so and keeps nothing', async () => {
  const link = await aLink()
  await house.db.appointment.updateMany({ data: { endsOn: new Date('2026-12-01') } })
  const refused = await send(link)
  expect([refused.status, refused.html.includes('Chưa làm được')]).toEqual([403, true])
  await house.db.chatLink.updateMany({ data: { endedAt: house.now } })
  const unlinked = await site.get(link)
  expect([unlinked.status, unlinked.html.includes('chưa liên kết')]).toEqual([403, true])
  expect(await house.db.upload.count()).toBe(0)
})

test('after half an hour, or with a wrong token, there is a kind sentence and nothing else', async () => {
  const link = await aLink()
  house.clock.moment = at('2026-12-01 08:30')
  for (const address of [link, `${link}x`, `${PUBLIC_URL}/p/x`]) {
    const { status, html } = await site.get(address)
    expect([status, html.includes('không còn dùng được')]).toEqual([404, true])
  }
  expect((await send(link)).status).toBe(404)
  expect(await house.db.upload.count()).toBe(0)
})

test('a page is not kept, framed, indexed or told to the next one, and a huge body is not read', async () => {
  const link = await aLink()
  const { headers } = await site.get(link)
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('x-robots-tag')).toContain('noindex')
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
  expect((await send(link, aFile(new Uint8Array(21 * 1024 * 1024 + 1), 'a.pdf'))).status).toBe(413)
})

test('a member who may send nothing gets no page', async () => {
  await cell.members[0]?.says('/taitep')
  await cell.members[0]?.sees('Trang gửi tệp chỉ dành cho')
  expect(await house.db.pageGrant.count()).toBe(0)
})

test('the list of materials says how one is added here, where no file can be sent', async () => {
  await cell.secretary.says('tài liệu')
  await cell.secretary.sees('dán đường dẫn https vào đây, hoặc nhắn “gửi tệp”')
})
