import { beforeEach, expect, test } from 'vitest'
import { newId } from '../../src/core/ids.js'
import { createIdentify, createMay } from '../../src/organization/identity.js'
import { type House, openHouse, type Player, ZONE } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aPerson, appoint, aUnit } from '../support/people.js'
import { aCellOf, day, held, kept, moved, reply, type TestCell } from './scene.js'

let house: House
let ward: string
let branch: string
let member: Player
let memberId: string
let office: Player

/**
 * A committee with three cells of its own and a departmental one with two. The past week, 30/11–06/12, counted by hand:
 *
 * | cell | meeting            | attended | replied |
 * |------|--------------------|----------|---------|
 * | 1    | 03/12              | 4 of 4   | 3 of 4  |
 * | 2    | 02/12              | 3 of 4   | 4 of 4  | one more is exempt
 * | 3    | 04/12 unconfirmed  |          | 1 of 3  |
 * | 3    | 30/11              | 3 of 3   | 0 of 3  |
 * | 4    | 01/12 cancelled    |          |         | no schedule
 * | 5    | 04/12 → 09/12      |          |         |
 *
 * Week: 10/11 attended, 8/14 replied. December so far: 7/8 and 8/11.
 */
async function aCommittee(): Promise<Record<'c1' | 'c2' | 'c3' | 'c4' | 'c5', TestCell>> {
  ward = await aUnit(house, 'Đảng ủy phường Hoa Ban', 'commune')
  branch = await aUnit(house, 'Đảng bộ bộ phận Khối 1', 'departmental', ward)
  const c1 = await aCellOf(house, 'Chi bộ 1', branch, 4)
  const c2 = await aCellOf(house, 'Chi bộ 2', branch, 5)
  const c3 = await aCellOf(house, 'Chi bộ 3', ward, 3)
  const c4 = await aCellOf(house, 'Chi bộ 4', ward, 2, { schedule: false })
  const c5 = await aCellOf(house, 'Chi bộ 5', ward, 2)
  const exempt = c2.people[4] as string
  await house.db.exemption.create({
    data: { id: newId(), personId: exempt, kind: 'exempt', startsOn: day('2026-01-01') },
  })
  const first = await held(house, c1, '2026-12-03 19:30', 4, 3)
  await held(house, c2, '2026-12-02 19:30', 3, 4)
  await held(house, c3, '2026-11-30 19:30', 3)
  await reply(house, await aMeeting(house, c3.id, '2026-12-04 19:30'), c3.people.slice(0, 1))
  await aMeeting(house, c4.id, '2026-12-01 19:30', { state: 'cancelled' })
  await moved(house, c5, '2026-12-04 19:30', '2026-12-09 19:00')
  await aMaterial(c1, first, 2)
  memberId = await aPerson(house, 'Hà Thị Cấp Ủy')
  await appoint(house, memberId, 'committee_member', ward)
  member = await house.phoneOf('committee', memberId)
  const clerk = await aPerson(house, 'Vi Văn Văn Phòng')
  await appoint(house, clerk, 'office', ward)
  office = await house.phoneOf('office', clerk)
  return { c1, c2, c3, c4, c5 }
}

/** Pushed for that meeting, read by the first so many. */
async function aMaterial(cell: TestCell, meetingId: string, read: number): Promise<void> {
  const id = newId()
  const by = cell.people[0] as string
  const moment = house.now
  await house.db.material.create({
    data: {
      id,
      cellId: cell.id,
      meetingId,
      title: 'Nghị quyết',
      url: 'https://example.org/a',
      push: 'at_once',
      pushedAt: moment,
      addedById: by,
      addedAt: moment,
    },
  })
  await house.db.reading.createMany({
    data: cell.people.slice(0, read).map((personId) => ({ materialId: id, personId, at: moment })),
  })
}

beforeEach(async () => {
  house = await openHouse({ now: '2026-12-05 08:00' })
  return () => house.close()
})

test('on Monday 07:30, not before, the committee gets its week: exceptions first, then the meetings, then the numbers', async () => {
  await aCommittee()
  await house.to('2026-12-07 07:29')
  await member.seesNothingMore()
  await house.to('2026-12-07 07:30')
  const { content } = await member.sees('Báo cáo tuần 07/12–13/12 · Đảng ủy phường Hoa Ban')
  expect(content.text.split('\n')).toEqual([
    'Cần lưu ý',
    '• Chưa điểm danh: Chi bộ 3 (04/12)',
    '• Đã hoãn, chưa họp bù: Chi bộ 4 (01/12)',
    '• Dự họp dưới mức yêu cầu: Chi bộ 2 (75%, yêu cầu 90%)',
    '• Chưa có lịch định kỳ: Chi bộ 4',
    '',
    'Lịch họp tuần này',
    'Thứ Tư 09/12',
    '19:00 Chi bộ 5, Hội trường tầng 2',
    '',
    'Tuần qua: 3/5 chi bộ đã họp, 1 hoãn chưa họp bù, 1 dời lịch, 1 chưa điểm danh.',
    'Dự họp: 90,9%; trả lời: 57,1% (yêu cầu 90%).',
    'Tháng 12/2026 đến nay: 2/5 chi bộ đã họp, 1 hoãn chưa họp bù, 1 dời lịch, 1 chưa điểm danh.',
    'Dự họp: 87,5%; trả lời: 72,7% (yêu cầu 90%).',
    'Tài liệu: 50% đã đọc.',
  ])
  expect(content.text).not.toContain('Đỗ Văn')
  await member.seesNothingMore()
})

test('the office gets the same and decides nothing', async () => {
  const { c1 } = await aCommittee()
  await house.to('2026-12-07 07:30')
  await office.sees('Báo cáo tuần 07/12–13/12', '[Báo cáo đầy đủ]')
  const chat = await house.db.chat.findFirstOrThrow({ where: { externalId: 'office' } })
  const [clerk] = await createIdentify(ZONE)(house.db, chat.id, house.now)
  const may = (permission: 'report.see' | 'meeting.plan' | 'rollcall.record') =>
    clerk && createMay(ZONE).may(house.db, clerk, permission, c1.id, house.now)
  expect(await may('report.see')).toBe(true)
  expect(await may('meeting.plan')).toBe(false)
  expect(await may('rollcall.record')).toBe(false)
})

test('who sits in the committee above and in the one below gets one message for each, of its own cells', async () => {
  await aCommittee()
  await appoint(house, memberId, 'committee_member', branch)
  await appoint(house, memberId, 'office', branch)
  await house.to('2026-12-07 08:00')
  await member.sees('Đảng ủy phường Hoa Ban')
  await member.sees('Đảng bộ bộ phận Khối 1', 'Tuần qua: 2/2 chi bộ đã họp.', 'Dự họp: 87,5%; trả lời: 87,5%')
  await member.seesNothingMore()
})

test("a committee's own target is what its cells are held against", async () => {
  await aCommittee()
  await house.db.unit.update({ where: { id: branch }, data: { attendanceTarget: 75 } })
  await house.to('2026-12-07 08:00')
  expect((await member.sees('Báo cáo tuần')).content.text).not.toContain('dưới mức')
})

test('nothing to say: nothing is sent or kept, and next week is looked at again', async () => {
  ward = await aUnit(house, 'Đảng ủy phường Hoa Ban', 'commune')
  const cell = await aCellOf(house, 'Chi bộ 1', ward, 2)
  memberId = await aPerson(house, 'Hà Thị Cấp Ủy')
  await appoint(house, memberId, 'committee_member', ward)
  member = await house.phoneOf('committee', memberId)
  await house.to('2026-12-07 08:00')
  await member.seesNothingMore()
  expect(await kept(house)).toEqual([])
  await aMeeting(house, cell.id, '2026-12-16 19:30')
  await house.to('2026-12-14 07:30')
  await member.sees('Báo cáo tuần 14/12–20/12', '19:30 Chi bộ 1')
  expect(await kept(house)).toEqual(['weekly 2026-12-14'])
})

test('from the 25th a cell without a meeting held or set this month is named', async () => {
  const { c1 } = await aCommittee()
  await held(house, c1, '2026-11-03 19:30', 4)
  await house.to('2026-12-14 08:00')
  await member.sees('Báo cáo tuần 07/12')
  expect((await member.sees('Báo cáo tuần 14/12')).content.text).not.toContain('chưa đặt lịch')
  await house.to('2026-12-21 08:00')
  await member.reads()
  await house.to('2026-12-28 08:00')
  await member.sees('Báo cáo tuần 28/12', 'Tháng này chưa họp, chưa đặt lịch: Chi bộ 4')
})

test('a cell that moved to another committee takes its facts along; a dissolved one is no longer told of', async () => {
  const { c2, c4 } = await aCommittee()
  const other = await aUnit(house, 'Đảng ủy phường Mận', 'commune')
  await house.db.unitPlacement.updateMany({ where: { unitId: c2.id }, data: { endsOn: day('2026-12-05') } })
  await house.db.unitPlacement.create({
    data: { id: newId(), unitId: c2.id, parentId: other, startsOn: day('2026-12-05') },
  })
  await house.db.unit.update({ where: { id: c4.id }, data: { dissolvedOn: day('2026-12-06') } })
  await appoint(house, memberId, 'committee_member', other)
  await house.to('2026-12-07 08:00')
  const { content } = await member.sees('Đảng ủy phường Hoa Ban', 'Tuần qua: 2/3 chi bộ đã họp')
  expect(content.text).not.toMatch(/Chi bộ [24]/)
  await member.sees('Đảng ủy phường Mận', 'Chi bộ 2 (75%', 'Tuần qua: 1/1 chi bộ đã họp')
})

test('the denominator is that of the day of the meeting', async () => {
  const { c1 } = await aCommittee()
  for (const personId of c1.people.slice(0, 2)) {
    const memberships = { where: { personId, cellId: c1.id } }
    await house.db.membership.updateMany({ ...memberships, data: { endsOn: day('2026-12-05') } })
  }
  await house.to('2026-12-07 08:00')
  await member.sees('Dự họp: 90,9%; trả lời: 57,1%')
})
