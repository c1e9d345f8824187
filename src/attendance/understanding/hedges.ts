const has = (alternatives: string): RegExp => new RegExp(` (?:${alternatives})(?= )`)

/** A maybe, a condition, a choice left open, an intention, a promise to answer later. */
const HEDGE = has(
  `chắc|có_lẽ|hình_như|khả_năng|có_thể|có thể|cố_gắng|cố|thử|nếu|nếu_không|nhỡ|lỡ|trừ|miễn|trường hợp|chưa|biết|không_biết|không_chắc|biết_đâu|xem|để_xem|tùy|tùy_tình_hình|nghĩ|định|dự_kiến|tính|muốn|mong|hy_vọng|hoặc|hay|báo_lại|báo_sau|trả_lời sau|lát|quyết|mới được|maybe|perhaps|if|không_phải|chẳng phải`,
)
/** "rảnh thì em đi"; "hôm nay thì em đi" and "em thì vắng" are no conditions. */
const CONDITION =
  / (?!(?:em|tôi|mình|cháu|con|anh|chị|bác|hôm_nay|nay|lần_này|buổi_này|tối_nay|ngày_mai|mai) )[^ ]+ thì /
/** A change of mind, or two answers: only the speaker can say which one holds. */
const TURN = has('à_không|mà_thôi|nhầm|đổi_ý|quên|à nhầm|không không')
const TURN_FIRST = /^ (?:thôi|à) /

/** Another meeting than the one that is asked about. */
const OTHER_TIME = has('tháng_sau|lần_sau|kỳ_sau|buổi_sau|đợt_sau|năm_sau|hôm sau|tháng tới|lần tới')

/** "mong anh thông cảm" asks for understanding; it makes nothing uncertain. */
const PLEA = / (?:mong|kính_mong)(?: [^ ]+){0,4} thông_cảm(?= )/

const hasHedge = (words: string): boolean =>
  HEDGE.test(words) || CONDITION.test(words) || TURN.test(words) || TURN_FIRST.test(words) || OTHER_TIME.test(words)

export const isHedged = (words: string): boolean => hasHedge(words.replace(PLEA, ''))
