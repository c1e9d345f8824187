import type { PlainDate, WallTime } from '../core/dates.js'
import type { Facts, PaperScore } from './facts.js'

const day = (text: string): PlainDate => text as PlainDate

const line = (key: string, max: number, points: number, from: PaperScore['rows'][number]['from'] = null) => ({
  key,
  name: null,
  max,
  points,
  from,
})

const POINTS: PaperScore['rows'] = [
  line('time', 5, 5, { key: 'schedule', params: { minutes: 90 } }),
  line('attendance', 5, 2, { key: 'attendance-unexcused', params: { part: 19, whole: 22, unexcused: 1 } }),
  line('preparation', 10, 10, { key: 'materials', params: { inTime: 2, total: 2 } }),
  line('conduct', 30, 28),
  line('chairing', 10, 9),
  line('principles', 5, 5),
  line('result', 30, 28),
  line('closing', 5, 5),
]

/** A made-up meeting, in which everything that may stand on a paper is there: a template is looked at with it. */
export const EXAMPLE: Facts = {
  meeting: {
    kind: 'regular',
    day: day('2026-12-03'),
    time: '19:30' as WallTime,
    place: 'Nhà văn hóa tổ dân phố 5',
    agenda: [
      'Thông báo thời sự, chỉ đạo mới của cấp trên',
      'Đánh giá kết quả thực hiện nghị quyết tháng 11, kiểm điểm nhiệm vụ đã giao cho từng đồng chí',
      'Bàn nhiệm vụ tháng 12 và công tác chuẩn bị tổng kết năm',
    ].join('\n'),
    durationMinutes: 90,
  },
  issuer: { unit: 'Chi bộ Tổ dân phố 5', superior: 'Đảng ủy phường Hoa Ban' },
  feesPaid: 20,
  counts: {
    total: 25,
    full: 23,
    probationary: 2,
    temporary: 1,
    exempt: 2,
    specialDuty: 1,
    expected: 22,
    attended: 19,
    late: 1,
    online: 2,
    excused: 2,
    unexcused: 1,
    rate: { part: 19, whole: 22 },
  },
  absent: [
    { name: 'Cầm Thị Mẫu', excused: true, reasonKind: 'health' },
    { name: 'Lường Văn Thí Dụ', excused: true, reasonKind: 'work' },
    { name: 'Quàng Văn Ví Dụ', excused: false, reasonKind: null },
  ],
  guests: ['Hà Thị Cấp Ủy', 'Đinh Văn Khách Mời'],
  chair: { name: 'Lò Thị Bí Thư', role: 'secretary' },
  secretary: 'Vì Văn Thư Ký',
  before: [
    {
      what: 'Vận động 12 hộ dân góp đất mở rộng ngõ 8',
      owner: 'Vì Văn Thư Ký',
      dueOn: day('2026-11-25'),
      state: 'done',
    },
    {
      what: 'Rà soát hộ nghèo, hộ cận nghèo trong tổ dân phố, lập danh sách gửi mặt trận phường',
      owner: 'Cầm Thị Mẫu',
      dueOn: day('2026-11-30'),
      state: 'open',
    },
  ],
  tasks: [
    {
      what: 'Chuẩn bị báo cáo tổng kết năm của chi bộ',
      owner: 'Lò Thị Bí Thư',
      dueOn: day('2026-12-20'),
      state: 'open',
    },
    {
      what: 'Tổ chức ngày chủ nhật xanh, dọn vệ sinh tuyến kênh',
      owner: 'Quàng Văn Ví Dụ',
      dueOn: day('2026-12-13'),
      state: 'open',
    },
  ],
  speakers: ['Vì Văn Thư Ký', 'Hà Thị Phát Biểu', 'Lường Văn Ý Kiến'],
  score: {
    rows: POINTS,
    of: 100,
    result: { total: 92, grade: 'good' },
  },
  corrections: 0,
  madeOn: day('2026-12-04'),
}
