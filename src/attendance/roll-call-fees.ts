import { fold } from '../core/text.js'
import { type LineProblem, type Listed, namesOf, tokensOf } from './roll-call-tokens.js'
import { type Phrase, phraseBook, phrases } from './roll-call-words.js'

/** Who has paid, who has not, and what was said of everybody else: null, nothing. */
export type FeesSaid = Readonly<{ paid: readonly string[]; unpaid: readonly string[]; others: boolean | null }>
export type FeeTick = Readonly<{ personId: string; paid: boolean }>

type Meaning = Readonly<{ kind: 'paid' | 'unpaid' | 'others' | 'except' | 'full' | 'nothing' }>

const list = (kind: Meaning['kind'], words: string): Phrase<Meaning>[] => phrases({ kind }, words)

const meaningOf = phraseBook<Meaning>([
  ...list('paid', 'đã nộp|đã đóng|nộp rồi|đóng rồi|nộp đủ|đóng đủ|đã nộp đủ|nộp|đóng|rồi|paid|have paid|has paid'),
  ...list('unpaid', 'chưa nộp|chưa đóng|chưa|không nộp|còn nợ|nợ|unpaid|not paid|has not paid|have not paid|not yet'),
  ...list(
    'others',
    'tất cả|mọi người|toàn bộ|cả chi bộ|toàn chi bộ|còn lại|all|everyone|everybody|the rest|the others',
  ),
  ...list('except', 'trừ|ngoại trừ|trừ ra|except|except for|but'),
  ...list('full', 'đủ|đầy đủ|full'),
  ...list('nothing', 'đảng phí|fee|fees|dues|party fee|party fees|party dues|số|đồng chí|đc|các|những|và|thì|là|đều|ạ'),
  ...list('nothing', 'anh|chị|bác|ông|bà|cô|chú|tháng này|hôm nay|and|are|is|was|were|the|number'),
])

const FEES = /\b(?:dang phi|fees?|dues)\b/

/** Parts of a line that speak of the fee, and the others. A part ends with a semicolon, a full stop or the line. */
export function splitFees(text: string): { fees: string; others: string } {
  const parts = text.split(/[;\n]|\.(?!\d)/)
  const speaks = (part: string): boolean => FEES.test(fold(part))
  return {
    fees: parts.filter(speaks).join(';'),
    others: parts.some(speaks) ? parts.filter((part) => !speaks(part)).join(';') : text,
  }
}

type Group = { who: Listed[] | 'others' | null; not: Listed[] | null; paid: boolean | null; closed: boolean }
const fresh = (): Group => ({ who: null, not: null, paid: null, closed: false })

type Token = ReturnType<typeof tokensOf<Meaning>>[number]

/** "Who" with "paid or not", whichever comes first, as in a roll-call line. */
function groupsOf(tokens: readonly Token[]): Group[] {
  const groups: Group[] = []
  let now = fresh()
  const close = () => {
    if (now.who !== null || now.paid !== null) groups.push(now)
    now = fresh()
  }
  for (const token of tokens) {
    if (token.kind === 'end') close()
    else if (token.kind === 'people') {
      if (now.not) now.not.push(...token.people)
      else {
        if (now.closed || now.who === 'others') close()
        now.who = [...(Array.isArray(now.who) ? now.who : []), ...token.people]
      }
    } else if (token.kind === 'others') {
      if (now.who !== null) close()
      now.who = 'others'
    } else if (token.kind === 'except') now.not = []
    else if (token.kind === 'full') {
      now.who ??= 'others'
      now.paid ??= true
    } else if (token.kind === 'paid' || token.kind === 'unpaid') {
      if (now.paid !== null) close()
      now.paid = token.kind === 'paid'
      now.closed = now.who !== null
    }
  }
  return groups
}

type Out = { said: Map<string, boolean>; others: boolean | null; problems: LineProblem[] }

function settle({ who, not, paid }: Group, out: Out): void {
  const note = (people: readonly Listed[], value: boolean) => {
    for (const one of people) {
      if (out.said.get(one.personId) === !value) out.problems.push({ kind: 'twice', words: namesOf([one]) })
      out.said.set(one.personId, value)
    }
  }
  if (who === null || (not && (who !== 'others' || not.length === 0))) {
    out.problems.push({ kind: 'nobody', words: '' })
  } else if (who === 'others') {
    out.others = paid ?? true
    note(not ?? [], !out.others)
  } else if (paid === null) out.problems.push({ kind: 'no-fee', words: namesOf(who) })
  else note(who, paid)
}

/**
 * Reads "đã nộp đảng phí: tất cả trừ 3, 7" or "đảng phí 3, 7 chưa nộp": who paid, never how much. Null: it says of
 * nobody whether they did. Whatever is not certain is a problem, and then nothing is taken. Pure.
 */
export function readFees(text: string, all: readonly Listed[]): FeesSaid | readonly LineProblem[] | null {
  const tokens = tokensOf(text, all, meaningOf)
  const problems = tokens.flatMap((one) => (one.kind === 'problem' ? [one.problem] : []))
  const groups = groupsOf(tokens)
  const speaksOfSomebody = groups.some((one) => one.who !== null) || problems.some(({ kind }) => kind !== 'unread')
  if (!speaksOfSomebody) return null
  const out: Out = { said: new Map(), others: null, problems: [...problems] }
  if (problems.length === 0) for (const group of groups) settle(group, out)
  if (out.problems.some(({ kind }) => kind === 'unread')) out.problems.push({ kind: 'fees', words: '' })
  if (out.problems.length > 0) return out.problems
  const those = (value: boolean) => [...out.said].flatMap(([id, paid]) => (paid === value ? [id] : []))
  return { paid: those(true), unpaid: those(false), others: out.others }
}

/**
 * What changes on a sheet that has these ticks. Where nobody is ticked yet, "3, 7 chưa nộp" is said of a collection in
 * which everybody else paid; on a sheet with ticks it is a correction of those two.
 */
export function ticksOf(said: FeesSaid, lines: readonly Readonly<{ personId: string; feePaid: boolean }>[]): FeeTick[] {
  const begun = lines.some((one) => one.feePaid)
  const others = said.others ?? (!begun && said.paid.length === 0 && said.unpaid.length > 0 ? true : null)
  return lines.flatMap(({ personId, feePaid }) => {
    const paid = said.paid.includes(personId) || (said.unpaid.includes(personId) ? false : others)
    return paid === null || paid === feePaid ? [] : [{ personId, paid }]
  })
}
