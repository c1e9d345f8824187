import { beforeEach, describe, expect, test } from 'vitest'
import { type House, openHouse, type Player } from '../../support/house.js'
import { aMeeting, answerRowOf, historyOf, moveMeeting } from '../../support/meetings.js'
import { aCell, type Cell } from '../../support/people.js'

let house: House
let cell: Cell
let first: string
let second: string
beforeEach(async () => {
  house = await openHouse({ now: '2026-11-27 08:00' })
  cell = await aCell(house, 2)
  first = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  second = await aMeeting(house, cell.unitId, '2026-12-17 19:30', { kind: 'thematic' })
  await aMeeting(house, cell.unitId, '2027-01-03 19:30')
  return () => house.close()
})
const member = () => cell.members[0] as Player
const memberId = () => cell.memberIds[0] as string
const answer = (meetingId: string) => answerRowOf(house, meetingId, memberId())
const leave = () => house.db.leave.findFirstOrThrow()

const asksLeave = async () => {
  await member().says('/baovang 1/12-20/12 đi công tác')
  await member().taps('Đúng, gửi bí thư')
  await member().reads()
}

describe('a member asks to be away', () => {
  test('the line is repeated with its meetings, sent by one choice, and answers them all', async () => {
    await member().says('/baovang 1/12-20/12 đi công tác')
    await member().sees(
      'vắng từ thứ Ba 01/12 đến hết Chủ nhật 20/12, lý do công tác',
      'có 2 buổi họp',
      'Sinh hoạt thường kỳ 19:30 thứ Năm 03/12/2026',
      'Sinh hoạt chuyên đề 19:30 thứ Năm 17/12/2026',
    )
    expect(await answer(first)).toBeNull()
    await member().taps('Đúng, gửi bí thư')
    await member().sees('Đã gửi đồng chí bí thư', 'Đã ghi vắng 2 buổi')
    for (const meetingId of [first, second]) {
      expect(await answer(meetingId)).toMatchObject({ state: 'absent', reasonKind: 'work' })
      expect(await historyOf(house, meetingId, memberId())).toMatchObject([{ state: 'absent', byId: memberId() }])
    }
    expect(await leave()).toMatchObject({ state: 'pending', reasonKind: 'work' })
  })

  test('everyday words are read too, with and without accents', async () => {
    await member().says('em xin nghi tu 1/12 den 20/12 vi di cong tac a')
    await member().sees('vắng từ thứ Ba 01/12 đến hết Chủ nhật 20/12, lý do công tác')
  })

  test('a second tap finds the first', async () => {
    await member().says('báo vắng 1/12-20/12 ốm')
    const { deliveryId } = await member().last()
    await member().tapsRaw(deliveryId, 0)
    await member().tapsRaw(deliveryId, 0)
    await member().sees('Tôi đã ghi từ trước')
    expect(await house.db.leave.count()).toBe(1)
  })

  test.each([
    ['31/11-31/12', 'Lịch không có ngày này'],
    ['20/12/2026-1/12/2026', 'Ngày cuối đứng trước ngày đầu'],
    ['1/3/2026-5/3/2026', 'Thời gian này đã qua'],
    ['1/12/2026-1/12/2028', 'dài nhất 12 tháng'],
  ])('%s is asked for again, and the next line is read as the days', async (period, sentence) => {
    await member().says(`/baovang ${period}`)
    await member().sees(sentence)
    await member().says('1/12-20/12 ốm')
    await member().sees('lý do sức khỏe')
  })

  test('the only leader needs nobody', async () => {
    await cell.secretary.says('/baovang 1/12-20/12 ốm')
    await cell.secretary.taps('Đúng, gửi bí thư')
    await cell.secretary.sees('Đã ghi: đồng chí vắng từ')
    expect(await leave()).toMatchObject({ state: 'approved', decidedById: cell.secretaryId })
  })
})

describe('the secretary decides', () => {
  test('approved with one tap: the member hears it, the summary shows it, the sheet proposes an excuse', async () => {
    await asksLeave()
    await cell.secretary.sees('Đồng chí Đỗ Văn Thử 1 xin vắng từ thứ Ba 01/12', '“đi công tác”', 'có 2 buổi họp')
    await cell.secretary.says('/tonghop')
    await cell.secretary.sees('Đỗ Văn Thử 1: công tác, báo vắng đến 20/12, chờ xét', '[Xét báo vắng dài ngày]')
    await cell.secretary.taps('Xét báo vắng dài ngày')
    await cell.secretary.sees('Báo vắng dài ngày của chi bộ (1)', 'chờ đồng chí xem')
    await cell.secretary.taps('Xem: Đỗ Văn Thử 1')
    await cell.secretary.taps('Đồng ý')
    await cell.secretary.sees('Đã đồng ý cho đồng chí Đỗ Văn Thử 1 vắng')
    await member().sees('Đồng chí bí thư đã đồng ý')
    await cell.secretary.says('/tonghop')
    await cell.secretary.sees('báo vắng đến 20/12, đã đồng ý')
    await house.to('2026-12-03 19:35')
    expect(await house.db.rollCallMark.findFirst({ where: { personId: memberId() } })).toMatchObject({
      state: 'excused',
      reasonKind: 'work',
    })
  })

  test('undecided when the meeting begins: the sheet says “chưa rõ”', async () => {
    await asksLeave()
    await house.to('2026-12-03 19:35')
    expect(await house.db.rollCallMark.findFirst({ where: { personId: memberId() } })).toMatchObject({
      state: 'unknown',
      proposed: true,
    })
  })

  test('refused: the answers go, their history stays, and each meeting is asked about', async () => {
    await asksLeave()
    await cell.secretary.taps('Không đồng ý')
    await cell.secretary.sees('Không đồng ý cho đồng chí Đỗ Văn Thử 1')
    await member().sees('chưa đồng ý', 'Có 2 buổi họp cần đồng chí trả lời lại')
    await member().sees('03/12/2026', 'Đồng chí trả lời giúp', '[Có mặt]')
    await member().sees('17/12/2026', 'Đồng chí trả lời giúp')
    expect(await answer(first)).toBeNull()
    expect(await historyOf(house, first, memberId())).toMatchObject([{ state: 'absent' }])
  })

  test('two phones: the second one sees what the first decided', async () => {
    await asksLeave()
    const { deliveryId } = await cell.secretary.last()
    await cell.secretary.tapsRaw(deliveryId, 0)
    await cell.secretary.tapsRaw(deliveryId, 1)
    expect(await leave()).toMatchObject({ state: 'approved' })
    expect(await house.db.outbox.count({ where: { kind: 'attendance.leave-outcome' } })).toBe(1)
  })

  test('somebody without the right is refused', async () => {
    await asksLeave()
    await cell.members[1]?.says('/donvang')
    await cell.members[1]?.reads()
    expect(await house.db.outbox.count({ where: { kind: 'attendance.leave-list' } })).toBe(0)
  })
})

describe('a leave and the meetings', () => {
  test("a later answer of one's own counts for that meeting, whatever is decided", async () => {
    await asksLeave()
    await house.to('2026-12-02 08:00')
    await member().says('ngày 3/12 em có mặt')
    await member().reads()
    expect(await answer(first)).toMatchObject({ state: 'present', leaveId: null })
    await cell.secretary.taps('Không đồng ý')
    expect(await answer(first)).toMatchObject({ state: 'present' })
    await member().sees('Có 1 buổi họp cần đồng chí trả lời lại')
  })

  test('a meeting that is planned into the period later is answered, and the member is told how to come', async () => {
    await asksLeave()
    const third = await aMeeting(house, cell.unitId, '2026-12-10 19:30')
    await house.to('2026-11-27 08:05')
    await member().sees('10/12/2026 được xếp vào thời gian đồng chí báo vắng', '[Có mặt]')
    expect(await answer(third)).toMatchObject({ state: 'absent' })
    await member().taps('Có mặt')
    await house.to('2026-11-27 09:00')
    expect(await answer(third)).toMatchObject({ state: 'present' })
  })

  test('a meeting that is moved out of the period is open again', async () => {
    await asksLeave()
    await moveMeeting(house, second, '2026-12-24 19:30')
    await house.to('2026-11-27 08:05')
    expect(await answer(second)).toBeNull()
    expect(await answer(first)).toMatchObject({ state: 'absent' })
  })

  test('back early: what is over stays, what is to come is asked again', async () => {
    await asksLeave()
    await cell.secretary.taps('Đồng ý')
    await house.to('2026-12-10 08:00')
    await member().reads()
    await member().says('về sớm')
    await member().sees('Đồng chí đã được đồng ý cho vắng')
    await member().taps('Thôi vắng, tôi dự họp')
    await member().sees('Đã thôi báo vắng từ hôm nay', 'Có 1 buổi họp')
    await member().sees('17/12/2026', 'Đồng chí trả lời giúp')
    expect(await answer(first)).toMatchObject({ state: 'absent' })
    expect(await answer(second)).toBeNull()
    expect(await leave()).toMatchObject({ state: 'approved', endsOn: new Date('2026-12-10T00:00:00Z') })
    await member().says('về sớm')
    await member().sees('không có lần báo vắng dài ngày nào')
  })

  test('withdrawn before it begins: the secretary is no longer asked', async () => {
    await asksLeave()
    await member().says('hủy báo vắng')
    await member().taps('Thôi vắng')
    expect(await leave()).toMatchObject({ state: 'withdrawn' })
    await cell.secretary.taps('Đồng ý')
    await cell.secretary.sees('đã rút báo vắng')
    expect(await answer(first)).toBeNull()
  })
})
