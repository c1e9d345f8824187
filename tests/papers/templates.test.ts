import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse, type Player } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { wordsOf } from '../support/office-files.js'
import { aCell, aPerson, appoint, type Cell } from '../support/people.js'
import { fileOf } from './setup.js'
import { emptyTemplate, officeTemplate, wrongTemplate } from './template-files.js'

let house: House
let cell: Cell
let office: Player
beforeAll(async () => {
  house = await openHouse({ now: '2026-12-03 19:20' })
  cell = await aCell(house, 1)
  const clerk = await aPerson(house, 'Lý Thị Văn Phòng')
  await appoint(house, clerk, 'office', cell.committeeId)
  office = await house.phoneOf('office', clerk)
  await aMeeting(house, cell.unitId, '2026-12-03 19:30')
})
afterAll(() => house.close())

test('an office gets the common template and the names that may stand in it', async () => {
  await office.says('/mau')
  const { content } = await office.sees('Mẫu giấy tờ của Đảng ủy phường Hoa Ban', '– Biên bản: mẫu chung', '{{chi_bo}}')
  expect(content.text.length).toBeLessThan(400)
  await office.taps('Lấy mẫu: Biên bản')
  await office.sees('Tôi đang soạn')
  await office.sees('Mẫu chung: Biên bản', '(mau-bien-ban.docx)')
  const words = wordsOf(await fileOf(house, office, 'mau-bien-ban'))
  expect(words).toContain('{{CHI_BO}}')
  expect(words).toContain('{{si_so}}')
  await office.taps('Danh sách tên điền được')
  await office.sees('Tôi đang soạn')
  await office.sees('các tên điền được vào mẫu', '(ten-dien-vao-mau.docx)')
  const names = wordsOf(await fileOf(house, office, 'ten-dien')).join('|')
  expect(names).toContain('Số liệu|Tên|Điền gì|Ví dụ|{{si_so}}|cả câu mở đầu về sĩ số|Tổng số đảng viên: 25')
  expect(names).toContain('{{danh_sach_vang}} *|bảng các đồng chí vắng')
})

test('a file with unknown names, without any, or unreadable: a sentence, and nothing changes', async () => {
  await office.sendsFile('mau sai.docx', await wrongTemplate())
  await office.sees('mẫu của giấy tờ nào?', 'Đảng ủy phường Hoa Ban', '[Biên bản]')
  await office.taps('Biên bản')
  await office.sees('Tôi đang soạn')
  await office.sees('“thoi_tiet”, “Số dư quỹ”', 'chưa thay mẫu nào', 'danh sách ở /mau')
  await office.sendsFile('trong.docx', await emptyTemplate())
  await office.taps('Biên bản')
  await office.sees('không có chỗ trống nào')
  await office.reads()
  await office.sendsFile('mau.docx', await officeTemplate())
  await office.taps('Thôi, bỏ tệp')
  await office.sees('không thay mẫu nào')
  expect(await house.db.paperTemplate.count()).toBe(0)
})

test('a good one is looked at with made-up data, counts when it is set, and for everything below', async () => {
  await office.reads()
  await office.sendsFile('mau phuong.docx', await officeTemplate())
  await office.taps('Biên bản')
  await office.sees('Tôi đang soạn')
  await office.sees('điền bằng số liệu giả', '(xem-thu-bien-ban.docx)', '[Dùng mẫu này]')
  expect(wordsOf(await fileOf(house, office, 'xem-thu'))).toContain('CHI BỘ TỔ DÂN PHỐ 5')
  expect(await house.db.paperTemplate.count()).toBe(0)
  await office.taps('Dùng mẫu này')
  await office.sees('Từ nay Biên bản của Đảng ủy phường Hoa Ban')
  await office.says('mẫu biên bản')
  await office.sees('– Biên bản: mẫu riêng, từ ngày 03/12/2026', '[Bỏ mẫu riêng: Biên bản]')

  // The upload itself is cleared after a day, and papers that were printed after a week; the template stays.
  await house.to('2026-12-13 08:00')
  await cell.secretary.says('/diemdanh')
  await cell.secretary.taps('Còn lại có mặt')
  await cell.secretary.taps('Xác nhận điểm danh')
  await cell.secretary.sees('Biên bản', '(bien-ban-2026-12-03.docx)')
  const words = wordsOf(await fileOf(house, cell.secretary, 'bien-ban'))
  expect(words.slice(0, 3)).toEqual([
    'CHI BỘ TỔ DÂN PHỐ 1',
    expect.stringContaining('Mẫu của phường. Hôm nay ngày 03 tháng 12 năm 2026'),
    '2/2, lại 2',
  ])
  expect(wordsOf(await fileOf(house, cell.secretary, 'bao-cao'))).toContain('BÁO CÁO')
})

test('and back again', async () => {
  await office.taps('Bỏ mẫu riêng: Biên bản')
  await office.sees('trở lại mẫu của cấp trên hoặc mẫu chung')
  await cell.secretary.says('/giayto')
  await cell.secretary.taps('Biên bản')
  expect(wordsOf(await fileOf(house, cell.secretary, 'bien-ban'))).toContain('BIÊN BẢN')
})

test('a secretary sets no templates', async () => {
  await cell.secretary.says('/mau')
  await cell.secretary.sees('không thuộc phần đồng chí phụ trách')
})
