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

/** "mười lăm" → "15", "hai mươi" → "20", so that one pattern reads minutes however they were written. */
const inDigits = (text: string): string =>
  text
    // "mười" (ten) and "mươi" (-ty) fold alike: behind a digit word it is -ty.
    .replace(/ (\S+) m[ưu][ơờo]i (\S+) (?=phút)/g, (all, tens: string, ones: string) =>
      ONES[tens] && ONES[ones] ? ` ${ONES[tens] * 10 + ONES[ones]} ` : all,
    )
    .replace(/ (\S+) (?:m[ưu][ơờo]i|chục) (?=phút)/g, (all, tens: string) =>
      ONES[tens] ? ` ${ONES[tens] * 10} ` : all,
    )
    .replace(/ m[ưu][ơờo]i (\S+) (?=phút)/g, (all, ones: string) => (ONES[ones] ? ` ${10 + ONES[ones]} ` : all))
    .replace(/ (?:một )?chục (?=phút)/g, ' 10 ')
    .replace(/ m[ưu][ơờo]i (?=phút)/g, ' 10 ')
    .replace(/ (\S+) (?=phút|tiếng|giờ )/g, (all, ones: string) => (ONES[ones] ? ` ${ONES[ones]} ` : all))

/**
 * Minutes in a clause about being late (canonical words, spaces around), 1–180; undefined where none are said.
 * Of a range ("20-30 phút") the larger: the secretary plans with it.
 */
export function minutesIn(words: string): number | undefined {
  const text = inDigits(words)
  if (/ (?:nửa_tiếng|nửa_giờ) /.test(text)) return 30
  if (/ (?:trễ|muộn|chậm|khoảng|tầm|chừng|hơn) tiếng rưỡi /.test(text)) return 90
  const minutes = / (\d{1,3}) phút /.exec(text)
  const hours = / (\d) (?:tiếng|giờ)(?: (rưỡi))? /.exec(text)
  const found = minutes ? Number(minutes[1]) : hours ? Number(hours[1]) * 60 + (hours[2] ? 30 : 0) : 0
  return found > 0 && found <= MAX ? found : undefined
}
