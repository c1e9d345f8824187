import { expect, test } from 'vitest'
import { openHouse } from '../support/house.js'
import { aCell } from '../support/people.js'

test('where people can only write, what is told is chosen by number', async () => {
  const house = await openHouse({ now: '2026-11-20 08:00', plain: true })
  const cell = await aCell(house, 1)
  const [member] = cell.members
  await member?.says('tắt báo')
  await member?.picks('Tắt: tài liệu trước buổi họp')
  await member?.sees('tài liệu trước buổi họp: đã tắt')
  expect(await house.db.mute.findMany()).toMatchObject([{ personId: cell.memberIds[0], kind: 'materials' }])
  await house.close()
})
