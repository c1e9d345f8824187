import { fold, nfc } from '../core/text.js'

type Named = Readonly<{ personId: string; fullName: string }>

/** How a colleague is addressed before the name. */
const TITLE = /^(?:đồng chí|dong chi|đ\/c|d\/c|đc|dc|bác|bac|anh|chị|chi|ông|ong|bà|cô|chú|chu)\s+/iu

const WORD = /[\p{L}\p{M}\p{N}]+/gu

/** The ends of a name by which people are called, the longest first: "Nguyễn Văn A", "Văn A", "A". */
const callings = (fullName: string): string[] => {
  const words = fold(fullName).split(' ')
  return words.map((_, from) => words.slice(from).join(' '))
}

const openingLength = (folded: string, fullName: string): number =>
  callings(fullName)
    .find((name) => folded === name || folded.startsWith(`${name} `))
    ?.split(' ').length ?? 0

/** The text behind its first `count` words. */
function behind(text: string, count: number): string {
  const word = [...text.matchAll(WORD)][count - 1]
  return word ? text.slice(word.index + word[0].length).replace(/^[\s,.:;–-]+/u, '') : text
}

const TONE = /[\u0300\u0301\u0303\u0309\u0323]/g

/** A word however its tone mark is placed: "Hoà" and "Hòa" are one name, "Hòa" and "Hoa" are two. */
const spelled = (word: string): string => {
  const parts = word.toLowerCase().normalize('NFD')
  return parts.replace(TONE, '') + (parts.match(TONE) ?? []).join('')
}

const wordsIn = (text: string): string[] => (nfc(text).match(WORD) ?? []).map(spelled)

/** Whether each of the typed words is the name's own, or was typed without accents where `plainly`. */
function sameAccents(text: string, fullName: string, count: number, plainly: boolean): boolean {
  const name = wordsIn(fullName).slice(-count)
  const typed = wordsIn(text)
  return name.every((word, at) => typed[at] === word || (plainly && typed[at] === fold(word)))
}

/**
 * Whom a text begins with, and what stands behind the name: "Nguyễn Văn A vắng ốm". With or without accents, by the
 * whole name or its end; the longest name wins, and a name typed with its accents means just that one: "Thúy" is
 * never Thủy. Several matches are for the caller to ask about.
 */
export function findNamed<P extends Named>(text: string, people: readonly P[]): { matches: P[]; rest: string } {
  const plain = nfc(text).trim().replace(TITLE, '')
  const folded = fold(plain)
  const lengths = people.map((one) => openingLength(folded, one.fullName))
  const longest = Math.max(0, ...lengths)
  if (longest === 0) return { matches: [], rest: plain }
  const alike = people.filter((_, at) => lengths[at] === longest)
  const exact = alike.filter((one) => sameAccents(plain, one.fullName, longest, false))
  const matches = alike.filter((one) => sameAccents(plain, one.fullName, longest, true))
  return { matches: exact.length > 0 ? exact : matches, rest: behind(plain, longest) }
}
