import { nfc } from '../../../core/text.js'
import type { Letters } from '../types.js'
import { plausibility } from './plausibility.js'
import { decodeTcvn3 } from './tcvn3.js'
import { decodeVni } from './vni.js'

const DECODERS: Readonly<Record<Letters, (text: string) => string>> = {
  unicode: nfc,
  tcvn3: decodeTcvn3,
  vni: decodeVni,
}

/** One character beyond Latin-1 (ạ, ễ, ơ, a combining mark) and the text cannot be of an 8-bit font. */
const isSurelyUnicode = (text: string): boolean => /[\u0100-\u036f\u1ea0-\u1ef9]/.test(text)

const scoreAs = (letters: Letters, texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + plausibility(DECODERS[letters](text)), 0)

/** What the letters of a whole file are. Texts as they are win a tie: a wrong conversion would spoil a good file. */
export function detectLetters(texts: readonly string[]): Letters {
  const open = texts.filter((text) => /[\u00a1-\u00ff]/.test(text) && !isSurelyUnicode(text))
  const scored = (['unicode', 'tcvn3', 'vni'] as const).map((letters) => ({ letters, score: scoreAs(letters, open) }))
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).letters
}

/** One text of a file whose letters are known. A text that only makes sense as it is stays: offices mix fonts. */
export function toUnicode(text: string, letters: Letters): string {
  if (letters === 'unicode' || isSurelyUnicode(text)) return nfc(text)
  const converted = DECODERS[letters](text)
  return nfc(plausibility(converted) >= plausibility(nfc(text)) ? converted : text)
}
