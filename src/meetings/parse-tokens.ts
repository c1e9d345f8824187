import { nfc } from '../core/text.js'

/**
 * A word, a run of digits or a sign. `flat` is the word without accents, `marks` its accents in any order, so that
 * "hòa" and "hoà" are one word, "toi" may be "tối" (evening), and "tôi" (I) never is.
 */
export type Token = Readonly<{
  flat: string
  marks: string
  start: number
  end: number
  /** No space before it: "19h30" is three glued tokens. */
  glued: boolean
  /** First of its line. */
  breaks: boolean
}>

/** A place in the text that is not read yet; null where something has taken the token, so that nothing reads across it. */
export type Slots = readonly (Token | null)[]

type Word = Readonly<{ flat: string; marks: string }>

function wordOf(text: string): Word {
  const parts = text.toLowerCase().replace(/đ/g, 'd\u0335').normalize('NFD')
  return {
    flat: parts.replace(/\p{M}/gu, ''),
    marks: [...parts.replace(/\P{M}/gu, '')].sort().join(''),
  }
}

/** The text as it is kept (composed, plain spaces), which the tokens' positions refer to. */
export const cleanText = (text: string): string =>
  nfc(text)
    .replace(/\p{M}/gu, '')
    .replace(/[\u00d0\u00f0]/g, 'đ')
    .replace(/[\u200b-\u200d\ufeff]/g, '')
    .replace(/[\u00a0\t]/g, ' ')
    .replace(/[–—−]/g, '-')
    .trim()

export function tokenize(text: string): Token[] {
  let before = 0
  return [...text.matchAll(/\p{L}+|\d+|[^\s\p{L}\d]/gu)].map((match) => {
    const end = match.index + match[0].length
    const gap = text.slice(before, match.index)
    before = end
    return { ...wordOf(match[0]), start: match.index, end, glued: gap === '', breaks: gap.includes('\n') }
  })
}

const same = (token: Token, word: Word): boolean =>
  token.flat === word.flat && (token.marks === '' || token.marks === word.marks)

export const isNumber = (token: Token): boolean => /^\d+$/.test(token.flat)

const NUMBER_WORDS: readonly (readonly [string, number])[] = [
  ['một', 1],
  ['hai', 2],
  ['ba', 3],
  ['bốn', 4],
  ['tư', 4],
  ['năm', 5],
  ['sáu', 6],
  ['bảy', 7],
  ['bẩy', 7],
  ['tám', 8],
  ['chín', 9],
  ['mười', 10],
]
const NUMBERS = NUMBER_WORDS.map(([word, value]) => [wordOf(word), value] as const)

/** What a captured token counts: "7", "07" and "bảy" are 7. NaN where it is no number. */
export const numberOf = (token: Token): number =>
  isNumber(token) ? Number(token.flat) : (NUMBERS.find(([word]) => same(token, word))?.[1] ?? Number.NaN)

type Element = Readonly<{ accepts: (token: Token) => boolean; captures: boolean; optional: boolean }>
export type Pattern = readonly Element[]

function elementOf(source: string): Element {
  const optional = source.length > 1 && source.endsWith('?')
  const glued = source.length > 1 && source.startsWith('~')
  const body = source.slice(glued ? 1 : 0, optional ? -1 : undefined)
  const words = body.split('|').map(wordOf)
  const accepts =
    body === '#'
      ? isNumber
      : body === '%'
        ? (token: Token) => !Number.isNaN(numberOf(token))
        : (token: Token) => words.some((word) => same(token, word))
  return {
    accepts: glued ? (token) => token.glued && accepts(token) : accepts,
    captures: body === '#' || body === '%',
    optional,
  }
}

/**
 * A row of elements between spaces: words in their accented form ("hằng|hàng"), `#` digits, `%` digits or a number
 * word, `~` in front: no space before it, `?` behind: may be missing. Captured are `#` and `%`.
 */
export const pattern = (source: string): Pattern => source.split(' ').map(elementOf)

export type Match = Readonly<{ captured: readonly Token[]; next: number }>

/** Matches the whole pattern at this place, or null. */
export function match(rule: Pattern, slots: Slots, at: number, element = 0): Match | null {
  const wanted = rule[element]
  if (!wanted) return { captured: [], next: at }
  const token = slots[at]
  if (token && wanted.accepts(token)) {
    const rest = match(rule, slots, at + 1, element + 1)
    if (rest) return { captured: wanted.captures ? [token, ...rest.captured] : rest.captured, next: rest.next }
  }
  return wanted.optional ? match(rule, slots, at, element + 1) : null
}

/** The first of the patterns that matches here. */
export function matchAny(rules: readonly Pattern[], slots: Slots, at: number): Match | null {
  for (const rule of rules) {
    const found = match(rule, slots, at)
    if (found) return found
  }
  return null
}

export type Found<T> = Readonly<{ value: T; next: number }>
export type Reader<T> = (slots: Slots, at: number) => Found<T> | null
export type Hit<T> = Found<T> & Readonly<{ start: number }>

/** Every place where the reader reads something, from left to right, never overlapping. */
export function scanAll<T>(slots: Slots, read: Reader<T>): Hit<T>[] {
  const hits: Hit<T>[] = []
  for (let at = 0; at < slots.length; at++) {
    const found = slots[at] ? read(slots, at) : null
    if (!found) continue
    hits.push({ ...found, start: at })
    at = found.next - 1
  }
  return hits
}

/** The slots without what was read there. */
export const take = (slots: Slots, from: number, to: number): Slots =>
  slots.map((token, index) => (index >= from && index < to ? null : token))

/** The text between two tokens, ends included, without the signs around it. */
export function textBetween(text: string, tokens: Slots, from: number, to: number): string {
  const first = tokens[from]
  const last = tokens[to - 1]
  if (!first || !last || to <= from) return ''
  return text
    .slice(first.start, last.end)
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:.\-–]+|[\s,;:.\-–(/]+$/gu, '')
}
