import { KIN, TIME } from './lexicon.js'
import { REASON_WORDS, WORDS_OF } from './reason-words.js'
import type { ReasonKind, Segment, Token } from './types.js'

const pattern = (alternatives: string): RegExp => new RegExp(` (?:${alternatives})(?= )`)
const any = (words: readonly string[], more = ''): RegExp => pattern([...words, ...(more ? [more] : [])].join('|'))

const BODIES =
  'hội|hội_đồng|hội_nông_dân|phụ_huynh|phụ_nữ|cựu_chiến_binh|mặt_trận|phường|xã|huyện|tỉnh|quận|trường|tổ|tổ_dân_phố|ban|lớp|thôn|xóm|khu_phố|cơ_quan|công_ty|công_đoàn|bên|ở|khác|phòng|hội_khuyến_học|ban_quản_lý|ban_chấp_hành|ban_giám_hiệu'
const CLASH = any(
  WORDS_OF.clash,
  `(?:bận|vướng|kẹt|mắc|dự|phải) (?:cuộc )?họp|hội (?:[^ ]+ ){0,5}họp|(?:tổ_chức|triệu_tập|mời) (?:[^ ]+ ){0,2}họp|(?<! (?:dạy|đứng) )lớp (?:học|cao_học|chính_trị|tại_chức|trung_cấp|đại_học|tiếng_anh|ngoại_ngữ|lý_luận)|(?:đi|phải|buổi) học(?! (?:[^ ]+ )?(?:bồi_dưỡng|tập_huấn|nghiệp_vụ))|bảo_vệ (?:[^ ]+ )?(?:khóa_luận|luận_văn|luận_án|đồ_án|đề_tài)|thi (?:nâng|bằng|lái|tốt_nghiệp|học_kỳ|hết|ielts|toeic|công_chức|lên)|(?:buổi|kỳ|đi|phải|có) thi|họp (?:${BODIES})|cùng (?:ngày_giờ|thời_gian|giờ|lúc|tối|buổi|ngày)|(?:có|dự|bận|vướng|mắc|kẹt) (?:một )?cuộc họp|vướng lịch|lịch (?:hẹn|học|thi|họp|khác|tập)|(?:dự|đi) (?:đại_hội|hội_nghị)|(?:hội_nghị|đại_hội|hẹn|họp) (?:[^ ]+ ){0,3}(?:khác|cùng_lúc|cùng_giờ)|(?:có|vướng|bận|trùng|kẹt) lịch_họp|lịch_họp khác|đúng_giờ họp|đúng giờ_họp|thi cuối kỳ`,
)
const ILL = any(WORDS_OF.ill)
/** Where the ill are, and where others have their work. */
const HOSPITAL = pattern('bệnh_viện|viện')
const RELATIVES = [...KIN].filter((word) => !/^(?:ba|hàng_xóm|đồng_nghiệp|thằng|nó|họ|ổng|bả|[^ ]+_ấy)$/.test(word))
const HOME = any(
  WORDS_OF.family,
  `(?:nhà|nhà_tôi|nhà_em|nhà_mình) (?:có|bận|lo|làm)|(?:thăm|đón|trông|chăm|đưa|giữ|lo|cưới|giỗ|tang|cho) (?:con|cháu|ông|bà|cụ)|(?:con|cháu) (?:[^ ]+ )?(?:em|tôi|mình|nhỏ)|(?:mạ|o|dì|cậu|mợ|thím|chú|bác|cô|cụ|bọ) (?:em|tôi|mình|ruột|nội|ngoại)|(?:con|cháu|mẹ|ông|bà) (?:bị )?(?:ốm|sốt|bệnh|đau|mất)`,
)
/** A family that is not the speaker's, and a house that is none of a family's. */
const NO_HOME = / (?:hàng_xóm|bạn|đồng_nghiệp|chuyển_nhà|sửa_nhà|sửa|thợ|ngập|dột|xây|giúp)(?= )/
const WORK = any(
  WORDS_OF.work,
  '(?:phải|bận|đi) (?:làm|dạy)|làm (?:ca|thêm|đêm)|(?:kẹt|nhiều|ngập|full|kín) (?:đơn|khách|lịch)|đơn ngập|chấm (?:bài|thi|luận_văn|luận_án|đồ_án|khóa_luận)|bảo_vệ (?:[^ ]+ )?phương_án|ở lại (?:cơ_quan|công_ty|đơn_vị|khoa|trạm|xưởng|trường|viện)|lịch (?:mổ|trực|dạy)|việc (?:cơ_quan|công_ty|đơn_vị)',
)
/** Whoever treats others is at work. */
const HEALER = pattern(
  '(?:kẹt_lịch|vướng_lịch|lịch) (?:quay|diễn|chụp)|trực (?:ở |tại )?(?:cấp_cứu|bệnh_viện|viện|khoa|trạm)|(?:lịch|ca) mổ(?: cho)?|(?:mổ|khám|chữa) cho (?!con|cháu|mẹ|bố|vợ|chồng)[^ ]+|bệnh_nhân',
)
const OTHER = any(WORDS_OF.other)
const WEAK_WORK = any(
  WORDS_OF.weakWork,
  'ca (?:đêm|tối|sáng|chiều|ngày|khuya|trực|kíp|hai|ba|một|ở|của|này|rồi|\\d+)|(?:vào|đổi|giao|làm|đi|trực|lên|tan|có|kẹt|vướng|bận|mổ) ca',
)
const WEAK_OTHER = any(WORDS_OF.weakOther)

const KIN_WORDS = [...RELATIVES, 'mạ', 'nhà_tôi', 'nhà_em', 'nhà_mình', 'con', 'cháu', 'ông', 'bà', 'cụ']
const EXPLAINS = new Set([
  ...REASON_WORDS,
  ...RELATIVES,
  ...'phải bị đi đang về đưa ở có còn trông chăm đón thăm dạy lo con cháu ông bà gia_đình nhà_tôi nhà_em nhà_mình hội sang'.split(
    ' ',
  ),
])

/** Words by which the rest of a clause is recognised as a reason. */
export const isReasonWord = (word: string): boolean => EXPLAINS.has(word)

/** What a child is called, and what some speakers call themselves. */
export const CHILD = /^(?:con|cháu)$/
/** "còn mệt" without its accent is no child. */
const OWN_CHILD = new RegExp(
  ` (?:(?:đưa|đón|trông|chăm|cho|vì|có|do|bế|giữ) (?:con|cháu)|(?:con|cháu) (?:em|tôi|mình|nhà|nhỏ|nó|bị|đang|lại|phải|${WORDS_OF.ill.filter((word) => !/^(?:yếu|mệt|đau)$/.test(word)).join('|')}))(?= )`,
)
const CLOSING_CHILD = / (?:con|cháu) $/

/**
 * Whoever calls themselves "cháu" or "con" speaks of themselves, not of a child. Of whom, nobody knows where `self` is
 * '' or where the child closes the text and may be addressed ("em đau chân cháu nhé").
 */
function illnessOf(text: string, self: string): ReasonKind {
  const kinIn = (said: string) => KIN_WORDS.filter((word) => word !== self && pattern(word).test(said))
  const others = kinIn(text)
  if (others.length === 0) return 'health'
  const isChild = OWN_CHILD.test(text) || others.some((word) => !CHILD.test(word))
  if (!isChild) return 'other'
  const unclear = self === '' || kinIn(text.replace(CLOSING_CHILD, ' ')).length === 0
  return unclear && others.every((word) => CHILD.test(word)) ? 'other' : 'family'
}

/** "cho cháu nghỉ" of one who calls themselves so asks for their own leave. */
const isFamily = (text: string, self: string): boolean =>
  HOME.test(text.replace(` cho ${self} `, ' ')) || RELATIVES.some((word) => text.includes(` ${word} `))

/** "đưa con đi thi": whose exam it is does not matter. */
const BRINGS = / (?:đưa|chở|dẫn|đón) (?:(?:các|hai|mấy) )?(?:con|cháu|bé|con_gái|con_trai|cháu_nội|cháu_ngoại) /

export function reasonKindOf(text: string, self: string): ReasonKind | undefined {
  if (BRINGS.test(text)) return 'family'
  if (HEALER.test(text)) return 'work'
  if (CLASH.test(text)) return 'clash'
  if (ILL.test(text) || (HOSPITAL.test(text) && !WORK.test(text))) return illnessOf(text, self)
  if (OTHER.test(text)) return 'other'
  if (isFamily(text, self)) return NO_HOME.test(text) ? 'other' : 'family'
  if (WORK.test(text) || WEAK_WORK.test(text)) return 'work'
  return WEAK_OTHER.test(text) ? 'other' : undefined
}

const LEAD = /^(?:em|tôi|mình|cháu|con|anh|chị|bác|chú|cô|là|rồi|quá|vì|do|xin|ạ|à)$/

function trimmed(tokens: readonly Token[], self: string): readonly Token[] {
  let from = 0
  let to = tokens.length
  const isChild = (at: number) => /^(?:con|cháu)$/.test(tokens[at]?.word ?? '')
  const leads = (word = '') => LEAD.test(word) || TIME.has(word)
  while (from < to && leads(tokens[from]?.word) && (tokens[from]?.word === self || !isChild(from))) from++
  while (to > from && /^(?:ạ|nhé|rồi|quá|em|tôi|mình|là)$/.test(tokens[to - 1]?.word ?? '')) to--
  return tokens.slice(from, to)
}

const WISHES = /^(?:chúc|mong|kính_mong|cả_nhà|thông_cảm|mọi_người)$/

/** Wishes to the others, and what follows them, explain nothing. */
export function withoutWish<T extends Pick<Segment, 'tokens'>>(clause: T): T {
  const at = clause.tokens.findIndex(({ word }) => WISHES.test(word))
  return at < 0 ? clause : { ...clause, tokens: clause.tokens.slice(0, at) }
}

/** The words of the reason as they were typed, from the first clause that gives one. */
export function reasonTextOf(text: string, clauses: readonly Segment[], self: string): string | undefined {
  const given =
    clauses.find(({ reason }) => reason) ?? clauses.find(({ tokens }) => tokens.some(({ word }) => isReasonWord(word)))
  const own = given ? trimmed(given.tokens, self) : []
  const first = own.at(0)
  const last = own.at(-1)
  return first && last ? text.slice(first.start, last.end).trim() : undefined
}
