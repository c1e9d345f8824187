import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listGates } from '../../src/gates/store.js'
import { at, type House, openHouse } from '../support/house.js'
import { aMeeting, cancelMeeting, moveMeeting } from '../support/meetings.js'
import { aCell, aPerson, type Cell } from '../support/people.js'

let house: House
beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00' })
})
afterAll(() => house.close())

const toTheStart = async (): Promise<Cell> => {
  house.clock.moment = at('2026-11-20 08:00')
  await house.db.gate.deleteMany()
  await house.db.gatePlan.deleteMany()
  await house.db.meeting.updateMany({ data: { state: 'cancelled', revision: { increment: 1 } } })
  return aCell(house, 1)
}
const due = (meetingId: string) => house.db.outbox.count({ where: { kind: 'gates.due', subject: meetingId } })
const openKinds = async (meetingId: string) =>
  (await listGates(house.db, meetingId, house.now)).filter((one) => one.state === 'open').map((one) => one.kind)

describe('the gates of a meeting', () => {
  test('what falls on one morning is one message; one tap marks; what can be seen is never asked', async () => {
    const cell = await toTheStart()
    const meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    await house.to('2026-12-01 07:59')
    await cell.secretary.reads()
    await house.to('2026-12-01 08:00')
    await cell.secretary.sees(
      '*Việc cho buổi họp 19:30 thứ Năm 03/12/2026*',
      '○ Chi ủy họp trước: còn 1 ngày (hạn 19:30 thứ Tư 02/12)\n○ Gửi tài liệu: còn 1 ngày',
      '[Chi ủy đã họp]',
    )
    // Everybody has had the step of seven days before.
    expect(await openKinds(meetingId)).not.toContain('members_told')
    await cell.secretary.taps('Chi ủy đã họp')
    await cell.secretary.sees(
      '*Tiến độ buổi họp 19:30 thứ Năm 03/12/2026*',
      '✓ Chi ủy họp trước (01/12)\n✓ Báo họp cho đảng viên và đồng chí theo dõi: mọi người đã nhận tin',
      '○ Nghị quyết và báo cáo lên cấp trên: còn 4 ngày (hạn 23:59 thứ Bảy 05/12)',
      '[Chưa xong: Chi ủy họp trước]',
    )
    await cell.secretary.taps('Chưa xong')
    expect(await openKinds(meetingId)).toContain('committee_met')
    await house.to('2026-12-05 07:59')
    expect(await due(meetingId)).toBe(1)
    await cell.secretary.reads()
    await house.to('2026-12-05 08:00')
    await cell.secretary.sees('○ Nghị quyết và báo cáo lên cấp trên: còn 15 giờ', '[Đã gửi nghị quyết, báo cáo]')
    await house.to('2026-12-07 10:00')
    await cell.secretary.says('tiến độ')
    await cell.secretary.sees('○ Nghị quyết và báo cáo lên cấp trên: quá hạn 2 ngày')
    expect(await due(meetingId)).toBe(2)
  })

  test('materials on their way are waited for, and seen once they have gone', async () => {
    const cell = await toTheStart()
    const meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    await house.db.material.create({
      data: {
        id: meetingId,
        cellId: cell.unitId,
        meetingId,
        title: 'Dự thảo',
        url: 'https://example.org/a',
        push: 'next_step',
        dueAt: at('2026-12-02 19:30'),
        addedById: cell.secretaryId,
        addedAt: house.now,
      },
    })
    await house.to('2026-12-02 20:00')
    expect(await openKinds(meetingId)).not.toContain('materials_sent')
    expect(await house.db.gate.findFirst({ where: { meetingId, kind: 'materials_sent' } })).toMatchObject({
      state: 'done',
      doneById: null,
    })
  })

  test('a committee meeting that was held is seen; one that was never confirmed is asked about', async () => {
    const cell = await toTheStart()
    const meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    const committee = await aMeeting(house, cell.unitId, '2026-11-30 19:30', { kind: 'cell_committee' })
    await house.to('2026-12-01 09:00')
    expect(await openKinds(meetingId)).toContain('committee_met')
    await house.db.rollCall.upsert({
      where: { meetingId: committee },
      create: { meetingId: committee, heldAt: house.now },
      update: { heldAt: house.now },
    })
    expect(await openKinds(meetingId)).not.toContain('committee_met')
  })

  test('moved: the mark of a hand stays, the rest is timed anew; cancelled: nothing is asked', async () => {
    const cell = await toTheStart()
    const meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    const other = await aMeeting(house, cell.unitId, '2026-12-04 19:30')
    await house.to('2026-12-01 09:00')
    await cell.secretary.taps('Chi ủy đã họp')
    await moveMeeting(house, meetingId, '2026-12-10 19:30')
    await cancelMeeting(house, other)
    await cell.secretary.reads()
    await house.to('2026-12-08 08:00')
    await cell.secretary.sees('○ Gửi tài liệu: còn 1 ngày (hạn 19:30 thứ Tư 09/12)')
    expect(await openKinds(meetingId)).not.toContain('committee_met')
    expect(await due(other)).toBe(0)
    expect(await openKinds(other)).toEqual([])
  })

  test('after a downtime nothing is asked that helps nobody any more', async () => {
    const cell = await toTheStart()
    const meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    await house.to('2026-11-30 08:00')
    await house.sleepsUntil('2026-12-04 09:00')
    expect(await due(meetingId)).toBe(0)
    await house.to('2026-12-05 09:00')
    expect(await due(meetingId)).toBe(1)
  })

  test('somebody whom no message reached keeps the gate open, with the way to the call list', async () => {
    const cell = await toTheStart()
    await aPerson(house, 'Quàng Thị Già', cell.unitId)
    const meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    await house.to('2026-12-01 08:00')
    await cell.secretary.sees('○ Báo họp cho đảng viên và đồng chí theo dõi', '[Danh sách gọi điện]')
    expect(await openKinds(meetingId)).toContain('members_told')
  })

  test('a short plan is said once for its length', async () => {
    const cell = await toTheStart()
    await aMeeting(house, cell.unitId, '2026-12-03 19:30', { durationMinutes: 60 })
    await aMeeting(house, cell.unitId, '2026-12-10 19:30', { durationMinutes: 60 })
    await house.app.settle()
    await cell.secretary.sees('dự kiến 60 phút; theo hướng dẫn, một buổi sinh hoạt ít nhất 90 phút')
    expect(await house.db.outbox.count({ where: { kind: 'gates.short', personId: cell.secretaryId } })).toBe(1)
  })

  test('in English, and refused to a member', async () => {
    const cell = await toTheStart()
    await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    await house.app.settle()
    await cell.secretary.says('/ngonngu')
    await cell.secretary.taps('English')
    await cell.secretary.reads()
    await cell.secretary.says('/progress')
    await cell.secretary.sees('○ Cell committee meets first: 12 days left (by 19:30 on Wednesday 02/12)')
    await cell.members[0]?.says('/tiendo')
    await cell.members[0]?.sees('không thuộc phần đồng chí phụ trách')
  })
})

test('on a phone that can only write: lines with numbers, marked by one of them', async () => {
  const plain = await openHouse({ now: '2026-11-20 08:00', plain: true })
  const cell = await aCell(plain, 1)
  await aMeeting(plain, cell.unitId, '2026-12-03 19:30')
  await plain.to('2026-12-01 08:00')
  await cell.secretary.picks('Chi ủy đã họp')
  await cell.secretary.sees('✓ Chi ủy họp trước (01/12)')
  await cell.secretary.says('/tiendo')
  await cell.secretary.sees('○ Gửi tài liệu')
  expect(await plain.db.gate.count({ where: { state: 'done', doneById: cell.secretaryId } })).toBe(1)
  await plain.close()
})
