import { fold } from '../../core/text.js'
import { FIRST_PERSON, SELF, TITLES } from './lexicon.js'
import { resolveByNeighbours } from './neighbours.js'
import type { Token } from './types.js'
import { fromKeys, joinedCompound, keyOf, mended, mendedCompound, parted } from './typing.js'
import { AMBIGUOUS, COMPOUNDS, EXACT, GIVEN_NAMES, NAME_LIKE, REAL, SHORT, SPELLED, WORDS } from './vocabulary.js'

const TONE = /[\u0300\u0301\u0303\u0309\u0323]/
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g

/** Letters with their hats, the tone behind: "khoẻ" and "khỏe", "hoà" and "hòa" are one word. */
const spelling = (word: string): string => {
  const parts = word.normalize('NFD')
  return parts.replace(TONES, '').normalize('NFC') + (parts.match(TONES) ?? []).join('')
}

type Compound = Readonly<{ word: string; parts: readonly string[] }>
type Known = Compound & Readonly<{ keys: readonly string[] }>

const compounds: readonly Known[] = COMPOUNDS.map((text) => ({
  word: text.replaceAll(' ', '_'),
  parts: text.split(' '),
  keys: text.split(' ').map(fold),
})).sort((a, b) => b.parts.length - a.parts.length)

/** By the first syllable without its marks, the longest first. */
const byFirst = new Map<string, Known[]>()
for (const compound of compounds) {
  const first = compound.keys[0] ?? ''
  byFirst.set(first, [...(byFirst.get(first) ?? []), compound])
}

const byFold = new Map([...WORDS].reverse().map((word) => [fold(word), word]))
const sameFold = new Map<string, string[]>()
for (const word of WORDS) sameFold.set(fold(word), [...(sameFold.get(fold(word)) ?? []), word])
const bySpelling = new Map(SPELLED.map((word) => [spelling(word), word]))

/** Whether `word` may have been typed so: some of its marks left out ("duoc", "dươc", "đuoc"), none put in. */
function leavesOutMarks(typed: string, word: string): boolean {
  const [own = [], full = []] = [typed, word].map(
    (one) => one.normalize('NFD').match(LETTER) ?? [],
  ) as readonly (readonly string[])[]
  const isPart = (letter: string, of = ''): boolean =>
    (letter[0] === of[0] || (letter[0] === 'd' && of[0] === 'đ')) &&
    [...letter].every((c, at) => at === 0 || of.includes(c))
  return own.length === full.length && own.every((letter, at) => isPart(letter, full[at]))
}
const LETTER = /\p{L}\p{M}*/gu

const fits = (typed: string, word: string): boolean =>
  spelling(typed) === spelling(word) || (!TONE.test(typed.normalize('NFD')) && leavesOutMarks(typed, word))

/** "đén", "trưc": the tone is right or missing, a hat was forgotten, and the word is no other one. */
const forgetsHat = (typed: string, word: string): boolean =>
  !REAL.has(typed) &&
  !NAME_LIKE.has(typed) &&
  (leavesOutMarks(typed, word) || (toneOf(typed) === toneOf(word) && leavesOutMarks(toneless(typed), toneless(word))))

/** A syllable of a compound may have a wrong tone as well ("có mắt", "trục tuyến"): its neighbour says what it is. */
const fitsInCompound = (typed: string, word: string): boolean => fits(typed, word) || forgetsHat(typed, word)
/** So common that they are never the slip of another word: "lịch thì" is no "lịch thi". */
const JOINTS = new Set(['thì', 'là', 'mà', 'và', 'của', 'còn', 'đã', 'sẽ'])
const slipsTone = (typed: string, word: string): boolean =>
  !JOINTS.has(typed) && typed !== keyOf(typed) && word.length > 2 && toneless(typed) === toneless(word)
const toneless = (word: string): string => word.normalize('NFD').replace(TONES, '').normalize('NFC')
const toneOf = (word: string): string => word.normalize('NFD').match(TONES)?.join('') ?? ''

function single(typed: string, accented: boolean): string {
  const short = SHORT[typed]
  if (short) return short
  if (accented && (NAME_LIKE.has(typed) || EXACT.has(typed))) return typed
  const joined = joinedCompound(typed)
  if (joined) return joined
  const folded = keyOf(typed)
  if (typed === folded) return AMBIGUOUS.has(typed) ? typed : (byFold.get(typed) ?? mended(typed) ?? typed)
  const exact = bySpelling.get(spelling(typed))
  if (exact ?? REAL.has(typed)) return exact ?? typed
  // Marks are there, the tone is not: "dươc", "muôn". Two words may be meant; then it is as if none had been typed.
  const word = (sameFold.get(folded) ?? []).filter((one) => fits(typed, one) || forgetsHat(typed, one))
  if (word.length === 1) return word[0] as string
  return word.length > 1 ? (AMBIGUOUS.has(folded) ? folded : (word[0] as string)) : (mended(typed) ?? typed)
}

function compoundAt(raw: readonly Raw[], at: number, accented: boolean): Compound | undefined {
  const typed = (offset: number): string => raw[at + offset]?.typed ?? ''
  const startingAt = (offset: number) =>
    (byFirst.get(raw[at + offset]?.key ?? '') ?? []).filter(({ keys }) =>
      keys.every((key, by) => raw[at + offset + by]?.key === key),
    )
  const first = startingAt(0)
  const every = (agrees: typeof fits) =>
    first.find(({ parts }) => parts.every((part, offset) => agrees(typed(offset), part)))
  const exact = every(fitsInCompound)
  // "ở nhà văn hóa": the second word begins a longer one.
  const longer = exact?.parts.length === 2 && startingAt(1).find(({ parts }) => parts.length > 2)
  if (longer ? longer.parts.every((part, offset) => fitsInCompound(typed(1 + offset), part)) : false) return undefined
  if (exact) return exact
  // One syllable with another tone, all others right.
  const slipped = first.find(
    ({ parts }) =>
      parts.every(
        (part, offset) =>
          fitsInCompound(typed(offset), part) || slipsTone(typed(offset), part) || leavesOutMarks(typed(offset), part),
      ) && parts.filter((part, offset) => !fitsInCompound(typed(offset), part)).length === 1,
  )
  return slipped ?? mendedCompound(typed(0), typed(1), accented)
}

/** `own`: as it was typed, in small letters; `typed`: with what its keys or its abbreviation mean; `key`: without marks. */
type Raw = Readonly<{ typed: string; own: string; key: string; start: number; end: number }>

/** Expands what is a word only inside a compound ("ct", "k"), so that "k di dc" and "ko biết" join as well. */
const forCompounds = (typed: string): string => {
  const short = SHORT[typed]
  if (short) return short.includes('_') ? typed : short
  return fromKeys(typed) ?? typed.replace(/^ng(?=[ieê])/u, 'ngh')
}

/** A word, or the two that were typed without their space. */
function pieces({ 0: text, index }: RegExpExecArray): { text: string; index: number }[] {
  const [first, second] = parted(text.toLowerCase()) ?? []
  if (!first || !second) return [{ text, index }]
  return [
    { text: first, index },
    { text: second, index: index + first.length },
  ]
}

function scan(text: string): Raw[] {
  return [...text.matchAll(/\p{L}+|\d+|[^\s\p{L}\d]/gu)].flatMap(pieces).map((match) => {
    const typed = match.text
      .toLowerCase()
      .replace(/(\p{L})\1{2,}/gu, '$1')
      .replace(/([iy])\1+/g, '$1')
      .replace(/([^\u0020-\u007f])\1+/gu, '$1') // "khôông": no accented letter is ever doubled
    const counted = /\d/.test(text[match.index - 1] ?? '')
    const meant = counted && typed === 'k' ? 'nghìn' : forCompounds(typed)
    return {
      typed: meant,
      own: typed,
      key: keyOf(meant),
      start: match.index,
      end: match.index + match.text.length,
    }
  })
}

/** NFC, look-alikes of đ, "đ/c" and "d.c" spelled out, invisible characters removed. Lengths may change. */
export const clean = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\u2060|\ufeff|\ufe0f|\u00ad|[\u200b-\u200f]/g, '')
    .replace(/[ÐƉ]/g, 'Đ')
    .replace(/[ðɖᵭ]/g, 'đ')
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u0370-\u052f]/g, (letter) => LOOK_ALIKES[letter] ?? letter)
    .normalize('NFC')
    .replace(/\bon9\b/gi, 'online')
    .replace(/(?<!\p{L})(?:chứ|chớ|chu) (?:sao|răng|rang)(?: (?:không|khong|ko|k|hông))?(?!\p{L})/giu, 'chứ')
    .replace(SPOKEN_MARKS, (_, mark: string) => (mark.startsWith('ph') ? ',' : '.'))
    .replace(/[’‘´`]/g, "'")
    .replace(CONTRACTED, (one) => CONTRACTIONS[one.toLowerCase()] ?? one)
    .replace(/\s*\n\s*/g, '. ')
    .replace(/(?<!\p{L})[đd]\s?[/.]\s?c(?!\p{L})/giu, 'đồng chí')
    .replace(/(?<!\p{L})đc(?=\s+(?:bí thư|bi thu|ơi|oi)(?!\p{L}))/giu, 'đồng chí')
    .replace(/(?<=\d)\s?['′]/g, ' phút')

const CONTRACTIONS: Readonly<Record<string, string>> = {
  "can't": 'cannot',
  "couldn't": 'could not',
  "don't": 'do not',
  "i'd": 'I would',
  "i'll": 'I will',
  "i'm": 'I am',
  "i've": 'I have',
  "isn't": 'is not',
  "we'll": 'we will',
  "won't": 'will not',
  "wouldn't": 'would not',
}
const CONTRACTED = new RegExp(`\\b(?:${Object.keys(CONTRACTIONS).join('|')})\\b`, 'gi')

/** "… ốm phẩy tôi xin vắng chấm": punctuation as it is dictated; "chấm bài" and "chấm thi" are work. */
const SPOKEN_MARKS = /\s+(dấu phẩy|phẩy|dấu chấm|chấm)(?=\s*$|\s+(?!bài|thi|công|điểm|luận|phạt|dứt|hết)\p{L})/gu

/** Cyrillic and Greek letters that look like ours. */
const LOOK_ALIKES: Readonly<Record<string, string>> = Object.fromEntries(
  [...'АВЕКМНОРСТХаеорсухіјѕԁһΑΒΕΗΙΚΜΝΟΡΤΧο'].map((letter, at) => [
    letter,
    [...'ABEKMHOPCTXaeopcyxijsdhABEHIKMNOPTXo'][at] ?? letter,
  ]),
)

const ASSENT = /^(?:ok|dạ|vâng|ừ|thưa|chào|alo|hi|hello)$/

/** Typed without accents behind a title or as the first word, a given name is one, whatever else it might be. */
function isName({ typed, own }: Raw, before: Token | undefined): boolean {
  const word = before?.word ?? ''
  const behindTitle = (TITLES.has(word) || SELF.has(word) || /^(?:ba|ong|chi)$/.test(word)) && !FIRST_PERSON.has(word)
  const first = own !== 'minh' && (!/[\p{L}\d]/u.test(word) || ASSENT.test(word) || word === 'ơi')
  return typed === own && GIVEN_NAMES.has(own) && (behindTitle || first)
}

/** Reads a cleaned text as canonical words; punctuation marks are tokens of their own. */
export function tokenize(text: string): Token[] {
  const raw = scan(text)
  const accented = raw.some(({ own, key }) => /\p{L}/u.test(own) && own !== key && own !== keyOf(own))
  const tokens: Token[] = []
  for (let at = 0; at < raw.length; ) {
    const found = compoundAt(raw, at, accented)
    // "ok anh, em đi" without its comma: nobody's brothers.
    const compound =
      /^(?:anh|chị)_em$/.test(found?.word ?? '') && ASSENT.test(tokens.at(-1)?.word ?? '') ? undefined : found
    const length = compound?.parts.length ?? 1
    const first = raw[at] as Raw
    const last = raw[at + length - 1] as Raw
    const word = compound?.word ?? (isName(first, tokens.at(-1)) ? first.typed : single(first.typed, accented))
    tokens.push({ word, start: first.start, end: last.end })
    at += length
  }
  return resolveByNeighbours(tokens)
}
