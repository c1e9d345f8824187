import { makeDocx } from './docx.js'

export type ExampleFile = Readonly<{ id: 'material' | 'roster' | 'broken'; fileName: string; bytes: Uint8Array }>

const MATERIAL = {
  title: 'Tài liệu sinh hoạt chi bộ (ví dụ)',
  paragraphs: [
    'Tệp này do Hộp thử tạo ra để chơi, không phải văn bản của cơ quan nào.',
    '1. Nhận xét việc thực hiện nghị quyết tháng trước.',
    '2. Thảo luận: giữ gìn đường làng, trồng thêm cây bên suối.',
    '3. Phân công nhiệm vụ, mỗi việc có người làm và hạn hoàn thành.',
  ],
} as const

const ROSTER = [
  'STT,Họ và tên,Ngày sinh,Chức vụ,Ngày vào Đảng,Điện thoại,Ghi chú',
  '1,Giáp Thị Hoa Lau,05/04/1991,,03/02/2018,0100.900.001,',
  '2,Khúc Văn Bờ Suối,1986,,19/5/15,0100.900.002,',
  '3,Mạch Thục Vườn Chè,12/11/1999,,02/09/2025,0100.900.003,Đảng viên dự bị',
].join('\r\n')

/** Files that a player without files at hand can send: a good one, a roster, and one that is not what it says. */
export const exampleFiles = (): readonly ExampleFile[] => [
  { id: 'material', fileName: 'Tai-lieu-sinh-hoat.docx', bytes: makeDocx(MATERIAL.title, MATERIAL.paragraphs) },
  { id: 'roster', fileName: 'Danh-sach-dang-vien.csv', bytes: Buffer.from(`\uFEFF${ROSTER}`) },
  { id: 'broken', fileName: 'Bao-cao.pdf', bytes: Buffer.from('Đây không phải là tệp PDF.') },
]
