import type { AnswerState, QuestionTopic, ReasonKind } from './types.js'

/** What a text about a meeting can mean. */
export type Meaning = AnswerState | `absent:${ReasonKind}` | 'unsure' | 'none' | `question:${QuestionTopic}`

export const MEANINGS: readonly Meaning[] = [
  'present',
  'late',
  'online',
  'absent',
  'absent:work',
  'absent:health',
  'absent:family',
  'absent:clash',
  'absent:other',
  'unsure',
  'none',
  'question:time',
  'question:place',
  'question:agenda',
  'question:materials',
  'question:other',
]

/** How much each piece of evidence speaks for each meaning, in the order of `MEANINGS`. */
export type Weights = ReadonlyMap<string, readonly number[]>

/** How likely each meaning is, in the order of `MEANINGS`; together 1. A text with much evidence needs as much of it to be sure as one with little. */
export function likelihoods(weights: Weights, evidence: readonly string[]): readonly number[] {
  const known = evidence.map((one) => weights.get(one)).filter((own) => own !== undefined)
  const scale = 1 / Math.sqrt(known.length || 1)
  return softmax(MEANINGS.map((_, at) => known.reduce((sum, own) => sum + (own[at] ?? 0), 0) * scale))
}

export function softmax(scores: readonly number[]): readonly number[] {
  const most = Math.max(...scores)
  const parts = scores.map((score) => Math.exp(score - most))
  const all = parts.reduce((sum, part) => sum + part, 0)
  return parts.map((part) => part / all)
}

/** Whole tenths are written down: less decides nothing, and the file stays small. */
const SCALE = 10

/** A line a piece of evidence: it, a tab, its weights. Lines without a tab are for people. */
export const encodeWeights = (weights: Weights): string =>
  [...weights]
    .map(([evidence, own]) => `${evidence}\t${own.map((one) => Math.round(one * SCALE)).join(' ')}\n`)
    .sort()
    .join('')

export const decodeWeights = (text: string): Weights =>
  new Map(
    text
      .split('\n')
      .filter((line) => line.includes('\t'))
      .map((line) => {
        const [evidence = '', own = ''] = line.split('\t')
        return [evidence, own.split(' ').map((one) => Number(one) / SCALE)]
      }),
  )
