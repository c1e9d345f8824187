import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aPdf } from '../../support/files.js'
import { at, type House, openHouse } from '../../support/house.js'
import { aMeeting } from '../../support/meetings.js'
import { aCell, appoint, aUnit, type Cell } from '../../support/people.js'
import { openSiteOf, PUBLIC_URL, type Site } from '../../support/site.js'

const bytes = new Uint8Array(aPdf('Nghị quyết'))
let house: House
let cell: Cell
let site: Site

async function open(publicUrl?: string): Promise<void> {
  house = await openHouse({ now: '2026-12-01 08:00', can: { files: false }, ...(publicUrl ? { publicUrl } : {}) })
  cell = await aCell(house, 2)
  await aMeeting(house, cell.unitId, '2026-12-10 19:00')
  site = await openSiteOf(house)
}
beforeEach(() => open(PUBLIC_URL))
afterEach(async () => {
  await site.close()
  await house.close()
})

/** Adds a material and gives the link that the first member got. */
async function aLink(): Promise<string> {
  await cell.secretary.sendsFile('Nghị quyết (dự thảo).pdf', bytes, 'Nghị quyết tháng 12')
  await cell.secretary.taps('Không mật, gửi ngay')
  await house.app.settle()
  const seen = await cell.members[0]?.sees('Nghị quyết tháng 12', '[Đã đọc]', '7 ngày')
  return seen?.content.url ?? ''
}

const status = async (link: string): Promise<number> => (await site.get(link)).status

test('a material goes as a link of the reader’s own, which opens it with its name and type', async () => {
  const link = await aLink()
  expect(link).toMatch(/^https:\/\/kyhop\.example\.vn\/tep\/[\w-]{48}$/)
  const file = await site.get(link)
  expect(file.status).toBe(200)
  expect(file.bytes).toEqual(bytes)
  expect(file.headers.get('content-type')).toBe('application/pdf')
  expect(file.headers.get('content-disposition')).toBe(
    "inline; filename*=UTF-8''Ngh%E1%BB%8B%20quy%E1%BA%BFt%20%28d%E1%BB%B1%20th%E1%BA%A3o%29.pdf",
  )
  expect(file.headers.get('cache-control')).toBe('no-store')
  // Opening is not reading.
  expect(await house.db.reading.count()).toBe(0)
  await cell.members[0]?.taps('Đã đọc')
  expect(await house.db.reading.count()).toBe(1)
})

test('everybody has a link of their own, and neither outbox nor delivery keeps it', async () => {
  const mine = await aLink()
  const other = (await cell.members[1]?.sees('Nghị quyết tháng 12'))?.content.url ?? ''
  expect(other).not.toBe(mine)
  const token = mine.split('/').at(-1) ?? '-'
  const kept = [await house.db.outbox.findMany(), await house.db.delivery.findMany()]
  expect(JSON.stringify(kept, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(token)
})

test('it ends after seven days; a changed one opens nothing', async () => {
  const link = await aLink()
  const changed = `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`
  for (const address of [changed, `${link}A`, `${PUBLIC_URL}/tep/x`]) expect(await status(address)).toBe(404)
  house.clock.moment = at('2026-12-08 07:59')
  expect(await status(link)).toBe(200)
  house.clock.moment = at('2026-12-08 08:01')
  const { html } = await site.get(link)
  expect(html).toContain('nhắn “tài liệu” để nhận đường dẫn mới')
})

test('an end that was moved by hand is not believed', async () => {
  const link = await aLink()
  const token = Buffer.from(link.split('/').at(-1) ?? '', 'base64url')
  token.writeUInt32BE(token.readUInt32BE(16) + 86_400, 16)
  expect(await status(`${PUBLIC_URL}/tep/${token.toString('base64url')}`)).toBe(404)
})

test('who withdrew consent, was transferred before the meeting, or whose material was taken back opens it no more', async () => {
  const link = await aLink()
  await house.db.material.updateMany({ data: { withdrawnAt: house.now } })
  expect(await status(link)).toBe(403)
  await house.db.material.updateMany({ data: { withdrawnAt: null } })
  await house.db.membership.updateMany({
    where: { personId: cell.memberIds[0] ?? '' },
    data: { endsOn: new Date('2026-12-02') },
  })
  house.clock.moment = at('2026-12-03 08:00')
  const { html } = await site.get(link)
  expect(html).toContain('không còn dành cho đồng chí')
  await house.db.membership.updateMany({ data: { endsOn: null } })
  expect(await status(link)).toBe(200)
  await cell.members[0]?.says('rút lại sự đồng ý')
  await cell.members[0]?.taps('Rút lại')
  expect(await status(link)).toBe(404)
})

test('slips hold codes: their link is saved as a file and ends within half an hour', async () => {
  await house.db.chatLink.deleteMany({ where: { personId: cell.memberIds[1] ?? '' } })
  await cell.secretary.says('/mamoi')
  await cell.secretary.taps('Phiếu mời để in')
  await house.app.settle()
  const link = (await cell.secretary.sees('Phiếu mời', '30 phút')).content.url ?? ''
  const file = await site.get(link)
  expect(file.html).toContain('Đỗ Văn Thử 2')
  expect(file.headers.get('content-disposition')).toMatch(/^attachment/)
  expect(file.headers.get('content-security-policy')).toContain('sandbox')
  await house.db.appointment.updateMany({ data: { endsOn: new Date('2026-12-01') } })
  expect(await status(link)).toBe(403)
  house.clock.moment = at('2026-12-01 08:31')
  expect(await status(link)).toBe(404)
})

test('without a public address the message says where to get it', async () => {
  await site.close()
  await house.close()
  await open()
  await cell.secretary.sendsFile('a.pdf', bytes, 'Nghị quyết tháng 12')
  await cell.secretary.taps('Không mật, gửi ngay')
  await house.app.settle()
  const seen = await cell.members[0]?.sees('Nghị quyết tháng 12', 'hỏi đồng chí bí thư chi bộ')
  expect(seen?.content.url).toBeUndefined()
  await cell.secretary.says('gửi tệp')
  await cell.secretary.sees('Ở đây tôi không nhận được tệp', 'đường dẫn https')
})

describe('who leads another cell by now', () => {
  /** Yesterday of this cell, today secretary of the next. */
  const moves = async (personId: string): Promise<void> => {
    const yesterday = new Date('2026-12-01')
    const other = await aUnit(house, 'Chi bộ Tổ dân phố 2', 'cell', cell.committeeId)
    await house.db.membership.updateMany({ where: { personId }, data: { endsOn: yesterday } })
    await house.db.appointment.updateMany({ where: { personId }, data: { endsOn: yesterday } })
    await appoint(house, personId, 'secretary', other)
  }

  test('opens no material of the cell that they left', async () => {
    const link = await aLink()
    expect(await status(link)).toBe(200)
    await moves(cell.memberIds[0] ?? '')
    expect(await status(link)).toBe(403)
  })

  test('opens neither its slips nor its call list, which holds telephone numbers', async () => {
    await house.db.chatLink.deleteMany({ where: { personId: cell.memberIds[1] ?? '' } })
    await cell.secretary.says('/mamoi')
    await cell.secretary.taps('Phiếu mời để in')
    await house.app.settle()
    const slips = (await cell.secretary.sees('Phiếu mời', '30 phút')).content.url ?? ''
    await cell.secretary.says('/goidien')
    await cell.secretary.taps('In danh sách')
    await house.app.settle()
    const calls = (await cell.secretary.sees('goi-dien')).content.url ?? ''
    expect([await status(slips), await status(calls)]).toEqual([200, 200])
    await moves(cell.secretaryId)
    expect([await status(slips), await status(calls)]).toEqual([403, 403])
  })

  test('opens no minutes of the cell that they left: they hold names', async () => {
    await aMeeting(house, cell.unitId, '2026-12-02 19:30')
    await house.to('2026-12-02 19:35')
    await cell.secretary.says('/diemdanh')
    await cell.secretary.taps('Còn lại có mặt')
    await cell.secretary.taps('Xác nhận điểm danh')
    const { content } = await cell.secretary.sees('Giấy tờ buổi')
    const minutes = /Biên bản: (\S+)/.exec(content.text)?.[1] ?? ''
    expect(await status(minutes)).toBe(200)
    await moves(cell.secretaryId)
    expect(await status(minutes)).toBe(403)
  })
})
