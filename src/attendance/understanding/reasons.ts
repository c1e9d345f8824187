import type { ReasonKind, Segment, Token } from './types.js'

const pattern = (alternatives: string): RegExp => new RegExp(` (?:${alternatives})(?= )`)

const CLASH = pattern(
  'trùng_lịch|vướng_lịch|kẹt_lịch|đụng_lịch|cấn_lịch|mắc_lịch|lịch_khác|họp_khác|cuộc_họp_khác|trùng|trùng_giờ|cùng_giờ|(?:bận|vướng|mắc|dự|phải) họp|họp (?:hội|hội_đồng|hội_nông_dân|phụ_huynh|phụ_nữ|cựu_chiến_binh|mặt_trận|phường|xã|huyện|tỉnh|trường|tổ|tổ_dân_phố|ban|lớp|thôn|xóm|khu_phố|cơ_quan|công_ty|bên|ở|khác)|hội_nghị khác|cùng thời_gian|(?:có|dự|bận|vướng|mắc) (?:một )?cuộc họp|cùng_lúc|cuộc_hẹn|hẹn_trước|có_hẹn|lịch_họp|vướng lịch|lịch hẹn|lịch học|lịch thi',
)
const ILL = pattern(
  'ốm|bệnh|sốt|cúm|cảm|đau|nằm_viện|đi_viện|nhập_viện|mổ|phẫu_thuật|khám|đi_khám|khám_bệnh|tái_khám|điều_trị|chạy_thận|cấp_cứu|sức_khỏe|huyết_áp|chóng_mặt|nội_soi|dạ_dày|dị_ứng|gãy_chân|gãy_tay|gãy|bong_gân|tiểu_đường|xạ_trị|hóa_trị|thoát_vị|viêm|viêm_phổi|viêm_họng|truyền_nước|khó_ở|không_khỏe|dưỡng|thuốc|khớp|răng|bác_sĩ|tai_nạn|ngã|thai|covid|mệt',
)
/** Where the ill are, and where others have their work. */
const HOSPITAL = pattern('bệnh_viện|viện')
const KIN =
  'con|cháu|con_gái|con_trai|cháu_nội|cháu_ngoại|ông_xã|bà_xã|bố_mẹ|ba_má|vợ|chồng|mẹ|bố|ba|má|ông|bà|bé|gia_đình|nhà_tôi|nhà_em|nhà_mình|con_nhỏ'
const HOME = pattern(
  `gia_đình|việc_nhà|việc_gia_đình|đám_cưới|đám_hỏi|đám_giỗ|đám_tang|đám_ma|ăn_cưới|cưới|giỗ|tang|hiếu|hỷ|về_quê|con_nhỏ|đón|đón_con|đón_cháu|đón_bé|nhà (?:có|bận)|nhà_tôi|nhà_em|nhà_mình|vợ|chồng|mẹ|bố|con_gái|con_trai|cháu_nội|cháu_ngoại|ông_xã|bà_xã|bố_mẹ|ba_má|đầy_tháng|thôi_nôi|tân_gia|trông_con|trông_cháu|(?:thăm|đón|trông|chăm|đưa) (?:con|cháu|ông|bà)`,
)
/** A family that is not the speaker's, and a house that is none of a family's. */
const NO_HOME = / (?:hàng_xóm|bạn|đồng nghiệp|chuyển_nhà|sửa_nhà|thợ)(?= )/
const WORK = pattern(
  'công_tác|đi_công_tác|công_việc|trực|ca|tăng_ca|tiếp_khách|tiếp_đoàn|tập_huấn|ca_đêm|hội_thảo|thanh_tra|kiểm_tra|chấm_thi|coi_thi|ra_khơi|dự_án|công_trình|khách_hàng|lớp|dạy|hội_nghị|cơ_quan|công_ty|đơn_vị|nhiệm_vụ|giao việc|đi_làm|làm|đi_tỉnh|giao_ban|việc cơ_quan|đoàn',
)
const OTHER = pattern(
  'bận|vướng|kẹt|mắc|việc|việc_riêng|kẹt_xe|tắc_đường|kẹt_đường|hỏng_xe|xe_hỏng|mưa_to|đi_vắng|khách|lỡ|chuyển_nhà|sửa_nhà|hàng_xóm|ngập_nước|ngập_đường|hết_xăng|lỡ_tàu|lỡ_xe|lỡ_chuyến|lỡ_hẹn|chuyến_bay|chuyến_tàu|du_lịch|tham_quan|cá_nhân|đột_xuất|thu_hoạch',
)

/** Words by which the rest of a clause is recognised as a reason. */
export const isReasonWord = (word: string): boolean =>
  [CLASH, ILL, HOSPITAL, HOME, WORK, OTHER].some((one) => one.test(` ${word} `)) ||
  new RegExp(
    `^(?:${KIN}|nhà|chân|lưng|đầu|bụng|răng|khớp|tay|mắt|phải|bị|đi|đang|về|đưa|ở|có|còn|trông|chăm|đón|thăm|dạy|lo)$`,
  ).test(word)

/** What a child is called, and what some speakers call themselves. */
export const CHILD = /^(?:con|cháu)$/

const CLOSING_CHILD = / (?:con|cháu) $/

/**
 * Whoever calls themselves "cháu" or "con" speaks of themselves, not of a child. Of whom, nobody knows where `self` is
 * '' or where the child closes the text and may be addressed ("em đau chân cháu nhé").
 */
function illnessOf(text: string, self: string): ReasonKind {
  const kinIn = (said: string) => KIN.split('|').filter((word) => word !== self && pattern(word).test(said))
  const others = kinIn(text)
  if (others.length === 0) return 'health'
  const unclear = self === '' || kinIn(text.replace(CLOSING_CHILD, ' ')).length === 0
  return unclear && others.every((word) => CHILD.test(word)) ? 'other' : 'family'
}

export function reasonKindOf(text: string, self: string): ReasonKind | undefined {
  if (CLASH.test(text)) return 'clash'
  if (ILL.test(text) || (HOSPITAL.test(text) && !WORK.test(text))) return illnessOf(text, self)
  if (WORK.test(text)) return 'work'
  if (HOME.test(text)) return NO_HOME.test(text) ? 'other' : 'family'
  if (OTHER.test(text)) return 'other'
  return undefined
}

const LEAD = /^(?:em|tôi|mình|cháu|con|anh|chị|bác|chú|cô|hôm_nay|tối_nay|hôm_đó|là|rồi|quá|vì|do|xin|ạ)$/

function trimmed(tokens: readonly Token[], self: string): readonly Token[] {
  let from = 0
  let to = tokens.length
  while (
    from < to &&
    LEAD.test(tokens[from]?.word ?? '') &&
    (tokens[from]?.word === self || !/^(?:con|cháu)$/.test(tokens[from]?.word ?? ''))
  )
    from++
  while (to > from && /^(?:ạ|nhé|rồi|quá|em|tôi|mình|là)$/.test(tokens[to - 1]?.word ?? '')) to--
  return tokens.slice(from, to)
}

const WISHES = /^(?:chúc|mong|kính_mong|cả_nhà|thông_cảm|mọi_người)$/

/** Wishes to the others explain nothing. */
export const isWish = ({ tokens }: Pick<Segment, 'tokens'>): boolean => tokens.some(({ word }) => WISHES.test(word))

/** The words of the reason as they were typed, from the first clause that gives one. */
export function reasonTextOf(text: string, clauses: readonly Segment[], self: string): string | undefined {
  const given =
    clauses.find(({ reason }) => reason) ?? clauses.find(({ tokens }) => tokens.some(({ word }) => isReasonWord(word)))
  const own = given ? trimmed(given.tokens, self) : []
  const first = own.at(0)
  const last = own.at(-1)
  return first && last ? text.slice(first.start, last.end).trim() : undefined
}
