import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBlobs } from '../../src/messaging/blobs.js'
import { type House, openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { paragraphsOf, readPart } from '../support/office-files.js'
import { aCell, type Cell } from '../support/people.js'

let house: House
let cell: Cell
beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00' })
  cell = await aCell(house, 1)
  const agenda = 'Kiểm điểm nghị quyết tháng 11 & bàn <việc> tháng 12.'
  await aMeeting(house, cell.unitId, '2026-12-03 19:30', { agenda })
  await aMeeting(house, cell.unitId, '2026-12-20 14:00', { kind: 'thematic' })
})
afterAll(() => house.close())

test('the secretary gets a notice to forward, which names nobody', async () => {
  await cell.secretary.says('thông báo họp')
  const { content } = await cell.secretary.sees('THÔNG BÁO HỌP')
  expect(content.text).toBe(
    [
      'Kính gửi: Các đồng chí đảng viên Chi bộ Tổ dân phố 1',
      'Chi bộ Tổ dân phố 1 tổ chức sinh hoạt thường kỳ tháng 12/2026:',
      'Thời gian: 19:30 thứ Năm 03/12/2026',
      'Địa điểm: Hội trường tầng 2',
      'Có thể dự trực tuyến.',
      'Nội dung: Kiểm điểm nghị quyết tháng 11 & bàn <việc> tháng 12.',
      'Đề nghị các đồng chí dự họp đầy đủ, đúng giờ. Nếu không dự được, xin báo trước với đồng chí bí thư. Trân trọng.',
      '',
      'T/M CHI BỘ',
      'BÍ THƯ',
    ].join('\n'),
  )
  await cell.secretary.taps('Sinh hoạt chuyên đề tháng 12/2026 (20/12)')
  await cell.secretary.sees('THÔNG BÁO HỌP', '14:00 Chủ nhật 20/12/2026')
})

test('and the same for the follower as a Word file, laid out as a paper of the Party', async () => {
  await cell.secretary.says('/giaymoi')
  await cell.secretary.taps('Giấy mời bản Word')
  await cell.secretary.sees('Tôi đang soạn giấy mời')
  const { content } = await cell.secretary.sees('Xin đồng chí điền số và địa danh', '(giay-moi-2026-12-03.docx)')
  expect(content.fileName).toBe('giay-moi-2026-12-03.docx')
  const [file] = await house.db.file.findMany()
  const bytes = await openBlobs(`${house.dataDir}/files`).get(file?.sha256 ?? '')
  // PAPER=/tmp/a.docx keeps it, to be looked at in an office program.
  if (process.env.PAPER) writeFileSync(process.env.PAPER, bytes)

  const xml = readPart(bytes, 'word/document.xml')
  expect(paragraphsOf(xml).filter((one) => one.trim() !== '')).toEqual([
    'ĐẢNG ỦY PHƯỜNG HOA BAN',
    'CHI BỘ TỔ DÂN PHỐ 1',
    '*',
    'Số ……-GM/CB',
    'ĐẢNG CỘNG SẢN VIỆT NAM',
    '……………, ngày 20 tháng 11 năm 2026',
    'GIẤY MỜI',
    'dự sinh hoạt thường kỳ tháng 12/2026',
    'Kính gửi: Đồng chí cấp ủy viên theo dõi Chi bộ Tổ dân phố 1',
    'Chi bộ Tổ dân phố 1 trân trọng kính mời đồng chí dự sinh hoạt thường kỳ tháng 12/2026.',
    'Thời gian: 19 giờ 30, thứ Năm, ngày 03 tháng 12 năm 2026.',
    'Địa điểm: Hội trường tầng 2.',
    'Nội dung: Kiểm điểm nghị quyết tháng 11 & bàn <việc> tháng 12.',
    'Rất mong đồng chí thu xếp thời gian tới dự. Trân trọng.',
    'Nơi nhận:',
    '- Như kính gửi,',
    '- Lưu Chi bộ.',
    'T/M CHI BỘ',
    'BÍ THƯ',
  ])
  expect(xml).not.toMatch(/Thử|Bí Thư|Độc lập/)
  const styles = readPart(bytes, 'word/styles.xml')
  expect(styles).toContain('w:ascii="Times New Roman"')
  expect(styles).toContain('<w:sz w:val="28"/>')
})

test('whoever asks twice gets one file, a cancelled meeting none, and a member is told whose it is', async () => {
  await cell.secretary.reads()
  await cell.secretary.says('/giaymoi')
  await house.db.meeting.updateMany({ data: { state: 'cancelled' } })
  await cell.secretary.taps('Giấy mời bản Word')
  await cell.secretary.sees('Buổi họp này đã hoãn')
  await cell.secretary.says('/giaymoi')
  await cell.secretary.sees('Chi bộ chưa có buổi họp nào sắp tới')
  await cell.members[0]?.says('/giaymoi')
  await cell.members[0]?.sees('không thuộc phần đồng chí phụ trách')
})
