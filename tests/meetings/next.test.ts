import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../../src/core/ids.js'
import { type House, openHouse } from '../support/house.js'
import { aPerson, appoint, type Cell } from '../support/people.js'
import { aFreshCell } from './support.js'

let house: House
let cell: Cell
beforeAll(async () => {
  house = await openHouse({ now: '2026-12-01 08:00' })
})
beforeEach(async () => {
  cell = await aFreshCell(house, '2026-12-01 08:00')
})
afterAll(() => house.close())

const plan = async (line: string) => {
  await cell.secretary.says(`/taohop ${line}`)
  await cell.secretary.taps('Đúng, tạo buổi họp')
  for (const one of [cell.secretary, ...cell.members]) await one.reads()
}

test('a member sees the next meetings, the nearest with the answer buttons, without those of the committee', async () => {
  const [member] = cell.members
  await plan('10/12/2026 19:30 tại Hội trường')
  await plan('08/12/2026 19:30 họp chi ủy tại Hội trường')
  await plan('20/12/2026 19:30 chuyên đề tại Nhà văn hoá')
  for (const words of ['/lich', 'lich hop', 'khi nào họp', 'next meetings']) {
    await member?.says(words)
    const seen = await member?.sees(
      'Lịch họp sắp tới',
      '19:30 thứ Năm 10/12/2026',
      '19:30 Chủ nhật 20/12/2026',
      '1 Có mặt',
    )
    expect(seen?.content.text).not.toContain('08/12/2026')
    expect(seen?.content.choices.flat().every((one) => one.command === 'attendance.answer')).toBe(true)
  }
  await cell.secretary.says('/lich')
  await cell.secretary.sees('Họp chi ủy tháng 12/2026', '19:30 thứ Ba 08/12/2026', '[Đổi lịch họp] [Hoãn họp]')
})

test('an answer that was given is shown', async () => {
  await plan('10/12/2026 19:30 tại Hội trường')
  const meeting = await house.db.meeting.findFirstOrThrow({ where: { cellId: cell.unitId } })
  await house.db.answer.create({
    data: {
      id: newId(),
      meetingId: meeting.id,
      personId: cell.memberIds[0] ?? '',
      state: 'late',
      answeredAt: house.now,
    },
  })
  await cell.members[0]?.says('/lich')
  await cell.members[0]?.sees('Đồng chí đã trả lời: đến muộn')
})

test('without any meeting a member is told so, and a secretary what to do', async () => {
  await cell.members[0]?.says('/lich')
  await cell.members[0]?.sees('chưa đặt buổi họp nào')
  await cell.secretary.says('/lich')
  await cell.secretary.sees('[Đặt lịch định kỳ]', '[Tạo một buổi họp]')
  await cell.secretary.says('/hoanhop')
  await cell.secretary.sees('chưa có buổi họp nào sắp tới', '[Tạo buổi họp]')
})

test('the committee, who attends no cell, is pointed to its report', async () => {
  const officeId = await aPerson(house, 'Kha Thị Văn Phòng')
  await appoint(house, officeId, 'office', cell.committeeId)
  const office = await house.phoneOf('office', officeId)
  await office.says('/lich')
  await office.sees('không sinh hoạt ở chi bộ nào', '/baocao', '[Xem báo cáo]')
})

test('the menu puts the schedule first for a secretary without one', async () => {
  await cell.secretary.says('menu')
  const before = await cell.secretary.sees('cần việc gì')
  expect(before.content.choices[0]?.[0]?.label).toBe('Đặt lịch định kỳ')
  await cell.secretary.says('/lichdinhky ngày 3 hằng tháng 19:00 tại Hội trường')
  await cell.secretary.taps('Đúng, lưu lịch')
  await cell.secretary.reads()
  await cell.secretary.says('menu')
  const after = await cell.secretary.sees('cần việc gì')
  expect(after.content.choices[0]?.[0]?.label).not.toBe('Đặt lịch định kỳ')
  await cell.members[0]?.says('menu')
  const member = await cell.members[0]?.sees('cần việc gì')
  expect(member?.content.choices.flat().map((one) => one.command)).not.toContain('meetings.series')
})

test('with a meeting ahead the schedule no longer stands first, though there is no series', async () => {
  await plan('03/12/2026 19:00 tại Hội trường')
  await cell.secretary.says('menu')
  const seen = await cell.secretary.sees('cần việc gì')
  expect(seen.content.choices[0]?.[0]?.label).toBe('Trả lời dự họp')
})

test('in English, complete', async () => {
  await house.db.person.update({ where: { id: cell.secretaryId }, data: { locale: 'en' } })
  await house.db.person.update({ where: { id: cell.memberIds[0] ?? '' }, data: { locale: 'en' } })
  const [member] = cell.members
  await cell.secretary.says('/series the first Monday of every month 19:30 tại Hội trường')
  await cell.secretary.sees(
    'The first Monday of every month, at 19:30',
    'Monday 07/12/2026',
    '[Yes, save it] [Change it]',
  )
  await cell.secretary.taps('Yes, save it')
  await member?.sees('has a monthly schedule', '19:30 on Monday 07/12/2026', 'Can you attend?', '[1 Coming]')
  await cell.secretary.says('/move')
  await cell.secretary.taps('Monday 07/12')
  await cell.secretary.says('8/12 20:00')
  await cell.secretary.taps('Yes, move it')
  await member?.sees('Moved: 19:30 on Monday 07/12/2026 → 20:00 on Tuesday 08/12/2026')
  await cell.secretary.says('/postpone')
  await cell.secretary.taps('Tuesday 08/12')
  await cell.secretary.taps('Yes, postpone')
  await member?.sees('Postponed: 20:00 on Tuesday 08/12/2026')
})
