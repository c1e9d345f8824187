import { afterEach, beforeEach, expect, test } from 'vitest'
import { toDateColumn } from '../../src/core/dates.js'
import { at, type House, openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, type Cell } from '../support/people.js'
import { Group, tieGroup } from './setup.js'

const SILENT = 'Tôi chỉ trao đổi công việc trong tin nhắn riêng. Xin đồng chí mở cuộc trò chuyện riêng với tôi.'

let house: House
let cell: Cell
beforeEach(async () => {
  house = await openHouse({ now: '2026-11-20 08:00', can: { toasts: true } })
  cell = await aCell(house, 2)
})
afterEach(() => house.close())

/** A meeting that the members were told of by a step of the ladder. */
async function aKnownMeeting(unitId = cell.unitId): Promise<string> {
  const id = await aMeeting(house, unitId, '2026-11-27 19:30', {
    agenda: 'việc kín',
    createdAt: at('2026-11-01 08:00'),
  })
  await house.to('2026-11-20 19:31')
  return id
}

const live = () => house.db.cellGroup.findMany({ where: { endedAt: null } })

test('the group learns nothing of who asked: the same sentence for a secretary, a member and a stranger', async () => {
  const group = new Group(house)
  const [member] = cell.members
  await group.says(house.stranger('x'), '/ganchibo')
  await group.says(member ?? cell.secretary, '/ganchibo')
  await group.says(cell.secretary, '/ganchibo')
  expect(await group.texts()).toEqual([SILENT, SILENT, SILENT])
  await member?.sees('không thuộc phần đồng chí phụ trách')
  await cell.secretary.sees('Gắn nhóm đồng chí vừa nhắn với Chi bộ Tổ dân phố 1?', '[Thôi]')
  await cell.secretary.taps('Thôi')
  await cell.secretary.sees('không làm gì thêm')
  expect(await live()).toEqual([])
})

test('where a bot hears only its mentions the command stands behind its name', async () => {
  const group = new Group(house)
  await group.says(cell.secretary, '@Kỳ Họp gắn chi bộ')
  await cell.secretary.sees('Gắn nhóm đồng chí vừa nhắn')
  expect(await house.db.chat.count({ where: { kind: 'group' } })).toBe(1)
  await group.says(cell.secretary, 'hôm nay gắn chi bộ vào nhóm nhé')
  await cell.secretary.seesNothingMore()
})

test('one group a cell and one cell a group; another group takes the place of the first', async () => {
  await aKnownMeeting()
  const first = await tieGroup(house, cell.secretary)
  const [card] = (await first.texts()).slice(-1)
  expect(card).toContain('Đã trả lời: 0/3')
  const second = new Group(house, 'group-2')
  await second.says(cell.secretary, '/ganchibo')
  await cell.secretary.sees('đang gắn với một nhóm khác')
  await cell.secretary.taps('Đúng, gắn nhóm này')
  await house.to('2026-11-20 19:35')
  expect((await first.texts()).at(-1)).toBe('Nhóm này không còn nhận lịch họp.')
  expect((await first.messages()).at(-1)?.choices).toEqual([])
  expect((await second.texts()).at(-1)).toContain('19:30 thứ Sáu 27/11/2026')
  const other = await aCell(house, 1)
  await second.says(other.secretary, '/ganchibo')
  await other.secretary.sees('đang gắn với một chi bộ khác')
  expect(await live()).toHaveLength(1)
})

test('untied, by a word or by the menu: what stands says so and nothing more is posted', async () => {
  await aKnownMeeting()
  const group = await tieGroup(house, cell.secretary)
  await cell.secretary.says('nhóm chi bộ')
  await cell.secretary.sees('đang gắn một nhóm chat, từ ngày 20/11/2026')
  await cell.secretary.taps('Gỡ nhóm')
  await cell.secretary.taps('Đúng, gỡ nhóm')
  await cell.secretary.sees('Đã gỡ nhóm chat')
  await house.to('2026-11-28 08:00')
  expect((await group.texts()).at(-1)).toBe('Nhóm này không còn nhận lịch họp.')
  expect(await group.texts()).toHaveLength(2)
  await cell.secretary.says('/gochibo')
  await cell.secretary.sees('hiện không gắn nhóm chat nào')
})

test('put out of the group: told once, nothing is tried there; taken in again, it goes on', async () => {
  const meetingId = await aKnownMeeting()
  const group = await tieGroup(house, cell.secretary)
  await group.puts(true)
  await cell.secretary.sees('Tôi không còn ở trong nhóm chat của Chi bộ Tổ dân phố 1', '[Gỡ nhóm]')
  await cell.secretary.reads()
  const sent = await house.db.delivery.count()
  await cell.members[0]?.says('1')
  await house.to('2026-11-21 09:00')
  await cell.secretary.seesNothingMore()
  const chat = await group.chat()
  expect(await house.db.delivery.count({ where: { chatId: chat.id, state: { notIn: ['sent', 'withdrawn'] } } })).toBe(0)
  expect(await house.db.delivery.count()).toBe(sent + 1)
  await cell.secretary.says('/ganchibo')
  await cell.secretary.sees('tôi không còn ở trong nhóm đó')
  await group.puts(false)
  await house.to('2026-11-21 09:01')
  expect((await group.texts()).at(-1)).toContain('Đã trả lời: 1/3')
  expect(await house.db.answer.count({ where: { meetingId } })).toBe(1)
})

test('a dissolved cell has no group any more', async () => {
  await aKnownMeeting()
  const group = await tieGroup(house, cell.secretary)
  await house.db.unit.update({ where: { id: cell.unitId }, data: { dissolvedOn: toDateColumn('2026-11-22' as never) } })
  await house.to('2026-11-22 00:01')
  expect(await live()).toEqual([])
  expect((await group.texts()).at(-1)).toBe('Nhóm này không còn nhận lịch họp.')
})

test('who presses: a stranger is led to their own chat, another cell’s member thanked, a couple asked in private', async () => {
  await aKnownMeeting()
  const group = await tieGroup(house, cell.secretary)
  expect(await group.taps(house.stranger('x'), 'Có mặt')).toMatchObject({ opens: true })
  const newcomer = house.stranger('y')
  await newcomer.says('chào')
  expect(await group.taps(newcomer, 'Có mặt')).toMatchObject({ opens: true })
  await newcomer.sees('Xin đồng chí gửi mã mời')
  const other = await aCell(house, 1)
  expect(await group.taps(other.members[0] ?? other.secretary, 'Có mặt')).toMatchObject({
    key: 'groups.pressed.not-yours',
    opens: false,
  })
  const couple = await house.phoneOf('couple', ...cell.memberIds)
  expect(await group.taps(couple, 'Có mặt')).toMatchObject({ opens: true })
  await couple.sees('Việc này của đồng chí nào ạ?', '[Đỗ Văn Thử 1]')
  expect(await house.db.answer.count()).toBe(0)
  await couple.taps('Đỗ Văn Thử 2')
  await couple.sees('Đã ghi: đồng chí có mặt')
  const answers = await house.db.answer.findMany()
  expect(answers.map((one) => one.personId)).toEqual([cell.memberIds[1]])
  expect(await group.taps(cell.members[0] ?? couple, 'Trả lời khác')).toMatchObject({ opens: true })
  await cell.members[0]?.sees('Đồng chí trả lời giúp', '[Vắng]')
})

test('a press after the deadline goes to the secretary, one long after the start is told why it does not count', async () => {
  const meetingId = await aKnownMeeting()
  const group = await tieGroup(house, cell.secretary)
  await house.db.meeting.update({ where: { id: meetingId }, data: { answerDeadline: at('2026-11-20 19:30') } })
  const [member = cell.secretary] = cell.members
  expect(await group.taps(member, 'Có mặt')).toMatchObject({ key: 'groups.pressed.deadline' })
  await house.to('2026-11-21 07:00')
  await cell.secretary.sees('Đỗ Văn Thử 1')
  const stale = (await group.messages()).at(-1)
  await house.db.meeting.update({ where: { id: meetingId }, data: { state: 'cancelled' } })
  await house.channel.injectInGroup(group.handle, cell.members[1]?.handle ?? '', {
    kind: 'choice',
    deliveryId: stale?.deliveryId ?? '',
    index: 0,
    tapId: 'late',
  })
  await house.app.settle()
  const toast = await house.db.outbox.findFirst({ where: { kind: 'toast' }, orderBy: { id: 'desc' } })
  expect(toast?.data).toMatchObject({ tapId: 'late', key: 'attendance.error.cancelled' })
})
