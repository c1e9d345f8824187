import { nfc } from '../core/text.js'
import type { MarkState, ReasonKind } from '../database/generated/enums.js'
import { findNamed } from './answers-names.js'
import { type Meaning, meaningOf } from './roll-call-words.js'

/** Somebody of the sheet; numbered from 1 in its order. */
export type Listed = Readonly<{ personId: string; fullName: string; label?: string }>

export type LineMark = Readonly<{ personId: string; state: MarkState; reasonKind: ReasonKind | null }>

/** What keeps a line from being taken; `words` are the writer's own, or the names meant. */
export type LineProblem = Readonly<{
  kind: 'unread' | 'out-of-range' | 'several' | 'twice' | 'no-state' | 'nobody' | 'which-absence' | 'rest'
  words: string
}>

export type LineReading =
  /** `rest`: whoever is still unknown was there. */
  | Readonly<{ kind: 'marks'; marks: readonly LineMark[]; rest: boolean }>
  | Readonly<{ kind: 'problems'; problems: readonly LineProblem[] }>

type Token =
  | Readonly<{ kind: 'people'; people: readonly Listed[] }>
  | Readonly<{ kind: 'end' }>
  | Readonly<{ kind: 'count'; count: string }>
  | Readonly<{ kind: 'problem'; problem: LineProblem }>
  | Meaning

/** "3", "3-5", "3 đến 5"; a number before "phút" says how late, which a sheet does not keep. */
const MINUTES = /^\d{1,3}\s*(?:phút|phut|ph|p|'|minutes?|min)(?![\p{L}\p{M}\p{N}])/iu
const RANGE = /^(?:từ\s+|tu\s+)?(\d+)\s*(?:-|–|—|đến|den|tới|toi|to)\s*(\d+)(?![\p{L}\p{N}])/iu
const NUMBER = /^\d+(?![\p{L}\p{N}])/u
const WORD = /^[\p{L}\p{M}\p{N}]+/u

const namesOf = (people: readonly Listed[]): string => people.map((one) => one.label ?? one.fullName).join(', ')

const problem = (kind: LineProblem['kind'], words: string): Token => ({ kind: 'problem', problem: { kind, words } })

function peopleAt(from: string, to: string, all: readonly Listed[], words: string): Token {
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
function nameAt(text: string, all: readonly Listed[]): { token: Token; length: number } | null {
  const [stretch = ''] = /^[^,;\n.:\d]+/u.exec(text) ?? []
  const { matches, rest } = findNamed(stretch, all)
  const length = stretch.trimEnd().length - rest.length
  if (matches.length === 0) return null
  if (matches.length > 1) return { token: problem('several', namesOf(matches)), length }
  return { token: { kind: 'people', people: matches }, length }
}

function tokenAt(text: string, all: readonly Listed[]): { token: Token; length: number } {
  const minutes = MINUTES.exec(text)
  if (minutes) return { token: { kind: 'nothing' }, length: minutes[0].length }
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

function tokensOf(line: string, all: readonly Listed[]): Token[] {
  const tokens: Token[] = []
  let rest = nfc(line)
  while (rest !== '') {
    const gap = /^[^\p{L}\p{M}\p{N}]+/u.exec(rest)?.[0]
    if (gap) {
      // "Vắng có lý do:" and the numbers on the line below.
      if (/[;\n.]/.test(gap) && !gap.trimStart().startsWith(':')) tokens.push({ kind: 'end' })
      rest = rest.slice(gap.length)
      continue
    }
    const { token, length } = tokenAt(rest, all)
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

type Said = {
  state: Extract<Meaning, { kind: 'state' }>['state'] | null
  excuse: Extract<Meaning, { kind: 'excuse' }> | null
}
type Group = Said & { people: Listed[]; who: 'named' | 'rest' | 'all' | null; closed: boolean }

const fresh = (): Group => ({ state: null, excuse: null, people: [], who: null, closed: false })

/**
 * Groups of "who" with "what became of them", whichever comes first: "vắng 3, 7 có lý do", "3 7 vắng", "vắng có lý do: 3".
 * A group is complete once something was said behind its people; whoever comes next begins another.
 */
function groupsOf(tokens: readonly Token[]): Group[] {
  const groups: Group[] = []
  let now = fresh()
  const close = () => {
    if (now.who !== null || now.state !== null || now.excuse !== null) groups.push(now)
    now = fresh()
  }
  for (const token of tokens) {
    if (token.kind === 'end') close()
    else if (token.kind === 'people' || token.kind === 'rest' || token.kind === 'all') {
      if (now.closed || (now.who !== null && now.who !== 'named') || (now.who !== null && token.kind !== 'people'))
        close()
      now.who = token.kind === 'people' ? 'named' : token.kind
      if (token.kind === 'people') now.people.push(...token.people)
    } else if (token.kind === 'full') {
      if (now.who !== null && now.closed) close()
      now.who ??= 'all'
      now.state ??= 'present'
      now.closed = true
    } else if (token.kind === 'state') {
      if (now.state !== null || (now.excuse !== null && now.who !== null)) close()
      now.state = token.state
      now.closed = now.who !== null
    } else if (token.kind === 'excuse') {
      const reason = now.excuse?.state === token.state ? (token.reasonKind ?? now.excuse.reasonKind) : token.reasonKind
      if (now.excuse !== null && now.excuse.state !== token.state) close()
      now.excuse = { ...token, reasonKind: reason }
      now.closed = now.who !== null
    }
  }
  return groups
}

/** What a group comes to, or what is missing in it. */
function markOf({ state, excuse }: Said): Pick<LineMark, 'state' | 'reasonKind'> | 'no-state' | 'which-absence' {
  if (excuse && (state === null || state === 'absent')) return { state: excuse.state, reasonKind: excuse.reasonKind }
  if (state === null) return 'no-state'
  // Nobody becomes absent without a reason because nothing was said of one.
  if (state === 'absent') return 'which-absence'
  return { state, reasonKind: null }
}

type Outcome = { marks: Map<string, LineMark>; everybody: boolean; rest: boolean; problems: LineProblem[] }

function settle(group: Group, out: Outcome): void {
  const mark = markOf(group)
  if (group.who === null) {
    // Where somebody could not be read, that is what is wrong.
    if (out.problems.length === 0) out.problems.push({ kind: 'nobody', words: '' })
    return
  }
  if (group.who === 'rest' || group.who === 'all') {
    // "Còn lại" stands for people whom nobody named: the only thing said of them in one word is that they were there.
    if (typeof mark === 'string' || mark.state !== 'present') out.problems.push({ kind: 'rest', words: '' })
    else if (group.who === 'rest') out.rest = true
    else out.everybody = true
    return
  }
  if (typeof mark === 'string') {
    out.problems.push({ kind: mark, words: namesOf(group.people) })
    return
  }
  for (const one of group.people) {
    const before = out.marks.get(one.personId)
    if (before && before.state !== mark.state) out.problems.push({ kind: 'twice', words: namesOf([one]) })
    out.marks.set(one.personId, { personId: one.personId, ...mark })
  }
}

/**
 * Reads a roll-call as one line: "vắng 3, 7 có lý do; 12 không lý do; muộn 5; còn lại có mặt". Null: it is none (it says
 * of nobody what became of them). Whatever is not certain is a problem, and then nothing of the line is taken. Pure.
 */
export function readRollCallLine(text: string, all: readonly Listed[]): LineReading | null {
  const tokens = tokensOf(text, all)
  const groups = groupsOf(tokens)
  const problems = tokens.flatMap((one) => (one.kind === 'problem' ? [one.problem] : []))
  // "Đủ" in words that are not understood may be anything, also somebody's name.
  const onlyFull = tokens.every(({ kind }) => kind !== 'people' && kind !== 'rest' && kind !== 'all')
  if (onlyFull && problems.some(({ kind }) => kind === 'unread')) return null
  const speaksOfSomebody =
    groups.some((one) => one.who !== null) || problems.some(({ kind }) => kind === 'several' || kind === 'out-of-range')
  const saysWhat = groups.some((one) => one.state !== null || one.excuse !== null)
  const asksRest = groups.some((one) => one.who === 'rest')
  if (!speaksOfSomebody || !(saysWhat || asksRest)) return null
  const out: Outcome = { marks: new Map(), everybody: false, rest: false, problems: [...problems] }
  for (const group of groups) settle(group, out)
  if (out.problems.length > 0) return { kind: 'problems', problems: unique(out.problems) }
  if (out.everybody)
    for (const { personId } of all)
      if (!out.marks.has(personId)) out.marks.set(personId, { personId, state: 'present', reasonKind: null })
  return { kind: 'marks', marks: [...out.marks.values()], rest: out.rest }
}

const unique = (problems: readonly LineProblem[]): LineProblem[] =>
  problems.filter((one, at) => problems.findIndex((two) => two.kind === one.kind && two.words === one.words) === at)
