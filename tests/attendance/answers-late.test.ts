import { beforeEach, expect, test } from 'vitest'
import { type House, openHouse, type Player } from '../support/house.js'
import { aMeeting, answerRowOf, historyOf, moveMeeting } from '../support/meetings.js'
import { aCell, aPerson, appoint, aUnit, type Cell } from '../support/people.js'

let house: House
let cell: Cell
let meetingId: string
let deputy: Player
beforeEach(async () => {
  house = await openHouse({ now: '2026-12-03 18:00' })
  cell = await aCell(house, 2)
  const deputyId = await aPerson(house, 'Cầm Văn Phó', cell.unitId)
  await appoint(house, deputyId, 'deputy', cell.unitId)
  deputy = await house.phoneOf('deputy', deputyId)
  meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  return () => house.close()
})
const member = () => cell.members[0] as Player
const memberId = () => cell.memberIds[0] as string
const answer = () => answerRowOf(house, meetingId, memberId())
const history = () => historyOf(house, meetingId, memberId())

test('an answer after the start is kept as late, put before both leaders, and the member is told so', async () => {
  await member().says('1')
  await house.to('2026-12-03 19:30')
  await member().says('em vắng vì bận công tác')
  await member().sees('Buổi họp đã bắt đầu nên tôi chuyển đồng chí bí thư xem xét', 'vắng mặt, lý do công tác')
  expect(await answer()).toMatchObject({ state: 'present' })
  expect(await history()).toMatchObject([
    { state: 'present', late: null },
    { state: 'absent', late: 'pending', way: 'words' },
  ])
  for (const leader of [cell.secretary, deputy])
    await leader.sees(
      'Đỗ Văn Thử 1 trả lời khi buổi họp đã bắt đầu: vắng mặt',
      'Trước đó: có mặt',
      '[Chấp nhận] [Không chấp nhận]',
    )
})

test('accepted: the answer changes, the roll-call does not; the second phone sees that it is decided', async () => {
  await house.db.rollCall.create({
    data: { meetingId, marks: { create: { personId: memberId(), state: 'unknown', proposed: true } } },
  })
  await house.to('2026-12-03 19:45')
  await member().says('2')
  await member().reads()
  await cell.secretary.taps('Chấp nhận')
  await cell.secretary.sees('Đã chấp nhận trả lời muộn', 'Đỗ Văn Thử 1: đến muộn')
  await member().sees('đã chấp nhận trả lời muộn: đồng chí đến muộn')
  expect(await answer()).toMatchObject({ state: 'late' })
  expect(await history()).toMatchObject([{ late: 'accepted', decidedById: cell.secretaryId }])
  expect(await house.db.rollCallMark.findMany({ where: { personId: memberId() } })).toMatchObject([
    { state: 'unknown', proposed: true },
  ])
  await deputy.taps('Không chấp nhận')
  await deputy.sees('đã được đồng chí Lò Thị Bí Thư chấp nhận')
  expect(await history()).toMatchObject([{ late: 'accepted', decidedById: cell.secretaryId }])
  await member().seesNothingMore()
})

test('refused: what counted before counts on, and the member is told', async () => {
  await member().says('1')
  await house.to('2026-12-03 20:00')
  await member().taps('Đổi: Vắng')
  await member().reads()
  await deputy.taps('Không chấp nhận')
  await member().sees('chưa được chấp nhận', 'trả lời trước đó giữ nguyên')
  expect(await answer()).toMatchObject({ state: 'present' })
  expect((await history()).map((one) => one.late)).toEqual([null, 'refused'])
})

test("the cell's own deadline: late before the start too", async () => {
  await house.db.meeting.update({
    where: { id: meetingId },
    data: { answerDeadline: new Date('2026-12-03T10:00:00Z') },
  })
  await member().says('4')
  await member().sees('Đã quá hạn trả lời')
  await deputy.sees('trả lời sau hạn', 'Trước đó: chưa trả lời')
  await cell.secretary.taps('Chấp nhận')
  expect(await answer()).toMatchObject({ state: 'absent' })
})

test('an equal late tap sends nothing', async () => {
  await house.to('2026-12-03 19:40')
  await member().says('menu')
  await member().reads()
  await member().says('4')
  await member().taps('Đổi: Có mặt')
  const { deliveryId } = await member().last()
  const before = await house.db.outbox.count()
  const again = await cell.members[0]?.last()
  const index = again?.content.choices.flat().findIndex((one) => one.label === 'Đổi: Vắng') ?? -1
  await member().tapsRaw(deliveryId, index)
  await member().tapsRaw(deliveryId, index)
  expect((await history()).map((one) => one.state)).toEqual(['absent', 'present', 'absent'])
  // one answer to the member and one question to each of the two leaders, for the first tap alone
  expect(await house.db.outbox.count()).toBe(before + 3)
})

test('a newer late answer makes the question about the older one senseless', async () => {
  await house.to('2026-12-03 19:40')
  await member().says('4')
  await member().says('2')
  const [older] = await history()
  const causeKey = `late:${older?.id}:${cell.secretaryId}`
  const question = await house.db.delivery.findFirstOrThrow({ where: { outbox: { causeKey } } })
  await cell.secretary.tapsRaw(question.id, 0)
  await cell.secretary.sees('đã có trả lời mới hơn')
  expect(await answer()).toBeNull()
  expect((await history()).map((one) => one.late)).toEqual(['pending', 'pending'])
})

test('moved to a later day, the meeting is open again and the same answer counts at once', async () => {
  await house.to('2026-12-03 19:31')
  await member().says('4')
  await moveMeeting(house, meetingId, '2026-12-10 19:30')
  await member().says('4')
  await member().sees('Đã ghi: đồng chí vắng mặt', '10/12/2026')
  expect(await answer()).toMatchObject({ state: 'absent' })
})

test('more than 7 days after the start nothing is taken any more', async () => {
  await member().says('1')
  await house.to('2026-12-10 19:31')
  await member().taps('Đổi: Vắng')
  await member().sees('đã qua quá 7 ngày')
  await member().says('4')
  await member().sees('chưa có buổi họp nào')
  expect(await history()).toHaveLength(1)
})

test("a member cannot decide, and another cell's secretary neither", async () => {
  await house.to('2026-12-03 19:40')
  await member().says('4')
  const question = await cell.secretary.last()
  await member().tapsRaw(question.deliveryId, 0)
  await member().sees('dành cho đồng chí khác')
  const strangerId = await aPerson(house, 'Cầm Thị Khác', await aUnit(house, 'Chi bộ Khác'))
  await house.db.appointment.updateMany({ where: { personId: cell.secretaryId }, data: { personId: strangerId } })
  await cell.secretary.tapsRaw(question.deliveryId, 0)
  await cell.secretary.sees('không thuộc phần đồng chí phụ trách')
  expect((await history())[0]?.late).toBe('pending')
})

test("a leader's own late answer is for the other leader to decide", async () => {
  await house.to('2026-12-03 19:40')
  await cell.secretary.reads()
  await cell.secretary.says('4')
  await cell.secretary.sees('chuyển đồng chí bí thư xem xét')
  await cell.secretary.seesNothingMore()
  await deputy.sees('Lò Thị Bí Thư trả lời khi buổi họp đã bắt đầu')
})

test('the only leader is not asked to accept their own late answer: it counts, and is kept as late', async () => {
  await house.db.appointment.deleteMany({ where: { role: 'deputy' } })
  await house.to('2026-12-03 19:40')
  await cell.secretary.reads()
  await cell.secretary.says('1')
  await cell.secretary.sees('Đã ghi: đồng chí có mặt')
  await cell.secretary.seesNothingMore()
  expect(await historyOf(house, meetingId, cell.secretaryId)).toMatchObject([
    { state: 'present', late: 'accepted', decidedById: cell.secretaryId },
  ])
})

test('what an outage holds back into the night is put before the leaders in the morning', async () => {
  await house.to('2026-12-03 23:00')
  await member().says('em vắng vì bận công tác')
  await deputy.reads()
  const waiting = () => house.db.delivery.count({ where: { state: 'queued', outbox: { kind: 'attendance.late' } } })
  await house.sleepsUntil('2026-12-04 22:30')
  expect(await waiting()).toBe(2)
  await house.to('2026-12-05 06:31')
  expect(await waiting()).toBe(0)
})
