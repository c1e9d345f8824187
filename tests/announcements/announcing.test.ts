import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.js'
import { aCell, aPerson, appoint, type Cell } from '../support/people.js'

let house: House
let cell: Cell
beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00' })
  cell = await aCell(house, 2)
  const far = await aPerson(house, 'Vàng Thị Xa', cell.unitId)
  await house.db.person.update({ where: { id: far }, data: { phone: '0900000001' } })
})
afterAll(() => house.close())

test('a notice goes to everybody of the cell after one tap, and the secretary sees who has it', async () => {
  const [one, two] = cell.members
  await cell.secretary.says('/thongbao Chi bộ dọn vệ sinh khu phố\n7h00 Chủ nhật này.')
  await cell.secretary.sees('Gửi tới 3 đồng chí', 'Chi bộ dọn vệ sinh khu phố\n7h00', 'Có 1 đồng chí hiện chưa có cách')
  await one?.seesNothingMore()
  await cell.secretary.taps('Gửi')
  await cell.secretary.sees('Đã gửi thông báo tới 2 đồng chí')
  await one?.sees('Thông báo của Chi bộ Tổ dân phố 1', 'dọn vệ sinh')
  await two?.sees('Thông báo của Chi bộ Tổ dân phố 1')
  await one?.taps('Đã nhận')
  await one?.sees('dọn vệ sinh', 'Đã nhận ✓')
  await cell.secretary.taps('Ai đã nhận')
  await cell.secretary.sees('Đã nhận 1/3', 'Chưa báo nhận: Đỗ Văn Thử 2.', '– Vàng Thị Xa, 0900000001')
})

test('taken back, what was sent is changed in its place and cannot be received any more', async () => {
  const [one, two] = cell.members
  await cell.secretary.taps('Thu hồi')
  await cell.secretary.sees('Đã thu hồi thông báo', '2 đồng chí đã nhận được')
  await two?.sees('Thông báo này đã được thu hồi')
  expect((await two?.last())?.content.text).not.toContain('dọn vệ sinh')
  await one?.sees('Thông báo này đã được thu hồi')
})

test('at night it waits for the morning, and taken back before then reaches nobody', async () => {
  const [one] = cell.members
  await house.to('2026-11-20 22:00')
  await cell.secretary.reads()
  await one?.reads()
  await cell.secretary.says('gửi thông báo')
  await cell.secretary.sees('Đồng chí nhắn nội dung thông báo')
  await cell.secretary.says('Mai nộp đảng phí.')
  await cell.secretary.taps('Gửi')
  await cell.secretary.sees('Tôi sẽ gửi thông báo tới 2 đồng chí lúc 06:30')
  await one?.seesNothingMore()
  await cell.secretary.taps('Thu hồi')
  await cell.secretary.sees('chưa đồng chí nào nhận được')
  await house.to('2026-11-21 08:00')
  await one?.seesNothingMore()
})

test('markings of secrecy are refused, too much is asked for again, and a member may not', async () => {
  const before = await house.db.announcement.count()
  await cell.secretary.says('/thongbao Công văn TỐI MẬT về nhân sự')
  await cell.secretary.sees('Nội dung có dấu mật không được gửi')
  await cell.secretary.says(`/thongbao ${'dài '.repeat(600)}`)
  await cell.secretary.sees('quá 2000 ký tự')
  await cell.secretary.says('Ngắn thôi.')
  await cell.secretary.sees('Gửi tới 3 đồng chí', 'Ngắn thôi.')
  await cell.secretary.says('/thongbao van ban mat nay')
  await cell.secretary.sees('có thể là dấu mật')
  await cell.members[0]?.says('/thongbao xin chào')
  await cell.members[0]?.sees('không thuộc phần đồng chí phụ trách')
  expect(await house.db.announcement.count()).toBe(before)
})

test('exempt members get it too; in English', async () => {
  const [, two] = cell.members
  await house.db.exemption.create({
    data: {
      id: crypto.randomUUID(),
      personId: cell.memberIds[1] ?? '',
      kind: 'exempt',
      startsOn: new Date('2026-01-01'),
    },
  })
  await house.db.person.updateMany({ data: { locale: 'en' } })
  await cell.secretary.reads()
  await two?.reads()
  await cell.secretary.says('/announce The hall is closed.')
  await cell.secretary.sees('Send it to 3 members')
  await cell.secretary.taps('Send')
  await two?.sees('Announcement of', 'The hall is closed.')
  await two?.taps('Received')
  await two?.sees('Received ✓')
  const [deputyId = ''] = cell.memberIds
  await appoint(house, deputyId, 'deputy', cell.unitId)
  await cell.members[0]?.says('/announce')
  await cell.members[0]?.sees('Please write what the whole cell should know', 'Who has “The hall is closed.”')
  await cell.members[0]?.taps('Who has')
  await cell.members[0]?.sees('Received 1/3')
})
