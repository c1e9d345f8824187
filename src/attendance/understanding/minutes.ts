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

/** Ten, "-ty" and a dozen of ten, with the marks that are left out or put on when they are typed without. */
const TEN = /^(?:m[ưu][ơờo]i|chục|chúc|chuc)$/
/** Behind a digit word these make it tens: "bốn lăm" is 45, while "hai ba phút" is two or three. */
const BEHIND_TENS = /^(?:lăm|mốt|tư)$/

const digit = (word = ''): number => (/^\d{1,3}$/.test(word) ? Number(word) : (ONES[word] ?? 0))

/** The number that these words are, as far as anybody says it of minutes or hours; 0 where they are none. */
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

/** "1 tiếng 30", "một tiếng rưỡi", "tiếng rưỡi", "cả tiếng đồng hồ"; "trễ 1 giờ", but "2 giờ họp" is a time of day. */
function inHours(words: readonly string[]): number {
  const at = words.findIndex(
    (word, place) =>
      word === 'tiếng' || (word === 'giờ' && words.slice(Math.max(0, place - 4), place).some((one) => LATE.test(one))),
  )
  if (at < 0) return 0
  const [next = '', unit] = words.slice(at + 1)
  const isSpan = words[at] === 'tiếng' && (next === 'rưỡi' || next === 'đồng_hồ' || words[at - 1] === 'cả')
  const hours = numberBefore(words, at) || (isSpan ? 1 : 0)
  if (hours === 0 || hours > 3) return 0
  const rest = words.slice(at + 1)
  const minutes = rest.slice(0, 4).indexOf('phút')
  const bare = unit === undefined && /^\d\d$/.test(next) ? Number(next) : 0
  const more = next === 'rưỡi' ? 30 : minutes > 0 ? numberBefore(rest, minutes) : bare
  return hours * 60 + more
}

/**
 * Minutes in a clause about being late (canonical words, spaces around), 1–180; undefined where none are said.
 * Of a range ("20-30 phút") the larger: the secretary plans with it.
 */
export function minutesIn(text: string): number | undefined {
  const words = text.trim().split(' ')
  if (words.some((word) => /^(?:nửa_tiếng|nửa_giờ)$/.test(word))) return 30
  const hours = inHours(words)
  const minutes = words.map((word, at) => (/^(?:phút|mins?|minutes?)$/.test(word) ? numberBefore(words, at) : 0))
  const found = hours || (minutes.find((one) => one > 0) ?? 0)
  return found > 0 && found <= MAX ? found : undefined
}
