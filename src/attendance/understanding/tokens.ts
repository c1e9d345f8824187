import { fold } from '../../core/text.js'
import { resolveByNeighbours } from './neighbours.js'
import type { Token } from './types.js'
import { AMBIGUOUS, COMPOUNDS, NAME_LIKE, SHORT, WORDS } from './vocabulary.js'

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

/** Without its marks, but with its đ: some keyboards give đ and no tones. */
const toneless = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC')

const byToneless = new Map([...WORDS].reverse().map((word) => [toneless(word), word]))
const bySpelling = new Map(WORDS.map((word) => [spelling(word), word]))
const byFold = new Map([...WORDS].reverse().map((word) => [fold(word), word]))

/** A word without any mark fits every word that folds to it, one with đ alone those with that đ; else only itself. */
const fits = (typed: string, word: string): boolean => {
  if (typed === fold(typed)) return typed === fold(word)
  return typed === toneless(typed) ? typed === toneless(word) : spelling(typed) === spelling(word)
}

const single = (typed: string, accented: boolean): string => {
  const short = SHORT[typed]
  if (short) return short
  if (accented && NAME_LIKE.has(typed)) return typed
  if (typed === fold(typed)) return AMBIGUOUS.has(typed) ? typed : (byFold.get(typed) ?? typed)
  return bySpelling.get(spelling(typed)) ?? byToneless.get(typed) ?? typed
}

const compoundAt = (raw: readonly Raw[], at: number): Compound | undefined =>
  byFirst
    .get(fold(raw[at]?.typed ?? ''))
    ?.find(({ parts }) => parts.every((part, offset) => fits(raw[at + offset]?.typed ?? '', part)))

type Raw = Readonly<{ typed: string; start: number; end: number }>

/** Expands what is a word only inside a compound ("ct", "k"), so that "k di dc" and "ko biết" join as well. */
const forCompounds = (typed: string): string => {
  const short = SHORT[typed]
  return short && !short.includes('_') ? short : typed
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
    .replace(/Ð/g, 'Đ')
    .replace(/ð/g, 'đ')
    .replace(/[’‘´`]/g, "'")
    .replace(/\s*\n\s*/g, '. ')
    .replace(/(?<!\p{L})[đd]\s?[/.]\s?c(?!\p{L})/giu, 'đồng chí')
    .replace(/(?<!\p{L})đc(?=\s+(?:bí thư|bi thu|ơi|oi)(?!\p{L}))/giu, 'đồng chí')
    .replace(/(?<=\d)\s?['′]/g, ' phút')

/** Reads a cleaned text as canonical words; punctuation marks are tokens of their own. */
export function tokenize(text: string): Token[] {
  const raw = scan(text)
  const accented = raw.some(({ typed }) => /\p{L}/u.test(typed) && typed !== fold(typed))
  const tokens: Token[] = []
  for (let at = 0; at < raw.length; ) {
    const compound = compoundAt(raw, at)
    const length = compound?.parts.length ?? 1
    const first = raw[at] as Raw
    const last = raw[at + length - 1] as Raw
    tokens.push({ word: compound?.word ?? single(first.typed, accented), start: first.start, end: last.end })
    at += length
  }
  return resolveByNeighbours(tokens)
}
