const ONSET = '(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?'
const NUCLEUS =
  '(?:ươu|ươi|uyê|uya|uyu|uôi|uây|oai|oay|oeo|oao|iêu|yêu|ươ|ưa|ưi|ưu|uy|uơ|uô|ui|uê|uâ|ua|oo|oi|oe|oă|oa|ôi|ơi|' +
  'iu|iê|ia|êu|eo|ây|âu|ay|au|ao|ai|yê|[aăâeêioôơuưy])'
const SYLLABLE = new RegExp(`^${ONSET}${NUCLEUS}(ch|nh|ng|[cmnpt])?$`)

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g
const ACUTE_OR_DOT = /[\u0301\u0323]/

/** Whether a word could be a Vietnamese syllable: its letters in an order the language has, at most one tone. */
export function isSyllable(word: string): boolean {
  const spread = word.toLowerCase().normalize('NFD')
  const tones = spread.match(TONES) ?? []
  const match = SYLLABLE.exec(spread.replace(TONES, '').normalize('NFC'))
  if (!match || tones.length > 1) return false
  const stopped = /^(c|ch|p|t)$/.test(match[1] ?? '')
  return !stopped || tones.length === 0 || ACUTE_OR_DOT.test(tones[0] ?? '')
}

// U+00AD is a letter of TCVN3 (ư) and must stay inside its word.
const BETWEEN = /[\s\d,.;:()[\]{}/\\"'`\-–—+*_|?!%&=<>@#]+/
const NOT_ASCII = /[^\x20-\x7e]/

/** How Vietnamese a text reads: words with marks that are syllables less those that are not. ASCII words say nothing. */
export function plausibility(text: string): number {
  const words = text.split(BETWEEN).filter((word) => NOT_ASCII.test(word))
  return words.reduce((score, word) => score + (isSyllable(word) ? 1 : -1), 0)
}
