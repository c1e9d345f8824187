import { describe, expect, test } from 'vitest'
import { readSheet } from '../../src/scoring/read-sheet.js'
import { findScore } from '../../src/scoring/store.js'
import { openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, aPerson, appoint } from '../support/people.js'

const SHEET =
  'Chuyên cần: 20 = điểm danh\n2. Nội dung sinh hoạt: 50\n- Tỷ lệ phát biểu 10 = phat bieu\nNghị quyết: 20 = nhiệm vụ'

describe('a sheet as an office writes it', () => {
  test('names, points and what fills them', () => {
    expect(readSheet(`${SHEET}\nXếp loại: Tốt 95, Khá 80, Trung bình 60`)).toEqual({
      kind: 'sheet',
      data: {
        lines: [
          { key: 'chuyen_can', name: 'Chuyên cần', max: 20, from: 'attendance', beside: null },
          { key: 'noi_dung_sinh_hoat', name: 'Nội dung sinh hoạt', max: 50, from: null, beside: null },
          { key: 'ty_le_phat_bieu', name: 'Tỷ lệ phát biểu', max: 10, from: 'speakers', beside: null },
          { key: 'nghi_quyet', name: 'Nghị quyết', max: 20, from: 'tasks', beside: null },
        ],
        from: { good: 95, fair: 80, average: 60 },
      },
    })
  })

  test.each([
    ['Chuyên cần: 20\nNội dung: 70', 'sum', '90'],
    ['Chuyên cần: 50\nchuyen can: 50', 'twice', 'chuyen can'],
    ['Chuyên cần: 100 = ví điện tử', 'source', 'Chuyên cần: 100 = ví điện tử'],
    ['Chuyên cần: 0\nNội dung: 100', 'max', 'Chuyên cần: 0'],
    ['Chuyên cần', 'line', 'Chuyên cần'],
    [`${'x'.repeat(81)}: 100`, 'line', `${'x'.repeat(81)}: 100`],
    ['Chuyên cần: 100\nTốt 70, Khá 80, Trung bình 50', 'grades', 'Tốt 70, Khá 80, Trung bình 50'],
    [Array.from({ length: 25 }, (_, n) => `Mục số ${String.fromCharCode(97 + n)}: 4`).join('\n'), 'many', '25'],
  ])('%s is refused: %s', (text, kind, words) => {
    expect(readSheet(text)).toEqual({ kind: 'problems', problems: [{ kind, words }] })
  })
})

test('an office puts another sheet in the place of the standard one; what was scored keeps its own', async () => {
  const house = await openHouse({ now: '2026-11-20 08:00' })
  const cell = await aCell(house, 1)
  const officeId = await aPerson(house, 'Cà Thị Văn Phòng')
  await appoint(house, officeId, 'office', cell.committeeId)
  const office = await house.phoneOf('office', officeId)
  const old = await aMeeting(house, cell.unitId, '2026-11-20 09:00')
  await house.to('2026-11-20 11:00')
  await cell.secretary.says('/chamdiem')
  await cell.secretary.taps('Điểm tối đa')
  await cell.secretary.reads()

  await office.says('/phieudiem')
  await office.sees('Đang dùng mẫu chung', 'Thời gian sinh hoạt: 5 = lịch', 'Tốt 90, Khá 70, Trung bình 50')
  await office.says('Chuyên cần: 20 = điểm danh\nNội dung: 70')
  await office.sees('Tổng điểm là 90, phải đúng 100')
  await office.says(SHEET)
  await office.sees('Tôi đọc được 4 mục, chưa lưu', 'Tỷ lệ phát biểu: 10 = phát biểu')
  expect(await house.db.scoreSheet.count()).toBe(0)
  await office.taps('Đúng, dùng mẫu này')
  await office.sees('Đã đổi mẫu', 'Đang dùng mẫu riêng, bản 1')

  const next = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  await house.to('2026-12-03 21:00')
  await cell.secretary.reads()
  await cell.secretary.says('/chamdiem')
  await cell.secretary.sees('1. Chuyên cần: …/20', '2. Nội dung sinh hoạt: …/50')
  expect((await findScore(house.db, old))?.sheet).toMatchObject({ id: null, version: 1 })
  expect((await findScore(house.db, old))?.total).toBe(100)
  expect((await findScore(house.db, next))?.rows.map((one) => one.max)).toEqual([20, 50, 10, 20])

  await office.taps('Dùng mẫu chung')
  await office.sees('Đã đổi mẫu', 'Đang dùng mẫu chung', 'Thời gian sinh hoạt: 5')
  await office.says(`/phieudiem ${SHEET}`)
  await office.taps('Đúng, dùng mẫu này')
  await office.says(`/phieudiem ${SHEET}`)
  await office.taps('Đúng, dùng mẫu này')
  await office.sees('Mẫu này đang được dùng rồi', 'bản 3')
  expect(await house.db.scoreSheet.count()).toBe(3)
  await cell.secretary.says('/phieudiem')
  await cell.secretary.sees('không thuộc phần đồng chí phụ trách')
  await house.close()
})

test('over plain text, in English', async () => {
  const house = await openHouse({ now: '2026-11-20 08:00', plain: true })
  const cell = await aCell(house, 0)
  const officeId = await aPerson(house, 'Cà Thị Văn Phòng')
  await appoint(house, officeId, 'office', cell.committeeId)
  const office = await house.phoneOf('office', officeId)
  await house.db.person.updateMany({ data: { locale: 'en' } })
  await office.says('/scoresheet')
  await office.sees('The standard sheet holds', 'Attendance: 5 = roll-call', 'Good 90, Fair 70, Average 50')
  await office.says('Attendance: 20 = roll-call\nContent: 80\nGood 95, Fair 80, Average 60')
  await office.sees('I read 2 lines', 'Good 95, Fair 80, Average 60', '11. Right, use this sheet')
  await office.says('11')
  await office.sees('The sheet is replaced', 'version 1', '11. Use the standard sheet')
  await house.close()
})
