import { beforeEach, describe, expect, test } from 'vitest'
import { type House, openHouse, type Player } from '../support/house.js'
import { aMeeting, answerRowOf, historyOf } from '../support/meetings.js'
import { aCell, aPerson, appoint, aUnit, type Cell } from '../support/people.js'

let house: House
let cell: Cell
let meetingId: string
beforeEach(async () => {
  house = await openHouse({ now: '2026-11-26 08:00' })
  cell = await aCell(house, 2)
  meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  return () => house.close()
})
const member = () => cell.members[0] as Player
const memberId = () => cell.memberIds[0] as string
const answer = (personId = memberId()) => answerRowOf(house, meetingId, personId)

test('from the list: member, state, kind of reason; stamped who, when and how; the member is told and can change it', async () => {
  await cell.secretary.says('/traloithay')
  await cell.secretary.sees('Chưa trả lời: 3 đồng chí', '[Đỗ Văn Thử 1]')
  await cell.secretary.taps('Đỗ Văn Thử 1')
  await cell.secretary.sees('Đỗ Văn Thử 1 trả lời thế nào', '[Có mặt] [Đến muộn]')
  await cell.secretary.taps('Vắng')
  await cell.secretary.sees('vắng vì lý do gì', '[Chưa rõ lý do]')
  expect(await answer()).toBeNull()
  await cell.secretary.taps('sức khỏe')
  await cell.secretary.sees('Đã ghi thay đồng chí Đỗ Văn Thử 1: vắng mặt, lý do sức khỏe.', 'đã báo lại')
  expect(await historyOf(house, meetingId, memberId())).toMatchObject([
    { state: 'absent', reasonKind: 'health', way: 'on_behalf', byId: cell.secretaryId, at: house.now },
  ])
  await member().sees('Đồng chí bí thư đã ghi giúp: đồng chí vắng mặt', 'Nếu chưa đúng', '[Có mặt]')
  await member().taps('Có mặt')
  await member().sees('Đã ghi: đồng chí có mặt')
  expect(await answer()).toMatchObject({ state: 'present' })
})

test('who has answered stands last, and the list is paged by given name', async () => {
  for (const given of ['Yên', 'Bình', 'An', 'Xuân', 'Chi', 'Dung', 'Em', 'Giang', 'Hà'])
    await aPerson(house, `Lường Thị ${given}`, cell.unitId)
  await member().says('1')
  await cell.secretary.says('trả lời thay')
  const first = await cell.secretary.sees('Chưa trả lời: 11 đồng chí', '[Trang sau ›]')
  const names = first.content.choices.flat().map((one) => one.label.split(' ').at(-1))
  expect(names.slice(0, 7)).toEqual(['2', 'An', 'Bình', 'Chi', 'Dung', 'Em', 'Giang'])
  await cell.secretary.taps('Trang sau')
  await cell.secretary.sees('[Lường Thị Yên] [Đỗ Văn Thử 1 · Có mặt]', '[‹ Trang trước]')
})

describe('typed in one line', () => {
  test('name, answer and reason', async () => {
    await cell.secretary.says('/traloithay đ/c Do Van Thu 2 vắng ốm')
    await cell.secretary.sees('Đã ghi thay đồng chí Đỗ Văn Thử 2: vắng mặt, lý do sức khỏe.')
    expect(await answer(cell.memberIds[1])).toMatchObject({ reasonText: 'ốm' })
  })

  test('what is missing is asked, what is unknown is said', async () => {
    await cell.secretary.says('/traloithay Nguyễn Không Ai vắng')
    await cell.secretary.sees('không thấy tên này', '[Đỗ Văn Thử 1]')
    await cell.secretary.says('/traloithay Đỗ Văn Thử 1 chắc là đến')
    await cell.secretary.sees('Đỗ Văn Thử 1 trả lời thế nào')
    expect(await house.db.answer.count()).toBe(0)
  })

  test('two people of one name are asked about, with year of birth or section', async () => {
    const [a, b] = [
      await aPerson(house, 'Quàng Văn Hai', cell.unitId),
      await aPerson(house, 'Quàng Văn Hai', cell.unitId),
    ]
    await house.db.person.update({ where: { id: a }, data: { birthYear: 1961 } })
    await house.db.membership.updateMany({ where: { personId: b }, data: { section: 'Tổ đảng 2' } })
    await cell.secretary.says('/traloithay Quàng Văn Hai có mặt')
    await cell.secretary.sees('cùng tên', '[Quàng Văn Hai (1961)] [Quàng Văn Hai (Tổ đảng 2)]')
    expect(await house.db.answer.count()).toBe(0)
    await cell.secretary.taps('Tổ đảng 2')
    await cell.secretary.sees('Đã ghi thay đồng chí Quàng Văn Hai (Tổ đảng 2): có mặt')
    expect(await answer(b)).toMatchObject({ state: 'present' })
  })

  test('a name typed with its accents means just that one', async () => {
    const [ha] = [await aPerson(house, 'Vi Thị Hà', cell.unitId), await aPerson(house, 'Vi Thị Hạ', cell.unitId)]
    await cell.secretary.says('/traloithay Vi Thi Ha có mặt')
    await cell.secretary.sees('cùng tên')
    await cell.secretary.says('/traloithay Hà có mặt')
    await cell.secretary.sees('Đã ghi thay đồng chí Vi Thị Hà')
    expect(await answer(ha)).toMatchObject({ state: 'present' })
  })
})

test('a member who cannot be reached: the secretary is told to tell them', async () => {
  const old = await aPerson(house, 'Lường Văn Già', cell.unitId)
  await cell.secretary.says('/traloithay Lường Văn Già có mặt')
  await cell.secretary.sees('Đã ghi thay', 'không nhắn được')
  expect(await answer(old)).toMatchObject({ state: 'present' })
})

test('after the start it counts at once: who does it is who would decide', async () => {
  await house.to('2026-12-03 19:50')
  await cell.secretary.says('/traloithay Đỗ Văn Thử 1 có mặt')
  await cell.secretary.sees('Đã ghi thay')
  expect(await answer()).toMatchObject({ state: 'present' })
  expect(await historyOf(house, meetingId, memberId())).toMatchObject([
    { way: 'on_behalf', late: 'accepted', decidedById: cell.secretaryId },
  ])
})

test('a name typed with its accents is nobody else’s: asked back, nothing recorded', async () => {
  const similar = await aPerson(house, 'Lò Văn Thủy', cell.unitId)
  await cell.secretary.says('/traloithay Thúy có mặt')
  await cell.secretary.sees('không thấy tên này', 'chưa ghi gì')
  expect(await answerRowOf(house, meetingId, similar)).toBeNull()
  await cell.secretary.says('/traloithay Thuỷ có mặt')
  await cell.secretary.sees('Đã ghi thay đồng chí Lò Văn Thủy: có mặt')
})

test('in words without the slash it is still about the other, never the secretary’s own answer', async () => {
  await cell.secretary.says('Trả lời thay Đỗ Văn Thử 1 vắng ốm')
  await cell.secretary.sees('Đã ghi thay đồng chí Đỗ Văn Thử 1: vắng mặt, lý do sức khỏe')
  expect(await answerRowOf(house, meetingId, cell.secretaryId)).toBeNull()
})

test('in the quiet hours the member is told in the morning', async () => {
  await house.to('2026-11-26 22:00')
  await member().reads()
  await cell.secretary.says('/traloithay Đỗ Văn Thử 1 có mặt')
  await member().seesNothingMore()
  await house.to('2026-11-27 06:30')
  await member().sees('bí thư đã ghi giúp')
})

test('whose it is not: a member, and the secretary of another cell', async () => {
  await member().says('/traloithay Đỗ Văn Thử 2 vắng')
  await member().sees('không thuộc phần đồng chí phụ trách')
  const elsewhere = await aUnit(house, 'Chi bộ Khác')
  const strangerId = await aPerson(house, 'Cầm Thị Khác', elsewhere)
  await appoint(house, strangerId, 'secretary', elsewhere)
  const stranger = await house.phoneOf('stranger', strangerId)
  await stranger.says('/traloithay Đỗ Văn Thử 2 vắng')
  await stranger.sees('chưa có buổi họp nào')
  expect(await house.db.answer.count()).toBe(0)
})

test('two meetings: asked which, what was typed is kept', async () => {
  const second = await aMeeting(house, cell.unitId, '2026-12-10 14:00', { kind: 'thematic' })
  await cell.secretary.says('/traloithay Đỗ Văn Thử 1 có mặt')
  await cell.secretary.sees('buổi nào')
  await cell.secretary.taps('chuyên đề')
  await cell.secretary.sees('Đã ghi thay đồng chí Đỗ Văn Thử 1: có mặt. Sinh hoạt chuyên đề')
  expect(await historyOf(house, second, memberId())).toHaveLength(1)
})
