import type { Token } from './types.js'

const has = (alternatives: string): RegExp => new RegExp(` (?:${alternatives})(?= )`)

/** A maybe, a condition, a choice left open, an intention, a promise to answer later. */
const HEDGE = has(
  `chắc|có_lẽ|có_khi|giả_sử|miễn_là|trừ_khi|dự_định|phân_vân|lưỡng_lự|hên_xui|hình_như|khả_năng|có_thể|có thể|cố_gắng|cố|thử|nếu|nếu_không|nhỡ|lỡ (?=[^ ]+ (?:[^ ]+ )*thì)|trừ|(?<!xin )(?<!xin_phép )miễn|trường_hợp|điều_kiện|chưa|biết|không_biết|không_chắc|biết_đâu|xem|để_xem|tùy|tùy_tình_hình|nghĩ|định|dự_kiến|tính(?! (?:em|tôi|mình|bác|chú|cô|anh|chị) )|muốn|mong|hy_vọng|hoặc|hay|báo_lại|báo_sau|trả_lời sau|lát|quyết|mới được|maybe|perhaps|if|không_phải(?! (?:nhắc|lo|chờ|đợi|ngại|nghỉ|vắng) )|chẳng phải`,
)
/** "rảnh thì em đi"; "hôm nay thì em đi" and "em thì vắng" are no conditions. */
const CONDITION =
  / (?!(?:vậy|thế|em|tôi|mình|cháu|con|anh|chị|bác|chú|cô|ông|bà|hôm_nay|nay|lần_này|buổi_này|tối_nay|ngày_mai|mai) )[^ ]+ thì /
/** A change of mind, or two answers: only the speaker can say which one holds. */
const TURN = has('à_không|à mà|ủa mà|ờ mà|mà_thôi|nhầm|đổi_ý|quên|không không')
const TURN_FIRST = /^ à /

/** "mong anh thông cảm", "báo chị biết" ask for understanding; they make nothing uncertain. */
const PLEA = / (?:(?:mong|kính_mong)(?: [^ ]+){0,4} thông_cảm|(?:báo|cho|để|thông_báo)(?: [^ ]+){1,3} biết)(?= )/

/** Being under way elsewhere is a fact, no doubt. */
const AWAY = / chưa (?:ra|về|lên|xuống|sang)(?: kịp| được| tới)?(?= )/g

const hasHedge = (words: string): boolean =>
  HEDGE.test(words) || CONDITION.test(words) || TURN.test(words) || TURN_FIRST.test(words)

/** `asked`: leave is asked for outright, and "chưa" beside it only tells why ("chưa thu xếp nổi, em xin vắng"). */
export const isHedged = (words: string, asked = false): boolean =>
  hasHedge(
    words
      .replace(PLEA, '')
      .replace(AWAY, '')
      .replace(asked ? / chưa(?= )/g : /$^/, ''),
  )

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
