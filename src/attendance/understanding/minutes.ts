const ONES: Readonly<Record<string, number>> = {
  một: 1,
  mốt: 1,
  hai: 2,
  ba: 3,
  bốn: 4,
  tư: 4,
  năm: 5,
  lăm: 5,
  sáu: 6,
  bảy: 7,
  tám: 8,
  chín: 9,
}

const MAX = 180

/** "mười", "mươi" and "chục", however they come out of a text typed without marks. */
const TEN = /^(?:m[ưu][ơờo]i|chục|chúc|chuc)$/
/** Behind a digit word these make it tens: "bốn lăm" is 45, while "hai ba phút" is two or three. */
const BEHIND_TENS = /^(?:lăm|mốt|tư)$/

const digit = (word = ''): number => (/^\d{1,3}$/.test(word) ? Number(word) : (ONES[word] ?? 0))

/** The number below a hundred that one to three words are (in digits up to 999); 0 where they are none. */
function numberOf([first = '', second, third]: readonly string[]): number {
  if (second === undefined) return TEN.test(first) ? 10 : digit(first)
  const tens = TEN.test(second) ? digit(first) * 10 : 0
  if (third !== undefined) return tens && ONES[third] ? tens + digit(third) : 0
  if (tens) return tens
  if (TEN.test(first)) return ONES[second] ? 10 + digit(second) : 0
  return BEHIND_TENS.test(second) ? digit(first) * 10 + digit(second) : 0
}

/** The number that stands right before `at`, of up to three words. */
const numberBefore = (words: readonly string[], at: number): number =>
  [3, 2, 1].map((length) => (at < length ? 0 : numberOf(words.slice(at - length, at)))).find((found) => found > 0) ?? 0

const LATE = /^(?:muộn|trễ|chậm)$/

type Span = Readonly<{ hours: number; more: number }>
const NO_SPAN: Span = { hours: 0, more: 0 }

/** "1 tiếng 30", "một tiếng rưỡi", "tiếng rưỡi", "cả tiếng đồng hồ"; "trễ 1 giờ", but "2 giờ họp" is a time of day. */
function spanIn(words: readonly string[]): Span {
  const at = words.findIndex(
    (word, place) =>
      word === 'tiếng' || (word === 'giờ' && words.slice(Math.max(0, place - 4), place).some((one) => LATE.test(one))),
  )
  if (at < 0) return NO_SPAN
  const rest = words.slice(at + 1)
  const [next = '', unit] = rest
  const isOne = words[at] === 'tiếng' && (next === 'rưỡi' || next === 'đồng_hồ' || words[at - 1] === 'cả')
  const hours = numberBefore(words, at) || (isOne ? 1 : 0)
  if (hours === 0 || hours > 3) return NO_SPAN
  if (next === 'rưỡi') return { hours, more: 30 }
  const minutes = [1, 2, 3].find((length) => rest[length] === 'phút')
  const joined = minutes ? numberOf(rest.slice(0, minutes)) : 0
  return { hours, more: joined || (unit === undefined && /^\d\d$/.test(next) ? Number(next) : 0) }
}

/**
 * Minutes in a clause about being late (canonical words, spaces around), 1–180; undefined where none are said.
 * Of a range ("20-30 phút") the larger: the secretary plans with it.
 */
export function minutesIn(text: string): number | undefined {
  const words = text.trim().split(' ')
  if (words.some((word) => /^(?:nửa_tiếng|nửa_giờ)$/.test(word))) return 30
  const { hours, more } = spanIn(words)
  const minutes = words.map((word, at) => (/^(?:phút|mins?|minutes?)$/.test(word) ? numberBefore(words, at) : 0))
  // "2 tiếng nữa mới xong việc, em trễ 15 phút": minutes of their own are meant.
  const found = more > 0 ? hours * 60 + more : (minutes.find((one) => one > 0) ?? hours * 60)
  return found > 0 && found <= MAX ? found : undefined
}
