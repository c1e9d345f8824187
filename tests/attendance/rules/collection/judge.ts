import type { Weights } from '../../../../src/attendance/understanding/meanings.js'
import type { Answer, Understanding } from '../../../../src/attendance/understanding/types.js'
import { understand } from '../../../../src/attendance/understanding/understand.js'
import type { Label } from '../sentences.js'
import type { Sentence } from './index.js'

/**
 * `right`: recorded as meant, or nothing recorded where nothing was meant (and a question's topic found) ·
 * `wrong`: an answer recorded that was not given · `misnamed`: the answer is right, its kind of reason or its minutes are
 * others · `vague`: the answer is right, its kind of reason left as "khác" or its minutes left out · `asked`: an answer asked back · `missed`: a question whose topic was not found.
 */
export const VERDICTS = ['right', 'wrong', 'misnamed', 'vague', 'asked', 'missed'] as const
export type Verdict = (typeof VERDICTS)[number]

const STATES: readonly string[] = ['present', 'late', 'online', 'absent']

/** The kind "khác" is what every absence is whose kind is not known. */
function judgeDetail(said: Answer, detail: string | undefined): Verdict {
  const given = said.state === 'late' ? said.minutesLate?.toString() : said.reasonKind
  const [known, meant] = [given, detail].map((one) => (one === 'other' ? undefined : one))
  if (said.state !== 'late' && said.state !== 'absent') return 'right'
  if (known === meant) return 'right'
  return known === undefined ? 'vague' : 'misnamed'
}

function judgeSaid(said: Understanding, label: Label): Verdict {
  const [state = '', detail] = label.split(':')
  if (said.kind === 'answer') return said.state === state ? judgeDetail(said, detail) : 'wrong'
  if (STATES.includes(state)) return 'asked'
  if (state !== 'question' || detail === 'other') return 'right'
  return said.kind === 'question' && said.about === detail ? 'right' : 'missed'
}

/** Where several labels are right, the kindest verdict holds. */
const BEST: readonly Verdict[] = ['right', 'vague', 'missed', 'asked', 'misnamed', 'wrong']

export type Judged = Sentence & Readonly<{ said: Understanding; verdict: Verdict }>

export const judge = (sentence: Sentence, weights?: Weights): Judged => {
  const said = understand(sentence.text, weights)
  const verdicts = sentence.labels.map((label) => judgeSaid(said, label))
  return { ...sentence, said, verdict: BEST.find((one) => verdicts.includes(one)) ?? 'wrong' }
}

export type Count = Readonly<Record<Verdict, number> & { all: number }>

export function count(judged: readonly Judged[]): Count {
  const of = (verdict: Verdict) => judged.filter((one) => one.verdict === verdict).length
  return {
    ...(Object.fromEntries(VERDICTS.map((one) => [one, of(one)])) as Record<Verdict, number>),
    all: judged.length,
  }
}
