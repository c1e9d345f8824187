import { beforeEach, describe, expect, test } from 'vitest'
import { cancelMeeting } from '../../src/meetings/plan.js'
import { type House, openHouse, type Player } from '../support/house.js'
import { aMeeting, readMeeting } from '../support/meetings.js'
import { aCell, aPerson, appoint, type Cell } from '../support/people.js'

let house: House
let cell: Cell
/** After the meeting's 3 days' step: only what the secretary sends is on the way until 19:30 of the next day. */
beforeEach(async () => {
  house = await openHouse({ now: '2026-12-01 09:00' })
  cell = await aCell(house, 3)
  await aPerson(house, 'Cà Văn Xa', cell.unitId)
  await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  await member(1).says('1')
  await member(1).reads()
  await cell.secretary.says('1')
  await cell.secretary.reads()
  return () => house.close()
})
const member = (n: number): Player => cell.members[n - 1] as Player
const nudges = () => house.db.outbox.count({ where: { kind: 'reminders.nudge' } })

describe('/nhacnho', () => {
  test('says how many are silent and reachable, asks them once, and tells the result', async () => {
    await cell.secretary.says('/nhacnho')
    await cell.secretary.sees(
      'Sinh hoạt thường kỳ 19:30 thứ Năm 03/12/2026.',
      '3 đồng chí chưa trả lời.',
      '1 đồng chí chưa nhận được tin',
      '[Nhắc 2 đồng chí]',
    )
    expect(await nudges()).toBe(0)
    await cell.secretary.taps('Nhắc 2')
    await cell.secretary.sees('Đã nhắc 2 đồng chí.', '1 đồng chí chưa nhận được tin')
    for (const n of [2, 3])
      await member(n).sees(
        'Còn 2 ngày nữa họp: 19:30 thứ Năm 03/12, tại Hội trường tầng 2',
        'Chi bộ đang chờ trả lời của đồng chí.',
        '[1 Có mặt]',
      )
    await member(1).seesNothingMore()
  })

  test('nobody is nudged twice in 12 hours, whoever asks and whatever the button', async () => {
    const deputyId = await aPerson(house, 'Tòng Thị Phó', cell.unitId)
    await appoint(house, deputyId, 'deputy', cell.unitId)
    const deputy = await house.phoneOf('deputy', deputyId)
    await deputy.says('1')
    await deputy.reads()
    await cell.secretary.says('nhắc nhở')
    const { deliveryId } = await cell.secretary.sees('[Nhắc 2 đồng chí]')
    await deputy.says('/nhacnho')
    await deputy.sees('[Nhắc 2 đồng chí]')
    await cell.secretary.taps('Nhắc 2')
    await cell.secretary.sees('Đã nhắc 2')
    await deputy.taps('Nhắc 2')
    await deputy.sees('2 đồng chí đã được nhắc trong 12 giờ qua', 'không có ai để nhắc thêm')
    await cell.secretary.tapsRaw(deliveryId, 0)
    expect(await nudges()).toBe(2)
    await member(2).says('4')
    await house.to('2026-12-01 20:59')
    await cell.secretary.says('/nhacnho')
    await cell.secretary.sees('2 đồng chí chưa trả lời.', '1 đồng chí đã được nhắc')
    await house.to('2026-12-01 21:00')
    await cell.secretary.says('/nhacnho')
    await cell.secretary.taps('Nhắc 1')
    await member(3).sees('Chi bộ đang chờ')
    expect(await nudges()).toBe(3)
  })

  test('at night it waits for the morning, says so, and the 12 hours count from then', async () => {
    await house.to('2026-12-01 22:00')
    await cell.secretary.says('/nhacnho')
    await cell.secretary.sees('Đang giờ nghỉ đêm nên lời nhắc sẽ đi lúc 06:30 thứ Tư 02/12.')
    await cell.secretary.taps('Nhắc 2')
    await cell.secretary.sees('Tôi sẽ nhắc 2 đồng chí.', '06:30 thứ Tư 02/12')
    await member(2).seesNothingMore()
    await member(2).says('3')
    await member(2).reads()
    await house.to('2026-12-02 06:30')
    await member(3).sees('Ngày mai họp: 19:30 thứ Năm 03/12', 'Chi bộ đang chờ')
    await member(2).seesNothingMore()
    await house.to('2026-12-02 18:00')
    await cell.secretary.says('/nhacnho')
    await cell.secretary.sees('1 đồng chí đã được nhắc trong 12 giờ qua', 'không có ai để nhắc thêm')
  })

  test('nobody silent, no meeting, a cancelled and a begun one: said, nothing sent', async () => {
    for (const one of [member(2), member(3)]) await one.says('1')
    await house.db.membership.deleteMany({ where: { person: { chatLinks: { none: {} } } } })
    await cell.secretary.says('/nhacnho')
    await cell.secretary.sees('Mọi người đã trả lời, không cần nhắc ai.')
    const next = await aMeeting(house, cell.unitId, '2026-12-02 19:00')
    await cell.secretary.says('/nhacnho')
    await cell.secretary.sees('19:00 thứ Tư 02/12/2026', '[Nhắc 4 đồng chí]')
    await cancelMeeting(house.db, house.now, await readMeeting(house, next), null, true)
    await cell.secretary.taps('Nhắc 4')
    await cell.secretary.sees('đã hoãn nên không cần nhắc')
    await house.to('2026-12-03 19:30')
    await cell.secretary.says('/nhacnho')
    await cell.secretary.sees('chưa có buổi họp nào sắp tới để nhắc')
    expect(await nudges()).toBe(0)
  })

  test('a member may not, and the menu offers it only while somebody can be reached', async () => {
    await member(2).says('/nhacnho')
    await member(2).sees('không thuộc phần đồng chí phụ trách')
    await cell.secretary.says('menu')
    await cell.secretary.sees('[Nhắc người chưa trả lời]')
    for (const one of [member(2), member(3)]) await one.says('1')
    await cell.secretary.says('menu')
    const { content } = await cell.secretary.last()
    expect(content.choices.flat().map((one) => one.label)).not.toContain('Nhắc người chưa trả lời')
  })

  test('it reminds whom the summary says it will: who was not reached is to be called', async () => {
    // What the platform has just told us, and the outbox with it.
    await house.channel.block(member(3).handle, true)
    await house.to('2026-12-02 20:00')
    await cell.secretary.says('/tonghop')
    await cell.secretary.sees('Chưa trả lời (1):\nĐỗ Văn Thử 2', 'Chưa nhận được tin (2):', '[Nhắc 1 đồng chí]')
    await cell.secretary.taps('Nhắc 1')
    await cell.secretary.sees('3 đồng chí chưa trả lời.', '2 đồng chí chưa nhận được tin', '[Nhắc 1 đồng chí]')
    await cell.secretary.taps('Danh sách gọi điện')
    await cell.secretary.sees('Còn 2 đồng chí chưa nhận được tin.')
  })
})
