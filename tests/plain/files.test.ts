import { afterAll, beforeAll, expect, test } from 'vitest'
import { aPdf } from '../support/files.js'
import { type House, openHouse, type Player } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell } from '../support/people.js'

let house: House
let secretary: Player

beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00', plain: true })
  const cell = await aCell(house, 2)
  await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  secretary = cell.secretary
})
afterAll(() => house.close())

const materials = () => house.db.material.findMany({ orderBy: { id: 'asc' }, select: { title: true } })

test('a number after a file chooses for the file, not from a menu that came before', async () => {
  await secretary.says('menu')
  await secretary.sees('11. ')
  await secretary.sendsFile('nq.pdf', aPdf('một'), 'Nghị quyết tháng 12')
  await secretary.sees('không phải tài liệu mật', '11. ')
  await secretary.says('11')
  expect(await materials()).toEqual([{ title: 'Nghị quyết tháng 12' }])
})

test('of two files sent one after the other none is forgotten: a number that both have is asked about', async () => {
  await secretary.reads()
  await secretary.sendsFile('a.pdf', aPdf('hai'), 'Kế hoạch năm 2027')
  await secretary.sendsFile('b.pdf', aPdf('ba'), 'Báo cáo quý IV')
  await secretary.says('11')
  await secretary.sees('Số hoặc chữ này có trong nhiều tin', 'Kế hoạch năm 2027', 'Báo cáo quý IV')
})
