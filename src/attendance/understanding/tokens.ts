import { fold } from '../../core/text.js'
import { resolveByNeighbours } from './neighbours.js'
import type { Token } from './types.js'
import { fromKeys, mended, mendedCompound } from './typing.js'
import { AMBIGUOUS, COMPOUNDS, NAME_LIKE, SHORT, WORDS } from './vocabulary.js'

const TONE = /[\u0300\u0301\u0303\u0309\u0323]/
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g

/** Letters with their hats, the tone behind: "khoẻ" and "khỏe", "hoà" and "hòa" are one word. */
const spelling = (word: string): string => {
  const parts = word.normalize('NFD')
  return parts.replace(TONES, '').normalize('NFC') + (parts.match(TONES) ?? []).join('')
}

type Compound = Readonly<{ word: string; parts: readonly string[] }>

const compounds: readonly Compound[] = COMPOUNDS.map((text) => ({
  word: text.replaceAll(' ', '_'),
  parts: text.split(' '),
})).sort((a, b) => b.parts.length - a.parts.length)

const byFirst = new Map<string, Compound[]>()
for (const compound of compounds) {
  const first = fold(compound.parts[0] ?? '')
  byFirst.set(first, [...(byFirst.get(first) ?? []), compound])
}

const byFold = new Map([...WORDS].reverse().map((word) => [fold(word), word]))
const sameFold = new Map<string, string[]>()
for (const word of WORDS) sameFold.set(fold(word), [...(sameFold.get(fold(word)) ?? []), word])
const bySpelling = new Map(WORDS.map((word) => [spelling(word), word]))

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

function single(typed: string, accented: boolean): string {
  const short = SHORT[typed]
  if (short) return short
  if (accented && NAME_LIKE.has(typed)) return typed
  const folded = fold(typed)
  if (typed === folded) return AMBIGUOUS.has(typed) ? typed : (byFold.get(typed) ?? mended(typed) ?? typed)
  const exact = bySpelling.get(spelling(typed))
  if (exact) return exact
  // Marks are there, the tone is not: "dươc", "muôn". Two words may be meant; then it is as if none had been typed.
  const word = (sameFold.get(folded) ?? []).filter((one) => fits(typed, one))
  if (word.length === 1) return word[0] as string
  return word.length > 1 ? (AMBIGUOUS.has(folded) ? folded : (word[0] as string)) : (mended(typed) ?? typed)
}

const compoundAt = (raw: readonly Raw[], at: number): Compound | undefined =>
  byFirst
    .get(fold(raw[at]?.typed ?? ''))
    ?.find(({ parts }) => parts.every((part, offset) => fits(raw[at + offset]?.typed ?? '', part))) ??
  mendedCompound(raw[at]?.typed ?? '', raw[at + 1]?.typed ?? '')

type Raw = Readonly<{ typed: string; start: number; end: number }>

/** Expands what is a word only inside a compound ("ct", "k"), so that "k di dc" and "ko biết" join as well. */
const forCompounds = (typed: string): string => {
  const short = SHORT[typed]
  if (short) return short.includes('_') ? typed : short
  return fromKeys(typed) ?? typed.replace(/^ng(?=[ieê])/u, 'ngh')
}

function scan(text: string): Raw[] {
  return [...text.matchAll(/\p{L}+|\d+|[^\s\p{L}\d]/gu)].map((match) => {
    const typed = match[0].toLowerCase().replace(/(\p{L})\1{2,}/gu, '$1')
    const counted = /\d/.test(text[match.index - 1] ?? '')
    return {
      typed: counted && typed === 'k' ? 'nghìn' : forCompounds(typed),
      start: match.index,
      end: match.index + match[0].length,
    }
  })
}

/** NFC, look-alikes of đ, "đ/c" and "d.c" spelled out, invisible characters removed. Lengths may change. */
export const clean = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\u2060|\ufeff|\ufe0f|[\u200b-\u200f]/g, '')
    .replace(/[ÐƉ]/g, 'Đ')
    .replace(/[ðɖᵭ]/g, 'đ')
    .replace(/\bon9\b/gi, 'online')
    .replace(/[’‘´`]/g, "'")
    .replace(/\s*\n\s*/g, '. ')
    .replace(/(?<!\p{L})[đd]\s?[/.]\s?c(?!\p{L})/giu, 'đồng chí')
    .replace(/(?<!\p{L})đc(?=\s+(?:bí thư|bi thu|ơi|oi)(?!\p{L}))/giu, 'đồng chí')
    .replace(/(?<=\d)\s?['′]/g, ' phút')

const ASSENT = /^(?:ok|dạ|vâng|ừ|thưa|chào)$/

/** Reads a cleaned text as canonical words; punctuation marks are tokens of their own. */
export function tokenize(text: string): Token[] {
  const raw = scan(text)
  const accented = raw.some(({ typed }) => /\p{L}/u.test(typed) && typed !== fold(typed))
  const tokens: Token[] = []
  for (let at = 0; at < raw.length; ) {
    const found = compoundAt(raw, at)
    // "ok anh, em đi" without its comma: nobody's brothers.
    const compound =
      /^(?:anh|chị)_em$/.test(found?.word ?? '') && ASSENT.test(tokens.at(-1)?.word ?? '') ? undefined : found
    const length = compound?.parts.length ?? 1
    const first = raw[at] as Raw
    const last = raw[at + length - 1] as Raw
    tokens.push({ word: compound?.word ?? single(first.typed, accented), start: first.start, end: last.end })
    at += length
  }
  return resolveByNeighbours(tokens)
}
