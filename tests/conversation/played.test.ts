import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse, type Player } from '../support/house.js'
import { aCell, aPerson, appoint, type Cell } from '../support/people.js'
import { messyRosterXls } from '../support/roster-files.js'

/** What people wrote or met when the whole was played as them. */
let house: House
let cell: Cell
let member: Player
beforeAll(async () => {
  house = await openHouse({ now: '2026-12-01 09:00' })
  cell = await aCell(house, 1)
  member = cell.members[0] as Player
})
afterAll(() => house.close())

test.each(['cam on chau', 'Cảm ơn con nhé', 'cám ơn cô'])('“%s” is thanks', async (text) => {
  await member.says(text)
  await member.sees('không có gì ạ')
})

test.each(['toi khong muon nhan nua', 'đừng nhắn nữa'])(
  '“%s” leads to what may be switched off, and to the way out',
  async (text) => {
    await member.says(text)
    await member.sees('Tin đồng chí muốn nhận', 'rút lại sự đồng ý')
  },
)

test('who leads a cell is not sent to its secretary', async () => {
  await cell.secretary.says('/baocao')
  await cell.secretary.sees('không thuộc phần đồng chí phụ trách', 'liên hệ cấp ủy cấp trên')
  const deputyId = await aPerson(house, 'Vàng Văn Phó', cell.unitId)
  await appoint(house, deputyId, 'deputy', cell.unitId)
  const deputy = await house.phoneOf('deputy', deputyId)
  await deputy.says('/thembot')
  await deputy.sees('liên hệ đồng chí bí thư chi bộ')
})

test('an office finds in its menu what is its own, and a problem of many lines is said once', async () => {
  const officeId = await aPerson(house, 'Vi Thị Văn Phòng')
  await appoint(house, officeId, 'office', cell.committeeId)
  const office = await house.phoneOf('office', officeId)
  await office.says('menu')
  const labels = (await office.last()).content.choices.flat().map((one) => one.label)
  expect(labels).toEqual(expect.arrayContaining(['Hạn việc quanh buổi họp', 'Mẫu phiếu chấm điểm', 'Mẫu giấy tờ']))
  const people = Array.from({ length: 20 }, (_, n) => ({
    fullName: `Đỗ Văn Dòng ${n}`,
    gender: 'male' as const,
    birth: '1970',
    phone: `09000002${10 + n}`,
    section: 'Chi bộ Không Có',
  }))
  await office.sendsFile('DS.XLS', messyRosterXls(people))
  const { content } = await office.sees('Chi bộ Không Có', '20 dòng vướng')
  expect(content.text.match(/Chi bộ Không Có/g)).toHaveLength(1)
  expect(content.text).toMatch(/Dòng \d+–\d+: /)
})
