/** Platforms and keyboards deliver both composed and decomposed Vietnamese; we store and compare the composed form. */
export const nfc = (text: string): string => text.normalize('NFC')

/**
 * Folds Vietnamese for matching: no accents, đ → d, lower case, punctuation and runs of space → one space.
 * U+00D0 and U+00F0 are look-alikes of Đ/đ that old keyboards type.
 * "vắng" (absent) and "vâng" (yes) fold to the same word: whoever matches answers looks at the accents first.
 */
export const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đðĐÐ]/g, 'd')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** The given name, by which Vietnamese people are sorted and addressed: the last word of the full name. */
export const givenName = (fullName: string): string => fullName.trim().split(/\s+/).at(-1) ?? ''

const collator = new Intl.Collator('vi')

/** Orders full names as a Vietnamese list does: by given name, then by the rest. */
export const byGivenName = (a: string, b: string): number =>
  collator.compare(givenName(a), givenName(b)) || collator.compare(a, b)

/** The first `max` characters; half an emoji at their end is left out, because no database stores it. */
export const firstOf = (text: string, max: number): string => text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '')

const BULLET = /^\s*(?:[-–—•*+]+\s*|\d{1,2}[.)]\s+)/u

/** The items of a list as people type or paste it, a line each: without bullets, numbering and empty lines. */
export const listLines = (text: string, between = /\n/): string[] =>
  nfc(text)
    .split(between)
    .map((line) => line.replace(BULLET, '').trim())
    .filter(Boolean)

/**
 * Without what no XML and no calendar file can hold: one vertical tab, as it is pasted from Word, and Word refuses the
 * whole paper.
 */
export const writable = (text: string): string =>
  text.replace(/[\v\f]/g, ' ').replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')

/** Cuts to at most `max` characters at a word's end, with an ellipsis. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text
  const cut = firstOf(text, max - 1)
  const space = cut.lastIndexOf(' ')
  return `${(space > max / 2 ? cut.slice(0, space) : cut).trimEnd()}…`
}
