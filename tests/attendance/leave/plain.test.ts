import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type House, openHouse, type Player } from '../../support/house.js'
import { aMeeting, answerRowOf } from '../../support/meetings.js'
import { aCell, type Cell } from '../../support/people.js'

let house: House
let cell: Cell
let meetingId: string
const member = () => cell.members[0] as Player
const answer = () => answerRowOf(house, meetingId, cell.memberIds[0] as string)
const open = async (how: { plain?: true } = {}) => {
  house = await openHouse({ now: '2026-11-27 08:00', ...how })
  cell = await aCell(house, 2)
  meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
}

describe('leave where people can only write', () => {
  beforeAll(() => open({ plain: true }))
  afterAll(() => house.close())

  test('is asked for by a line and a number, and answers the meeting', async () => {
    await member().says('bao vang dai ngay')
    await member().sees('từ ngày nào đến ngày nào')
    await member().says('1/12-20/12 di cong tac')
    await member().sees('vắng từ thứ Ba 01/12', 'có 1 buổi họp', '11. Đúng, gửi bí thư', '12. Sửa lại ngày')
    expect(await answer()).toBeNull()
    await member().picks('Đúng, gửi bí thư')
    await member().sees('Đã gửi đồng chí bí thư', '11. Thôi vắng, tôi dự họp')
    expect(await answer()).toMatchObject({ state: 'absent', reasonKind: 'work' })
  })

  test('is approved by a number, and taken back by one', async () => {
    const { secretary } = cell
    await secretary.sees('xin vắng từ', '11. Đồng ý', '12. Không đồng ý')
    await secretary.picks('Đồng ý')
    await secretary.sees('Đã đồng ý cho đồng chí Đỗ Văn Thử 1')
    await member().sees('Đồng chí bí thư đã đồng ý')
    await member().says('ve som')
    await member().picks('Thôi vắng, tôi dự họp')
    await member().sees('Đã thôi báo vắng từ hôm nay')
    expect(await answer()).toBeNull()
  })
})

describe.each([{ plain: true as const }, {}])('leave in English (%j)', (how) => {
  beforeEach(async () => {
    await open(how)
    await house.db.person.updateMany({ data: { locale: 'en' } })
    return () => house.close()
  })
  const chooses = (who: Player, label: string) => (how.plain ? who.picks(label) : who.taps(label))

  test('is asked for, approved, and seen in the list', async () => {
    await member().says('/absent from 1 December to 20 December business trip')
    await member().sees('You will be away from', 'reason: work', '1 meeting falls into that time')
    await chooses(member(), 'Yes, send it')
    await member().sees('Sent to the secretary')
    await cell.secretary.sees('Đỗ Văn Thử 1 asks to be away', '“business trip”', 'Do not approve')
    await cell.secretary.says('/leaves')
    await cell.secretary.sees('Leave in the cell (1)', 'waits for you')
    await chooses(cell.secretary, 'Look at: Đỗ Văn Thử 1')
    await chooses(cell.secretary, 'Approve')
    await cell.secretary.sees('Approved: Đỗ Văn Thử 1 is away')
    await member().sees('The secretary has approved your leave')
  })
})

describe('the member’s own words', () => {
  beforeAll(() => open())
  afterAll(() => house.close())
  const words = async () => {
    const leave = await house.db.leave.findFirstOrThrow()
    const events = await house.db.answerEvent.findMany({ where: { meetingId } })
    return [leave.reasonText, (await answer())?.reasonText ?? null, ...events.map((one) => one.reasonText)]
  }

  test('end 90 days after the leave and its meetings; the kind stays', async () => {
    await member().says('/baovang 1/12-20/12 em đi mổ mắt ở Hà Nội')
    await member().taps('Đúng, gửi bí thư')
    expect((await house.db.leave.findFirstOrThrow()).reasonText).toContain('mổ mắt')
    // The first day back is 21/12; 90 days later is 21/03.
    await house.to('2027-03-20 23:00')
    expect((await house.db.leave.findFirstOrThrow()).reasonText).toContain('mổ mắt')
    await house.to('2027-03-22 00:00')
    expect((await words()).filter((one) => one !== null)).toEqual([])
    expect(await house.db.leave.findFirstOrThrow()).toMatchObject({ reasonKind: 'health' })
  })
})
