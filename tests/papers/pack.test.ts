import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/core/ids.js'
import { type House, openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { wordsOf } from '../support/office-files.js'
import { aCell, aPerson, appoint, aUnit, type Cell } from '../support/people.js'
import { anAttached, aProbationer, exempt, fileOf, fillRollCall } from './setup.js'

const STRENGTH =
  'Tổng số đảng viên: 11 đồng chí (chính thức 9, dự bị 2); trong đó sinh hoạt tạm thời 1, được miễn sinh hoạt 1, vắng vì nhiệm vụ 1. ' +
  'Có mặt: 7/9 đồng chí thuộc diện phải dự, đạt 77,8% (đến muộn 1). Vắng có lý do: 1 đồng chí; vắng không có lý do: 1 đồng chí.'

let house: House
let cell: Cell
let meetingId: string
beforeAll(async () => {
  house = await openHouse({ now: '2026-12-03 19:20' })
  cell = await aCell(house, 6)
  const elsewhere = await aUnit(house, 'Chi bộ Tổ dân phố 9')
  await aProbationer(house, 'Hà Văn Dự Bị', cell.unitId)
  await exempt(house, await aPerson(house, 'Cầm Thị Miễn', cell.unitId))
  await exempt(house, await aProbationer(house, 'Vi Văn Nhiệm Vụ', cell.unitId), 'special_duty')
  await anAttached(house, 'Bế Thị Tạm Thời', cell.unitId, elsewhere)
  // A member of this cell who attends another one is counted there.
  await anAttached(house, 'Mạc Thị Nơi Khác', elsewhere, cell.unitId)
  await appoint(house, await aPerson(house, 'Mạc Văn Theo Dõi'), 'follower', cell.unitId)
  meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30', {
    agenda: 'Kiểm điểm nghị quyết tháng 11; bàn {{chi_bo}} & việc <tháng 12>',
    meetingSecretaryId: cell.memberIds[0] ?? null,
  })
})
afterAll(() => house.close())

const member = (n: number): string => cell.memberIds[n - 1] ?? ''

test('in the same look as the confirmed roll-call the drafts are in the secretary’s chat, and nobody else’s', async () => {
  await house.to('2026-12-03 20:00')
  await house.db.answer.create({
    data: {
      id: newId(),
      meetingId,
      personId: member(2),
      state: 'absent',
      reasonKind: 'health',
      reasonText: 'mổ ruột thừa',
      answeredAt: house.now,
    },
  })
  const { secretary } = cell
  await fillRollCall(house, cell, {
    [member(2)]: ['excused', 'health'],
    [member(3)]: ['unexcused', null],
    [member(4)]: ['late', null],
  })
  for (const phone of [secretary, ...cell.members]) await phone.reads()
  await secretary.taps('Xác nhận điểm danh')
  await secretary.sees('Đã xác nhận')
  // The files with a word each, and below them one message that says what to do.
  await secretary.sees('Biên bản\n(bien-ban-2026-12-03.docx)')
  await secretary.sees('Dự thảo nghị quyết\n(du-thao-nghi-quyet-2026-12-03.docx)')
  await secretary.sees('Báo cáo kết quả\n(bao-cao-2026-12-03.docx)')
  await secretary.sees('Phiếu chấm điểm\n(phieu-cham-diem-2026-12-03.docx)')
  await secretary.sees(
    '*Giấy tờ buổi sinh hoạt thường kỳ tháng 12/2026 (họp 03/12)*',
    'trong 2 ngày',
    '[Chấm điểm buổi họp]',
  )
  await secretary.seesNothingMore()
  for (const phone of cell.members) await phone.seesNothingMore()
})

test('the minutes say the numbers of that day, who was absent by kind of reason, and nobody’s own words', async () => {
  const words = wordsOf(await fileOf(house, cell.secretary, 'bien-ban'))
  expect(words.slice(0, 9)).toEqual([
    'ĐẢNG ỦY PHƯỜNG HOA BAN',
    'CHI BỘ TỔ DÂN PHỐ 1',
    '*',
    'Số ……-BB/CB',
    'ĐẢNG CỘNG SẢN VIỆT NAM',
    '……………, ngày 03 tháng 12 năm 2026',
    'BIÊN BẢN',
    'sinh hoạt thường kỳ tháng 12/2026',
    'Hồi 19 giờ 30, thứ Năm, ngày 03 tháng 12 năm 2026, tại Hội trường tầng 2, Chi bộ Tổ dân phố 1 tổ chức sinh hoạt thường kỳ tháng 12/2026.',
  ])
  expect(words).toContain(STRENGTH)
  expect(words).toContain('Chủ trì: đồng chí Lò Thị Bí Thư, Bí thư chi bộ.')
  expect(words).toContain('Thư ký cuộc họp: đồng chí Đỗ Văn Thử 1.')
  expect(words).toContain('Khách mời: không có.')
  const at = words.indexOf('Lý do') + 1
  expect(words.slice(at, at + 7)).toEqual([
    '1',
    'Đỗ Văn Thử 2',
    'có lý do',
    'sức khỏe',
    '2',
    'Đỗ Văn Thử 3',
    'không có lý do',
  ])
  expect(words).toContain('- Kiểm điểm nghị quyết tháng 11;')
  expect(words).toContain('- Bàn {{chi_bo}} & việc <tháng 12>.')
  expect(words.slice(-4)).toEqual(['THƯ KÝ CUỘC HỌP', 'Đỗ Văn Thử 1', 'CHỦ TRÌ', 'Lò Thị Bí Thư'])
  expect(words.join(' ')).not.toMatch(/ruột thừa|Nơi Khác|Theo Dõi/)
})

test('the report names nobody who was absent, and the resolution is the leader’s to sign', async () => {
  const report = wordsOf(await fileOf(house, cell.secretary, 'bao-cao'))
  expect(report).toContain(STRENGTH)
  expect(report).toContain('Kính gửi: Đảng ủy phường Hoa Ban')
  expect(report).toContain('Lý do vắng: sức khỏe 1, không có lý do 1.')
  expect(report.join(' ')).not.toContain('Đỗ Văn Thử')
  const resolution = wordsOf(await fileOf(house, cell.secretary, 'du-thao'))
  expect(resolution.slice(-7)).toEqual([
    'Nơi nhận:',
    '- Đảng ủy phường Hoa Ban (để báo cáo),',
    '- Các đồng chí đảng viên,',
    '- Lưu Chi bộ.',
    'T/M CHI BỘ',
    'BÍ THƯ',
    'Lò Thị Bí Thư',
  ])
})

test('the score sheet is filled as far as it is known, and says from what', async () => {
  const words = wordsOf(await fileOf(house, cell.secretary, 'phieu-cham-diem'))
  const at = words.indexOf('Đảng viên dự sinh hoạt')
  expect(words.slice(at, at + 4)).toEqual(['Đảng viên dự sinh hoạt', '5', '2', 'điểm danh: dự 7/9, vắng không lý do 1'])
  expect(words).toContain('Kết quả: ……………')
})

test('never twice for the same confirmation, however often is looked', async () => {
  await house.app.tick()
  await house.to('2026-12-03 23:00')
  await cell.secretary.seesNothingMore()
  expect(await house.db.printJob.count()).toBe(1)
})

test('a correction brings them again, marked as revised, with the new numbers', async () => {
  const { secretary } = cell
  await secretary.taps('Sửa điểm danh')
  await house.db.rollCallMark.updateMany({ where: { personId: member(3) }, data: { state: 'present' } })
  await secretary.says('/diemdanh')
  await secretary.reads()
  await secretary.taps('Xác nhận điểm danh')
  for (const file of ['bien-ban', 'du-thao', 'bao-cao', 'phieu']) await secretary.sees(`(${file}`)
  await secretary.sees('*Giấy tờ buổi', 'Bản sửa theo điểm danh mới')
  const words = wordsOf(await fileOf(house, secretary, 'bien-ban'))
  expect(words).toContain('sinh hoạt thường kỳ tháng 12/2026 (bản sửa)')
  expect(words.join(' ')).toContain('Có mặt: 8/9 đồng chí thuộc diện phải dự, đạt 88,9%')
})

test('what was entered since stands in them when they are asked for again', async () => {
  const task = (what: string, of: string, state: 'open' | 'done') =>
    house.db.task.create({
      data: {
        id: newId(),
        cellId: cell.unitId,
        meetingId: of,
        what,
        ownerId: member(5),
        dueOn: new Date('2026-12-20'),
        state,
        createdById: cell.secretaryId,
        createdAt: house.now,
      },
    })
  const earlier = await aMeeting(house, cell.unitId, '2026-11-03 19:30')
  await task('Vận động 12 hộ góp đất', earlier, 'open')
  await task('Chuẩn bị tổng kết năm', meetingId, 'open')
  await house.db.speaker.create({
    data: { meetingId, personId: member(6), byId: cell.secretaryId, at: house.now },
  })
  const { secretary } = cell
  await secretary.says('/giayto')
  await secretary.taps('Biên bản')
  const words = wordsOf(await fileOf(house, secretary, 'bien-ban'))
  const rows = words.join('|')
  expect(rows).toContain('1|Vận động 12 hộ góp đất|Đỗ Văn Thử 5|đang làm')
  expect(rows).toContain('1|Chuẩn bị tổng kết năm|Đỗ Văn Thử 5|20/12/2026')
  expect(words).toContain('Các đồng chí phát biểu: Đỗ Văn Thử 6.')
  await secretary.taps('Báo cáo kết quả')
  const report = wordsOf(await fileOf(house, secretary, 'bao-cao'))
  expect(report).toContain('Đã xong 0/1 nhiệm vụ.')
  expect(report).toContain('- Chuẩn bị tổng kết năm (hạn 20/12/2026)')
  expect(report.join(' ')).not.toContain('Đỗ Văn Thử')
})

test('the score sheet leads to the points that are open, and says so no more once it is complete', async () => {
  const { secretary } = cell
  await secretary.reads()
  await secretary.taps('Chấm điểm buổi họp')
  const sheet = await secretary.sees('*Chấm điểm sinh hoạt*', 'Còn 6 mục')
  // The message with the file stays as it was.
  expect(sheet.content).not.toHaveProperty('fileName')
  await secretary.taps('Điểm tối đa các mục còn lại')
  await secretary.says('/giayto')
  await secretary.taps('Phiếu chấm điểm')
  const { content } = await secretary.sees('Phiếu đã đủ điểm', '(phieu-cham-diem-2026-12-03.docx)')
  expect(content.choices).toEqual([])
})

test('the same ones again by one tap; tables of the year too', async () => {
  const { secretary } = cell
  await secretary.reads()
  await secretary.says('giấy tờ')
  await secretary.sees(
    'Giấy tờ của buổi sinh hoạt thường kỳ tháng 12/2026',
    '[Biên bản]',
    '[Bảng điểm danh năm 2026 (Excel)]',
  )
  await secretary.taps('Biên bản')
  await secretary.sees('Tôi đang soạn')
  await secretary.sees('Biên bản buổi', '(bien-ban-2026-12-03.docx)')
  await secretary.taps('Bảng điểm danh năm 2026 (Excel)')
  await secretary.sees('Bảng điểm danh năm 2026, 1 buổi đã xác nhận', '(diem-danh-2026.xlsx)')
  await secretary.taps('Dữ liệu điểm danh năm 2026 (CSV)')
  await secretary.sees('(diem-danh-2026.csv)')
  const csv = new TextDecoder().decode(await fileOf(house, secretary, 'diem-danh-2026.csv'))
  expect(csv).toContain('2026-12-03;19:30;Sinh hoạt thường kỳ;Đỗ Văn Thử 2;chính thức;vắng có lý do;sức khỏe')
  expect(csv).toContain(';Cầm Thị Miễn;chính thức;miễn sinh hoạt;')
  expect(csv).toContain(';Vi Văn Nhiệm Vụ;dự bị;vắng vì nhiệm vụ;')
  expect(csv).not.toMatch(/ruột thừa|Nơi Khác/)
})

test('while the roll-call is open again there are no numbers, and what waits is not sent', async () => {
  const { secretary } = cell
  await secretary.says('/diemdanh')
  await secretary.taps('Sửa điểm danh')
  await secretary.reads()
  await secretary.taps('Dự thảo nghị quyết')
  await secretary.sees('Điểm danh buổi này chưa xác nhận')
  await secretary.says('/giayto')
  await secretary.sees('(họp 03/12) đang mở để sửa', '[Điểm danh]')
  await secretary.seesNothingMore()
})

test('two of one month are told apart by their days; a meeting that was put off has no papers', async () => {
  const { secretary } = cell
  await secretary.says('sửa điểm danh')
  await secretary.taps('Xác nhận điểm danh')
  // November's, held two days into December.
  const moved = await aMeeting(house, cell.unitId, '2026-12-02 19:30')
  const rollCall = { meetingId: moved, openedAt: house.now, confirmedAt: house.now, heldAt: house.now }
  await house.db.rollCall.create({ data: { ...rollCall, confirmedById: cell.secretaryId } })
  await secretary.reads()
  await secretary.says('/giayto')
  await secretary.sees('(họp 03/12)', '[Buổi khác: sinh hoạt thường kỳ tháng 12/2026 (02/12)]')
  await secretary.taps('(02/12)')
  await secretary.sees('Giấy tờ của buổi sinh hoạt thường kỳ tháng 12/2026 (họp 02/12)')
  await house.db.meeting.update({ where: { id: moved }, data: { state: 'cancelled' } })
  await secretary.taps('Biên bản')
  await secretary.sees('Buổi họp này đã hoãn nên không có giấy tờ')
})

test('a member is told whose they are', async () => {
  await cell.members[0]?.says('/giayto')
  await cell.members[0]?.sees('không thuộc phần đồng chí phụ trách')
})
