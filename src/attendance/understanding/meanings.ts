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

/**
 * How much each piece of evidence speaks for each meaning: `table` holds as many weights a piece as there are `MEANINGS`, from
 * its place in `places` on.
 */
export type Weights = Readonly<{ places: ReadonlyMap<string, number>; table: Float32Array }>

/** The weights of one piece; undefined where it is not known. */
const weightsOf = ({ places, table }: Weights, evidence: string): Float32Array | undefined => {
  const place = places.get(evidence)
  return place === undefined ? undefined : table.subarray(place, place + MEANINGS.length)
}

export function weightsFrom(rows: readonly (readonly [evidence: string, weights: ArrayLike<number>])[]): Weights {
  const table = new Float32Array(rows.length * MEANINGS.length)
  for (const [at, [, own]] of rows.entries()) table.set(own, at * MEANINGS.length)
  return { places: new Map(rows.map(([evidence], at) => [evidence, at * MEANINGS.length])), table }
}

/**
 * How likely each meaning is, in the order of `MEANINGS`; together 1. What a text shows is divided by the root of its amount:
 * a long one is no surer for being long.
 */
export function likelihoods(weights: Weights, evidence: readonly string[]): readonly number[] {
  const known = evidence.map((one) => weightsOf(weights, one)).filter((own) => own !== undefined)
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
  [...weights.places.keys()]
    .map((one) => `${one}\t${[...(weightsOf(weights, one) ?? [])].map((own) => Math.round(own * SCALE)).join(' ')}\n`)
    .sort()
    .join('')

export const decodeWeights = (text: string): Weights =>
  weightsFrom(
    text
      .split('\n')
      .filter((line) => line.includes('\t'))
      .map((line) => {
        const [evidence = '', own = ''] = line.split('\t')
        return [evidence, own.split(' ').map((one) => Number(one) / SCALE)] as const
      }),
  )
