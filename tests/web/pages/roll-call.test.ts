import { afterEach, beforeEach, expect, test } from 'vitest'
import { type House, openHouse, type Player } from '../../support/house.js'
import { aMeeting } from '../../support/meetings.js'
import { aCell, appoint, type Cell } from '../../support/people.js'
import { openSiteOf, PUBLIC_URL, type Site } from '../../support/site.js'
import { fieldsOf, Visitor } from './visitor.js'

let house: House
let cell: Cell
let site: Site
let meetingId: string

beforeEach(async () => {
  house = await openHouse({ now: '2026-12-01 08:00', publicUrl: PUBLIC_URL })
  cell = await aCell(house, 3)
  meetingId = await aMeeting(house, cell.unitId, '2026-12-10 19:00')
  await house.to('2026-12-10 19:05')
  site = await openSiteOf(house)
})
afterEach(async () => {
  await site.close()
  await house.close()
})

async function aPage(phone: Player = cell.secretary): Promise<Visitor> {
  await phone.says('điểm danh')
  await phone.taps('Mở trang điểm danh')
  const { content } = await phone.sees('Trang điểm danh', '30 phút')
  const visitor = new Visitor(site, content.url ?? '')
  await visitor.looks()
  return visitor
}

const member = (n: number): string => cell.memberIds[n] ?? ''

/** What the form sends: its hidden fields, what was chosen, the button. */
const chosen = (visitor: Visitor, then: string, marks: Record<string, string> = {}) => ({
  ...fieldsOf(visitor.html, then),
  ...Object.fromEntries(Object.entries(marks).map(([id, mark]) => [`m-${id}`, mark])),
})
const markOf = (personId: string) =>
  house.db.rollCallMark.findUnique({ where: { meetingId_personId: { meetingId, personId } } })

test('the sheet is filled, the rest are present, a guest is named, and it stands as if it were done in the chat', async () => {
  const visitor = await aPage()
  await visitor.sends(chosen(visitor, 'Lưu', { [member(0)]: 'excused.work', [member(1)]: 'unexcused' }))
  expect(visitor.words).toContain('Đã lưu.')
  expect(visitor.words).toContain('vắng có lý do 1 · không lý do 1 · chưa rõ 2')
  expect(await markOf(member(0))).toMatchObject({ state: 'excused', reasonKind: 'work', proposed: false })
  await visitor.sends(chosen(visitor, 'Lưu và xác nhận'))
  expect(visitor.words).toContain('còn 2 đồng chí chưa rõ (')
  expect(visitor.words).toContain('Đỗ Văn Thử 3')
  await visitor.sends({ ...chosen(visitor, 'còn lại có mặt'), name: 'Lò Văn Khách' })
  expect(visitor.words).toContain('có mặt 2 · ')
  expect(await house.db.guest.count({ where: { name: 'Lò Văn Khách' } })).toBe(1)
  await visitor.sends({ ...chosen(visitor, 'Lưu và xác nhận'), stays: (await house.db.guest.findFirstOrThrow()).id })
  expect(visitor.words).toContain('Đã xác nhận điểm danh')
  await house.app.settle()
  await cell.secretary.sees('Đã xác nhận điểm danh', 'Lò Văn Khách', 'Đỗ Văn Thử 1 (công tác)')
})

test('two phones at once: each records what its hand changed and nothing else', async () => {
  await appoint(house, member(0), 'deputy', cell.unitId)
  const mine = await aPage()
  const theirs = await aPage(cell.members[0])
  await Promise.all([
    mine.sends(chosen(mine, 'Lưu', { [member(1)]: 'present', [member(2)]: 'unknown' })),
    theirs.sends(chosen(theirs, 'Lưu', { [member(1)]: 'unknown', [member(2)]: 'late' })),
  ])
  expect((await markOf(member(1)))?.state).toBe('present')
  expect((await markOf(member(2)))?.state).toBe('late')
})

test('confirmed twice at once: one confirms, the other is told by whom, and nothing more is recorded', async () => {
  await appoint(house, member(0), 'deputy', cell.unitId)
  const mine = await aPage()
  await mine.sends(chosen(mine, 'còn lại có mặt'))
  const theirs = await aPage(cell.members[0])
  const late = chosen(theirs, 'Lưu và xác nhận', { [member(2)]: 'unexcused' })
  await mine.sends(chosen(mine, 'Lưu và xác nhận'))
  await theirs.sends(late)
  expect(theirs.words).toContain('đã được đồng chí Lò Thị Bí Thư xác nhận')
  expect((await markOf(member(2)))?.state).toBe('present')
  expect(await house.db.rollCallEvent.count({ where: { meetingId, personId: null } })).toBe(1)
  expect(mine.words).toContain('Người xác nhận: đồng chí Lò Thị Bí Thư')
})

test('secretary no more, transferred, or the meeting moved: a sentence, and nothing is recorded', async () => {
  const visitor = await aPage()
  const filled = chosen(visitor, 'Lưu', { [member(0)]: 'present' })
  await house.db.meeting.update({ where: { id: meetingId }, data: { state: 'cancelled' } })
  await visitor.sends(filled)
  expect([visitor.status, visitor.words.includes('đã hoãn')]).toEqual([403, true])
  await house.db.meeting.update({ where: { id: meetingId }, data: { state: 'planned' } })
  await house.db.appointment.updateMany({ data: { endsOn: new Date('2026-12-02') } })
  await visitor.sends(filled)
  expect(visitor.status).toBe(403)
  expect((await markOf(member(0)))?.state).not.toBe('present')
})

test('nonsense in the form is refused with a sentence', async () => {
  const visitor = await aPage()
  await visitor.sends(chosen(visitor, 'Lưu', { [member(0)]: 'elsewhere' }))
  expect(visitor.status).toBe(403)
  await visitor.looks()
  expect(visitor.words).toContain('chưa rõ 4')
})
