import type { Segment, Token } from './types.js'

const set = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** Courtesy that changes nothing wherever it stands. */
const PARTICLES = set(
  'hà hè á ha nghen ạ nhé đấy đó luôn với chứ nữa nhá mới_đúng ừ vâng dạ ok alo hihi haha hehe hi kkk cảm_ơn',
)
const BREAKS = /^(?:[.,;!:()…\-–—]|(?!\d)\p{Extended_Pictographic})$/u
const CONJUNCTIONS = set(
  'ai_ngờ nào_ngờ hóa_ra nhưng nên mà còn song tuy_nhiên do_đó vì_vậy vì_thế cho_nên thành_ra thành_thử do_vậy bởi_vậy thế_nên',
)
const CONTRAST = set('nhưng mà song tuy_nhiên')
const REASON_STARTS = set('vì do tại bởi tại_vì bởi_vì lý_do')
const TITLES =
  'anh|chị|đồng_chí|bác|chú|cô|ông|bà|bí_thư|phó_bí_thư|chi_ủy|cấp_ủy|chi_bộ|các|em|sếp|thủ_trưởng|mọi_người|bot|ad'
const SPEAKER = 'em|tôi|mình|cháu|con'
const ASSENT = 'dạ|vâng|ok|ừ|rất_tiếc'
const SALUTE = 'chào|xin_chào|kính_chào|kính_gửi|kính_thưa|thưa|báo_cáo|xin_lỗi|alo|hi|hello|dear|gửi'
const SALUTES = `(?:(?:${ASSENT}|xin(?= báo_cáo )) )*(?:${SALUTE}) (?:(?:${ASSENT}|${SALUTE}) )*(?:(?:${TITLES}) )*?`
/**
 * What a title may be followed by: no words that belong together ("chào chị tháng trước em vắng"), no second salute,
 * nothing that the titled one does ("alo anh nhờ em báo vắng") and no kin ("thưa anh vợ em xin nghỉ").
 */
const NAME =
  `(?!(?:${ASSENT}|${SALUTE}|${SPEAKER}|xin|nhờ|nhỡ|báo|bảo|cho|hỏi|mời|bận|ốm|bệnh|mệt|đau|sốt|bị|nhà|vợ|chồng|mẹ|bố|ba|má|bé|trai|gái|đi|đến|tới|dự|họp|vắng|nghỉ|không|có|sẽ|đang|muộn|trễ|còn|với|và) )` +
  '(?<! em )[^ _]+ '
/**
 * Who is addressed, up to the speaker. A name may follow a salute alone, and the speaker must follow the name: in
 * "dạ anh Nam xin nghỉ", "báo cáo đồng chí Hùng xin nghỉ" the absent one is named. Between the two stands one word at
 * most: in "alo anh Nam dặn em báo vắng" the second is a verb.
 */
const GREETING = new RegExp(
  `^ (?:${SALUTES}(?:(?=(?:${SPEAKER}|xin|xin_phép) |$)|(?<=(?:${TITLES}) )(?:${NAME}(?=(?:${SPEAKER}) )|(?:${NAME}){1,3}$))|` +
    `(?:(?:${ASSENT}) )+(?:(?:(?:${TITLES}) )*?(?=(?:${SPEAKER}) |$)|(?=(?:xin|xin_phép) )))`,
)
/** "Cháu chào bác ạ": a clause of its own, whose "cháu" is nobody's child. */
const GREETS = new RegExp(`^ (?:${SPEAKER}) (?:chào|xin_chào|kính_chào) (?:cả_nhà |${NAME}){1,3}$`)
const CALL = new RegExp(` (?:(?:${TITLES}|con|cháu|thầy|dì|cậu|cụ) )+(?:${NAME}){0,2}?ơi(?= )`, 'g')

/** "xin phép đồng chí bí thư cho em …": asked of somebody, said of oneself. */
const ASKED_OF = new RegExp(
  ` (?:(?:${SPEAKER}) )?(?:xin_phép|xin|mong|kính_mong|đề_nghị) (?:(?:${TITLES}) )+(?=(?:cho|để) (?:${SPEAKER}) )`,
)

/** "xin phép chi bộ vắng mặt": whose leave is asked stands between the asking and the answer. */
const LEAVE_OF = new RegExp(
  `(?<= (?:xin_phép|xin)) (?:(?:${TITLES}) )+(?=(?:cho|cho_phép|được|vắng|vắng_mặt|nghỉ|đến|họp|tham_gia|dự|muộn|trễ) )`,
)
/** The way in, asked for beside the answer: "em họp online, gửi em link". */
const LINK =
  / (?:(?:gửi|giúp|cho|xin|nhờ|đồng_chí) )+(?:(?:em|tôi|mình|bác|con|cháu|anh|chị|cô|chú) )?(?:(?:cái|xin|đường) )*(?:link|đường_dẫn)(?: (?:với|zalo|zoom|họp))*(?= )/

/** "… nhé chị Hạnh": who is addressed at the end. */
const ADDRESSED = new RegExp(
  ` (?<= (?:nhé|ạ) )(?:(?:${TITLES}) )+(?:(?!(?:vắng|nghỉ|không|đi|cũng|xin|thì|đến|tới|dự|họp|ốm|bận|muộn|trễ|đang|phải) )[^ _]+ ){0,2}$`,
)

const words = (tokens: readonly Token[]): string => ` ${tokens.map((token) => token.word).join(' ')} `
const countWords = (text: string): number => text.split(' ').filter(Boolean).length

/** Drops the tokens that the pattern covers. */
function without(tokens: readonly Token[], pattern: RegExp): Token[] {
  const text = words(tokens)
  const found = pattern.global ? [...text.matchAll(pattern)] : [pattern.exec(text)].filter((match) => match !== null)
  const gone = new Set<number>()
  for (const match of found) {
    const first = countWords(text.slice(0, match.index))
    for (let at = 0; at < countWords(match[0]); at++) gone.add(first + at)
  }
  return tokens.filter((_, at) => !gone.has(at))
}

const withoutParticles = (tokens: readonly Token[]): Token[] => tokens.filter(({ word }) => !PARTICLES.has(word))

/** Greeting, address ("anh ơi", "báo cáo đồng chí bí thư") and courtesies taken away: what remains must be accounted for. */
export const bare = (tokens: readonly Token[]): Token[] =>
  without(withoutParticles([CALL, GREETING, ASKED_OF, LEAVE_OF, LINK, ADDRESSED].reduce(without, [...tokens])), GREETS)

/** Without those who are greeted or called before anything is said: they say nothing of what follows. */
export function withoutGreeting(tokens: readonly Token[]): readonly Token[] {
  const end = tokens.findIndex(({ word }) => BREAKS.test(word))
  const first = end < 0 ? tokens : tokens.slice(0, end)
  const left = [CALL, GREETING, GREETS].reduce(without, [...first])
  const rest = tokens.slice(first.length + 1)
  return left.length === 0 && rest.length > 0 ? withoutGreeting(rest) : [...left, ...tokens.slice(first.length)]
}

const isSymbol = (word: string): boolean => !/[\p{L}\d]/u.test(word)

const NOW = set('nay giờ hôm_nay lần_này bây_giờ kỳ_này buổi_này')
const PAST = set(
  'lúc_đầu ban_đầu lúc_nãy ban_nãy hồi_nãy khi_nãy tưởng chưa_bao_giờ rút_lại rút_đơn tháng_sau lần_sau kỳ_sau buổi_sau đợt_sau năm_sau hôm_sau tháng_tới lần_tới hôm_trước hôm_qua hôm_nọ tuần_trước tháng_trước lần_trước kỳ_trước buổi_trước đợt_trước năm_ngoái vừa_rồi',
)

const REPORTED = / (?:đã|sáng|chiều|trưa|tối|vừa|mới) (?:báo|bấm|chọn|xin|xin_phép|nói|đăng_ký|trả_lời) /
const TAKES_BACK =
  / (?:bấm|ấn|chọn|báo|ghi|nhắn|gửi) nhầm (?:[^ ]+ ){0,2}(?:có_mặt|vắng|vắng_mặt|nghỉ|muộn|trễ|online|đi) | mới (?:phải |được )?(?:nghỉ|vắng) | (?:hủy|rút|rút_lại|bỏ) (?:[^ ]+ )*(?:nghỉ|vắng|đăng_ký|đơn) | ai (?:bảo|nói|kêu|đồn) | (?:không|làm gì) có (?:chuyện|vụ) /
/** "đáng lẽ em vắng": what is not to be. */
const NOT_TO_BE = / (?:đáng lẽ|lẽ ra|suýt) /
/** "tuần rồi em vắng": the one that is over. */
const LAST = / (?:tuần|tháng|kỳ|lần|đợt|buổi|hôm|năm) rồi /
const REPORTS = / (?:báo|nói|định|đăng_ký) /

/** Another meeting, or what was said and meant before: neither is the answer now. */
export const isPast = ({ tokens }: Pick<Segment, 'tokens'>): boolean =>
  tokens.some(
    ({ word }, at) =>
      PAST.has(word) && ![at - 1, at - 2].some((place) => /^(?:như|hơn|từ)$/.test(tokens[place]?.word ?? '')),
  ) ||
  REPORTED.test(words(tokens)) ||
  LAST.test(words(tokens)) ||
  NOT_TO_BE.test(words(tokens)) ||
  TAKES_BACK.test(words(tokens))

/** "em báo đi nhưng giờ …": taken back by the clause behind it. */
const isTakenBack = (one: Segment, next: Segment | undefined): boolean =>
  (next?.contrast === true || NOW.has(next?.tokens[0]?.word ?? '')) && REPORTS.test(words(one.tokens))

/** The clauses that speak of now. */
export const ofNow = (segments: readonly Segment[]): Segment[] =>
  segments.filter((one, at) => !isPast(one) && !isTakenBack(one, segments[at + 1]))

type Cut = { tokens: Token[]; reason: boolean; contrast: boolean }
const opened = (by: string): Cut => ({ tokens: [], reason: REASON_STARTS.has(by), contrast: CONTRAST.has(by) })

/** Cuts a sentence into clauses at punctuation, at conjunctions, before a reason, and where "before" turns to "now". */
export function segment(tokens: readonly Token[]): Segment[] {
  const cut: Cut[] = [opened('')]
  const current = () => cut.at(-1) as Cut
  for (const [at, token] of tokens.entries()) {
    const { word } = token
    const goesOn = // "có việc gì mà vắng", "không có lý do gì", "không nên vắng"
      (word === 'nên' && current().tokens.at(-1)?.word === 'không') ||
      (word === 'mà' && /^(?:gì|nào)$/.test(current().tokens.at(-1)?.word ?? '')) ||
      (word === 'lý_do' && /^(?:gì|nào)$/.test(tokens[at + 1]?.word ?? ''))
    if (word === 'còn' && current().reason && current().tokens.length === 0) continue // "vì còn đưa bà đi khám"
    if (goesOn) current().tokens.push(token)
    else if (BREAKS.test(word) || CONJUNCTIONS.has(word) || REASON_STARTS.has(word)) cut.push(opened(word))
    else if (NOW.has(word) && isPast(current())) cut.push({ ...opened(''), tokens: [token] })
    else if (!isSymbol(word)) current().tokens.push(token)
  }
  return cut.map((one) => ({ ...one, tokens: bare(one.tokens) })).filter(({ tokens: own }) => own.length > 0)
}
