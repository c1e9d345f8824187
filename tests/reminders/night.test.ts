import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse, ZONE } from '../support/house.js'
import { aCell, type Cell } from '../support/people.js'

/** An outage that ends at night wakes nobody: what was meant for the evening keeps its quiet hours until it is sent. */
let house: House
let cell: Cell
beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00' })
  cell = await aCell(house, 2)
})
afterAll(() => house.close())

const hoursOf = async (kind: string) => {
  const rows = await house.db.delivery.findMany({ where: { outbox: { kind } } })
  return rows.map(({ quietZone, quietFrom, quietTo }) => ({ quietZone, quietFrom, quietTo }))
}
const NIGHT = { quietZone: ZONE, quietFrom: '21:30', quietTo: '06:30' }

test('the word of a new monthly schedule', async () => {
  await cell.secretary.says('/lichdinhky ngày 3 hằng tháng 19:30 tại Hội trường tầng 2')
  await cell.secretary.taps('Đúng, lưu lịch')
  expect(await hoursOf('meetings.series')).toEqual([NIGHT, NIGHT])
})

test('the word to the secretary that reminders were late', async () => {
  await house.sleepsUntil('2026-12-01 15:00')
  expect(await hoursOf('reminders.late')).toEqual([NIGHT])
})
