import ICAL from 'ical.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { at, type House, openHouse, type Player } from '../support/house.js'
import { aCell, type Cell } from '../support/people.js'
import { openSiteOf, PUBLIC_URL, type Site } from '../support/site.js'

let house: House
let cell: Cell
let site: Site
beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00', publicUrl: PUBLIC_URL })
  cell = await aCell(house, 2)
  site = await openSiteOf(house)
  await cell.secretary.says('/lichdinhky ngày 3 hằng tháng 19h30 tại Hội trường tầng 2')
  await cell.secretary.taps('Đúng, lưu lịch')
  await house.app.settle()
})
afterAll(async () => {
  await site?.close()
  await house?.close()
})

const addressIn = (text: string): string => /https:\S+\.ics/.exec(text)?.[0] ?? 'no address'

async function feedOf(player: Player, words = 'lịch điện thoại'): Promise<string> {
  await player.says(words)
  return addressIn((await player.sees('trong điện thoại')).content.text)
}

const eventsIn = (text: string) => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent')
const member = (): Player => cell.members[0] as Player

test('a member’s calendar follows what is moved and cancelled; nobody notes that it was fetched', async () => {
  const link = await feedOf(member())
  expect(await feedOf(member())).toBe(link)
  const before = await site.get(link)
  expect(before.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  expect(before.html).toContain('RRULE:FREQ=MONTHLY;BYMONTHDAY=3')
  await cell.secretary.says('/doilich 5/12 18h')
  await cell.secretary.taps('thứ Năm 03/12')
  await cell.secretary.taps('Đúng, đổi lịch')
  await house.app.settle()
  const after = (await site.get(link)).html.replaceAll('\r\n ', '')
  expect(after).toMatch(/SEQUENCE:2[\s\S]*DTSTART;TZID=Asia\/Ho_Chi_Minh:20261205T180000/)
  expect(after).toContain('RECURRENCE-ID;TZID=Asia/Ho_Chi_Minh:20261203T193000')
  expect(await house.db.calendarFeed.findMany({ select: { revokedAt: true } })).toEqual([{ revokedAt: null }])
  expect(JSON.stringify(await house.db.outbox.findMany())).not.toContain('/lich/')
})

test('the invitation brings the meeting as a file, the same event after the move', async () => {
  const { content } = await member().sees('Đổi lịch:')
  const address = site.at(content.url ?? 'no link')
  expect(content.url).toMatch(/^https:\/\/kyhop\.example\.vn\/lich\//)
  const [event] = eventsIn((await site.get(address)).html)
  const { id } = await house.db.meeting.findFirstOrThrow({ where: { startsAt: at('2026-12-05 18:00') } })
  expect(new ICAL.Event(event).uid).toBe(`${id}@kyhop`)
  expect(new ICAL.Event(event).startDate.toJSDate()).toEqual(at('2026-12-05 18:00'))
  expect((await site.get(address.replace(/.\.ics$/, 'x.ics'))).status).toBe(404)
  expect((await site.get(address.replace(/\/lich\/.{8}/, '/lich/00000000'))).status).toBe(404)
})

test('the secretary has the cell’s; a changed address closes the old one', async () => {
  const own = await feedOf(cell.secretary, 'lịch chi bộ')
  expect(eventsIn((await site.get(own)).html).length).toBeGreaterThan(1)
  await cell.secretary.taps('Đổi địa chỉ mới')
  const renewed = addressIn((await cell.secretary.sees('trong điện thoại')).content.text)
  expect(renewed).not.toBe(own)
  expect((await site.get(own)).status).toBe(404)
  expect((await site.get(renewed)).status).toBe(200)
  await member().says('lịch chi bộ')
  await member().sees('không thuộc phần đồng chí phụ trách')
  await house.db.appointment.updateMany({
    where: { personId: cell.secretaryId },
    data: { endsOn: at('2026-11-20 07:00') },
  })
  expect(eventsIn((await site.get(renewed)).html)).toEqual([])
})

test('who has withdrawn their consent has no meetings in any calendar', async () => {
  const other = cell.members[1] as Player
  const link = await feedOf(other)
  expect(eventsIn((await site.get(link)).html).length).toBeGreaterThan(1)
  await house.db.chatLink.updateMany({ where: { personId: cell.memberIds[1] ?? '' }, data: { endedAt: house.now } })
  expect(eventsIn((await site.get(link)).html)).toEqual([])
})

test('without an address on the internet the file itself comes, or a sentence says why not', async () => {
  const home = await openHouse({ now: '2026-11-20 08:00' })
  const plain = await openHouse({ now: '2026-11-20 08:00', plain: true })
  try {
    const { secretary } = await aCell(home, 1)
    await secretary.says('/calendar')
    await home.app.settle()
    await secretary.sees('(lich-hop.ics)')
    const { secretary: other } = await aCell(plain, 1)
    await other.says('lich dien thoai')
    await other.sees('chưa có địa chỉ trên mạng')
  } finally {
    await home.close()
    await plain.close()
  }
})
