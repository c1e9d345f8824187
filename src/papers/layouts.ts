import type { PartyPaper } from '../core/party-layout.js'

/** The papers that an office may have in its own form. A contract with stored templates and jobs that wait. */
export const PAPER_NAMES = ['minutes', 'resolution', 'report', 'score'] as const
export type PaperName = (typeof PAPER_NAMES)[number]

const HEAD = { superior: '{{cap_tren}}', unit: '{{chi_bo}}', placeAndDate: '……………, {{ngay_lap}}' } as const
const LEADER = { roles: ['T/M CHI BỘ', '{{chuc_vu_ky}}'], name: '{{nguoi_ky}}' } as const

/**
 * Our own papers, as data: the words that always stand there, and between braces what a meeting puts in (`fields.ts`). An
 * office's template has the same braces. Papers of the Party are in Vietnamese, whoever asks for them.
 */
export const LAYOUTS: Readonly<Record<PaperName, PartyPaper>> = {
  minutes: {
    ...HEAD,
    number: 'Số ……-BB/CB',
    title: 'BIÊN BẢN',
    about: '{{cuoc_hop}}{{ban_sua}}',
    to: null,
    body: [
      'Hồi {{gio_hop}}, {{thu}}, {{ngay_hop}}, tại {{dia_diem}}, {{chi_bo}} tổ chức {{cuoc_hop}}.',
      { heading: 'I. THÀNH PHẦN' },
      '{{si_so}}',
      'Chủ trì: {{chu_tri}}.',
      'Thư ký cuộc họp: {{thu_ky}}.',
      'Khách mời: {{khach}}.',
      'Đảng viên vắng mặt:',
      '{{danh_sach_vang}}',
      'Đã nộp đảng phí: {{dang_phi}} đồng chí.',
      { heading: 'II. KẾT QUẢ NHIỆM VỤ CÁC KỲ TRƯỚC' },
      '{{viec_truoc}}',
      { heading: 'III. NỘI DUNG' },
      '{{noi_dung}}',
      { heading: 'IV. Ý KIẾN THẢO LUẬN' },
      'Các đồng chí phát biểu: {{phat_bieu}}.',
      { lines: 5 },
      { heading: 'V. NHIỆM VỤ ĐƯỢC GIAO' },
      '{{viec_moi}}',
      { heading: 'VI. KẾT LUẬN' },
      { lines: 3 },
      'Chấm điểm buổi sinh hoạt: {{diem}}.',
      'Buổi họp kết thúc hồi …… giờ …… phút cùng ngày. Biên bản đã được đọc cho những người dự họp nghe và thống nhất.',
    ],
    left: { roles: ['THƯ KÝ CUỘC HỌP'], name: '{{ten_thu_ky}}' },
    signature: { roles: ['CHỦ TRÌ'], name: '{{nguoi_ky}}' },
  },
  resolution: {
    ...HEAD,
    number: 'Số ……-NQ/CB',
    title: 'NGHỊ QUYẾT',
    about: '{{cuoc_hop}}{{ban_sua}}',
    to: null,
    body: [
      '{{ngay_hop}}, {{chi_bo}} tổ chức {{cuoc_hop}}; có mặt {{co_mat}}/{{phai_du}} đồng chí thuộc diện phải dự, đạt {{ty_le}}. Sau khi thảo luận, chi bộ quyết nghị:',
      { heading: 'I. ĐÁNH GIÁ KẾT QUẢ THỰC HIỆN NHIỆM VỤ CÁC KỲ TRƯỚC' },
      '{{viec_truoc}}',
      { lines: 3 },
      { heading: 'II. NHIỆM VỤ THỜI GIAN TỚI' },
      '{{viec_moi}}',
      { lines: 3 },
      { heading: 'III. TỔ CHỨC THỰC HIỆN' },
      'Các đồng chí được giao nhiệm vụ thực hiện đúng nội dung, đúng thời hạn. Bí thư chi bộ theo dõi, đôn đốc và báo cáo kết quả tại buổi sinh hoạt tới.',
      'Nghị quyết được chi bộ thông qua với ……/…… đảng viên chính thức biểu quyết tán thành, đạt ……%.',
    ],
    left: { title: 'Nơi nhận:', lines: ['{{cap_tren}} (để báo cáo),', 'Các đồng chí đảng viên,', 'Lưu Chi bộ.'] },
    signature: LEADER,
  },
  report: {
    ...HEAD,
    number: 'Số ……-BC/CB',
    title: 'BÁO CÁO',
    about: 'kết quả {{cuoc_hop}}{{ban_sua}}',
    to: 'Kính gửi: {{cap_tren}}',
    body: [
      '{{chi_bo}} báo cáo kết quả {{cuoc_hop}} như sau:',
      { heading: '1. Thời gian, địa điểm' },
      '{{gio_hop}}, {{thu}}, {{ngay_hop}}, tại {{dia_diem}}.',
      { heading: '2. Thành phần' },
      '{{si_so}}',
      'Lý do vắng: {{ly_do_vang}}.',
      'Chủ trì: {{chu_tri}}.',
      { heading: '3. Nội dung' },
      '{{noi_dung}}',
      { heading: '4. Nhiệm vụ các kỳ trước' },
      '{{viec_truoc_dem}}',
      { heading: '5. Nhiệm vụ được giao trong kỳ' },
      '{{viec_moi_gon}}',
      { heading: '6. Chấm điểm buổi sinh hoạt' },
      '{{diem}}.',
      { heading: '7. Kiến nghị, đề xuất' },
      { lines: 3 },
    ],
    left: { title: 'Nơi nhận:', lines: ['Như kính gửi,', 'Lưu Chi bộ.'] },
    signature: LEADER,
  },
  score: {
    ...HEAD,
    number: 'Số ……-PCĐ/CB',
    title: 'PHIẾU CHẤM ĐIỂM',
    about: '{{cuoc_hop}}{{ban_sua}}',
    to: null,
    body: [
      '{{ngay_hop}}; có mặt {{co_mat}}/{{phai_du}} đồng chí thuộc diện phải dự, đạt {{ty_le}}.',
      '{{bang_diem}}',
      'Kết quả: {{diem}}.',
    ],
    left: { title: 'Nơi nhận:', lines: ['{{cap_tren}} (để báo cáo),', 'Lưu Chi bộ.'] },
    signature: LEADER,
  },
}
