import { nfc } from '../core/text.js'
import { findNamed } from './answers-names.js'

/** Somebody of the sheet; numbered from 1 in its order. */
export type Listed = Readonly<{ personId: string; fullName: string; label?: string }>

/** What keeps a line from being taken; `words` are the writer's own, or the names meant. */
export type LineProblem = Readonly<{
  kind:
    | 'unread'
    | 'out-of-range'
    | 'several'
    | 'twice'
    | 'no-state'
    | 'nobody'
    | 'which-absence'
    | 'rest'
    | 'how-many'
    | 'no-fee'
    | 'fees'
  words: string
}>

type Said =
  | Readonly<{ kind: 'people'; people: readonly Listed[] }>
  | Readonly<{ kind: 'end' | 'nothing' }>
  | Readonly<{ kind: 'problem'; problem: LineProblem }>

type Kinded = Readonly<{ kind: string }>

/** The longest known phrase with which `words` (lower case, composed) begin. */
export type Meanings<M> = (words: readonly string[]) => { meaning: M; length: number } | null

/** "3", "3-5", "3 đến 5"; a number before "phút" says how late, which a sheet does not keep. */
const MINUTES = /^\d{1,3}\s*(?:phút|phut|ph|p|'|minutes?|min)(?![\p{L}\p{M}\p{N}])/iu
const RANGE = /^(?:từ\s+|tu\s+)?(\d+)\s*(?:-|–|—|đến|den|tới|toi|to)\s*(\d+)(?![\p{L}\p{N}])/iu
const FRACTION = /^\d+\s*\/\s*\d+(?![\p{L}\p{N}])/u
const NUMBER = /^\d+(?![\p{L}\p{N}])/u
const WORD = /^[\p{L}\p{M}\p{N}]+/u

export const namesOf = (people: readonly Listed[]): string => people.map((one) => one.label ?? one.fullName).join(', ')

const problem = (kind: LineProblem['kind'], words: string) =>
  ({ kind: 'problem', problem: { kind, words } }) satisfies Said

function peopleAt(from: string, to: string, all: readonly Listed[], words: string): Said {
  const [first, last] = [Number(from), Number(to)]
  const isNumber = !from.startsWith('0') && !to.startsWith('0')
  if (!isNumber || first > last || last > all.length) return problem('out-of-range', words)
  return { kind: 'people', people: all.slice(first - 1, last) }
}

/** The words of `text` up to a comma or another end, and where each ends. */
const wordsAhead = (text: string): { words: string[]; ends: number[] } => {
  const words: string[] = []
  const ends: number[] = []
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    const between = text.slice(ends.at(-1) ?? 0, match.index)
    if (/[,;\n.:\d]/.test(between) || /^\d/.test(match[0])) break
    words.push(match[0].toLowerCase())
    ends.push(match.index + match[0].length)
  }
  return { words, ends }
}

/** A name of the sheet, whole or its end: the longest one wins, two alike are asked back. */
function nameAt(text: string, all: readonly Listed[]): { token: Said; length: number } | null {
  const [stretch = ''] = /^[^,;\n.:\d]+/u.exec(text) ?? []
  const { matches, rest } = findNamed(stretch, all)
  const length = stretch.trimEnd().length - rest.length
  if (matches.length === 0) return null
  if (matches.length > 1) return { token: problem('several', namesOf(matches)), length }
  return { token: { kind: 'people', people: matches }, length }
}

function tokenAt<M extends Kinded>(
  text: string,
  all: readonly Listed[],
  meaningOf: Meanings<M>,
): { token: Said | M; length: number } {
  const minutes = MINUTES.exec(text)
  if (minutes) return { token: { kind: 'nothing' }, length: minutes[0].length }
  // "có mặt 22/25", "điểm danh 3/12": how many, or a day; nobody's numbers.
  const fraction = FRACTION.exec(text)?.[0]
  if (fraction) return { token: problem('how-many', fraction), length: fraction.length }
  const range = RANGE.exec(text)
  if (range) return { token: peopleAt(range[1] ?? '', range[2] ?? '', all, range[0]), length: range[0].length }
  const number = NUMBER.exec(text)?.[0]
  if (number) return { token: peopleAt(number, number, all, number), length: number.length }
  const { words, ends } = wordsAhead(text)
  const known = meaningOf(words)
  const named = nameAt(text, all)
  const knownLength = known && known.meaning.kind !== 'nothing' ? (ends[known.length - 1] ?? 0) : 0
  // "Vàng A Páo" typed without accents begins like "vắng": the longer one is meant.
  if (named && named.length > knownLength) return named
  if (known) return { token: known.meaning, length: ends[known.length - 1] ?? 0 }
  const [word = text] = WORD.exec(text) ?? []
  return { token: problem('unread', word), length: word.length }
}

/** "đủ 25", "đủ 25/25": how many they are, not who. */
const COUNT = /^\s*(\d+)(?:\s*\/\s*(\d+))?(?=\s*(?:[,;.\n]|$))/u

/** A line as what it says one after the other; `meaningOf` knows the words that are neither people nor numbers. Pure. */
export function tokensOf<M extends Kinded>(line: string, all: readonly Listed[], meaningOf: Meanings<M>): (Said | M)[] {
  const tokens: (Said | M)[] = []
  let rest = nfc(line)
  while (rest !== '') {
    const gap = /^[^\p{L}\p{M}\p{N}]+/u.exec(rest)?.[0]
    if (gap) {
      // "Vắng có lý do:" and the numbers on the line below.
      if (/[;\n.]/.test(gap) && !gap.trimStart().startsWith(':')) tokens.push({ kind: 'end' })
      rest = rest.slice(gap.length)
      continue
    }
    const { token, length } = tokenAt(rest, all, meaningOf)
    tokens.push(token)
    rest = rest.slice(length)
    const count = token.kind === 'full' ? COUNT.exec(rest) : null
    if (!count) continue
    const right = [count[1], count[2] ?? count[1]].every((one) => Number(one) === all.length)
    if (!right) tokens.push(problem('out-of-range', count[0].trim()))
    rest = rest.slice(count[0].length)
  }
  return [...tokens, { kind: 'end' }]
}
