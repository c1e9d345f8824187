import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, aPerson, type Cell } from '../support/people.js'

const marksOf = async (house: House, meetingId: string) => {
  const rows = await house.db.rollCallMark.findMany({ where: { meetingId } })
  const counts: Record<string, number> = {}
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

describe('a roll-call as one line', () => {
  let house: House
  let cell: Cell
  let meetingId: string
  beforeAll(async () => {
    house = await openHouse({ now: '2026-12-03 18:00', plain: true })
    cell = await aCell(house, 7)
    meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    await house.to('2026-12-03 19:30')
  })
  afterAll(() => house.close())

  // Sorted by given name: "1" … "7" before "Thư".
  test('the sheet comes by itself with numbered names, and says how a line is written', async () => {
    const { secretary } = cell
    const sheet = await secretary.sees('Đến giờ họp', 'Đỗ Văn Thử 1 (1)', 'Lò Thị Bí Thư (8)', 'vắng 3, 7 có lý do')
    expect(sheet.content.below).toBe(
      [
        '11. Còn lại có mặt (8)',
        '12. Khách (0)',
        '13. Thư ký cuộc họp',
        '14. Xác nhận điểm danh',
        'Trả lời bằng số, ví dụ 11.',
      ].join('\n'),
    )
  })

  test('what is not certain is asked back, and nothing is stored', async () => {
    const { secretary } = cell
    await secretary.says('vắng 3, 99; muộn 5')
    await secretary.sees('chưa ghi gì', 'Không có số 99: danh sách có 8')
    await secretary.says('vắng 3, 7')
    await secretary.sees('vắng có lý do hay không lý do?')
    await secretary.says('vắng 3 có lý do; muộn 3')
    await secretary.sees('ghi hai lần khác nhau')
    await secretary.says('còn lại')
    await secretary.sees('chỉ đi với “có mặt”')
    expect(await marksOf(house, meetingId)).toEqual({ unknown: 8 })
    expect(await house.db.answer.count({ where: { meetingId } })).toBe(0)
  })

  test('a line is repeated back, corrected by another, and stored by a choice', async () => {
    const { secretary } = cell
    await secretary.says('vang 3,7 co ly do; 2 khong ly do; muon 5 15 phut')
    await secretary.sees('chưa ghi gì', 'Vắng có lý do (2): Đỗ Văn Thử 3, Đỗ Văn Thử 7.', 'Chưa rõ (4)')
    await secretary.says('2 có mặt')
    await secretary.sees('Muộn (1): Đỗ Văn Thử 5.', 'Vắng có lý do (2)', 'có mặt 1 · muộn 1', 'Chưa rõ (4)')
    await secretary.says('vắng 99 có lý do')
    await secretary.sees('Không có số 99', '11. Xem lại phần đã đọc')
    await secretary.says('11')
    await secretary.sees('Muộn (1): Đỗ Văn Thử 5.')
    expect(await marksOf(house, meetingId)).toEqual({ unknown: 8 })
    await secretary.picks('xác nhận điểm danh')
    await secretary.sees('Còn 4 đồng chí chưa rõ', 'có dự họp không?')
    expect(await marksOf(house, meetingId)).toEqual({ excused: 2, late: 1, present: 1, unknown: 4 })
    await secretary.says('còn lại có mặt')
    await secretary.sees('có mặt 5 · muộn 1', '11. Đúng, xác nhận điểm danh')
    await secretary.says('dung, xac nhan diem danh')
    await secretary.sees('Đã xác nhận điểm danh', '5')
    expect(await marksOf(house, meetingId)).toEqual({ excused: 2, late: 1, present: 5 })
    expect((await house.db.rollCall.findUniqueOrThrow({ where: { meetingId } })).confirmedAt).not.toBeNull()
  })

  test('after that a line changes nothing but leads to the correction', async () => {
    const { secretary } = cell
    await secretary.reads()
    await secretary.says('vắng 5 có lý do')
    await secretary.sees('Điểm danh đã được đồng chí', '11. Sửa điểm danh')
    expect(await house.db.answer.count({ where: { meetingId } })).toBe(0)
    await secretary.says('11')
    await secretary.sees('Đang sửa điểm danh')
    await secretary.says('vắng 5 có lý do')
    await secretary.picks('xác nhận điểm danh')
    await secretary.sees('Đã xác nhận điểm danh')
    expect(await marksOf(house, meetingId)).toEqual({ excused: 3, present: 5 })
  })

  test('a member’s own words stay the member’s own', async () => {
    const [member] = cell.members
    await member?.reads()
    await member?.says('vắng 3, 7 có lý do')
    expect(await marksOf(house, meetingId)).toEqual({ excused: 3, present: 5 })
  })
})

test('another phone with the sheet is not sent it again at each change; guests are written by number and by name', async () => {
  const house = await openHouse({ now: '2026-12-03 19:20', plain: true })
  const cell = await aCell(house, 2)
  const meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  const deputyId = cell.memberIds[0] ?? ''
  await house.db.appointment.create({
    data: { id: crypto.randomUUID(), personId: deputyId, role: 'deputy', unitId: cell.unitId, startsOn: new Date(0) },
  })
  const [deputy] = cell.members
  await house.to('2026-12-03 19:31')
  await deputy?.reads()
  await cell.secretary.reads()
  await cell.secretary.says('vắng 2 ốm; còn lại có mặt')
  await cell.secretary.sees('Vắng có lý do (1): Đỗ Văn Thử 2')
  await cell.secretary.picks('chưa xác nhận')
  await cell.secretary.sees('có mặt 2')
  await deputy?.seesNothingMore()
  await cell.secretary.picks('Khách')
  await cell.secretary.sees('nhắn họ tên khách khác')
  await cell.secretary.says('Nguyễn Văn Đủ')
  await cell.secretary.sees('Nguyễn Văn Đủ')
  expect(await house.db.guest.count({ where: { meetingId } })).toBe(1)
  await house.close()
})

test('a cell of eighty fits: names in several messages, what can be done below the last', async () => {
  const house = await openHouse({ now: '2026-12-03 19:10', plain: true })
  const cell = await aCell(house, 0)
  for (let n = 1; n <= 79; n += 1) await aPerson(house, `Nguyễn Thị Hồng Nhung ${n}`, cell.unitId)
  const meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  await cell.secretary.says('điểm danh')
  await cell.secretary.sees('Nguyễn Thị Hồng Nhung 1 (1)')
  await cell.secretary.sees('(80)', '15. Xác nhận điểm danh')
  await cell.secretary.says('vắng 3-5 có lý do; tất cả có mặt')
  await cell.secretary.sees('có mặt 77', 'Vắng có lý do (3)')
  await cell.secretary.picks('chưa xác nhận')
  expect(await marksOf(house, meetingId)).toEqual({ excused: 3, present: 77 })
  await house.close()
})

test('where buttons are, the line works too, and a shorter one in English', async () => {
  const house = await openHouse({ now: '2026-12-03 19:20' })
  const cell = await aCell(house, 3)
  const meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  await house.db.person.update({ where: { id: cell.secretaryId }, data: { locale: 'en' } })
  await cell.secretary.says('/rollcall')
  await cell.secretary.says('absent 2 excused; the rest present')
  await cell.secretary.sees('Absent, excused (1): Đỗ Văn Thử 2.', '[Right, record without confirming]')
  await cell.secretary.says('late 3')
  await cell.secretary.sees('Late (1): Đỗ Văn Thử 3.', 'Absent, excused (1)')
  await house.to('2026-12-03 19:31')
  await cell.secretary.taps('record without confirming')
  expect(await marksOf(house, meetingId)).toEqual({ excused: 1, late: 1, present: 2 })
  await house.close()
})
