import { expect, test } from 'vitest'
import { type House, openHouse, type Player } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, aPerson, type Cell } from '../support/people.js'

let house: House
let cell: Cell
const open = async (plain?: true) => {
  house = await openHouse({ now: '2026-11-27 08:00', ...(plain ? { plain } : {}) })
  cell = await aCell(house, 1)
}
const member = () => cell.members[0] as Player
const rows = () => house.db.exemption.findMany({ orderBy: { startsOn: 'asc' } })

test('one line, repeated back, recorded by one choice: outside the denominator on that day; ended by two', async () => {
  await open()
  await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  await cell.secretary.says('/mien Đỗ Văn Thử 1 1/12-31/5')
  await cell.secretary.sees('đồng chí Đỗ Văn Thử 1: miễn sinh hoạt từ 01/12/2026 đến hết 31/05/2027')
  expect(await rows()).toEqual([])
  await cell.secretary.taps('Đúng, ghi lại')
  await cell.secretary.sees('Đã ghi cho đồng chí Đỗ Văn Thử 1')
  await member().sees('Chi bộ đã quyết định', 'miễn sinh hoạt từ 01/12/2026')
  expect(await rows()).toMatchObject([{ kind: 'exempt', endsOn: new Date('2027-06-01T00:00:00Z') }])
  await cell.secretary.says('/tonghop')
  await cell.secretary.sees('Đã trả lời: 0/1', 'Miễn sinh hoạt (không tính): 1')
  await cell.secretary.says('/mien Đỗ Văn Thử 1 1/1-31/1')
  await cell.secretary.taps('Đúng, ghi lại')
  await cell.secretary.sees('đã được miễn trong thời gian đó')
  await house.to('2027-02-01 08:00')
  await member().reads()
  await cell.secretary.says('hết miễn')
  await cell.secretary.sees('Đỗ Văn Thử 1: miễn sinh hoạt từ 01/12/2026')
  await cell.secretary.taps('Hết miễn: Đỗ Văn Thử 1')
  await cell.secretary.taps('Đúng, hết miễn từ hôm nay')
  await member().sees('Từ hôm nay đồng chí thôi được miễn sinh hoạt')
  expect(await rows()).toMatchObject([{ endsOn: new Date('2027-02-01T00:00:00Z') }])
  await house.close()
})

test('special duty; two of one name; a name that nobody has; days that cannot be', async () => {
  await open()
  const first = await aPerson(house, 'Lò Thị Mai', cell.unitId)
  await aPerson(house, 'Lò Thị Mai', cell.unitId)
  await house.db.person.update({ where: { id: first }, data: { birthYear: 1950 } })
  await cell.secretary.says('/mien Cầm Văn Ai 1/12-31/5')
  await cell.secretary.sees('chưa thấy tên này')
  await cell.secretary.says('Lò Thị Mai vắng vì nhiệm vụ 1/12-31/12')
  await cell.secretary.taps('Lò Thị Mai (1950)')
  await cell.secretary.sees('vắng vì nhiệm vụ từ 01/12/2026')
  await cell.secretary.taps('Sửa thời gian')
  await cell.secretary.says('20/12/2026-1/12/2026')
  await cell.secretary.sees('Ngày cuối đứng trước ngày đầu')
  await cell.secretary.says('1/12-20/12')
  await cell.secretary.taps('Đúng, ghi lại')
  expect(await rows()).toMatchObject([{ personId: first, kind: 'special_duty' }])
  await member().says('/mien')
  expect(await house.db.outbox.count({ where: { kind: 'attendance.exemptions' } })).toBe(0)
  await house.close()
})

test('over plain text, in English', async () => {
  await open(true)
  await house.db.person.updateMany({ data: { locale: 'en' } })
  await cell.secretary.says('/exempt')
  await cell.secretary.sees('Nobody in the cell is exempt', 'special duty 1/12-31/5')
  await cell.secretary.says('Đỗ Văn Thử 1')
  await cell.secretary.sees('From which day to which day is Đỗ Văn Thử 1 exempt')
  await cell.secretary.says('1/12-31/5')
  await cell.secretary.picks('Yes, record it')
  await member().sees('The cell has decided: you are exempt from')
  await house.close()
})
