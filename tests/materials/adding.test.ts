import { afterEach, describe, expect, test } from 'vitest'
import { aDocx, aPdf, aPng } from '../support/files.js'
import { aMeeting } from '../support/meetings.js'
import { aScene, NEXT, NOW, type Scene } from './setup.js'

let scene: Scene
const open = async (...args: Parameters<typeof aScene>) => {
  scene = await aScene(...args)
  return { ...scene, secretary: scene.cell.secretary }
}
afterEach(() => scene.house.close())

const materials = () => scene.house.db.material.findMany()
const files = () => scene.house.db.file.count()

describe('a file from the secretary', () => {
  test('with a title as its caption goes to the next meeting, and the declaration is kept', async () => {
    const { house, cell, secretary, meetingId } = await open()
    await secretary.sendsFile('nq.pdf', aPdf(), 'Nghị quyết tháng 12')
    await secretary.sees(
      'Nghị quyết tháng 12',
      'nq.pdf',
      'buổi sinh hoạt thường kỳ 19:00 thứ Năm 10/12/2026',
      'không phải tài liệu mật?',
      `[${NEXT}]`,
      `[${NOW}]`,
      '[Thôi]',
    )
    expect(await materials()).toEqual([])
    await secretary.taps(NEXT)
    await secretary.sees('Đã nhận “Nghị quyết tháng 12”', 'lúc 19:00 thứ Năm 03/12/2026')
    expect(await materials()).toMatchObject([
      { meetingId, title: 'Nghị quyết tháng 12', addedById: cell.secretaryId, addedAt: house.now, push: 'next_step' },
    ])
  })

  test('without one is asked for a title: the name of the file as a button', async () => {
    const { secretary } = await open()
    await secretary.sendsFile('Huong_dan_so_42.docx', aDocx())
    await secretary.sees('đặt tên', '[Huong dan so 42]')
    await secretary.taps('Huong dan so 42')
    await secretary.sees('Tài liệu: Huong dan so 42')
  })

  test('or typed; what is no title is asked again', async () => {
    const { secretary } = await open()
    await secretary.sendsFile('a.png', aPng())
    await secretary.says('!!')
    await secretary.sees('từ 3 đến 200 ký tự')
    await secretary.says('Ảnh bảng tin')
    await secretary.sees('Tài liệu: Ảnh bảng tin')
  })

  test('that is cancelled leaves nothing', async () => {
    const { secretary } = await open()
    await secretary.sendsFile('a.pdf', aPdf(), 'Báo cáo')
    await secretary.taps('Thôi')
    await secretary.sees('không lưu gì')
    await scene.house.to('2026-12-01 08:01')
    expect([await materials(), await files()]).toEqual([[], 0])
  })

  test('is asked which meeting where several are near', async () => {
    const { house, cell, secretary } = await open()
    const other = await aMeeting(house, cell.unitId, '2026-12-05 08:00', { kind: 'thematic' })
    await secretary.sendsFile('a.pdf', aPdf(), 'Báo cáo')
    await secretary.sees('dành cho buổi họp nào', '[Chuyên đề 08:00 thứ Bảy 05/12]', '[Thường kỳ 19:00 thứ Năm 10/12]')
    await secretary.taps('Chuyên đề')
    await secretary.sees('buổi sinh hoạt chuyên đề')
    await secretary.taps(NEXT)
    expect(await materials()).toMatchObject([{ meetingId: other }])
  })

  test('waits a day for a meeting to be set, and is forgotten then', async () => {
    const { house, cell, secretary } = await open(null)
    await secretary.sendsFile('a.pdf', aPdf(), 'Báo cáo')
    await secretary.sees('chưa có buổi họp nào', '1 ngày')
    await house.to('2026-12-01 20:00')
    await aMeeting(house, cell.unitId, '2026-12-20 19:00')
    await secretary.taps('Đã đặt lịch')
    await secretary.sees('Tài liệu: Báo cáo')
    await house.to('2026-12-02 08:00')
    expect(await files()).toBe(0)
    await secretary.taps(NEXT)
    await secretary.sees('gửi lại')
    expect(await materials()).toEqual([])
  })

  test('twice for one meeting is pointed out', async () => {
    const { secretary } = await open()
    await secretary.sendsFile('a.pdf', aPdf(), 'Báo cáo')
    await secretary.taps(NEXT)
    await secretary.sendsFile('b.pdf', aPdf(), 'Tên khác')
    await secretary.sees('đã có trong', 'với tên “Báo cáo”')
    expect(await materials()).toHaveLength(1)
  })
})

describe('what is refused leaves nothing', () => {
  test.each([
    ['bao-cao.pdf', aDocx(), 'không đúng loại như tên tệp'],
    ['bao-cao.docx', Buffer.from('PK\x03\x04 broken'), 'bị hỏng'],
    ['bao-cao.pdf', Buffer.alloc(0), 'trống (0 byte)'],
    ['phan-mem.exe', Buffer.from('MZ\x90'), 'không đọc được loại tệp này'],
    ['CV_12_MẬT.pdf', aPdf(), 'có dấu mật'],
  ])('%s', async (name, bytes, sentence) => {
    const { house, secretary } = await open()
    await secretary.sendsFile(name, bytes, 'Báo cáo')
    await secretary.sees(sentence)
    await secretary.seesNothingMore()
    await house.to('2026-12-01 08:01')
    const uploads = await house.db.upload.findMany()
    expect([await materials(), await files(), uploads.map((one) => one.sha256)]).toEqual([[], 0, [null]])
  })

  test('too large', async () => {
    const { secretary } = await open()
    await secretary.sendsFile('a.pdf', Buffer.concat([aPdf(), Buffer.alloc(20 * 1024 * 1024)]))
    await secretary.sees('lớn quá 20 MB')
  })

  test('a marking in the typed title', async () => {
    const { secretary } = await open()
    await secretary.sendsFile('a.pdf', aPdf())
    await secretary.says('Báo cáo TỐI MẬT')
    await secretary.sees('có dấu mật')
  })
})

describe('an unclear marking', () => {
  test('is asked about: none, and it goes on', async () => {
    const { secretary } = await open()
    await secretary.sendsFile('CV_123_MAT.pdf', aPdf(), 'Công văn 123')
    await secretary.sees('“CV_123_MAT.pdf”', 'có thể là dấu mật')
    await secretary.taps('Không phải dấu mật')
    await secretary.sees('Tài liệu: Công văn 123')
  })

  test('or it is one, and nothing is kept', async () => {
    const { house, secretary } = await open()
    await secretary.sendsFile('CV_123_MAT.pdf', aPdf(), 'Công văn 123')
    await secretary.taps('Đúng là tài liệu mật')
    await secretary.sees('không lưu lại gì')
    await house.to('2026-12-01 08:01')
    expect(await files()).toBe(0)
  })

  test('"có mặt" and "bảo mật" are everyday words', async () => {
    const { secretary } = await open()
    await secretary.sendsFile('danh sach co mat.pdf', aPdf(), 'Quy chế bảo mật')
    await secretary.sees('Tài liệu: Quy chế bảo mật')
  })
})

describe('a link', () => {
  test('with words is as good as a file', async () => {
    const { secretary, cell } = await open()
    await secretary.says('Nghị quyết 12: https://sotaydangvien.example.vn/tai-lieu/12?x=1')
    await secretary.sees('Tài liệu: Nghị quyết 12', 'https://sotaydangvien.example.vn/tai-lieu/12?x=1')
    await secretary.taps(NOW)
    const seen = await cell.members[0]?.sees('*Nghị quyết 12*', '[Đã đọc]')
    expect(seen?.content.url).toBe('https://sotaydangvien.example.vn/tai-lieu/12?x=1')
  })

  test('alone is asked for a title; one that is not https is refused', async () => {
    const { secretary } = await open()
    await secretary.says('https://example.vn/a')
    await secretary.sees('nhắn giúp tên của tài liệu')
    await secretary.says('http://example.vn/a')
    await secretary.sees('bắt đầu bằng https://')
    expect(await materials()).toEqual([])
  })
})

test('a member who sends a file is told who may', async () => {
  const { house, cell } = await open()
  await cell.members[0]?.sendsFile('a.pdf', aPdf())
  await cell.members[0]?.sees('chỉ nhận tệp từ đồng chí bí thư, phó bí thư')
  expect(await house.db.upload.count()).toBe(0)
})

test('who has lost the office since the question was asked can no longer declare', async () => {
  const { house, cell, secretary } = await open()
  await secretary.sendsFile('a.pdf', aPdf(), 'Báo cáo')
  const button = await secretary.last()
  await house.db.appointment.deleteMany({ where: { personId: cell.secretaryId } })
  await secretary.tapsRaw(button.deliveryId, 0)
  await secretary.sees('không thuộc phần đồng chí phụ trách')
  expect(await materials()).toEqual([])
})
