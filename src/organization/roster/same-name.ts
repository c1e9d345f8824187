import { fold } from '../../core/text.js'

const TONE = /[\u0300\u0301\u0303\u0309\u0323]/

/** Letters without tone, then the tone: "Hoà" and "Hòa" are one spelling of one name. */
const spelling = (word: string): string => {
  const spread = word.toLowerCase().normalize('NFD')
  return spread.replace(TONE, '') + (TONE.exec(spread)?.[0] ?? '')
}

const spellings = (name: string): string => name.trim().split(/\s+/).map(spelling).join(' ')

export const hasAccents = (name: string): boolean => /[^\p{ASCII}]/u.test(name)

/** Whether two names are spelled alike, wherever the tone stands. */
export const sameSpelling = (a: string, b: string): boolean => spellings(a) === spellings(b)

/** Whether two names can be one person's: spelled alike, or alike without accents where one was typed without any. */
export const sameName = (a: string, b: string): boolean =>
  sameSpelling(a, b) || ((!hasAccents(a) || !hasAccents(b)) && fold(a) === fold(b))
