import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.js'
import { aMeeting, answerRowOf, historyOf, readMeeting } from '../support/meetings.js'
import { aCell, type Cell } from '../support/people.js'

let house: House
let cell: Cell
let meetingId: string
beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00' })
  cell = await aCell(house, 2)
  meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
})
afterAll(() => house.close())
beforeEach(async () => {
  for (const phone of [cell.secretary, ...cell.members]) await phone.reads()
})

const stateOf = async (n: number) => (await answerRowOf(house, meetingId, cell.memberIds[n] ?? ''))?.state ?? null

test('with nothing done there is nothing to take back', async () => {
  await cell.members[0]?.says('/hoantac')
  await cell.members[0]?.sees('10 phút vừa qua, tôi không thấy việc nào')
})

test('an answer is taken back once, to the one before it or to none; the history keeps both', async () => {
  const [member] = cell.members
  await member?.says('1')
  await house.to('2026-11-20 08:30')
  await member?.says('em vắng, bị ốm')
  expect(await stateOf(0)).toBe('absent')
  await member?.reads()
  await member?.says('lấy lại')
  await member?.sees('Đã lấy lại câu trả lời vừa rồi của đồng chí Đỗ Văn Thử 1', 'Hiện giờ: có mặt')
  expect(await stateOf(0)).toBe('present')
  await member?.says('hoàn tác')
  await member?.sees('không thấy việc nào')
  expect(await stateOf(0)).toBe('present')
  expect(await historyOf(house, meetingId, cell.memberIds[0] ?? '')).toHaveLength(2)

  await cell.members[1]?.says('2')
  await cell.members[1]?.says('/undo')
  await cell.members[1]?.sees('Hiện giờ: chưa trả lời')
  expect(await stateOf(1)).toBeNull()
  await cell.members[1]?.taps('Trả lời lại')
})

test('after ten minutes it stays', async () => {
  const [, two] = cell.members
  await two?.says('1')
  await house.to('2026-11-20 08:41')
  await two?.says('hoàn tác')
  await two?.sees('không thấy việc nào')
  expect(await stateOf(1)).toBe('present')
})

test('what was changed by somebody else since is not touched', async () => {
  const [, two] = cell.members
  await two?.says('3')
  await cell.secretary.says('trả lời thay')
  await cell.secretary.taps('Đỗ Văn Thử 2')
  await cell.secretary.taps('Có mặt')
  const before = await stateOf(1)
  await two?.says('hoàn tác')
  await two?.sees('đã có thay đổi sau đó', 'mọi thứ giữ nguyên')
  expect(await stateOf(1)).toBe(before)
  await cell.secretary.says('hoàn tác')
  await cell.secretary.sees('câu trả lời vừa rồi của đồng chí Đỗ Văn Thử 2')
  await two?.sees('đã lấy lại câu trả lời ghi thay đồng chí', 'Hiện giờ: dự trực tuyến')
  expect(await stateOf(1)).not.toBe(before)
})

test('a postponed meeting is back, a moved one where it was, an announcement taken back', async () => {
  await house.to('2026-11-20 09:00')
  await cell.secretary.says('/doilich 05/12')
  await cell.secretary.taps('Đúng, đổi lịch')
  expect((await readMeeting(house, meetingId)).day).toBe('2026-12-05')
  await cell.secretary.says('hoàn tác')
  expect((await readMeeting(house, meetingId)).day).toBe('2026-12-03')
  await cell.secretary.says('hoàn tác')
  await cell.secretary.sees('không thấy việc nào')

  await cell.secretary.says('/hoanhop')
  await cell.secretary.taps('Đúng, hoãn')
  expect((await readMeeting(house, meetingId)).state).toBe('cancelled')
  await cell.secretary.says('hoàn tác')
  expect((await readMeeting(house, meetingId)).state).toBe('planned')

  await cell.secretary.says('/thongbao Mai dọn vệ sinh.')
  await cell.secretary.taps('Gửi')
  await cell.secretary.says('hoàn tác')
  await cell.secretary.sees('Đã thu hồi thông báo')
})

test('a material just added is gone from the list', async () => {
  await cell.secretary.says('https://example.org/nq Nghị quyết tháng 12')
  await cell.secretary.taps('Không mật, gửi cùng lời nhắc')
  expect(await house.db.material.count({ where: { withdrawnAt: null } })).toBe(1)
  await cell.secretary.says('hoàn tác')
  await cell.secretary.sees('Đã gỡ “Nghị quyết tháng 12”')
  expect(await house.db.material.count({ where: { withdrawnAt: null } })).toBe(0)
})

test('a meeting that somebody has changed since is left as it is', async () => {
  await cell.secretary.says('/doilich 06/12')
  await cell.secretary.taps('Đúng, đổi lịch')
  await house.db.meeting.update({ where: { id: meetingId }, data: { revision: { increment: 1 } } })
  await cell.secretary.says('hoàn tác')
  expect((await readMeeting(house, meetingId)).day).toBe('2026-12-06')
})
