import type { QuestionTopic } from './types.js'

const has = (alternatives: string): RegExp => new RegExp(` (?:${alternatives})(?= )`)

const DAYPART = 'sáng|trưa|chiều|tối'
const VENUES = 'phường|khu_phố|xã|thôn|ấp|xóm|huyện|hội_trường|nhà_văn_hóa|trụ_sở|ủy_ban|trường_học|trường|phòng|nhà'
const TIME = has(
  `mấy_giờ|mấy giờ|lúc_nào|khi_nào|khi đâu|bao_giờ|bao_lâu|chừng_nào|bao h|ngày_nào|hôm_nào|thứ_mấy|ngày_mấy|giờ_nào|giờ_họp|giờ họp|giờ khai|lịch_họp|lịch sinh_hoạt|thời_gian|mấy h|(?:ngày|hôm|giờ|buổi) (?:bao_nhiêu|nào|gì|đâu)|(?:${DAYPART}) hay (?:${DAYPART})|bắt_đầu|kết_thúc|khai_mạc|kéo_dài|lúc mấy|\\d+ (?:rưỡi|giờ)|(?:giờ|phút|rưỡi|\\d+) (?:hay|không|đúng không)|what time|time does|when|how long|\\d+ or \\d+`,
)
const PLACE = has(
  `hall|still at|họp (?:bển|đó|đây) hay|vị_trí|định_vị|nơi_họp|họp (?:[^ ]+ ){0,4}hay (?:ở|tại|bên|trong|ngoài|trên|dưới)|ở_đâu|ở đâu|tại đâu|chỗ đâu|chỗ_nào|chỗ_họp|chỗ họp|nơi_nào|phòng_nào|địa_điểm|địa_chỉ|tầng_mấy|(?:ở|tại) (?:[^ ]+ ){0,2}(?:nhà|nào|ai|đâu)|ở_nhà|chỗ [^ ]+|hội_trường|nhà_văn_hóa|trụ_sở|ủy_ban|trường_học|họp đâu|tập_trung đâu|đến đâu|chỗ|link|đường_dẫn|phòng mấy|(?:nhà|phòng) (?:ai|nào)|where|which room|room|address`,
)
/** "học nghị quyết nào" asks for the agenda, though a paper is named in it. */
const SUBJECT = has('họp việc_gì|(?:bàn|ban|học|về|thảo_luận|chuyện|cái|việc) (?:[^ ]+ ){0,2}(?:gì|nào|việc_gì|gì_vậy)')
const AGENDA = has(
  '(?:họp|buổi_này|kỳ_này) (?:[^ ]+ ){0,2}có (?:xét|bàn|nói|thông qua|học|góp_ý|triển_khai|đánh_giá|khen|bầu)|nội_dung|nội_dung_gì|chương_trình|chuyên_đề|chủ_đề|vấn_đề|mục|mục_đích|bàn|thảo_luận|làm gì|để gì|họp_gì|về_gì|họp gì|kết_nạp|phê_bình|kiểm_điểm|bỏ_phiếu|bầu|bầu_cử|agenda|topics?|discuss|about',
)
const MATERIALS = has(
  'tài_liệu|văn_kiện|giấy_tờ|file|văn_bản|biên_bản|nghị_quyết|giấy_mời|dự_thảo|đề_cương|bản in|bản_mềm|materials?|documents?|papers?|handouts?',
)
const ASKS = has(
  'hôm đâu|ngày đâu|ai|gì|nào|sao|nơi_nào|chừng_nào|bao_lâu|ở đâu|tại đâu|khi đâu|chỗ đâu|họp đâu|tài_liệu đâu|link đâu|tại_sao|thế_nào|bao_nhiêu|mấy|ở_đâu|khi_nào|lúc_nào|bao_giờ|chỗ_nào|phòng_nào|ngày_nào|hôm_nào|giờ_nào|mấy_giờ|thứ_mấy|ngày_mấy|tầng_mấy|họp_gì|về_gì|việc_gì|là_gì|nội_dung_gì|đồng_chí_nào|hả|nhỉ|hỏi|có_phải|được_không|có_sao_không|phải không|đúng không|ntn',
)
/** "nhắn giúp bác cái địa điểm", "xin chương trình": asked for by its name. What is done already is not asked for. */
const REQUEST =
  / (?:gửi|nhắn|nhắc|xin|cho|chuyển|đọc|share) (?:[^ ]+ ){0,5}?(?:link|file|tài_liệu|văn_kiện|văn_bản|biên_bản|nghị_quyết|giấy_mời|chương_trình|nội_dung|địa_điểm|địa_chỉ|thời_gian|giờ_họp|lịch_họp|dự_thảo|đường_dẫn|bản_mềm|vị_trí|định_vị|nơi_họp|chỗ_họp)(?= )| (?:file|tài_liệu|văn_bản|dự_thảo|link) (?:[^ ]+ ){0,6}(?:gửi|chuyển) lại(?= )/
/** "em chưa nhận được tài liệu": whoever misses them wants them. */
const MISSING =
  / (?:chưa|không) (?:[^ ]+ ){0,2}(?:nhận|thấy|có)(?: được)? (?:cái )?(?:tài_liệu|dự_thảo|nghị_quyết|file|văn_bản|giấy_mời|lịch_họp|link)(?= )/
/** "em quên mất giờ họp": whoever does not know it any more asks for it. "giờ bắt đầu vậy": the asking word alone is missing. */
const UNKNOWN =
  / (?:quên|không nhớ|không_biết|không biết|chưa biết|chưa rõ|không rõ)(?: (?:mất|rõ|cái|là))* (?:giờ_họp|lịch_họp|địa_điểm|địa_chỉ|chỗ_họp|nội_dung|phòng)(?= )| (?:giờ|giờ_họp|lịch_họp|địa_điểm|nội_dung|chương_trình) (?:[^ ]+ ){0,3}vậy(?: (?:ạ|anh|chị|em|đồng_chí|bác|cô|chú|nhé|ơi))* $/
/** Somebody who only wants the way in. */
export const isAskedForLink = (words: string): boolean =>
  / (?:gửi|xin|cho|giúp) (?:[^ ]+ ){0,4}(?:link|đường_dẫn) /.test(words) && !ASKS.test(words)
/** Words that ask for leave or for a yes, and nothing else. */
const PERMISSION =
  /^ (?:(?:có|được|không|được_không|có_sao_không|có_phải|sao|đúng|phải|vậy|thế_nào|ổn|chứ|hay|là|thôi|nhé|ạ|hả|nhỉ|à|rồi|chưa|gì|thì|em|tôi|mình|bác|chú|cô|anh|chị|đồng_chí|bí_thư|ơi|thấy|cho|cho_phép|đồng_ý|chi_bộ|thông_cảm|giúp|như|vậy) )*$/
/** "… có đúng không": a question about the very answer that it stands beside. */
export const isAboutAnswer = (words: string): boolean =>
  PERMISSION.test(words) || / (?:hoãn|hủy|cho_phép|cho phép|đồng_ý|có_sao_không|nếu) /.test(words)

const DONE = / (?:rồi|đã|quá|lỗi|sai) /
/** "không ai trông cháu", "có bận gì đâu", "mấy hôm nay": they look like questions and ask nothing. */
const NO_ASKING =
  / (?:(?:không|chẳng|chả) (?:ai|gì|sao|có gì|có ai)|(?:không|chẳng|chả) (?:nhờ|có|còn|cho|bỏ|kịp|thấy|tìm) (?:[^ ]+ ){0,2}(?:ai|gì|sao)|(?:khi|lúc|hôm) (?:nào|đâu) (?:[^ ]+ ){0,3}mới|(?:khi|lúc|bao_giờ|hôm|ngày|tháng|năm|buổi)(?:_nào| nào) (?:[^ ]+ )?cũng|(?:không|chẳng|chả|đâu) (?:(?:có|hề|còn|bận|vướng|ốm|mắc|kẹt|việc|lý_do) ){1,3}(?:gì|nào)|(?:gì|nào|ai|sao) (?:(?:em|tôi|mình|bác|cháu|thì) )*cũng|(?:có|không|không_phải|nào|chẳng|chả) (?:(?!biết |nhớ |rõ )[^ ]+ ){0,3}(?:gì đâu|nào đâu|đâu)|làm gì có|mấy_hôm_nay|mấy_bữa_nay|mấy_ngày_nay|mấy (?:hôm|ngày|tuần|tháng|đứa|cháu|việc)|chưa_bao_giờ|(?:nào|gì|ai) đâu mà|gì (?:đó|đấy)|đến mấy|(?:chưa|không|chẳng) (?:bỏ|vắng|thiếu|nghỉ) (?:[^ ]+ )?nào)(?= )/g
const ENGLISH =
  /^ (?:(?:what|when|where|who|which|how) |(?:is|are|will|do|does|can|could|may|should) (?:it|there|we|i|you|the|vậy) )/
const ENDS =
  / (?:không|chưa|(?<! (?:phút|tiếng|nửa_tiếng|nửa_giờ|thôi) )à|đâu)(?: (?:ạ|vậy|anh|chị|em|đồng_chí|bác|cô|chú|cháu|con|nhé|bot|ơi|thầy|hè|hà|nhỉ))* $/
/** "không nghỉ đâu", "có bận đâu": a negation that is stressed, not a question. */
const STRESSED = / (?:không|không_phải|chẳng|chả|có)(?: [^ ]+){1,4} đâu /
/** "sáng hay tối", "hội trường hay trụ sở": which of two, without another word that asks. */
const EITHER = has(
  `(?:${DAYPART}|${VENUES}|\\d+|giờ|phút)(?: [^ ]+){0,3} hay(?: [^ ]+)? (?:${DAYPART}|${VENUES}|\\d+|mấy|ở|tại)`,
)

/** Whether what was announced still holds. */
const CHANGED = / (?:thời_gian|giờ_họp|lịch_họp|giờ|lịch|địa_điểm|chỗ_họp|nơi_họp) (?:[^ ]+ ){0,4}(?:thay_đổi|đổi|dời) /

export const topicOf = (words: string): QuestionTopic => {
  if (CHANGED.test(words)) return / (?:địa_điểm|chỗ_họp|phòng|nơi_họp) /.test(words) ? 'place' : 'time'
  if (SUBJECT.test(words)) return 'agenda'
  if (MATERIALS.test(words)) return 'materials'
  if (AGENDA.test(words)) return 'agenda'
  if (TIME.test(words)) return 'time'
  if (PLACE.test(words)) return 'place'
  if (isWhether(words)) return 'time'
  return 'other'
}

/** "mai có họp không", "ngày mai họp phải không": whether there is a meeting is a question about its time. */
const isWhether = (words: string): boolean =>
  / (?:mai|hôm_nay|tối_nay|tối_mai|nay|tuần_này|tháng_này|ngày_mai|chủ_nhật|thứ_[^ ]+)(?: (?:mình|chi_bộ|là|có|ta|chúng_mình))* (?:họp|sinh_hoạt) /.test(
    words,
  )

/** Whether the text asks for something (canonical words with spaces around; `marked`: it holds a question mark). */
export function isQuestion(text: string, marked: boolean): boolean {
  const words = text.replace(NO_ASKING, '')
  if (marked || ASKS.test(words) || (REQUEST.test(words) && !DONE.test(words)) || ENGLISH.test(words)) return true
  if (MISSING.test(words) || UNKNOWN.test(words) || EITHER.test(words)) return true
  const longEnough =
    words
      .trim()
      .split(' ')
      .filter((word) => !/^(?:em|dạ|ạ|nhé|tôi|vâng)$/.test(word)).length > 1
  return longEnough && ENDS.test(words) && !STRESSED.test(words)
}
