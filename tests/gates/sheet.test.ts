import { expect, test } from 'vitest'
import { listGates } from '../../src/gates/store.js'
import { openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, aPerson, appoint } from '../support/people.js'

test('an office changes the gates of its subtree: repeated back, confirmed, versioned; done marks stay', async () => {
  const house = await openHouse({ now: '2026-11-20 08:00' })
  const cell = await aCell(house, 1)
  const other = await aCell(house, 0)
  const clerk = await aPerson(house, 'Văn Thư')
  await appoint(house, clerk, 'office', cell.committeeId)
  const office = await house.phoneOf('office', clerk)
  const meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30', { durationMinutes: 60 })
  const elsewhere = await aMeeting(house, other.unitId, '2026-12-03 19:30')
  await house.app.settle()
  await cell.secretary.says('/tiendo')
  await cell.secretary.taps('Chi ủy đã họp')
  await office.says('/mochop')
  await office.sees(
    '*Hạn các việc trước và sau buổi họp: Đảng ủy phường Hoa Ban',
    '– Gửi tài liệu: trước giờ họp 1 ngày',
  )
  await office.says('Tài liệu: hôm kia')
  await office.sees('chưa đọc được thời hạn trong dòng “Tài liệu: hôm kia”')
  await office.says('Gửi tài liệu: trước 3 ngày\nThu đảng phí: sau 1 ngày\nThời lượng: 60/90 phút')
  await office.sees(
    '– Gửi tài liệu: trước giờ họp 3 ngày',
    '– Thu đảng phí: hết ngày thứ 1 sau buổi họp',
    'ít nhất 60 phút',
  )
  expect(await house.db.gateSheet.count()).toBe(0)
  await office.taps('Đúng, lưu')
  await office.sees('Đã lưu. Đảng ủy phường Hoa Ban')
  await cell.secretary.reads()
  await cell.secretary.says('/tiendo')
  await cell.secretary.sees(
    '✓ Chi ủy họp trước (20/11)',
    '○ Gửi tài liệu: còn 10 ngày (hạn 19:30 thứ Hai 30/11)',
    '○ Thu đảng phí: còn 14 ngày (hạn 23:59 thứ Sáu 04/12)',
  )
  expect((await listGates(house.db, elsewhere, house.now)).map((one) => one.kind)).not.toContain('own-thu-dang-phi')
  await office.says('/mochop mặc định')
  await office.taps('Đúng, lưu')
  expect((await listGates(house.db, meetingId, house.now)).map((one) => one.kind)).not.toContain('own-thu-dang-phi')
  expect((await house.db.gateSheet.findMany({ orderBy: { version: 'asc' } })).map((one) => one.version)).toEqual([1, 2])
  await cell.secretary.says('/mochop Báo cáo: sau 5 ngày')
  await cell.secretary.sees('không thuộc phần đồng chí phụ trách')
  await house.close()
})

test('in English, on a phone that can only write', async () => {
  const house = await openHouse({ now: '2026-11-20 08:00', plain: true })
  const cell = await aCell(house, 0)
  const clerk = await aPerson(house, 'Văn Thư')
  await house.db.person.update({ where: { id: clerk }, data: { locale: 'en' } })
  await appoint(house, clerk, 'office', cell.committeeId)
  const office = await house.phoneOf('office', clerk)
  await office.says('/gates Materials: 2 days before')
  await office.sees(
    '– Send the materials: 2 days before',
    '– Resolution and report to the committee above: within 2 days',
  )
  await office.picks('Keep as it was')
  await office.sees('I leave everything as it was.')
  expect(await house.db.gateSheet.count()).toBe(0)
  await house.close()
})
