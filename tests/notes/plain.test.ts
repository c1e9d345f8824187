import { afterAll, beforeAll, test } from 'vitest'
import { type House, openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, type Cell } from '../support/people.js'

let house: House
let cell: Cell
beforeAll(async () => {
  house = await openHouse({ now: '2026-12-01 08:00', plain: true })
  cell = await aCell(house, 1)
  await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  await house.db.person.updateMany({ data: { locale: 'en' } })
})
afterAll(() => house.close())

test('the notebook where people can only write, in English', async () => {
  const [member] = cell.members
  await member?.says('/note Ask about the road')
  await member?.sees('Written into your notebook: Regular meeting 03/12/2026')
  await member?.picks('See the notebook')
  await member?.sees('1 note.', '11. 03/12: Ask about the road', '12. Add a note', '13. Get the whole notebook')
  await member?.picks('Get the whole notebook')
  await member?.sees('Please get your notebook on Telegram')
  await member?.picks('Ask about the road')
  await member?.picks('Remove')
  await member?.picks('Remove for good')
  await member?.sees('The note is gone from your notebook')
})
