import { describe, expect, test } from 'vitest'
import type { PlainDate } from '../../../src/core/dates.js'
import { parseNotice } from '../../../src/meetings/parse-notice.js'

const TODAY = '2026-11-22' as PlainDate

const PAPER = `GIẤY MỜI
Số 12-GM/CB, ngày 20/11/2026
Kính mời: toàn thể đảng viên
Dự họp chi bộ định kỳ tháng 12/2026
Thời gian: 19 giờ 30 phút, ngày 03/12/2026 (thứ Năm)
Địa điểm: Nhà văn hóa khu phố 5
Nội dung: Học tập nghị quyết; kết nạp đảng viên
Đề nghị các đồng chí đến đúng giờ.`

describe('a pasted notice', () => {
  test.each([
    [
      'Kính mời các đồng chí dự sinh hoạt chi bộ thường kỳ tháng 12, 19h ngày 3/12 tại Hội trường tầng 2; nội dung: kiểm điểm cuối năm.',
      ['2026-12-03', '19:00', 'Hội trường tầng 2', 'kiểm điểm cuối năm', 'regular'],
    ],
    [
      'Kinh moi cac dong chi du sinh hoat chi bo thuong ky thang 12, 19h ngay 3/12 tai Hoi truong',
      ['2026-12-03', '19:00', 'Hoi truong', null, 'regular'],
    ],
    [PAPER, ['2026-12-03', '19:30', 'Nhà văn hóa khu phố 5', 'Học tập nghị quyết; kết nạp đảng viên', 'regular']],
    [
      'Trân trọng kính mời các đồng chí dự sinh hoạt chuyên đề vào hồi 19 giờ 00 phút, thứ Sáu ngày 25 tháng 12 năm 2026 tại Hội trường UBND xã. Đề nghị các đồng chí sắp xếp.',
      ['2026-12-25', '19:00', 'Hội trường UBND xã', null, 'thematic'],
    ],
    ['Thông báo: tối mai 7h30 họp chi bộ tại NVH', ['2026-11-23', '19:30', 'NVH', null, 'regular']],
    [
      'Mời các đồng chí trong chi ủy dự họp chi ủy 17h thứ Sáu tới tại văn phòng',
      ['2026-11-27', '17:00', 'văn phòng', null, 'cell_committee'],
    ],
  ] as const)('%s', (text, expected) => {
    for (const form of ['NFC', 'NFD']) {
      const notice = parseNotice(text.normalize(form), TODAY)
      const time = notice?.time?.kind === 'clear' ? notice.time.time : null
      expect([notice?.day, time, notice?.place, notice?.agenda, notice?.kind]).toEqual(expected)
    }
  })

  test('a numbered agenda is kept whole, on one line or on several', () => {
    const head = 'Kính mời đ/c dự họp chi bộ 19h30 thứ năm (03/12/2026), tại NVH tổ 12. Nội dung:'
    const agendaOf = (text: string) => parseNotice(text, TODAY)?.agenda
    expect(agendaOf(`${head} 1. Sơ kết; 2. Bàn kế hoạch`)).toBe('1. Sơ kết; 2. Bàn kế hoạch')
    expect(agendaOf(`${head}\n1. Sơ kết\n2. Bàn kế hoạch\nTrân trọng.`)).toBe('1. Sơ kết 2. Bàn kế hoạch')
  })

  test('a notice with a day that does not exist is offered with its problem', () => {
    const notice = parseNotice('Kính mời các đồng chí dự họp chi bộ 19h ngày 31/2 tại NVH', TODAY)
    expect(notice?.problems.map(({ code }) => code)).toEqual(['meetings.parse.day-wrong'])
  })

  test.each([
    'Tôi không dự sinh hoạt 19h ngày 3/12 được',
    'Mời đồng chí họp chi bộ lúc 19h ngày 3/12 được không?',
    'Thông báo giúp tôi: tôi không họp chi bộ 19h ngày 3/12 được',
    'Họp lúc 19h ngày 3/12 phải không đồng chí',
    'có mặt',
    'Tôi vắng, đi công tác từ 3/12 đến 5/12',
    '19h ngày 3/12 tôi đi đám cưới',
    'Kính mời các đồng chí dự đám cưới cháu 11h ngày 3/12 tại nhà hàng Hoa Sen',
    'Kính mời các đồng chí dự sinh hoạt chi bộ',
    'Kính mời các đồng chí dự họp chi bộ tại hội trường',
    'Kính mời các đồng chí dự họp chi bộ ngày 3/12',
    'Biên bản họp chi bộ ngày 3/12/2026, kính mời đồng chí xem trước 19h',
    'Hoãn họp chi bộ 19h ngày 3/12, kính mời các đồng chí theo dõi',
    'Xin phép vắng buổi sinh hoạt chi bộ 19h ngày 3/12',
    'Em sẽ đến họp chi bộ trễ, 19h30 ngày 3/12',
    'Đồng chí Mai 3 giờ chiều có họp không',
    'Chúc mừng sinh nhật đồng chí 3/12',
    'Tài liệu sinh hoạt chi bộ tháng 12 đây ạ',
    'lịch họp',
    '1',
    '',
  ])('no notice: %s', (text) => expect(parseNotice(text, TODAY)).toBeNull())
})
