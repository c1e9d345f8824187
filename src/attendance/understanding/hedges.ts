import type { Token } from './types.js'

const has = (alternatives: string): RegExp => new RegExp(` (?:${alternatives})(?= )`)

/** A condition, a choice left open, a promise to answer later: wherever it stands, nothing is settled. */
const OPEN = has(
  `giả_sử|miễn_là|trừ_khi|phân_vân|lưỡng_lự|hên_xui|nếu|nếu_không|bằng_không|không thì|nhỡ|lỡ (?=[^ ]+ (?:[^ ]+ )*thì)|trừ|(?<!xin )(?<!xin_phép )miễn|trường_hợp|điều_kiện|biết_đâu|(?<! (?:đã|mới|vừa) )xem|để_xem|(?:để|chờ|đợi|còn) (?:[^ ]+ )?(?:xem|hỏi|tính|nghĩ)|tùy|tùy_tình_hình|hoặc|hay|cũng được (?:[^ ]+ )+cũng được|báo_lại|báo_sau|(?:báo|nói|nhắn|trả_lời) sau|lát|maybe|perhaps|giá mà|giá như|ước gì|ước|if`,
)
/** A maybe or an intention: it unsettles the clause in which it stands. */
const HEDGE = has(
  `thỉnh thoảng|thi thoảng|ít khi|đôi khi|chắc(?! ăn)|có_lẽ|có_khi|dự_định|hình_như|khả_năng|khéo(?= (?:em|tôi|mình|là|lại|không|mai) )|có_thể|có thể|cố_gắng|(?<! (?:bà|ông) )cố|thử|chưa|biết(?! rồi)|không_biết|không_chắc|nghĩ|định|dự_kiến|tính(?! (?:em|tôi|mình|bác|chú|cô|anh|chị) )|muốn|thích|mong|hy_vọng|quyết|mới được|không_phải(?! (?:nhắc|lo|chờ|đợi|ngại|nghỉ|vắng) )|chẳng phải`,
)
/** "dù mưa hay nắng": whatever comes. */
const WHATEVER = / (?:dù|dẫu|bất_kể|mặc_kệ|dù_mưa|dù_nắng)(?: [^ ]+){0,3} hay(?: [^ ]+){1,2}(?= )/
/** "rảnh thì em đi"; "hôm nay thì em đi" and "em thì vắng" are no conditions. Only of a clause that holds an answer. */
const CONDITION =
  / (?!(?:thôi|đành|chứ|còn|vậy|thế|em|tôi|mình|cháu|con|anh|chị|bác|chú|cô|ông|bà|hôm_nay|nay|lần_này|buổi_này|tối_nay|ngày_mai|mai) )[^ ]+ thì | (?:em|tôi|mình|tới) thì (?:em|tôi|mình|bác) | lịch_thi (?:em|tôi|mình|bác) /
/** "chưa hề xin vắng" denies; it leaves nothing open. */
const NEVER = / (?:chưa|chưa_hề)(?= (?:(?:hề|từng|xin|xin_phép|báo) )+(?:vắng|vắng_mặt|nghỉ) )/
/** "tuổi cao thì tuổi cao": granted, and no condition. */
const GRANTED = / (?!(?:em|tôi|mình) )(?<what>[^ ]+(?: [^ ]+)?) thì \k<what>(?= )/
/** A change of mind, or two answers: only the speaker can say which one holds. */
const TURN = has('à_không|à mà|ủa mà|ờ mà|mà_thôi|nhầm|đổi_ý|quên|không không')
const TURN_FIRST = /^ à (?:thì|không|thôi|mà) /

/** "mong anh thông cảm", "báo chị biết" ask for understanding; they make nothing uncertain. */
const PLEA = / (?:(?:mong|kính_mong)(?: [^ ]+){0,4} thông_cảm|(?:báo|cho|để|thông_báo)(?: [^ ]+){1,3} biết)(?= )/

/** Being under way elsewhere is a fact, no doubt. */
const AWAY = / chưa (?:ra|về|lên|xuống|sang)(?: kịp| được| tới)?(?= )/g

/** "chắc muộn 15 phút": an estimate is all that anybody can give of minutes. */
const ESTIMATE =
  / (?:chắc|chắc là|có_lẽ|có_lẽ là|khả_năng)(?= (?:[^ ]+ ){0,3}(?:muộn|trễ|chậm) (?:[^ ]+ ){0,3}(?:phút|tiếng|nửa_tiếng|nửa_giờ) | (?:[^ ]+ )?\d+ (?:phút|tiếng|giờ) (?:[^ ]+ )?mới )/

const told = (words: string): string =>
  words
    .replace(PLEA, '')
    .replace(AWAY, '')
    .replace(WHATEVER, '')
    .replace(GRANTED, '')
    .replace(NEVER, '')
    .replace(/ (?:không|chẳng|chả) (?:có |đủ )?(?:khả_năng|điều_kiện)(?= )/, '')
    .replace(ESTIMATE, '')

/** Of a whole text: nothing in it is settled. */
export const isOpen = (words: string): boolean => {
  const own = told(words)
  return OPEN.test(own) || TURN.test(own) || TURN_FIRST.test(own)
}

/**
 * Of one clause. `asked`: leave is asked for outright, and "chưa" beside it only tells why ("chưa thu xếp nổi, em xin
 * vắng"). `answers`: it holds an answer, on which a "thì" may put a condition.
 */
export const isHedged = (words: string, asked: boolean, answers: boolean): boolean => {
  const own = told(words).replace(asked ? / chưa(?= )/g : /$^/, '')
  return HEDGE.test(own) || (answers && CONDITION.test(own))
}

const SLIP = /^(?:nhầm|quên|đổi_ý|báo_lại|ý_em_là|ý_tôi_là|ý_mình_là)$/
const ENDS_SLIP = /^(?:[.,:;!…]|rồi|em|tôi|mình|bác|cháu)$/

/**
 * What stands behind the last "à nhầm", "ý em là …": whoever names the slip says outright which word holds. "à mà thôi"
 * and "à không" name none; there the member is asked.
 */
export function afterSlip(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findLastIndex(
    ({ word }, at) => SLIP.test(word) && (ENDS_SLIP.test(tokens[at + 1]?.word ?? '') || word.startsWith('ý_')),
  )
  const rest = at < 0 ? [] : tokens.slice(at + 1)
  return rest[0]?.word === 'rồi' ? rest.slice(1) : rest
}
