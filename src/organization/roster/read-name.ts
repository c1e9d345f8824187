import { nfc } from '../../core/text.js'

const INVISIBLE = /[\u200b-\u200f\u2060\ufeff\u00ad]/g
const TITLE = /^(đ\/c|đ\.c|đc|đồng chí|ông|bà)[.:]?\s+/iu
const NAME = /^\p{L}[\p{L}\p{M}'’ʼ.\- ]*$/u
const MOST_WORDS = 8

const capital = (word: string): string =>
  word
    .toLowerCase()
    // "Y-Bhăm", "H'Hen", "K’Brể": each part of a hyphenated or apostrophed name begins with a capital.
    .replace(/(^|[-'’ʼ.])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())

// "Hồng ánh" is what TCVN3 makes of "Hồng Ánh": it has no capitals with a tone.
const initial = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** Whether a name was typed in one case only. A capital font's text has capitals for a–z and small letters for the rest. */
function isOneCase(name: string): boolean {
  const ascii = name.replace(/[^A-Za-z]/g, '')
  return (
    name === name.toUpperCase() || name === name.toLowerCase() || (ascii.length > 3 && ascii === ascii.toUpperCase())
  )
}

/** Composed letters, single spaces, no form of address; NGUYỄN VĂN AN → Nguyễn Văn An, while "H'Hen Niê" stays. */
export function readName(text: string): string {
  const tidy = nfc(text).replace(INVISIBLE, '').replace(/\s+/g, ' ').trim().replace(TITLE, '')
  return tidy
    .split(' ')
    .map(isOneCase(tidy) ? capital : initial)
    .join(' ')
}

export const isName = (name: string): boolean => NAME.test(name) && name.split(' ').length <= MOST_WORDS
