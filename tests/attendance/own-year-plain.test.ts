import { expect, test } from 'vitest'
import { openHouse } from '../support/house.js'
import { aCell } from '../support/people.js'

test('where people can only write, the year and the notebook are numbers below /canhan', async () => {
  const house = await openHouse({ now: '2026-11-20 08:00', plain: true })
  const cell = await aCell(house, 1)
  const [member] = cell.members
  await member?.says('/canhan')
  await member?.picks('Năm nay của tôi')
  await member?.sees('Chưa có buổi họp nào được xác nhận điểm danh')
  await member?.says('/canhan')
  await member?.picks('Sổ tay của tôi')
  await member?.sees('Sổ tay chưa có gì')
  expect(await house.db.note.count()).toBe(0)
  await house.close()
})
