import type { QuestionTopic } from './types.js'

const has = (alternatives: string): RegExp => new RegExp(` (?:${alternatives})(?= )`)

const TIME = has(
  'mấy_giờ|mấy giờ|lúc_nào|khi_nào|khi đâu|bao_giờ|bao_lâu|chừng_nào|bao h|ngày_nào|hôm_nào|thứ_mấy|ngày_mấy|giờ_nào|giờ_họp|giờ họp|giờ khai|lịch_họp|thời_gian|mấy h|(?:sáng|trưa|chiều|tối) hay (?:sáng|trưa|chiều|tối)|bắt_đầu|kết_thúc|khai_mạc|kéo_dài|lúc mấy|(?:giờ|phút|\\d+) hay|what time|time does|when',
)
const PLACE = has(
  'ở_đâu|ở đâu|chỗ đâu|chỗ_nào|chỗ_họp|chỗ họp|nơi_nào|phòng_nào|địa_điểm|địa_chỉ|tầng_mấy|hội_trường|nhà_văn_hóa|trụ_sở|họp đâu|tập_trung đâu|đến đâu|chỗ|link|phòng mấy|where',
)
/** "học nghị quyết nào" asks for the agenda, though a paper is named in it. */
const SUBJECT = has('(?:bàn|ban|học|về) (?:[^ ]+ ){0,2}(?:gì|nào|việc_gì|gì_vậy)')
const AGENDA = has(
  'nội_dung|nội_dung_gì|chương_trình|chuyên_đề|chủ_đề|vấn_đề|mục|bàn|làm gì|họp_gì|về_gì|họp gì|kết_nạp|phê_bình|bỏ_phiếu|bầu|agenda',
)
const MATERIALS = has('tài_liệu|file|văn_bản|nghị_quyết|giấy_mời|dự_thảo|đề_cương|bản in|materials|documents')
const ASKS = has(
  'ai|gì|nào|sao|nơi_nào|chừng_nào|bao_lâu|ở đâu|khi đâu|chỗ đâu|họp đâu|tại_sao|thế_nào|bao_nhiêu|mấy|ở_đâu|khi_nào|lúc_nào|bao_giờ|chỗ_nào|phòng_nào|ngày_nào|hôm_nào|giờ_nào|mấy_giờ|thứ_mấy|ngày_mấy|tầng_mấy|họp_gì|về_gì|việc_gì|là_gì|nội_dung_gì|đồng_chí_nào|hả|nhỉ|hỏi|có_phải|được_không|có_sao_không|ntn',
)
/** "nhắn giúp bác cái địa điểm", "xin chương trình": asked for by its name. What is done already is not asked for. */
const REQUEST =
  / (?:gửi|nhắn|nhắc|xin|cho|chuyển) (?:[^ ]+ ){0,5}?(?:link|file|tài_liệu|văn_bản|nghị_quyết|giấy_mời|chương_trình|nội_dung|địa_điểm|địa_chỉ|thời_gian|giờ_họp|lịch_họp)(?= )/
/** Somebody who only wants the way in. */
export const isAskedForLink = (words: string): boolean =>
  / (?:gửi|xin|cho) (?:[^ ]+ ){0,4}link /.test(words) && !ASKS.test(words)

const DONE = / (?:rồi|đã|quá|lỗi|sai) /
/** "không ai trông cháu", "có bận gì đâu", "mấy hôm nay": they look like questions and ask nothing. */
const NO_ASKING =
  / (?:(?:không|chẳng|chả) (?:ai|gì|sao|có gì)|(?:có|không|nào) (?:[^ ]+ ){0,3}(?:gì|nào) đâu|làm gì có|mấy_hôm_nay|mấy_bữa_nay|mấy_ngày_nay|mấy (?:hôm|ngày|tuần|tháng|đứa|cháu|việc)|chưa_bao_giờ)(?= )/g
const ENGLISH = /^ (?:(?:what|when|where|who) |(?:is|are|will|do|does|can) (?:it|there|we|i|you|the|vậy) )/
const ENDS = / (?:không|chưa|à|đâu)(?: (?:ạ|vậy|anh|chị|em|đồng_chí|bác|nhé|bot))* $/
/** "không nghỉ đâu", "có bận đâu": a negation that is stressed, not a question. */
const STRESSED = / (?:không|chẳng|chả|có)(?: [^ ]+){1,4} đâu /

export const topicOf = (words: string): QuestionTopic => {
  if (SUBJECT.test(words)) return 'agenda'
  if (MATERIALS.test(words)) return 'materials'
  if (AGENDA.test(words)) return 'agenda'
  if (TIME.test(words) || / (?:mai|hôm_nay|tối_nay|nay|tuần_này|tháng_này|ngày_mai) (?:mình )?có họp /.test(words))
    return 'time'
  if (PLACE.test(words)) return 'place'
  return 'other'
}

/** Whether the text asks for something (canonical words with spaces around; `marked`: it holds a question mark). */
export function isQuestion(text: string, marked: boolean): boolean {
  const words = text.replace(NO_ASKING, '')
  if (marked || ASKS.test(words) || (REQUEST.test(words) && !DONE.test(words)) || ENGLISH.test(words)) return true
  const longEnough =
    words
      .trim()
      .split(' ')
      .filter((word) => !/^(?:em|dạ|ạ|nhé|tôi|vâng)$/.test(word)).length > 1
  return longEnough && ENDS.test(words) && !STRESSED.test(words)
}
