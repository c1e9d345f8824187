import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/core/ids.js'
import { findScore } from '../../src/scoring/store.js'
import { type House, openHouse, type Player } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, aPerson, appoint, type Cell } from '../support/people.js'

describe('a meeting is scored', () => {
  let house: House
  let cell: Cell
  let meetingId: string
  let deputy: Player
  beforeAll(async () => {
    house = await openHouse({ now: '2026-12-01 08:00' })
    cell = await aCell(house, 4)
    const deputyId = cell.memberIds[3] ?? ''
    await appoint(house, deputyId, 'deputy', cell.unitId)
    deputy = await house.phoneOf('deputy', deputyId)
    const before = await aMeeting(house, cell.unitId, '2026-11-03 19:30')
    meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    const task = { cellId: cell.unitId, meetingId: before, createdById: cell.secretaryId, createdAt: house.now }
    for (const [what, state] of [
      ['sửa loa', 'done'],
      ['quét sân', 'open'],
    ] as const) {
      const id = newId()
      const ownerId = cell.memberIds[0] ?? ''
      await house.db.task.create({ data: { ...task, id, what, ownerId, state, dueOn: new Date('2026-12-01') } })
      if (state === 'done')
        await house.db.taskEvent.create({
          data: { id: newId(), taskId: id, state, ownerId, byId: ownerId, at: house.now },
        })
    }
    await house.to('2026-12-03 21:00')
    await cell.secretary.reads()
    await deputy.reads()
  })
  afterAll(() => house.close())

  test('before the roll-call is confirmed its line is open, and that is said', async () => {
    await cell.secretary.says('/chamdiem')
    await cell.secretary.sees(
      '1. Thời gian sinh hoạt: 5/5 (đúng lịch, dự kiến 90 phút)',
      '2. Đảng viên dự sinh hoạt: …/5',
      '3. Chuẩn bị nội dung: …/10 (chưa gửi tài liệu qua trợ lý)',
      '7. Kết quả nghị quyết kỳ trước: 15/30 (nhiệm vụ đã xong: 1/2)',
      'Chưa xác nhận điểm danh',
    )
    expect(await house.db.score.count()).toBe(0)
  })

  test('what is known is filled in with its source; one line of numbers completes it', async () => {
    await cell.secretary.says('vắng 4 ốm, còn lại có mặt')
    await cell.secretary.taps('Đúng, xác nhận')
    await cell.secretary.says('phát biểu 1, 2')
    await cell.secretary.reads()
    await cell.secretary.taps('Chấm điểm buổi họp')
    await cell.secretary.sees(
      '2. Đảng viên dự sinh hoạt: 4/5 (điểm danh: dự 4/5)',
      '4. Tiến hành sinh hoạt: …/30 (phát biểu 2/4)',
      'Còn 5 mục: Chuẩn bị nội dung (10), Tiến hành sinh hoạt (30), Điều hành của chủ trì (10), Nguyên tắc sinh hoạt (5), Kết thúc sinh hoạt (5)',
    )
    await cell.secretary.says('10 31 9 5 5')
    await cell.secretary.sees('Tiến hành sinh hoạt: 31 quá điểm tối đa 30 nên tôi chưa ghi gì')
    await cell.secretary.says('10 28 9 5')
    await cell.secretary.sees('đọc được 4 số mà đang còn 5 mục')
    await cell.secretary.says('10 28 9 5 5')
    await cell.secretary.sees('Đã ghi đủ điểm', 'Tổng: 81/100. Xếp loại: Khá.')
    const score = await findScore(house.db, meetingId)
    expect(score).toMatchObject({ total: 81, grade: 'fair', sheet: { id: null, version: 1 } })
    expect(score?.rows[1]).toMatchObject({ key: 'attendance', points: 4, by: 'known', from: { key: 'attendance' } })
  })

  test('two phones: what was given on an older sheet changes nothing, and the newer one is shown', async () => {
    await deputy.says('/score')
    await deputy.sees('Tổng: 81/100', '[Chấm buổi sinh hoạt thường kỳ tháng 11/2026]')
    await cell.secretary.taps('Sửa điểm')
    await cell.secretary.taps('−1 Tiến hành')
    await cell.secretary.sees('Đã sửa điểm', 'Tổng: 80/100')
    await deputy.says('kết thúc 4')
    await deputy.sees('vừa được người khác sửa nên tôi chưa ghi gì', 'Tổng: 80/100')
    await deputy.says('kết thúc 4')
    await deputy.sees('Tổng: 79/100')
  })

  test('what was known when it was scored stays beside it, though who spoke is forgotten', async () => {
    await house.db.speaker.deleteMany({})
    const score = await findScore(house.db, meetingId)
    expect(score?.rows[3]?.beside).toEqual({ key: 'speakers', params: { spoke: 2, attended: 4 } })
  })

  test('a corrected roll-call is pointed out, and counted anew by one tap', async () => {
    await cell.secretary.says('/diemdanh')
    await cell.secretary.taps('Sửa điểm danh')
    await cell.secretary.says('4 có mặt')
    await cell.secretary.taps('Đúng, xác nhận')
    await cell.secretary.reads()
    await cell.secretary.says('/chamdiem')
    await cell.secretary.sees('Đảng viên dự sinh hoạt: lúc chấm là 4, nay tính được 5.')
    await cell.secretary.taps('Tính lại')
    await cell.secretary.sees('Tổng: 80/100')
  })

  test('the history says who gave what when; the year is bars and a mean', async () => {
    await cell.secretary.taps('Lịch sử')
    await cell.secretary.sees('21:00 03/12: Kết thúc sinh hoạt 4 – Đỗ Văn Thử 4', 'Tổng 81 – Lò Thị Bí Thư')
    const other = await aMeeting(house, cell.unitId, '2026-12-10 19:30')
    await house.to('2026-12-10 21:30')
    await cell.secretary.says('/chamdiem')
    await cell.secretary.taps('Điểm tối đa')
    await cell.secretary.sees('7. Kết quả nghị quyết kỳ trước: 0/30 (nhiệm vụ đã xong: 0/1)', 'Tổng: 70/100')
    await cell.secretary.says('Kết quả nghị quyết kỳ trước 30')
    await cell.secretary.sees('7. Kết quả nghị quyết kỳ trước: 30/30', 'Tổng: 100/100. Xếp loại: Tốt.')
    expect((await findScore(house.db, other))?.total).toBe(100)
    await cell.secretary.says('/diemnam')
    await cell.secretary.sees(
      'Điểm sinh hoạt năm 2026',
      '03/12 ████████░░ 80 Khá',
      '10/12 ██████████ 100 Tốt',
      'Bình quân 2 buổi: 90 điểm.',
    )
  })
})

test('over plain text, in English', async () => {
  const house = await openHouse({ now: '2026-12-03 08:00', plain: true })
  const cell = await aCell(house, 2)
  await house.db.person.updateMany({ data: { locale: 'en' } })
  await aPerson(house, 'Hà Văn Xa')
  await cell.secretary.says('/score')
  await cell.secretary.sees('The cell has no meeting yet that could be scored.')
  await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  await house.to('2026-12-03 21:00')
  await cell.secretary.reads()
  await cell.secretary.says('score')
  await cell.secretary.sees('1. Time: 5/5 (as scheduled, 90 minutes planned)', '11. Full points for the rest (+95)')
  await cell.secretary.says('conduct 27')
  await cell.secretary.sees('4. Conduct of the meeting: 27/30', '6 lines are open')
  await cell.secretary.picks('Full points')
  await cell.secretary.sees('Total: 97/100. Grade: Good.', '11. Change points')
  await house.close()
})
