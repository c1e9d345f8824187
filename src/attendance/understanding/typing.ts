import { fold } from '../../core/text.js'
import { COMPOUNDS, SHORT, WORDS } from './vocabulary.js'

/** The syllables that Vietnamese can have, without accents: what is none of them is a slip of the fingers. */
const SYLLABLE =
  /^(?:b|c(?![eiy])|ch|d|g(?![ei])|gh(?=[ei])|gi|h|k(?=[eiy])|kh|l|m|n|ng(?![ei])|ngh(?=[ei])|nh|p|ph|qu|r|s|t|th|tr|v|x)?(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oai|oay|oe|oeo|oi|oo|ua|uai|uay|ue|ui|uo|uoi|uou|uu|uy|uya|uye|uyu|ya|ye|yeu|ieu|uau)(?:c|ch|m|n|ng|nh|p|t)?$/

/** One letter more, less, other, or two in the wrong order. */
export function isNear(a: string, b: string): boolean {
  if (a === b) return true
  if (Math.abs(a.length - b.length) > 1) return false
  let from = 0
  while (from < a.length && a[from] === b[from]) from++
  const [restA, restB] = [a.slice(from), b.slice(from)]
  const swapped = restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2)
  return swapped || [0, 1].some((x) => [0, 1].some((y) => x + y > 0 && restA.slice(x) === restB.slice(y)))
}

const folded = WORDS.map((word) => ({ word, key: fold(word) })).filter(({ key }) => key.length >= 3)

function isSlip(typed: string): boolean {
  const key = fold(typed)
  return /^(?![wzjf])[a-z]{3,8}$/.test(key) && !SYLLABLE.test(key)
}

const TELEX_TONES: Readonly<Record<string, string>> = {
  s: '\u0301',
  f: '\u0300',
  r: '\u0309',
  x: '\u0303',
  j: '\u0323',
}
const known = new Set(WORDS)

/** "cos", "dduowcj": the keys of the tones and hats, where the keyboard did not put them on. */
export function fromKeys(typed: string): string | undefined {
  if (!isSlip(typed)) return undefined
  const hats = typed
    .replace(/dd/g, 'đ')
    .replace(/([aeo])\1/g, '$1\u0302')
    .replace(/aw/g, 'a\u0306')
    .replace(/([uo])w/g, '$1\u031b')
    .replace(/uo\u031b/g, 'u\u031bo\u031b')
  const tone = TELEX_TONES[hats.at(-1) ?? '']
  const plain = tone ? hats.slice(0, -1) : hats
  const vowels = tone ? [...plain.matchAll(/[aeiouy][\u0302\u0306\u031b]*/g)] : []
  const spelled = tone
    ? vowels.map(({ 0: vowel, index }) => plain.slice(0, index) + vowel + tone + plain.slice(index + vowel.length))
    : [plain]
  return spelled.map((one) => one.normalize('NFC')).find((one) => known.has(one))
}

/** The one known word that a slip of the fingers was meant to be; undefined where there is none, or more than one. */
export function mended(typed: string): string | undefined {
  if (!isSlip(typed)) return undefined
  const key = fold(typed)
  const near = new Set(folded.filter((one) => isNear(key, one.key)).map((one) => one.key))
  return near.size === 1 ? folded.find((one) => near.has(one.key))?.word : undefined
}

type Compound = Readonly<{ word: string; parts: readonly string[] }>

const pairs = COMPOUNDS.map((text) => text.split(' '))
  .filter((parts) => parts.length === 2 && parts.join('').length >= 6)
  .map((parts) => ({ word: parts.join('_'), parts, keys: parts.map(fold) as [string, string] }))
const knownKeys = new Set([...WORDS, ...Object.keys(SHORT), ...COMPOUNDS.flatMap((text) => text.split(' '))].map(fold))

/** "xin pháp", "dung gioi": one of the two words is right, the other a letter off and no word that we know. */
export function mendedCompound(first: string, second: string): Compound | undefined {
  const [a, b] = [fold(first), fold(second)]
  if (a.length < 2 || b.length < 2) return undefined
  const slip = (typed: string, key: string) =>
    typed !== key && !knownKeys.has(typed) && isNear(typed, key) && (a.length + b.length >= 7 || !SYLLABLE.test(typed))
  return pairs.find(({ keys: [x, y] }) => (a === x && slip(b, y)) || (b === y && slip(a, x)))
}
