import { fold } from '../../core/text.js'
import { COMPOUNDS, foldedWords, GIVEN_NAMES, REAL, SHORT, WORDS } from './vocabulary.js'

/** The syllables that Vietnamese can have, without accents: what is none of them is a slip of the fingers. */
const SYLLABLE =
  /^(?:b|c(?![eiy])|ch|d|g(?![ei])|gh(?=[ei])|gi|h|k(?=[eiy])|kh|l|m|n|ng(?![ei])|ngh(?=[ei])|nh|p|ph|qu|r|s|t|th|tr|v|x)?(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oai|oay|oe|oeo|oi|oo|ua|uai|uay|ue|ui|uo|uoi|uou|uu|uy|uya|uye|uyu|ya|ye|yeu|ieu|uau)(?:c|ch|m|n|ng|nh|p|t)?$/

/** A word of small letters without its marks. */
export const keyOf = (word: string): string => (/^[a-z0-9]*$/.test(word) ? word : fold(word))

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

export const isSyllable = (typed: string): boolean => SYLLABLE.test(keyOf(typed))

function isSlip(typed: string): boolean {
  const key = keyOf(typed)
  return /^(?![wzjf])[a-z]{3,8}$/.test(key) && !SYLLABLE.test(key)
}

const TELEX_TONES: Readonly<Record<string, string>> = {
  s: '\u0301',
  f: '\u0300',
  r: '\u0309',
  x: '\u0303',
  j: '\u0323',
}
const HATS: readonly (readonly [RegExp, string])[] = [
  [/dd|^d(?=.*d$)/, 'đ'],
  [/([aeo])(?=(?:[^aeo]*)\1)/, '$1\u0302'],
  [/wow/, 'u\u031bo\u031b'],
  [/aw/, 'a\u0306'],
  [/uow/, 'u\u031bo\u031b'],
  [/([uo])w/, '$1\u031b'],
]

/** The spellings that the keys of a word may have been meant to be, hats first and one tone on any vowel. */
function spellings(typed: string): string[] {
  let hats = typed.normalize('NFC')
  for (const [keys, letter] of HATS) {
    const doubled = hats.replace(keys, letter)
    if (doubled === hats) continue
    hats = letter.endsWith('\u0302') ? dropSecond(doubled) : doubled
  }
  const plain = hats.normalize('NFC')
  const vowels = [...plain.matchAll(/[aeiouyăâêôơư]/g)]
  const first = vowels[0]?.index ?? 0
  const keys = [...plain.matchAll(/[sfrxj]/g)].filter(({ index }) => index > first)
  const toned = keys.flatMap(({ 0: key, index }) => {
    const rest = plain.slice(0, index) + plain.slice(index + 1)
    return [...rest.matchAll(/[aeiouyăâêôơư]/g)].map(
      ({ 0: vowel, index: at }) => rest.slice(0, at) + vowel + TELEX_TONES[key] + rest.slice(at + 1),
    )
  })
  return [plain, ...toned].map((one) => one.normalize('NFC'))
}

/** "daya" → "dâya" has its second key still: it goes. */
const dropSecond = (text: string): string => text.replace(/([aeo])\u0302([^aeo]*)\1/, '$1\u0302$2')

/** "cos", "dduowcj", "ôms": the keys of the tones and hats, where the keyboard did not put them on. */
export function fromKeys(typed: string): string | undefined {
  if (!isSlip(typed)) return undefined
  return spellings(typed).find((one) => one !== typed && REAL.has(one))
}

/** The one known word that a slip of the fingers was meant to be; undefined where there is none, or more than one. */
export function mended(typed: string): string | undefined {
  if (!isSlip(typed)) return undefined
  const key = keyOf(typed)
  if (key !== typed) {
    const near = WORDS.filter((word) => word.length >= 2 && isNear(typed, word))
    if (near.length === 1) return near[0]
  }
  const near = new Set(foldedWords.filter((one) => one.key.length >= 3 && isNear(key, one.key)).map((one) => one.key))
  const swapped = [...near].filter((one) => one.length === key.length && swaps(one, key))
  const meant = near.size === 1 ? [...near] : swapped
  return meant.length === 1 ? foldedWords.find((one) => one.key === meant[0])?.word : undefined
}

type Compound = Readonly<{ word: string; parts: readonly string[] }>

const pairs = COMPOUNDS.map((text) => text.split(' '))
  .filter((parts) => parts.length === 2 && parts.join('').length >= 5)
  .map((parts) => ({
    word: parts.join('_'),
    parts,
    keys: parts.map(fold) as [string, string],
    rare: !WORDS.includes(parts[0] ?? ''), // the first word stands nowhere else
  }))
const grouped = (at: 0 | 1): ReadonlyMap<string, readonly (typeof pairs)[number][]> => {
  const groups = new Map<string, (typeof pairs)[number][]>()
  for (const pair of pairs) groups.set(pair.keys[at], [...(groups.get(pair.keys[at]) ?? []), pair])
  return groups
}
const byFirst = grouped(0)
const bySecond = grouped(1)
const wordKeys = new Set(WORDS.map(fold))
const knownKeys = new Set([...WORDS, ...Object.keys(SHORT), ...COMPOUNDS.flatMap((text) => text.split(' '))].map(fold))
/** "thamgia", "congt ac": the space is missing or stands elsewhere. */
const byJoined = new Map(pairs.filter(({ keys }) => keys.join('').length >= 5).map((one) => [one.keys.join(''), one]))

/** Typed with its marks, a word is another one only if it is real; without them, if it is like one that we know. */
const isOther = (typed: string): boolean =>
  SHORT[typed] !== undefined ||
  GIVEN_NAMES.has(keyOf(typed)) ||
  (keyOf(typed) === typed ? knownKeys.has(typed) : REAL.has(typed))

/** One compound in one piece. */
export const joinedCompound = (typed: string): string | undefined =>
  typed.length >= 5 && !isSyllable(typed)
    ? [typed, ...(TELEX.test(typed) ? spellings(typed) : [])]
        .map((one) => byJoined.get(keyOf(one))?.word)
        .find((word) => word !== undefined)
    : undefined

/** Keys that may be tones or hats left as they were typed. */
const TELEX = /[sfrxjw]|([aeo])\1/

/** "vandi", "khongdi": two known words without their space, if there is one way to part them. */
export function parted(typed: string): readonly [string, string] | undefined {
  if (typed.length < 5 || !/^[a-z]+$/.test(typed) || isSyllable(typed) || wordKeys.has(typed) || joinedCompound(typed))
    return undefined
  const ways = Array.from(
    { length: typed.length - 3 },
    (_, at) => [typed.slice(0, at + 2), typed.slice(at + 2)] as const,
  )
  const known = ways.filter(([a, b]) => wordKeys.has(a) && wordKeys.has(b))
  return known.length === 1 ? known[0] : undefined
}

/** "xin pháp", "dung gioi", "côngt ác": one of the two words is right and the other a slip, or the space is misplaced. */
export function mendedCompound(first: string, second: string, accented: boolean): Compound | undefined {
  const [a, b] = [keyOf(first), keyOf(second)]
  if (a.length < 1 || b.length < 1 || !/^\p{L}+$/u.test(first + second)) return undefined
  if (isOther(first) && isOther(second) && !(byFirst.get(a) ?? []).some(({ rare }) => rare)) return undefined
  const moved = isSyllable(a) && isSyllable(b) ? undefined : byJoined.get(a + b)
  if (moved) return moved
  const slip = (typed: string, own: string, key: string, swapped = false) =>
    own !== key &&
    key.length >= 2 &&
    isNear(own, key) &&
    (swapped || !isOther(typed)) &&
    (a.length + b.length >= 6 || !SYLLABLE.test(own))
  const isPart = (typed: string, part = ''): boolean => !accented || typed === part || !REAL.has(typed) // "cho" is no "chỗ"
  const near = [
    ...(byFirst.get(a) ?? []).filter(
      ({ keys: [, y], rare, parts }) => isPart(first, parts[0]) && slip(second, b, y, rare && swaps(b, y)),
    ),
    ...(bySecond.get(b) ?? []).filter(({ keys: [x], parts }) => isPart(second, parts[1]) && slip(first, a, x)),
  ]
  const fuller = near.filter(({ keys }) => keys.join('').length > a.length + b.length)
  const [only, ...others] = near.length > 1 && fuller.length === 1 ? fuller : near
  return others.length === 0 || only?.keys.join('').length === a.length + b.length ? only : undefined
}

/** The same letters in another order: "tham gai". */
const swaps = (a: string, b: string): boolean => a.length > 2 && [...a].sort().join('') === [...b].sort().join('')
