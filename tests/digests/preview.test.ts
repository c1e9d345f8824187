import { beforeEach, expect, test } from 'vitest'
import { digestSweep } from '../../src/digests/sweep.js'
import { type House, openHouse, type Player } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aPerson, appoint, aUnit } from '../support/people.js'
import { aCellOf, aSchedule, confirm, held, kept, type TestCell } from './scene.js'

let house: House
let ward: string
let member: Player
let cell: TestCell
let secretary: Player
let deputy: Player
let meetingId: string

beforeEach(async () => {
  house = await openHouse({ now: '2026-12-04 08:00' })
  ward = await aUnit(house, 'Đảng ủy phường Hoa Ban', 'commune')
  cell = await aCellOf(house, 'Chi bộ 3', ward, 4, { schedule: false })
  const [first, second] = cell.people as [string, string]
  await appoint(house, second, 'deputy', cell.id)
  secretary = await house.phoneOf('secretary', first)
  deputy = await house.phoneOf('deputy', second)
  meetingId = await aMeeting(house, cell.id, '2026-12-03 19:30')
  return () => house.close()
})

/** Somebody who reads the digest. */
async function aReader(): Promise<string> {
  const id = await aPerson(house, 'Hà Thị Cấp Ủy')
  await appoint(house, id, 'committee_member', ward)
  member = await house.phoneOf('committee', id)
  return id
}

test('on Sunday 19:00 secretary and deputy are told what Monday will say, with what mends each', async () => {
  await aReader()
  await house.to('2026-12-06 18:59')
  await secretary.reads()
  await house.to('2026-12-06 19:00')
  const { content } = await secretary.sees('07:30 thứ Hai 07/12', 'Chi bộ 3')
  expect(content.text.split('\n').slice(1, -1)).toEqual([
    '• Buổi thứ Năm 03/12 chưa điểm danh.',
    '• Chưa có lịch sinh hoạt định kỳ.',
  ])
  const choices = content.choices.flat().map(({ label, command, args }) => ({ label, command, args }))
  expect(choices).toEqual([
    { label: 'Điểm danh 03/12', command: 'rollcall.open', args: { unitId: cell.id, meetingId } },
    { label: 'Đặt lịch định kỳ', command: 'meetings.series', args: { unitId: cell.id } },
  ])
  await deputy.sees('Buổi thứ Năm 03/12 chưa điểm danh')
  await member.seesNothingMore()
  expect(await kept(house)).toEqual(['preview 2026-12-07'])
})

test('what is mended before Monday is not in the digest', async () => {
  await aReader()
  await house.to('2026-12-06 19:30')
  await secretary.sees('chưa điểm danh')
  await confirm(house, meetingId, cell.people, 4)
  await aSchedule(house, cell.id)
  await house.to('2026-12-07 08:00')
  const { content } = await member.sees('Tuần qua: 1/1 chi bộ đã họp.', 'Dự họp: 100%')
  expect(content.text).not.toContain('Cần lưu ý')
})

test('a meeting on Sunday evening is not missed at half past seven, and is a week later', async () => {
  await aReader()
  await aSchedule(house, cell.id)
  await confirm(house, meetingId, cell.people, 4)
  await aMeeting(house, cell.id, '2026-12-06 19:30')
  await house.to('2026-12-07 08:00')
  expect((await member.sees('Báo cáo tuần 07/12')).content.text).not.toContain('Chưa điểm danh')
  await house.to('2026-12-14 08:00')
  await member.sees('Chưa điểm danh: Chi bộ 3 (06/12)')
})

test('nothing to tell, or nobody above who would read it: no preview', async () => {
  await house.to('2026-12-06 20:00')
  await secretary.reads()
  expect(await kept(house)).toEqual([])
  await aReader()
  await confirm(house, meetingId, cell.people, 4)
  await aSchedule(house, cell.id)
  await house.to('2026-12-13 20:00')
  expect(await kept(house)).toEqual(['weekly 2026-12-07'])
})

test('two looks at once send once', async () => {
  await aReader()
  await house.to('2026-12-07 07:29')
  await secretary.reads()
  house.clock.moment = new Date(house.now.getTime() + 60_000)
  await Promise.all([1, 2, 3, 4].map(() => digestSweep.run(house.db, house.now)))
  await house.db.digestSlot.updateMany({ data: { dueAt: house.now } })
  await house.app.settle()
  await member.sees('Báo cáo tuần 07/12')
  await member.seesNothingMore()
  expect(await house.db.outbox.count({ where: { kind: 'digests.weekly' } })).toBe(1)
})

test('down over Monday: the digest comes the next day, with that day’s state', async () => {
  await aReader()
  await house.to('2026-12-05 08:00')
  await secretary.reads()
  await house.sleepsUntil('2026-12-08 10:00')
  await member.sees('Báo cáo tuần 07/12', 'Chưa điểm danh: Chi bộ 3 (03/12)')
  await member.seesNothingMore()
  expect(await kept(house)).toEqual(['weekly 2026-12-07'])
  await house.to('2026-12-14 07:30')
  await member.sees('Báo cáo tuần 14/12')
})

test('back at night: the digest waits for the morning', async () => {
  await aReader()
  await house.to('2026-12-05 08:00')
  await house.sleepsUntil('2026-12-07 23:00')
  await member.seesNothingMore()
  await house.to('2026-12-08 06:30')
  await member.sees('Báo cáo tuần 07/12')
})

test('down for weeks: only the week that just began, and nothing from Wednesday on', async () => {
  await aReader()
  await aMeeting(house, cell.id, '2026-12-23 19:30')
  await house.to('2026-12-05 08:00')
  await house.sleepsUntil('2026-12-15 09:00')
  await member.sees('Báo cáo tuần 14/12')
  await member.seesNothingMore()
  await house.sleepsUntil('2026-12-23 08:00')
  await member.seesNothingMore()
})

test('each unit in its own zone', async () => {
  const id = await aReader()
  await house.db.unit.updateMany({ data: { zone: 'Asia/Tokyo' } })
  await held(house, cell, '2026-12-02 19:30', 4)
  await house.db.person.update({ where: { id }, data: { locale: 'en' } })
  await house.to('2026-12-06 17:00')
  await secretary.sees('07:30 thứ Hai 07/12')
  await house.to('2026-12-07 05:29')
  await member.seesNothingMore()
  await house.to('2026-12-07 05:30')
  await member.sees('Weekly report 07/12–13/12', 'No roll-call: Chi bộ 3 (03/12)', '1 of 1 cell met', '[Full report]')
})
