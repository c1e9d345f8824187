import type { MarkState, ReasonKind } from '../database/generated/enums.js'
import { type FeesSaid, readFees, splitFees } from './roll-call-fees.js'
import { type LineProblem, type Listed, namesOf, tokensOf } from './roll-call-tokens.js'
import { type Meaning, meaningOf } from './roll-call-words.js'

export type LineMark = Readonly<{ personId: string; state: MarkState; reasonKind: ReasonKind | null }>

export type LineReading =
  /** `rest`: whoever is still unknown was there; `fees`: who has paid, where that was said. */
  | Readonly<{ kind: 'marks'; marks: readonly LineMark[]; rest: boolean; fees: FeesSaid | null }>
  | Readonly<{ kind: 'problems'; problems: readonly LineProblem[] }>

const NO_MARKS: LineReading = { kind: 'marks', marks: [], rest: false, fees: null }

type Token = ReturnType<typeof tokensOf<Meaning>>[number]

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

/** The part of a line that says who was there. */
function readMarks(text: string, all: readonly Listed[]): LineReading | null {
  const tokens = tokensOf(text, all, meaningOf)
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
  return { kind: 'marks', marks: [...out.marks.values()], rest: out.rest, fees: null }
}

const unique = (problems: readonly LineProblem[]): LineProblem[] =>
  problems.filter((one, at) => problems.findIndex((two) => two.kind === one.kind && two.words === one.words) === at)

/**
 * Reads a roll-call as one line: "vắng 3, 7 có lý do; 12 không lý do; muộn 5; còn lại có mặt; đảng phí: tất cả trừ 3". Null: it is none (it says
 * of nobody what became of them). Whatever is not certain is a problem, and then nothing of the line is taken. Pure.
 */
export function readRollCallLine(text: string, all: readonly Listed[]): LineReading | null {
  const parts = splitFees(text)
  if (parts.fees === '') return readMarks(text, all)
  const fees = readFees(parts.fees, all)
  const marks = parts.others.trim() === '' ? NO_MARKS : readMarks(parts.others, all)
  // Half of it says nothing of anybody: then all of it is something else.
  if (!fees || !marks) return null
  const problems = [...(marks.kind === 'problems' ? marks.problems : []), ...('others' in fees ? [] : fees)]
  if (problems.length > 0) return { kind: 'problems', problems: unique(problems) }
  return marks.kind === 'marks' && 'others' in fees ? { ...marks, fees } : null
}
