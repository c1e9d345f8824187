import { beforeEach, describe, expect, test } from 'vitest'
import { type House, openHouse, type Player } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, type Cell } from '../support/people.js'

let house: House
let cell: Cell
const open = async (plain?: true) => {
  house = await openHouse({ now: '2026-12-03 19:30', ...(plain ? { plain } : {}) })
  cell = await aCell(house, 2)
  await aMeeting(house, cell.unitId, '2026-12-03 19:30')
}
const member = () => cell.members[0] as Player
const memberId = () => cell.memberIds[0] as string
const mark = () => house.db.rollCallMark.findFirstOrThrow({ where: { personId: memberId() } })

/** The first member is confirmed as unexcused, everybody else was there. */
const confirms = async () => {
  await cell.secretary.says('/diemdanh')
  await cell.secretary.says('vắng 1 không lý do; còn lại có mặt')
  await (house.channel.can.buttons ? cell.secretary.taps('Đúng, xác nhận') : cell.secretary.picks('Đúng, xác nhận'))
  await cell.secretary.reads()
  await house.to('2026-12-04 08:00')
}

describe('over buttons', () => {
  beforeEach(async () => {
    await open()
    return () => house.close()
  })

  test('nobody is told of an absence; the roll-call stands in /canhan, with a way to report it', async () => {
    await confirms()
    await member().seesNothingMore()
    await member().says('/canhan')
    await member().sees('Điểm danh gần đây', 'thứ Năm 03/12: vắng không lý do', '[Điểm danh: báo lại nếu chưa đúng]')
  })

  test('reported, corrected with one tap, confirmed: the member hears the outcome once', async () => {
    await confirms()
    await member().says('điểm danh của tôi')
    await member().taps('Báo lại buổi 03/12')
    await member().sees('Đã báo đồng chí bí thư')
    await member().says('điểm danh của tôi')
    await member().sees('đã báo lại, chờ đồng chí bí thư')
    await cell.secretary.sees('Đồng chí Đỗ Văn Thử 1 báo lại là điểm danh chưa đúng. Hiện đang ghi: vắng không lý do')
    await cell.secretary.taps('Sửa điểm danh')
    await cell.secretary.sees('Đỗ Văn Thử 1')
    await cell.secretary.taps('có mặt')
    await cell.secretary.sees('Báo lại điểm danh chưa đúng (1): Đỗ Văn Thử 1')
    await member().seesNothingMore()
    await cell.secretary.taps('Xác nhận')
    await house.to('2026-12-04 09:00')
    await member().sees('Điểm danh của đồng chí đã được sửa: có mặt')
    await member().seesNothingMore()
    expect(await mark()).toMatchObject({ state: 'present' })
    expect(await house.db.objection.findFirst()).toMatchObject({ closedById: cell.secretaryId })
  })

  test('kept: the member hears it once; the second phone sees that it is settled; a second report is another one', async () => {
    await confirms()
    await member().says('điểm danh của tôi')
    await member().taps('Báo lại buổi 03/12')
    await member().reads()
    const { deliveryId } = await cell.secretary.last()
    await cell.secretary.tapsRaw(deliveryId, 1)
    await cell.secretary.sees('Đã giữ nguyên')
    await cell.secretary.tapsRaw(deliveryId, 1)
    await cell.secretary.sees('đã giải quyết xong')
    await house.to('2026-12-04 09:00')
    await member().sees('giữ nguyên: vắng không lý do')
    await member().seesNothingMore()
    expect(await mark()).toMatchObject({ state: 'unexcused' })
  })

  test('a cell that switches it on tells the absent after one tap, and corrects what it has told', async () => {
    await cell.secretary.says('/baoketqua')
    await cell.secretary.sees('không báo kết quả')
    await cell.secretary.taps('Bật')
    await confirms()
    await member().seesNothingMore()
    await cell.secretary.says('/diemdanh')
    await cell.secretary.taps('Báo cho 1 đồng chí vắng')
    await cell.secretary.sees('Đã báo cho 1 đồng chí vắng')
    await member().sees('Điểm danh ghi đồng chí: vắng không lý do', '[Báo lại nếu chưa đúng]')
    await house.to('2026-12-04 08:30')
    await cell.secretary.says('/diemdanh')
    await cell.secretary.taps('Sửa')
    await cell.secretary.taps('Thử 1')
    await cell.secretary.taps('có mặt')
    await cell.secretary.taps('Xác nhận')
    await member().sees('đã được sửa: có mặt')
    await cell.members[1]?.seesNothingMore()
  })

  test('whoever is no leader switches nothing and tells nobody', async () => {
    await member().says('/baoketqua')
    expect(await house.db.attendancePolicy.count()).toBe(0)
  })
})

test('over plain text, in English', async () => {
  await open(true)
  await house.db.person.updateMany({ data: { locale: 'en' } })
  await cell.secretary.says('/rollcall')
  await cell.secretary.says('1 unexcused; the rest present')
  await cell.secretary.picks('onfirm')
  await cell.secretary.reads()
  await house.to('2026-12-04 08:00')
  await member().says('/me')
  await member().sees('Recent roll-calls', 'Thursday 03/12')
  await member().picks('Roll-call: report what is wrong')
  await member().picks('Report 03/12')
  await member().sees('The secretary has been told')
  await cell.secretary.sees('Đỗ Văn Thử 1 says that the roll-call is wrong')
  await cell.secretary.picks('Keep it')
  // two messages offered a 12: which one is meant is asked
  await cell.secretary.picks('Keep it')
  await house.to('2026-12-04 09:00')
  await member().sees('looked at the roll-call again and keeps it')
  await cell.secretary.says('/tellabsent')
  await cell.secretary.picks('Switch on')
  await cell.secretary.sees('writes to absent members')
  await house.close()
})
