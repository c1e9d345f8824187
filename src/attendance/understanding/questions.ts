import type { QuestionTopic } from './types.js'

const has = (alternatives: string): RegExp => new RegExp(` (?:${alternatives})(?= )`)

const TIME = has(
  'mấy_giờ|mấy giờ|lúc_nào|khi_nào|bao_giờ|bao giờ|bao h|ngày_nào|hôm_nào|thứ_mấy|ngày_mấy|giờ_nào|thời_gian|mấy h|giờ nào',
)
const PLACE = has('ở_đâu|chỗ_nào|phòng_nào|địa_điểm|tầng_mấy|hội_trường nào|họp đâu|link|phòng mấy|chỗ nào')
const AGENDA = has(
  'nội_dung|nội_dung_gì|chương_trình|họp_gì|về_gì|họp gì|về gì|bàn gì|bàn việc_gì|ban việc_gì|về việc_gì',
)
const MATERIALS = has('tài_liệu|file|văn_bản|nghị_quyết|giấy_mời')
const ASKS = has(
  'ai|gì|nào|sao|tại_sao|thế_nào|bao_nhiêu|mấy|ở_đâu|khi_nào|lúc_nào|bao_giờ|chỗ_nào|phòng_nào|ngày_nào|hôm_nào|giờ_nào|mấy_giờ|thứ_mấy|ngày_mấy|tầng_mấy|họp_gì|về_gì|việc_gì|là_gì|nội_dung_gì|đồng_chí_nào|hả|nhỉ|hỏi|có_phải|được_không|có_sao_không|ntn',
)
const REQUEST = has(
  '(?:gửi|xin|cho em xin|cho tôi xin)(?: cho)?(?: (?:em|tôi|mình|cháu|anh|chị))?(?: lại)?(?: (?:link|file|tài_liệu|văn_bản|nghị_quyết|giấy_mời|chương_trình|nội_dung))',
)
const ENDS = / (?:không|chưa|à|đâu)(?: (?:ạ|vậy|anh|chị|em|đồng_chí|bác|nhé|bot))* $/
/** "không nghỉ đâu", "có bận đâu": a negation that is stressed, not a question. */
const STRESSED = / (?:không|chẳng|chả|có)(?: [^ ]+){1,4} đâu /

export const topicOf = (words: string): QuestionTopic => {
  if (MATERIALS.test(words)) return 'materials'
  if (AGENDA.test(words)) return 'agenda'
  if (TIME.test(words) || / (?:mai|hôm_nay|tối_nay|nay|tuần_này|tháng_này|ngày_mai) (?:mình )?có họp /.test(words))
    return 'time'
  if (PLACE.test(words)) return 'place'
  return 'other'
}

/** Whether the text asks for something (canonical words with spaces around; `marked`: it holds a question mark). */
export function isQuestion(words: string, marked: boolean): boolean {
  if (marked || ASKS.test(words) || REQUEST.test(words)) return true
  const longEnough =
    words
      .trim()
      .split(' ')
      .filter((word) => !/^(?:em|dạ|ạ|nhé|tôi|vâng)$/.test(word)).length > 1
  return longEnough && ENDS.test(words) && !STRESSED.test(words)
}
