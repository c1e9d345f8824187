import { expect, test } from 'vitest'
import { findMarking } from '../../../src/materials/secret-marking.js'

test.each([
  'MẬT',
  'Báo cáo MẬT',
  'CV_123_MẬT.pdf',
  '[Mật] Kế hoạch quý IV',
  'ke hoach_mật.docx',
  'Tài liệu mật',
  'Văn bản TỐI MẬT số 5',
  'tối mật',
  'TUYỆT MẬT',
  'Nghị quyết (tuyệt mật).pdf',
  'Độ mật: MẬT',
  'MẬT - Danh sách',
  'Báo cáo MẬT.pdf'.normalize('NFD'),
])('%s is refused', (text) => expect(findMarking(text)).toBe('secret'))

test.each([
  'CV_123_MAT.pdf',
  'TOI MAT',
  'bao cao tuyet mat.docx',
  'tối mat',
  'Tài liệu bí mật',
  'bi mat.pdf',
  'TaiLieuMAT.pdf',
  'Thơ tặng đồng chí Mật',
  'ho so 12mat',
])('%s is asked about', (text) => expect(findMarking(text)).toBe('unclear'))

test.each([
  'Danh sách có mặt',
  'danh sach co mat.xlsx',
  'Hướng dẫn bảo mật thông tin',
  'HUONG DAN BAO MAT',
  'HƯỚNG DẪN BẢO MẬT',
  'Mật độ dân số',
  'Nghề nuôi ong lấy mật ong',
  'Đổi mật khẩu',
  'Bao-cao-mat-tran.docx',
  'Mặt trận Tổ quốc',
  'MẶT BẰNG',
  'Tổn thất, mất mát',
  'Luật Bảo vệ bí mật nhà nước',
  'Luat bao ve bi mat nha nuoc.pdf',
  'Vắng mặt',
  'Nghị quyết tháng 12',
  'format.pdf',
  '',
])('%s has no marking', (text) => expect(findMarking(text)).toBeNull())
