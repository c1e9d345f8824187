import { beforeEach, describe, expect, test } from 'vitest'
import { eveningBefore } from '../../src/reminders/rules.js'
import { at, type House, openHouse, type Player, ZONE } from '../support/house.js'
import { aMeeting, cancelMeeting, moveMeeting } from '../support/meetings.js'
import { aCell, aPerson, type Cell } from '../support/people.js'

describe('when the evening before is', () => {
  test.each([
    ['the evening before', '2026-12-03 19:30', '2026-11-20 08:00', '2026-12-02 19:00'],
    ['a meeting at dawn', '2026-12-03 06:45', '2026-11-20 08:00', '2026-12-02 19:00'],
    ['made on that evening: an hour for its notices', '2026-12-03 19:30', '2026-12-02 19:40', '2026-12-02 20:40'],
    ['made in the night: after the quiet hours', '2026-12-03 19:30', '2026-12-02 22:10', '2026-12-03 06:30'],
    ['made in the night for the morning: no time left', '2026-12-03 07:00', '2026-12-02 22:10', null],
    ['made an hour and a half before', '2026-12-03 19:30', '2026-12-03 18:00', null],
    ['made at exactly seven', '2026-12-03 19:30', '2026-12-02 19:00', '2026-12-02 20:00'],
  ])('%s', (_, startsAt, setAt, expected) => {
    const found = eveningBefore({ startsAt: at(startsAt), zone: ZONE, setAt: at(setAt) })
    expect(found).toEqual(expected === null ? null : at(expected))
  })
})

let house: House
let cell: Cell
beforeEach(async () => {
  house = await openHouse({ now: '2026-11-20 08:00' })
  cell = await aCell(house, 2)
  return () => house.close()
})

const ASKS = ['chưa nhận được tin về buổi họp', 'Danh sách gọi điện'] as const
const block = (one: Player | undefined) => house.channel.block(one?.handle ?? '', true)
const told = () => house.db.outbox.count({ where: { kind: 'reminders.unreached' } })

describe('the evening before', () => {
  test('the secretary hears once who was not reached, by name, with the way to the call list', async () => {
    await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    await aPerson(house, 'Quàng Thị Già', cell.unitId)
    await block(cell.members[0])
    await house.to('2026-12-02 18:59')
    await cell.secretary.reads()
    await house.to('2026-12-02 19:01')
    await cell.secretary.sees(
      ...ASKS,
      'Còn 2 đồng chí',
      '– Quàng Thị Già',
      '– Đỗ Văn Thử 1',
      '19:30 thứ Năm 03/12/2026',
    )
    await cell.secretary.taps('Danh sách gọi điện')
    await cell.secretary.sees('– Quàng Thị Già, chưa có số điện thoại')
    await house.to('2026-12-03 20:00')
    expect(await told()).toBe(1)
  })

  test('everybody was reached or has answered: nothing is said', async () => {
    await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    await house.to('2026-12-01 08:00')
    await cell.members[0]?.says('1')
    await block(cell.members[0])
    await house.to('2026-12-03 20:00')
    expect(await told()).toBe(0)
  })

  test('moved to another day: that day has its evening; cancelled: none', async () => {
    const meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    const other = await aMeeting(house, cell.unitId, '2026-12-04 08:00')
    await aPerson(house, 'Quàng Thị Già', cell.unitId)
    await house.to('2026-12-01 08:00')
    await moveMeeting(house, meetingId, '2026-12-10 19:30')
    await cancelMeeting(house, other)
    await house.to('2026-12-08 08:00')
    expect(await told()).toBe(0)
    await house.to('2026-12-09 19:01')
    expect(await told()).toBe(1)
  })

  test('after a downtime it is still told, in the morning, until the meeting begins', async () => {
    await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    await aPerson(house, 'Quàng Thị Già', cell.unitId)
    await house.to('2026-12-02 18:00')
    await house.sleepsUntil('2026-12-03 05:00')
    expect(await told()).toBe(0)
    await house.to('2026-12-03 06:31')
    await cell.secretary.sees(...ASKS, 'Quàng Thị Già')
    await aMeeting(house, cell.unitId, '2026-12-10 19:30')
    await house.to('2026-12-09 18:00')
    await house.sleepsUntil('2026-12-10 19:31')
    await house.to('2026-12-11 12:00')
    expect(await told()).toBe(1)
  })

  test('another place on the day itself does not tell it again', async () => {
    const meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    await aPerson(house, 'Quàng Thị Già', cell.unitId)
    await house.to('2026-12-03 08:00')
    await house.db.meeting.update({
      where: { id: meetingId },
      data: { place: 'Nhà văn hóa', revision: { increment: 1 } },
    })
    await house.to('2026-12-03 20:00')
    expect(await told()).toBe(1)
  })
})
