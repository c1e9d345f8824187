import { afterAll, beforeAll, expect, test } from 'vitest'
import { listSummaryMembers } from '../../src/attendance/summary-read.js'
import { newId } from '../../src/core/ids.js'
import { type House, openHouse } from '../support/house.js'
import { aMeeting, readMeeting } from '../support/meetings.js'
import { aCell, type Cell } from '../support/people.js'

let house: House
let cell: Cell
let meetingId: string
beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00' })
  cell = await aCell(house, 2)
  meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  await house.app.settle()
})
afterAll(() => house.close())

test('reminders and materials are switched off by a tap each; the first reminder comes all the same', async () => {
  const [quiet, other] = cell.members
  await quiet?.says('/tatbao')
  await quiet?.sees('tài liệu trước buổi họp: đang nhận', 'Thông báo họp', 'lời nhắc đầu tiên')
  await quiet?.taps('Tắt: các lời nhắc sau lời nhắc đầu tiên')
  await quiet?.taps('Tắt: tài liệu trước buổi họp')
  await quiet?.sees('tài liệu trước buổi họp: đã tắt', 'lời nhắc đầu tiên: đã tắt')
  await house.db.material.create({
    data: {
      id: newId(),
      cellId: cell.unitId,
      meetingId,
      title: 'Nghị quyết tháng 12',
      url: 'https://example.org/nghi-quyet',
      push: 'at_once',
      addedById: cell.secretaryId,
      addedAt: house.now,
      dueAt: house.now,
    },
  })
  await house.to('2026-11-21 08:00')
  await other?.sees('Nghị quyết tháng 12')
  await quiet?.seesNothingMore()

  await house.to('2026-11-27 08:00')
  await quiet?.sees('19:30 thứ Năm 03/12')
  await other?.sees('19:30 thứ Năm 03/12')
  await house.to('2026-12-01 08:00')
  await other?.sees('19:30 thứ Năm 03/12')
  await quiet?.seesNothingMore()
})

test('who has switched reminders off still counts as reached', async () => {
  await house.to('2026-12-02 21:00')
  const members = await listSummaryMembers(house.db, await readMeeting(house, meetingId), house.now)
  expect(members.filter((one) => one.unreached)).toEqual([])
})

test('the meeting itself is never switched off, and all can be switched on again', async () => {
  const [quiet] = cell.members
  await quiet?.reads()
  await cell.secretary.says('/hoanhop')
  await cell.secretary.taps('Đúng, hoãn')
  await quiet?.sees('03/12')
  await quiet?.says('tắt báo')
  await quiet?.taps('Bật lại: các lời nhắc')
  await quiet?.taps('Bật lại: tài liệu')
  expect(await house.db.mute.count()).toBe(0)
})

test("only who leads a cell is offered the Sunday's preview; in English", async () => {
  await house.db.person.updateMany({ data: { locale: 'en' } })
  await cell.secretary.says('/mute')
  await cell.secretary.sees("the Sunday evening's preview: on")
  await cell.members[1]?.says('/mute')
  const { content } = await (cell.members[1] ?? cell.secretary).sees('materials before a meeting: on')
  expect(content.text).not.toContain('Sunday')
})
