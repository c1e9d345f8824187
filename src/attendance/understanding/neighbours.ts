import { TITLES } from './lexicon.js'
import type { Token } from './types.js'
import { GIVEN_NAMES } from './vocabulary.js'

/** One reading of a word typed without accents, where the words beside it leave no doubt. `_` in the lists: a boundary. */
type Reading = Readonly<{ typed: string; means: string; after?: RegExp; before?: RegExp }>

const WAY_IN = /^(?:đến|đi|tới|vào|họp|qua|dự|hơi|sẽ|bị|tham_gia)$/
const AMOUNT = /^(?:\d+|nửa|nửa_tiếng|nửa_giờ|một_chút|một_tí|một_xíu|chút|tí|xíu|khoảng|tầm|ít|mười|mấy|độ|chừng)$/
const NAMES = new RegExp(`^(?:${[...GIVEN_NAMES].filter((name) => name.length > 2).join('|')})$`)
const ABOUT = /^(?:họp|mần|làm|chuyện|cái|là|về|bàn|việc|nội_dung|vấn_đề)$/
const EDGE = /^(?:|[.,;!?:\n])$/
/** What may stand before the first person of a sentence. */
const OPENING = /^(?:|[.,;!?:\n]|ơi|ạ|dạ|alo|vâng)$/
/** Who holds an office: "co hieu truong" is a woman who does, whatever stands before her. */
const OFFICES = new RegExp(
  `^(?:${[...TITLES].filter((title) => title.includes('_') && title !== 'đồng_chí').join('|')}|giáo)$`,
)

/** The first that fits wins. `after` looks at the word before, `before` at the word that follows. */
const READINGS: readonly Reading[] = [
  // "vắng" (absent) and "vâng" (yes) fold to one word: only what can follow or lead an absence decides.
  { typed: 'vang', means: 'vắng', before: /^(?:mặt|mat|họp|buổi|buổi_này|vì|do|sinh_hoạt)$/ },
  { typed: 'vang', means: 'vắng', after: /^(?:báo|xin_phép|không|phải|đành|nên)$/ },
  { typed: 'vang', means: 'vắng', after: /^có$/, before: /^(?:đâu|dau)$/ },
  { typed: 'nghi', means: 'nghỉ', after: /^(?:xin|xin_phép|không|báo|được|phải|đành)$/ },
  { typed: 'nghi', means: 'nghỉ', before: /^(?:một|bữa|họp|buổi|buổi_này|vì|do|sinh_hoạt|hôm_nay)$/ },
  { typed: 'nghi', means: 'nghỉ', after: /^(?:tôi|em|mình|cháu|bác)$/, before: /^(?:|[.,;!]|nhé|ạ|nha|a)$/ },
  { typed: 'nghi', means: 'nghĩ', before: /^(?:là|rằng|chắc)$/ },
  { typed: 'muon', means: 'muộn', after: WAY_IN },
  { typed: 'muon', means: 'muộn', before: AMOUNT },
  { typed: 'muon', means: 'muốn', before: /^(?:xin|đi|nghỉ|hỏi|biết|họp|tham_gia|dự)$/ },
  {
    typed: 'ban',
    means: 'bận',
    before: /^(?:việc|công_tác|công_việc|họp|trực|rồi|quá|đi|tiếp_khách|tiếp_đoàn|việc_nhà)$/,
  },
  { typed: 'ban', means: 'bận', after: /^(?:đang|bị|vì|do)$/ },
  { typed: 'dau', means: 'đầu', after: /^(?:giờ|giỗ|gio)$/ },
  { typed: 'dau', means: 'đau', after: /^(?:đầu|lưng|chân|bụng|răng|họng|tay|khớp)$/ },
  { typed: 'dau', means: 'đau', before: /^(?:đầu|dau|lưng|chân|bụng|răng|họng|tay)$/ },
  { typed: 'dau', means: 'đầu', after: /^(?:đau|dau)$/ },
  {
    typed: 'dau',
    means: 'đâu',
    after: /^(?:tài_liệu|file|giấy_tờ|phòng|chỗ|ở|tại|tai|nghỉ|vắng|vang|nghi|họp|bận|link|được)$/,
  },
  { typed: 'gio', means: 'giỗ', after: /^(?:có|co|nhà|ăn)$/ },
  { typed: 'gio', means: 'giờ' },
  { typed: 'nam', means: 'năm', before: /^(?:phút|mươi|chục|chúc)$/ },
  { typed: 'lan', means: 'lần', before: /^(?:trước|này|sau|tới)$/ },
  { typed: 'bà', means: 'ba', before: /^(?:mươi|mười|phút|tiếng|chục|chúc)$/ },
  { typed: 'sau', means: 'sau', after: /^(?:đến|tới|vào|qua|lên|ra|sang|họp|dự|có_mặt)$/ }, // "vào sau mười lăm phút"
  { typed: 'sau', means: 'sáu', before: /^(?:mươi|phút|chục|chúc)$/ },
  { typed: 'bọn', means: 'bốn', before: /^(?:mươi|phút|chục|chúc)$/ },
  { typed: 'co', means: 'cố', after: /^sẽ$/ },
  { typed: 'mình', means: 'minh', after: /^đồng_chí$/ },
  { typed: 'đau', means: 'đầu', after: /^(?:giờ|giỗ)$/, before: /^(?:ông|ong|bà|ba|cụ|cu|bố|bo|mẹ|me)$/ },
  { typed: 'a', means: 'à', before: /^(?:mà|nhầm|quên)$/ },
  { typed: 'a', means: 'anh', before: /^ơi$/ },
  { typed: 'a', means: 'anh', after: /^(?:chào|thưa|báo_cáo|kính_gửi)$/ },
  { typed: 'a', means: 'anh', after: EDGE, before: /^(?:đi|không|xin|sẽ|nghỉ|bận)$/ },
  { typed: 'a', means: 'anh', after: /^(?:nên|nhưng|vợ|của)$/, before: /^(?!$)[^.,!;]/ },
  { typed: 'a', means: 'ạ' },
  { typed: 'da', means: 'dạ', after: EDGE },
  { typed: 'da', means: 'đã' },
  { typed: 'cu', means: 'cụ', after: OPENING },
  { typed: 'cu', means: 'cụ', before: /^(?:ông|bà|nhà|mệt|ốm|đau|mất|thân|cố|bị)$/ },
  { typed: 'cu', means: 'cụ', after: /^(?:giúp|của|cho|với|là|bác|nhờ|hộ|thay)$/ },
  { typed: 'cu', means: 'cứ' },
  { typed: 'co', means: 'cô', after: /^(?!(?:không|chưa)$)/, before: OFFICES },
  { typed: 'thay', means: 'thầy', after: OPENING, before: NAMES },
  { typed: 'co', means: 'cô', before: /^giao$/ }, // "giao ban", "giao ca" are words of their own
  { typed: 'giao', means: 'giáo', after: /^cô$/ },
  { typed: 'co', means: 'cô', after: /^(?:nên|[.,;])$/, before: /^không$/ },
  { typed: 'co', means: 'cô', after: OPENING, before: NAMES },
  { typed: 'co', means: 'có' },
  {
    typed: 'con',
    means: 'còn',
    after: /^(?:em|tôi|mình|anh|chị|bác|toi)$/,
    before: /^(?:đang|dang|phải|bận|chưa|ở|o|một|vài|đau)$/,
  },
  { typed: 'tuy', means: 'tùy', after: /^(?:con|còn)$/ },
  { typed: 'con', means: 'con' },
  { typed: 'mat', means: 'mất', after: /^(?:mẹ|bố|ông|bà)$/ },
  { typed: 'tai', means: 'tại' },
  { typed: 'nha', means: 'nhà', after: EDGE, before: /^(?:em|tôi|mình|có|co|đang)$/ },
  { typed: 'nha', means: 'nhà', before: /^(?:có|co|giỗ|đám_cưới|đám_giỗ|đám_tang|bận|nội|ngoại)$/ },
  { typed: 'nha', means: 'nhà', after: /^(?:ở|về|việc|vì|do|đưa|qua)$/ },
  { typed: 'nha', means: 'nhé' },
  { typed: 'qua', means: 'quá', after: /^(?:bận|ban|đau|đầu|mệt|muộn|trễ|ốm|đẹp|xa|hay|vui|khách|đông)$/ },
  { typed: 'hoi', means: 'hơi', before: /^(?:trễ|muộn|muon|chậm|bận|ban|bị)$/ },
  {
    typed: 'o',
    means: 'ở',
    before: /^(?:đâu|dau|mo|mổ|tầng|phòng|chỗ|nhà|hội_trường)$/,
    after: /^(?:họp|là|tập_trung|vậy)$/,
  },
  { typed: 'cuoi', means: 'cưới', after: /^(?:đám|ăn|dự|lễ|tiệc|có|con|cháu|đi)$/ },
  { typed: 'o', means: 'ở', after: /^(?!(?:cho|là|để|nhớ|mà|rồi)$)\p{L}/u },
  {
    typed: 'thì',
    means: 'thi',
    before: /^(?!(?:em|tôi|mình|cháu|con|bác|chú|cô|anh|chị)$)/,
    after: /^(?:lịch|trùng_lịch|đụng_lịch|trùng|đi|coi|chấm)$/,
  },
  { typed: 'răng', means: 'sao', before: /^(?:tôi|biết|mà|được|lại|vậy|không|đâu)$/ },
  { typed: 'chị', means: 'gì', after: ABOUT, before: /^(?!hội|đoàn|ủy|tổ|nhánh)/ },
  { typed: 'chi', means: 'gì', after: ABOUT, before: /^(?!hội|đoàn|ủy|tổ|nhánh)/ },
  { typed: 'do', means: 'đó', after: /^gì$/ },
  {
    typed: 'được',
    means: 'đồng_chí',
    after: /^(?:|[.,;!?:]|chị|chi|anh|ạ|dạ|ơi|chào|thưa|alo|vâng|bí_thư)$/,
    before: /^mình$/,
  },
  { typed: 'chi', means: 'chị', after: /^(?:chào|thưa|gửi|cảm_ơn|ơi)$/ },
  { typed: 'cùng_giờ', means: 'giỗ', before: /^(?:ông|bà|bố|mẹ|cụ|ong|ông_nội|bà_nội|ông_ngoại|bà_ngoại)$/ },
  { typed: 'trung', means: 'trùng', before: /^(?:lịch|giờ|với|voi|họp|hôm|ngày|buổi|mất|rồi)$/ },
  { typed: 'trung', means: 'trùng', after: /^(?:bị|lịch)$/ },
  { typed: 'nghĩ', means: 'nghỉ', after: /^(?:xin|xin_phép|được|phải|đành)$/ },
  { typed: 'hoi', means: 'hội', after: /^họp$/ },
  { typed: 'hoi', means: 'hỏi' },
  { typed: 'mo', means: 'đâu', before: /^(?:vậy|thì)$/ },
  { typed: 'mo', means: 'đâu', after: /^(?:được|ở|o|chỗ|khi|hôm)$/ },
  { typed: 'mo', means: 'mổ', after: /^(?:đi|mới|vừa|phải|ca|lịch|bị|sắp)$/ },
  { typed: 'the', means: 'thể', after: /^(?:có|không|chẳng|chả)$/ },
  { typed: 'the', means: 'vậy' },
  { typed: 'cham', means: 'chậm', after: /^(?:đến|tới|vào|qua|đi|hơi|bị|ra|lên|sẽ|rất)$/ },
  { typed: 'cham', means: 'chậm', before: AMOUNT },
  { typed: 'bo', means: 'bố', after: /^(?:ông|đưa|của|thăm|chăm|giỗ|đón|nuôi|đám|tang|vì|do)$/ },
  { typed: 'bo', means: 'bố', before: /^(?:em|tôi|toi|mình|cháu|con|chau|mẹ|chồng|vợ|bị|ốm|mất|đau|nằm|yếu|mệt|sốt)$/ },
  {
    typed: 'coi',
    means: 'xem',
    before: /^(?!(?:thi|má|mẹ|mệ|mạ|ba|bố|ông|bà|cụ|con|cháu|bé|nhà|quán|tiệm|sóc|hàng)$)/,
  },
  { typed: 'nhỡ', means: 'nhỏ', after: /^(?:sắp|con|còn|cháu|bé|thằng)$/ },
  { typed: 'toi', means: 'tới', after: /^(?:em|tôi|mình|cháu|con|sẽ|phút|chị|bác)$/ },
  { typed: 'toi', means: 'tôi' },
]

const fits = (reading: Reading, before: string, after: string): boolean =>
  (!reading.after || reading.after.test(before)) && (!reading.before || reading.before.test(after))

/** Left to right, so that a word already read helps to read the next. */
export function resolveByNeighbours(tokens: readonly Token[]): Token[] {
  const done: Token[] = []
  for (const [at, token] of tokens.entries()) {
    const before = done.at(-1)?.word ?? ''
    const after = tokens[at + 1]?.word ?? ''
    const reading = READINGS.find((one) => one.typed === token.word && fits(one, before, after))
    done.push(reading ? { ...token, word: reading.means } : token)
  }
  return done
}
