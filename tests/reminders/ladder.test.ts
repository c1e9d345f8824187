import { beforeEach, describe, expect, test } from 'vitest'
import { type PlainDate, toDateColumn } from '../../src/core/dates.js'
import { newId } from '../../src/core/ids.js'
import { cancelMeeting, moveMeeting } from '../../src/meetings/plan.js'
import { at, type House, openHouse, type Player } from '../support/house.js'
import { aMeeting, readMeeting } from '../support/meetings.js'
import { aCell, aPerson, appoint, type Cell } from '../support/people.js'

let house: House
let cell: Cell
beforeEach(async () => {
  house = await openHouse({ now: '2026-11-20 08:00' })
  cell = await aCell(house, 3)
  return () => house.close()
})
const member = (n: number): Player => cell.members[n - 1] as Player
const memberId = (n: number): string => cell.memberIds[n - 1] as string
const day = (text: string): Date => toDateColumn(text as PlainDate)
/** Somebody's answer, said before the test looks. */
const answers = async (who: Player, digit: string): Promise<void> => {
  await who.says(digit)
  await who.reads()
}
const everybody = () => [cell.secretary, ...cell.members]
const nobodySeesMore = () => Promise.all(everybody().map((one) => one.seesNothingMore()))

describe('the default ladder', () => {
  test('7 days to all, 3 to the silent, 1 to all with the materials, 3 hours to those who come', async () => {
    const meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    await house.to('2026-11-26 19:29')
    await nobodySeesMore()
    await house.to('2026-11-26 19:30')
    for (const one of everybody())
      await one.sees(
        'Còn 7 ngày nữa họp: 19:30 thứ Năm 03/12, tại Hội trường tầng 2',
        'Sinh hoạt thường kỳ, Chi bộ Tổ dân phố 1.',
        'Đồng chí dự được không ạ?',
        '[1 Có mặt] [2 Đến muộn]',
        '[3 Trực tuyến] [4 Vắng]',
      )
    await member(1).taps('Có mặt')
    await member(1).sees('Đã ghi: đồng chí có mặt')
    await answers(member(2), '4')
    await house.db.material.create({
      data: {
        id: newId(),
        cellId: cell.unitId,
        meetingId,
        title: 'Chuyên đề quý IV',
        url: 'https://example.org/a',
        push: 'next_step',
        addedById: cell.secretaryId,
        addedAt: house.now,
        pushedAt: house.now,
      },
    })
    await house.to('2026-11-30 19:30')
    await member(3).sees('Còn 3 ngày', 'Tôi chưa nhận được trả lời của đồng chí.', '[1 Có mặt]')
    await cell.secretary.sees('Còn 3 ngày')
    await nobodySeesMore()
    await answers(cell.secretary, '2')
    await house.to('2026-12-02 19:30')
    await member(3).sees(
      'Ngày mai họp: 19:30 thứ Năm 03/12, tại Hội trường tầng 2',
      'đọc trước',
      '• Chuyên đề quý IV',
      'Đồng chí chưa trả lời.',
    )
    await member(1).sees(
      'Ngày mai',
      '• Chuyên đề quý IV',
      'Đồng chí đã báo: có mặt. Nếu có thay đổi',
      '[Đổi: Đến muộn]',
      '[Đổi: Vắng]',
    )
    await cell.secretary.sees('Ngày mai', 'Đồng chí đã báo: đến muộn')
    await cell.secretary.sees('Việc cho buổi họp', '○ Chi ủy họp trước')
    await nobodySeesMore()
    await house.to('2026-12-03 16:30')
    await member(1).sees('Tối nay họp: 19:30, tại Hội trường tầng 2', 'Đồng chí đã báo: có mặt. Hẹn gặp đồng chí.')
    await cell.secretary.sees('Tối nay họp: 19:30')
    await house.to('2026-12-03 19:29')
    await nobodySeesMore()
  })

  test('exempt members and followers are told at the steps for all, without a question; who is unreachable is counted', async () => {
    await house.db.exemption.create({
      data: { id: newId(), personId: memberId(1), kind: 'exempt', startsOn: day('2026-01-01') },
    })
    const followerId = await aPerson(house, 'Quàng Thị Theo Dõi')
    await appoint(house, followerId, 'follower', cell.unitId)
    const follower = await house.phoneOf('follower', followerId)
    const unlinked = await aPerson(house, 'Cà Văn Xa', cell.unitId)
    const meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    await house.to('2026-12-03 19:29')
    for (const words of ['Còn 7 ngày', 'Ngày mai']) {
      const told = await member(1).sees(words, 'đồng chí không cần trả lời')
      expect(told.content.choices).toEqual([])
      const invited = await follower.sees(words, 'Kính mời đồng chí đến dự')
      expect(invited.content.choices).toEqual([])
    }
    await member(1).seesNothingMore()
    await follower.seesNothingMore()
    const rows = await house.db.outbox.findMany({ where: { personId: unlinked, subject: meetingId } })
    expect(rows.map((row) => row.state)).toEqual(['unreachable', 'unreachable', 'unreachable'])
  })

  test('an answer that waits for the secretary after the deadline is not asked for again', async () => {
    await aMeeting(house, cell.unitId, '2026-12-03 19:30', { answerDeadline: at('2026-12-01 08:00') })
    await house.to('2026-12-01 09:00')
    await member(1).reads()
    await member(1).says('4')
    await member(1).sees('vắng mặt')
    await house.to('2026-12-02 20:00')
    await member(1).seesNothingMore()
  })
})

describe('quiet hours 21:30–06:30', () => {
  test('where an hour would not be left after them, a step goes out just before they begin', async () => {
    await aMeeting(house, cell.unitId, '2026-12-05 07:00')
    await house.to('2026-12-04 12:00')
    await member(1).reads()
    await answers(member(1), '1')
    await house.to('2026-12-04 21:28')
    await member(1).seesNothingMore()
    await house.to('2026-12-04 21:29')
    await member(1).sees('Ngày mai họp: 07:00 thứ Bảy 05/12')
    await house.to('2026-12-05 08:00')
    await member(1).seesNothingMore()
  })

  test('three hours before 08:00 is 05:00 and comes at 06:30', async () => {
    await aMeeting(house, cell.unitId, '2026-12-05 08:00')
    await house.to('2026-12-01 08:00')
    await member(1).reads()
    await answers(member(1), '1')
    await house.to('2026-12-05 06:29')
    await member(1).sees('Ngày mai')
    await member(1).seesNothingMore()
    await house.to('2026-12-05 06:30')
    await member(1).sees('Sáng nay họp: 08:00', 'Hẹn gặp đồng chí')
  })
})

describe('meetings come, move and go', () => {
  test('steps that were past when the meeting was made are skipped silently', async () => {
    await house.to('2026-12-01 20:00')
    await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    await house.to('2026-12-02 19:29')
    await nobodySeesMore()
    await house.to('2026-12-02 19:30')
    for (const one of everybody()) await one.sees('Ngày mai')
    await nobodySeesMore()
    expect(await house.db.outbox.count({ where: { kind: 'reminders.late' } })).toBe(0)
  })

  test('a moved meeting: the reminders of the old day die, those of the new day come', async () => {
    const id = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    await house.to('2026-11-27 08:00')
    await moveMeeting(house.db, house.now, await readMeeting(house, id), { day: '2026-12-10' as PlainDate }, null)
    await house.app.settle()
    await Promise.all(everybody().map((one) => one.reads()))
    await house.to('2026-12-03 19:29')
    await nobodySeesMore()
    await house.to('2026-12-03 19:30')
    await member(1).sees('Còn 7 ngày nữa họp: 19:30 thứ Năm 10/12')
    await house.to('2026-12-07 19:30')
    await member(1).sees('Còn 3 ngày nữa họp: 19:30 thứ Năm 10/12')
  })

  test('a new place is told once and does not repeat the steps that went out', async () => {
    const id = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    await house.to('2026-11-27 08:00')
    await moveMeeting(house.db, house.now, await readMeeting(house, id), { place: 'Nhà văn hóa' }, null)
    await house.app.settle()
    await Promise.all(everybody().map((one) => one.reads()))
    await house.to('2026-11-30 19:29')
    await nobodySeesMore()
    await house.to('2026-11-30 19:30')
    await member(1).sees('Còn 3 ngày nữa họp: 19:30 thứ Năm 03/12, tại Nhà văn hóa')
  })

  test('nobody is reminded of a cancelled meeting', async () => {
    const id = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    await house.to('2026-11-27 08:00')
    await cancelMeeting(house.db, house.now, await readMeeting(house, id), null)
    await house.app.settle()
    await Promise.all(everybody().map((one) => one.reads()))
    await house.to('2026-12-04 08:00')
    await nobodySeesMore()
    expect(await house.db.reminderStep.count({ where: { state: 'waiting' } })).toBe(0)
  })

  test('who has left the cell by the day of the meeting hears nothing, who has come is asked', async () => {
    await house.db.membership.updateMany({ where: { personId: memberId(1) }, data: { endsOn: day('2026-11-19') } })
    const newcomerId = await aPerson(house, 'Vì Thị Mới')
    await house.db.membership.create({
      data: { id: newId(), personId: newcomerId, cellId: cell.unitId, kind: 'home', startsOn: day('2026-12-01') },
    })
    const newcomer = await house.phoneOf('newcomer', newcomerId)
    await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    await house.to('2026-11-26 19:30')
    await newcomer.sees('Còn 7 ngày', '[1 Có mặt]')
    await house.to('2026-12-03 19:29')
    await member(1).seesNothingMore()
  })
})
