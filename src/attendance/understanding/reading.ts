import { type Clause, type Finding, readClauses } from './clauses.js'
import { ofNow, segment } from './segments.js'
import type { Token } from './types.js'

/** A text in its clauses, with what each of them says. */
export type Reading = Readonly<{
  text: string
  tokens: readonly Token[]
  clauses: readonly Clause[]
  /** What was before and explains: "hôm qua em ngã, nay em xin nghỉ". */
  before: readonly Clause[]
  words: string
}>

export const joined = (tokens: readonly Token[]): string => ` ${tokens.map(({ word }) => word).join(' ')} `

/** Without the clauses that speak of another meeting or of what was meant before. */
export function read(text: string, all: readonly Token[]): Reading {
  const cut = segment(all)
  const segments = ofNow(cut)
  const past = cut.filter((one) => !segments.includes(one))
  const gone = past.flatMap((one) => one.tokens)
  const tokens = all.filter((token) => !gone.includes(token))
  return {
    text,
    tokens,
    clauses: readClauses(segments),
    before: readClauses(past).filter(({ findings }) => findings.length === 0),
    words: ` ${segments.map((one) => joined(one.tokens).trim()).join(' ')} `,
  }
}

export const findingsIn = ({ clauses }: Reading): Finding[] => clauses.flatMap(({ findings }) => findings)
