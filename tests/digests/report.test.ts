import { beforeEach, expect, test } from 'vitest'
import { newId } from '../../src/core/ids.js'
import { fold } from '../../src/core/text.js'
import { at, type House, openHouse, type Player, ZONE } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aPerson, appoint, aUnit } from '../support/people.js'
import { aCellOf, day, held, type TestCell } from './scene.js'

let house: House
let ward: string
let member: Player

beforeEach(async () => {
  house = await openHouse({ now: '2026-12-04 08:00' })
  ward = await aUnit(house, 'Đảng ủy phường Hoa Ban', 'commune')
  const id = await aPerson(house, 'Hà Thị Cấp Ủy')
  await appoint(house, id, 'committee_member', ward)
  member = await house.phoneOf('committee', id)
  return () => house.close()
})

const lines = async (...parts: string[]): Promise<string[]> => (await member.sees(...parts)).content.text.split('\n')

test('the report stands first in a committee’s menu, and is understood in words', async () => {
  await member.says('menu')
  const { content } = await member.sees('Báo cáo')
  expect(content.choices[0]?.[0]?.command).toBe('digests.report')
  await member.says('bao cao')
  await member.sees('Tình hình đến 04/12/2026 · Đảng ủy phường Hoa Ban', '0/0 chi bộ')
  await member.taps('Từng chi bộ')
  await member.sees('Chưa có chi bộ nào trực thuộc')
})

test('who leads no committee is refused and told so', async () => {
  const cell = await aCellOf(house, 'Chi bộ 1', ward, 2)
  const secretary = await house.phoneOf('secretary', cell.people[0] as string)
  await secretary.says('/baocao')
  await secretary.sees('không thuộc phần đồng chí phụ trách')
})

async function threeCells(): Promise<[TestCell, TestCell, TestCell]> {
  const a = await aCellOf(house, 'Chi bộ 1', ward, 4)
  const b = await aCellOf(house, 'Chi bộ 2', ward, 4)
  const c = await aCellOf(house, 'Chi bộ 10', ward, 4, { schedule: false })
  await held(house, a, '2026-12-01 19:30', 4, 2)
  await held(house, b, '2026-12-02 19:30', 3, 4)
  await held(house, a, '2026-11-03 19:30', 2, 4)
  return [a, b, c]
}

test('from the overview to each section and back, in one message', async () => {
  const [a] = await threeCells()
  await aMeeting(house, a.id, '2026-12-05 19:30', { kind: 'thematic', place: 'Nhà văn hóa' })
  await member.says('/baocao')
  await member.sees('Tình hình đến 04/12/2026', 'Tháng 12/2026 đến nay: 2/3 chi bộ đã họp.', 'Dự họp: 87,5%')
  await member.taps('Từng chi bộ')
  expect((await lines('Từng chi bộ · Đảng ủy phường Hoa Ban')).slice(1)).toEqual([
    'Chi bộ 2: dự họp 75% (3/4), dưới mức yêu cầu; trả lời 100%',
    'Chi bộ 1: dự họp 100% (4/4), trả lời 50%',
    'Chi bộ 10: chưa có số liệu điểm danh',
  ])
  await member.taps('Tổng quan')
  await member.taps('Lịch tuần này')
  expect((await lines('Lịch tuần này ·')).slice(-2)).toEqual([
    'Thứ Bảy 05/12',
    '19:30 Chi bộ 1 (chuyên đề), Nhà văn hóa',
  ])
  await member.taps('Tổng quan')
  await member.taps('Việc cần lưu ý')
  await member.sees('Việc cần lưu ý ·', 'Chưa có lịch định kỳ: Chi bộ 10')
  await member.taps('Tổng quan')
  await member.taps('Tháng trước')
  expect(await lines('Tháng trước ·')).toEqual([
    'Tháng 11/2026: 1/3 chi bộ đã họp.',
    'Dự họp: 50%; trả lời: 100% (yêu cầu 90%).',
    'Chưa họp (2): Chi bộ 2, Chi bộ 10.',
  ])
  const screen = (await member.screen()).split('\n---\n')
  expect(screen).toHaveLength(1)
})

test('past digests are kept as they were sent, and paged by week', async () => {
  const [a] = await threeCells()
  await member.says('/baocao')
  await member.taps('Báo cáo các tuần')
  await member.sees('Chưa có báo cáo tuần nào')
  await house.to('2026-12-07 08:00')
  await held(house, a, '2026-12-08 19:30', 4)
  await house.to('2026-12-14 08:00')
  await member.reads()
  await member.says('/baocao')
  await member.taps('Báo cáo các tuần')
  await member.sees('Báo cáo tuần 14/12–20/12', '[◀ Tuần trước]')
  await member.taps('◀ Tuần trước')
  await member.sees('Báo cáo tuần 07/12–13/12', '2/3 chi bộ đã họp', '[Tuần sau ▶]')
})

/** Cells, schedules and meetings by the dozen, without a statement for each. */
async function manyCells(count: number): Promise<void> {
  const ids = Array.from({ length: count }, () => newId())
  const name = (n: number) => `Chi bộ Trường Trung học phổ thông Vùng cao số ${n + 1}`
  await house.db.unit.createMany({
    data: ids.map((id, n) => ({
      id,
      name: name(n),
      nameKey: fold(name(n)),
      kind: 'cell' as const,
      zone: ZONE,
      createdAt: house.now,
    })),
  })
  const since = day('2020-01-01')
  await house.db.unitPlacement.createMany({
    data: ids.map((unitId) => ({ id: newId(), unitId, parentId: ward, startsOn: since })),
  })
  const meeting = (cellId: string, text: string, state: 'planned' | 'cancelled') => ({
    id: newId(),
    cellId,
    occurrenceOn: day(text),
    kind: 'regular' as const,
    day: day(text),
    time: '19:30',
    zone: ZONE,
    startsAt: at(`${text} 19:30`),
    place: 'Hội trường lớn, tầng 3, Trung tâm Chính trị thành phố',
    durationMinutes: 90,
    state,
    createdAt: house.now,
  })
  const meetings = ids.flatMap((id, n) => [
    meeting(id, '2026-12-03', n % 3 === 0 ? 'cancelled' : 'planned'),
    ...(n % 3 === 0 ? [] : [meeting(id, `2026-12-${String(7 + (n % 7)).padStart(2, '0')}`, 'planned')]),
  ])
  await house.db.meeting.createMany({ data: meetings })
  // Their reminders are planned already: they are no matter of this test.
  await house.db.reminderPlan.createMany({
    data: meetings.map(({ id }) => ({ meetingId: id, revision: 1, plannedAt: house.now })),
  })
}

test('240 cells with something each still make one screen; the rest is in the report, by pages', {
  timeout: 180_000,
}, async () => {
  await manyCells(240)
  await house.to('2026-12-07 07:30')
  const { content } = await member.sees('Báo cáo tuần 07/12', 'và 228 chi bộ khác', 'và 153 buổi khác')
  expect(content.text.split('\n').length).toBeLessThanOrEqual(25)
  expect(content.text.length).toBeLessThan(1_500)
  await member.taps('Báo cáo đầy đủ')
  await member.taps('Lịch tuần này')
  await member.sees('Lịch tuần này', '[Trang sau ›]')
  await member.taps('Trang sau')
  await member.sees('[‹ Trang trước] [Trang sau ›]')
})
