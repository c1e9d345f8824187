import { afterAll, beforeAll, test } from 'vitest'
import { type House, openHouse } from '../support/house.js'
import { aCell, type Cell } from '../support/people.js'

let house: House
let cell: Cell
beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00', plain: true })
  cell = await aCell(house, 1)
})
afterAll(() => house.close())

test('where people can only write, everything is a number', async () => {
  const [member] = cell.members
  await cell.secretary.says('/thongbao Mai dọn vệ sinh.')
  await cell.secretary.sees('Gửi tới 1 đồng chí', 'Mai dọn vệ sinh.')
  await cell.secretary.picks('Gửi')
  await cell.secretary.sees('Đã gửi thông báo tới 1 đồng chí')
  await member?.sees('Mai dọn vệ sinh.', '11. Đã nhận')
  await member?.picks('Đã nhận')
  await member?.sees('Đã nhận ✓')
  await cell.secretary.picks('Ai đã nhận')
  await cell.secretary.sees('Đã nhận 1/1', 'Tất cả các đồng chí đã nhận')
  await cell.secretary.picks('Thu hồi')
  await cell.secretary.sees('Đã thu hồi thông báo', 'như Zalo, tin cũ vẫn còn')
  await member?.seesNothingMore()
  await member?.says('11')
  await member?.sees('đã được thu hồi')
})
