import ICAL from 'ical.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newId } from '../../../src/core/ids.js'
import { renderQr } from '../../../src/organization/slips.js'
import { at, type House, openHouse } from '../../support/house.js'
import { aMeeting } from '../../support/meetings.js'
import { aCell, aPerson, type Cell } from '../../support/people.js'
import { openSiteOf, PUBLIC_URL, type Site } from '../../support/site.js'
import { fieldsOf, Visitor } from './visitor.js'

const NAME = 'Vi Thị Không Máy'

let house: House
let cell: Cell
let site: Site
let personId: string
let meetingId: string

beforeEach(async () => {
  house = await openHouse({ now: '2026-12-01 08:00', publicUrl: PUBLIC_URL })
  cell = await aCell(house, 1)
  personId = await aPerson(house, NAME, cell.unitId)
  meetingId = await aMeeting(house, cell.unitId, '2026-12-10 19:00')
  site = await openSiteOf(house)
})
afterEach(async () => {
  await site.close()
  await house.close()
})

/** The secretary makes the page and hands on its address. */
async function aVisitor(): Promise<Visitor> {
  await cell.secretary.says('/mamoi')
  await cell.secretary.taps('Trang riêng')
  await cell.secretary.taps(NAME)
  const { content } = await cell.secretary.sees(`Trang riêng của đồng chí ${NAME}`, '90 ngày')
  const [link = ''] = content.text.match(/https:\S+/) ?? []
  return new Visitor(site, link)
}

/** The same, linked: consent and all. */
async function aMember(): Promise<Visitor> {
  const visitor = await aVisitor()
  await visitor.looks()
  await visitor.presses('Bắt đầu')
  await visitor.presses('Tôi đồng ý')
  await visitor.presses('Đúng')
  return visitor
}

const answer = () => house.db.answer.findUnique({ where: { meetingId_personId: { meetingId, personId } } })

test('from the address to the answer, through the same consent as everywhere', async () => {
  const visitor = await aVisitor()
  expect(visitor.link).toMatch(/^https:\/\/kyhop\.example\.vn\/toi\/[\w-]{22,}$/)
  await visitor.looks()
  expect(visitor.words).not.toContain(NAME)
  expect(await house.db.chat.count()).toBe(2)
  await visitor.presses('Bắt đầu')
  expect(visitor.words).toContain('91/2025/QH15')
  expect(await house.db.chatLink.count({ where: { personId } })).toBe(0)
  await visitor.presses('Tôi đồng ý')
  expect(visitor.words).toContain(`Đây có phải đồng chí ${NAME}`)
  await visitor.presses('Đúng')
  expect(visitor.words).toContain(`Chào đồng chí ${NAME}`)
  expect(visitor.words).toContain('Đồng chí chưa trả lời')
  expect(await house.db.consent.count({ where: { personId, decision: 'given' } })).toBe(1)
  await visitor.presses('Vắng: sức khỏe')
  expect(visitor.words).toContain('Đã ghi: vắng mặt, lý do sức khỏe')
  expect(await answer()).toMatchObject({ state: 'absent', reasonKind: 'health' })
  await visitor.writes('2')
  expect(visitor.words).toContain('Đã ghi: đến muộn')
  expect(await answer()).toMatchObject({ state: 'late', reasonKind: null })
})

test('looking changes nothing but when it was last looked at', async () => {
  const visitor = await aMember()
  const count = async () => ({
    updates: await house.db.inboundUpdate.count(),
    outbox: await house.db.outbox.count(),
    deliveries: await house.db.delivery.count(),
    events: await house.db.answerEvent.count(),
  })
  const before = await count()
  house.clock.moment = at('2026-12-02 08:00')
  await visitor.looks()
  await site.get(`${visitor.link}/lich.ics`)
  expect(await count()).toEqual(before)
  expect((await house.db.personalPage.findFirstOrThrow()).lastUsedAt).toEqual(at('2026-12-02 08:00'))
})

test('as many pages as the house has connections are opened at the same moment, and each gets its answer', async () => {
  const visitor = await aMember()
  const all = await Promise.all(Array.from({ length: 24 }, () => site.get(visitor.link)))
  expect(all.map(({ status, html }) => [status, html.includes(NAME)])).toEqual(all.map(() => [200, true]))
})

test('a button pressed twice, and in a second tab, is one answer each', async () => {
  const visitor = await aMember()
  const fields = fieldsOf(visitor.html, 'Đến muộn')
  const other = new Visitor(site, visitor.link)
  await other.looks()
  await Promise.all([visitor.sends(fields), visitor.sends(fields)])
  await visitor.sends(fields)
  const states = async () => (await house.db.answerEvent.findMany({ orderBy: { id: 'asc' } })).map((one) => one.state)
  expect(await states()).toEqual(['late'])
  await other.presses('Có mặt')
  expect(await states()).toEqual(['late', 'present'])
  await visitor.looks()
  expect(visitor.words).toContain('Đã ghi: có mặt')
})

test('an old button of the chat is answered with today’s state, somebody else’s is refused', async () => {
  const visitor = await aMember()
  const old = fieldsOf(visitor.html, '1 Có mặt')
  await house.db.meeting.update({ where: { id: meetingId }, data: { state: 'cancelled' } })
  await visitor.sends(old)
  expect(visitor.words).toContain('hoãn')
  const theirs = await cell.secretary.last()
  await visitor.sends({ ...old, choice: `${theirs.deliveryId}.0` })
  expect(await answer()).toBeNull()
  await visitor.sends({ ...old, choice: 'nonsense' })
  expect(visitor.status).toBe(200)
})

test('it was made by somebody else’s hand: who is not that member says so, and the secretary is told', async () => {
  const visitor = await aVisitor()
  await visitor.looks()
  await visitor.presses('Bắt đầu')
  await visitor.presses('Tôi đồng ý')
  await visitor.presses('Không phải')
  await house.app.settle()
  expect(await house.db.chatLink.count({ where: { personId } })).toBe(0)
  await cell.secretary.sees(NAME)
})

test('a page is shown again as long as it lives, and ended by the secretary', async () => {
  const visitor = await aMember()
  expect((await aVisitor()).link).toBe(visitor.link)
  await cell.secretary.taps('Đóng trang này')
  await cell.secretary.sees(`Đã đóng trang riêng của đồng chí ${NAME}`)
  await visitor.looks()
  expect([visitor.status, visitor.words.includes('Trang này đã đóng')]).toEqual([410, true])
  await visitor.sends({ text: '1' })
  expect(visitor.status).toBe(410)
  expect(await answer()).toBeNull()
  // No message goes to a page that opens no more.
  expect(await house.db.chatLink.count({ where: { personId, endedAt: null } })).toBe(0)
  expect((await aVisitor()).link).not.toBe(visitor.link)
})

test('the member ends it, after a question', async () => {
  const visitor = await aMember()
  await visitor.presses('Đóng trang này')
  expect(visitor.words).toContain('Đóng trang này? Đường dẫn sẽ không mở được nữa')
  await visitor.looks()
  expect(visitor.status).toBe(200)
  await visitor.presses('Đóng trang này')
  await visitor.presses('Đồng ý đóng trang')
  expect(visitor.words).toContain('Đã đóng trang')
  await visitor.looks()
  expect(visitor.status).toBe(410)
})

test('unused for 90 days it ends by itself, and the secretary is told; each look begins the days anew', async () => {
  const visitor = await aMember()
  await house.to('2027-02-20 08:00')
  await visitor.looks()
  expect(visitor.status).toBe(200)
  await house.to('2027-05-20 08:00')
  await visitor.looks()
  expect(visitor.status).toBe(200)
  await cell.secretary.reads()
  await house.to('2027-08-18 08:01')
  await cell.secretary.sees(NAME, 'đã tự đóng vì 90 ngày không ai mở')
  await visitor.looks()
  expect(visitor.status).toBe(410)
})

test('pages that end together are told in one message, without those who are reached otherwise by then', async () => {
  const names = ['Hà Thị Không Mở', 'Ma Văn Có Máy']
  const [, withApp = ''] = [
    await aPerson(house, names[0] ?? '', cell.unitId),
    await aPerson(house, names[1] ?? '', cell.unitId),
  ]
  await cell.secretary.says('trang riêng')
  await cell.secretary.taps('Tạo trang cho cả 3 đồng chí')
  await house.phoneOf('app', withApp)
  await house.to('2027-02-28 08:00')
  await cell.secretary.reads()
  await house.to('2027-03-01 08:00')
  const { content } = await cell.secretary.sees('đã tự đóng vì 90 ngày không ai mở', NAME, 'Hà Thị Không Mở')
  expect(content.text).not.toContain('Ma Văn Có Máy')
  await cell.secretary.seesNothingMore()
})

test('a wrong address gets a kind sentence and what to do, and is told apart from nothing', async () => {
  const visitor = await aVisitor()
  for (const link of [`${visitor.link}x`, visitor.link.slice(0, -1), `${PUBLIC_URL}/toi/x`]) {
    const { status, html } = await site.get(link)
    expect([status, html.includes('quét lại mã QR')]).toEqual([404, true])
  }
  expect((await site.post(`${PUBLIC_URL}/toi/x`, { text: '1' })).status).toBe(404)
})

test('who withdrew consent finds an empty page: whoever holds the address reads nothing old', async () => {
  const visitor = await aMember()
  await visitor.presses('Có mặt')
  await visitor.writes('rút lại sự đồng ý')
  await visitor.presses('Rút lại')
  expect(visitor.words).not.toContain('Chào đồng chí')
  expect(visitor.words).not.toContain('sinh hoạt thường kỳ')
  expect(visitor.words).toContain('Bắt đầu lại')
})

test('the language and the size of the letters are the member’s own', async () => {
  const visitor = await aMember()
  await visitor.presses('Chữ to hơn')
  expect(visitor.html).toContain('class="large"')
  await visitor.presses('English')
  expect(visitor.words).toContain(`Hello ${NAME}`)
  expect((await house.db.person.findUniqueOrThrow({ where: { id: personId } })).locale).toBe('en')
})

test('what reminds a chat stands on the page; a member with an app is reached there first', async () => {
  const visitor = await aMember()
  await house.to('2026-12-03 19:00')
  await visitor.looks()
  expect(visitor.words).toContain('Còn 7 ngày')
  await house.phoneOf('app', personId)
  await house.to('2026-12-07 19:00')
  await visitor.looks()
  expect(visitor.words).not.toContain('Còn 3 ngày')
})

test('one press makes a page for each who has no way yet, and the slips with what opens them', async () => {
  const idsOf = async () => (await house.db.personalPage.findMany()).map((one) => one.personId)
  const more = [
    await aPerson(house, 'Hà Thị Không Máy', cell.unitId),
    await aPerson(house, 'Ma Văn Từ Chối', cell.unitId),
  ]
  await house.db.person.update({ where: { id: more[1] ?? '' }, data: { contact: 'direct' } })
  await cell.secretary.says('trang riêng')
  await cell.secretary.taps('Tạo trang cho cả 2 đồng chí chưa liên kết')
  expect((await idsOf()).sort()).toEqual([personId, more[0]].sort())
  const page = await site.get((await cell.secretary.sees('Trang in phiếu')).content.url ?? '')
  const [, address = ''] = /<p class="address">([^<]+)</.exec(page.html) ?? []
  expect([page.html.includes(NAME), page.html.includes('Hà Thị Không Máy')]).toEqual([true, true])
  expect((await site.get(address)).status).toBe(200)
  // Pressed again, or an old button: nobody gets a second one.
  await cell.secretary.taps('Tạo trang cho cả')
  expect(await idsOf()).toHaveLength(2)
  await cell.secretary.says('trang riêng')
  expect(
    (await cell.secretary.last()).content.choices
      .flat()
      .map((one) => one.label)
      .join(),
  ).not.toContain('Tạo trang')
})

test('who looks soon after an earlier look has seen what came in between', async () => {
  const visitor = await aMember()
  await house.to('2026-12-03 18:45')
  await visitor.looks()
  await house.to('2026-12-03 19:00')
  await cell.secretary.says('/goidien')
  await cell.secretary.sees(NAME)
  await house.to('2026-12-03 19:10')
  await visitor.looks()
  await cell.secretary.says('/goidien')
  const { content } = await cell.secretary.last()
  expect(content.text).not.toContain(NAME)
})

test('two who share a page are both greeted, and each answers for themselves', async () => {
  const visitor = await aMember()
  const otherId = await aPerson(house, 'Ma Văn Cùng Máy', cell.unitId)
  const { chatId } = await house.db.personalPage.findFirstOrThrow()
  await house.db.chatLink.create({
    data: { id: newId(), personId: otherId, chatId: chatId ?? '', linkedAt: house.now },
  })
  await visitor.looks()
  expect(visitor.words).toMatch(/Chào đồng chí (Vi Thị Không Máy, Ma Văn Cùng Máy|Ma Văn Cùng Máy, Vi Thị Không Máy) /)
  for (const one of [personId, otherId]) await visitor.sends({ answer: `${one}.${meetingId}.present.` })
  expect(await house.db.answer.count({ where: { meetingId, state: 'present' } })).toBe(2)
})

test('slips with the QR code of each page are printed from a page of the secretary’s own', async () => {
  const visitor = await aVisitor()
  await cell.secretary.taps('In phiếu mã QR')
  const { content } = await cell.secretary.sees('Trang in phiếu', '30 phút')
  const page = await site.get(content.url ?? '')
  expect(page.html).toContain(renderQr(visitor.link))
  expect(page.html).toContain(NAME)
  expect(page.html).not.toContain('Đỗ Văn Thử 1')
  await house.db.appointment.updateMany({ data: { endsOn: new Date('2026-12-01') } })
  expect((await site.get(content.url ?? '')).status).toBe(403)
})

test('the meetings can be saved: a calendar file that another reader understands, at the right hour', async () => {
  const visitor = await aMember()
  const file = await site.get(`${visitor.link}/lich.ics`)
  expect(file.headers.get('content-type')).toContain('text/calendar')
  const [event, ...others] = new ICAL.Component(ICAL.parse(file.html)).getAllSubcomponents('vevent')
  expect(others).toEqual([])
  const read = new ICAL.Event(event)
  expect(read.startDate.toJSDate()).toEqual(at('2026-12-10 19:00'))
  expect(read.endDate.toJSDate()).toEqual(at('2026-12-10 20:30'))
  expect(read.summary).toContain('Sinh hoạt thường kỳ')
  expect(read.uid).toContain(meetingId)
})
