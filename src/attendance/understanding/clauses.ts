import { type Cue, findCues } from './cues.js'
import { isReasonWord } from './reasons.js'
import type { Segment } from './types.js'

const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** How members call themselves; the older ones "bác", "chị" … to a younger secretary. */
export const SELF = set('em tôi mình cháu con anh chị bác chú cô ông bà tớ cụ dì cậu o mệ')

const TIME = `hôm_nay nay tối_nay sáng_nay chiều_nay tối_mai sáng_mai chiều_mai ngày_mai mai tối sáng chiều trưa hôm_đó hôm_ấy
  ngày buổi buổi_này lần_này kỳ_này tuần_này tháng_này này bây_giờ`
const BEFORE =
  set(`${TIME} sẽ vẫn xin xin_phép phép cho báo có cũng thì được đăng_ký xác_nhận chắc_chắn nhất_định chọn lại
  phải đành rất_tiếc xin_lỗi sắp_xếp thu_xếp xong rồi không_sao đồng_ý nhất_trí trả_lời không_vấn_đề_gì là để ghi ghi_tên ghi_nhận kỳ tháng_này hôm đó giờ rảnh khỏe đâu nên thế chịu cứ tất_nhiên đương_nhiên dĩ_nhiên hoàn_toàn sẵn_sàng thông_báo phản_hồi kính_báo mọi_khi lần đợt hôm dịp đúng confirm thôi`)
const AFTER =
  set(`${TIME} được họp dự chi_bộ sinh_hoạt tham_gia tham_dự đúng_giờ đầy_đủ đủ bình_thường trực_tiếp cùng mọi_người lúc giờ phút
  tiếng rưỡi khoảng tầm độ chừng một_chút một_tí một_xíu một_lúc một_lát chút tí xíu ít nửa_tiếng nửa_giờ thôi đi cuộc hơn mươi mười hai ba
  bốn năm một mốt lăm sáu bảy tám chín qua bằng trên mạng máy phòng thử ở tại hội_trường nhà_văn_hóa trụ_sở với cả_nhà liền ngay như_thường như mọi_khi nhiệt_tình đúng_hẹn trọn_vẹn đông_đủ cỡ gần hơn kỳ tháng dịp đợt lần nhất_định chắc_chắn`)
/** What may follow an answer that nothing else can be meant by. */
const AFTER_FIRM = set('rồi mất nữa đâu để vì do một bữa hôm đó theo ở tại trong suốt cả đúng')
const AFTER_PLAIN = /^(?:ở|tại|cùng|với|theo|đúng|như)$/
const ON_BEHALF = set('hộ giúp giùm dùm thay nhờ')
const BLOCKS = set(
  'cả_hai hai_người sai biên_bản danh_sách file link tài_liệu đã mới vừa chúng_em chúng_tôi anh_em chị_em hai_đứa vợ_chồng đều mời chúc bảo đừng thiếu danh',
)

/** `speaker`: what the one who gives the answer calls themselves, '' where it is not said beside it. */
export type Finding = Readonly<{ cue: Cue; ok: boolean; thirdPerson: boolean; speaker: string }>

const isNumber = (word: string): boolean => /^\d+$/.test(word)

const KIN = /^(?:vợ|chồng|mẹ|bố|ba|má|con|bố_mẹ|bạn)$/

function isThirdPerson(before: readonly string[]): boolean {
  const at = before.findLastIndex((word) => SELF.has(word) || word === 'đồng_chí' || word === 'bạn')
  if (at < 0) return false
  const next = before[at + 1]
  const kin = KIN.test(before[at - 1] ?? '')
  const named = kin || (next !== undefined && !BEFORE.has(next) && !isReasonWord(next))
  return named || before[at] === 'đồng_chí' || before[at] === 'bạn'
}

/** One speaker at most, nobody beside them: "anh em", "con em", "em Mai" may be others. */
function speaksOfSelf(before: readonly string[]): boolean {
  const selves = before.filter((word) => SELF.has(word))
  const maiAsName = before.some((word, at) => word === 'mai' && (SELF.has(before[at - 1] ?? '') || selves.length === 0))
  return selves.length <= 1 && !maiAsName
}

/**
 * A reason may stand before a firm cue, behind the speaker: "em ốm không đi được", "bận trực xin vắng". It must open
 * with a word we know: any other ("em tính xin vắng", "em thấy Lan xin vắng") may take the answer back.
 */
function isLedByReason(before: readonly string[]): boolean {
  const own = before.filter((word) => !BEFORE.has(word))
  const [first = ''] = own
  if (SELF.has(first)) return isReasonWord(own.find((word) => !SELF.has(word)) ?? '')
  if (first === 'nhà' && /^(?:có|bận)$/.test(own[1] ?? '')) return true
  return isReasonWord(first) && !/^(?:vợ|chồng|mẹ|bố|ba|má|ông_xã|bà_xã|nhà|gia_đình|cơ_quan)$/.test(first)
}

/** Before the speaker's own words anything may be told, but not by whom, of whom or when the answer was given. */
const TOLD =
  set(`khi lúc lần nghe thấy bảo nhắn kêu nói sợ lo ngại tưởng thay_mặt đại_diện thay của với và cùng báo_cáo hỏi nhờ ghi tên trong theo
  bạn đồng_chí vợ chồng mẹ bố ba má bố_mẹ con_trai con_gái ông_xã bà_xã`)
const PLAIN =
  /^(?:(?:có_mặt|tham_gia|tham_dự|dự|họp|dự họp|đi họp|tham_gia họp)(?: được(?: rồi)?)?|.*(?:online|trực_tuyến|qua_mạng|từ_xa|zoom))$/

/** "trời mưa gió thế này tôi không đi được": the speaker stands right before a word that means nothing else. */
function isOwnAfterAll(before: readonly string[], cue: Cue): boolean {
  const at = before.findLastIndex((word) => SELF.has(word))
  if (at < 1 || !(cue.firm || PLAIN.test(cue.words))) return false
  const told = before.slice(0, at)
  return (
    before.slice(at + 1).every((word) => BEFORE.has(word)) && told.every((word) => !TOLD.has(word) && !SELF.has(word))
  )
}

function prefixFits(before: readonly string[], cue: Cue): boolean {
  if (before.some((word) => BLOCKS.has(word) || word === 'cả_nhà') || !speaksOfSelf(before)) return false
  const known = before.every((word) => BEFORE.has(word) || SELF.has(word))
  if (known || isOwnAfterAll(before, cue)) return true
  const led = cue.firm && cue.state !== 'online' && isLedByReason(before)
  return led && !isThirdPerson(before) && before.every((word) => !isNumber(word))
}

/** The one who is addressed may close a sentence: "chị không đi được em ạ". */
const withoutAddress = (after: readonly string[]): readonly string[] =>
  SELF.has(after.at(-1) ?? '') || after.at(-1) === 'đồng_chí' ? after.slice(0, -1) : after

const speaksForOthers = (after: readonly string[]): boolean =>
  after.some(
    (word, at) => ON_BEHALF.has(word) || (word === 'cho' && !/^(?:em|tôi|mình|cháu|con)$/.test(after[at + 1] ?? '')),
  )

const isKnownAfter = (word: string): boolean => AFTER.has(word) || isNumber(word) || word === 'cho' || word === 'em'

/** Who gives an answer: the word right before the cue or before the courtesies around it ("cháu hôm nay xin nghỉ"). */
function speakerOf(before: readonly string[]): string {
  const own = before.findLast((word) => !BEFORE.has(word)) ?? ''
  return SELF.has(own) ? own : ''
}

/** A time of arrival may mean late, "đi thôi" calls others: neither is a plain yes. */
const OPENS_YES = /^(?:lúc|giờ|phút|tiếng|khoảng|tầm|thôi|\d+)$/
const COMMAND_LIKE = /^(?:họp|qua|vào|lên|sang|đến|tới|sinh_hoạt)$/

const isPlainYes = (before: readonly string[], after: readonly string[], cue: Cue): boolean =>
  cue.state !== 'present' ||
  (!after.some((word) => OPENS_YES.test(word)) && (before.length > 0 || !COMMAND_LIKE.test(cue.words)))

function suffixFits(after: readonly string[], cue: Cue, isLast: boolean): boolean {
  const rest = isLast ? withoutAddress(after) : after
  if (speaksForOthers(rest) || rest.some((word) => BLOCKS.has(word))) return false
  if (rest.every(isKnownAfter))
    return !(cue.state === 'absent' && isNumber(rest[0] ?? '')) || /^(?:buổi|hôm|lần)$/.test(rest[1] ?? '')
  const first = rest[0] ?? ''
  if (PLAIN.test(cue.words) && AFTER_PLAIN.test(first) && rest.length <= 5) return true
  return cue.firm && (isReasonWord(first) || AFTER_FIRM.has(first)) && !isNumber(first)
}

/** A "but" that says nothing we know ("nhưng xin về sớm") takes away what was said before it. */
export const isOpenContrast = (segment: Segment, at: number, all: readonly Segment[]): boolean =>
  segment.contrast &&
  segment.tokens.length > 1 && // "có nghỉ đâu mà hỏi"
  !all.slice(at + 1).some((later) => findingsOf(later).some(({ ok }) => ok)) &&
  !segment.tokens.every(({ word }) => BEFORE.has(word) || SELF.has(word)) &&
  !findingsOf(segment).some(({ ok }) => ok)

/** In a reason ("vì bận họp em xin vắng") only what the speaker asks or cannot do counts. */
const countsInReason = (cue: Cue, before: readonly string[]): boolean =>
  cue.firm &&
  cue.state !== 'present' &&
  (/^xin/.test(cue.words) || SELF.has(before.at(-1) ?? '') || before.at(-1) === 'nên')

function prefixInReason(before: readonly string[]): boolean {
  const at = before.findLastIndex((word) => SELF.has(word))
  const own = before.slice(at + 1).every((word) => BEFORE.has(word) || isReasonWord(word))
  return own && !SELF.has(before[at - 1] ?? '') && !/^(?:vợ|chồng|mẹ|bố|nhà|bạn|phòng)$/.test(before[at - 1] ?? '')
}

/** The cues of a clause with whether each is the speaker's own and everything around it is understood. */
export function findingsOf(segment: Segment): Finding[] {
  const words = segment.tokens.map((token) => token.word)
  const cues = findCues(words)
  let spoken = 0 // where what the speaker said of themselves ends: what follows is theirs as well
  return cues.flatMap((cue, index): Finding[] => {
    const before = words.slice(cues[index - 1]?.to ?? 0, cue.from)
    const after = words.slice(cue.to, cues[index + 1]?.from ?? words.length)
    const isLast = index === cues.length - 1
    const speaker = speakerOf(before)
    if (segment.reason) {
      if (!countsInReason(cue, before)) return []
      return [{ cue, ok: prefixInReason(before) && suffixFits(after, cue, isLast), thirdPerson: false, speaker }]
    }
    const ok =
      cue.kind !== 'hint' && prefixFits(before, cue) && suffixFits(after, cue, isLast) && isPlainYes(before, after, cue)
    const thirdPerson =
      !ok &&
      cue.kind !== 'hint' &&
      isThirdPerson(words.slice(spoken, cue.from)) &&
      (cue.state !== 'present' || suffixFits(after, cue, isLast))
    if (ok) spoken = cue.to
    return [{ cue, ok, thirdPerson, speaker }]
  })
}
