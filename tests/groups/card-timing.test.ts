import { afterEach, beforeEach, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.js'
import { aCell, type Cell } from '../support/people.js'
import { type Group, tieGroup } from './setup.js'

let house: House
let cell: Cell
let group: Group
beforeEach(async () => {
  house = await openHouse({ now: '2026-11-20 08:00', can: { toasts: true } })
  cell = await aCell(house, 1)
  group = await tieGroup(house, cell.secretary)
})
afterEach(() => house.close())

const create = async (when: string): Promise<void> => {
  await cell.secretary.says(`/taohop ${when} tại Nhà văn hóa`)
  await cell.secretary.taps('Đúng, tạo buổi họp')
  await house.app.settle()
}
const cancel = async (): Promise<void> => {
  await cell.secretary.says('/hoanhop')
  await cell.secretary.taps('Đúng, hoãn')
  await house.app.settle()
}
const cards = async (): Promise<string[]> => (await group.texts()).slice(1)

test('a meeting that is put off is a new message, and the card no longer says its hour', async () => {
  await create('3/12 19:30')
  await house.to('2026-11-20 08:01')
  await cancel()
  await house.to('2026-11-20 08:02')
  const [old, news, ...more] = await cards()
  expect(old).toContain('Lịch buổi họp này đã thay đổi.')
  expect(news).toContain('19:30 thứ Năm 03/12/2026')
  expect(more).toEqual([])
  expect((await group.messages()).flatMap((one) => one.choices)).toEqual([])
})

test('in quiet hours a card waits for the morning', async () => {
  await house.to('2026-11-20 22:30')
  await create('3/12 19:30')
  await house.to('2026-11-21 05:59')
  expect(await cards()).toEqual([])
  await house.to('2026-11-21 07:00')
  expect(await cards()).toEqual([expect.stringContaining('19:30 thứ Năm 03/12/2026')])
})

test('a meeting of tomorrow that is put off late is said at once', async () => {
  await create('21/11 08:00')
  await house.to('2026-11-20 08:01')
  expect(await cards()).toHaveLength(1)
  await house.to('2026-11-20 22:30')
  await cancel()
  await house.to('2026-11-20 22:31')
  expect(await cards()).toHaveLength(2)
})
