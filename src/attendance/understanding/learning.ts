import { readText } from './evidence.js'
import { MEANINGS, type Meaning, softmax, type Weights, weightsFrom } from './meanings.js'
import { clean } from './tokens.js'

/** A text by its evidence, with what it means. */
export type Lesson = Readonly<{ evidence: readonly string[]; meaning: Meaning }>

/** Evidence of fewer texts than this is chance. */
const LEAST_TEXTS = 4
const ROUNDS = 15
const RATE = 0.5

/** Numbers from 0 to 1, the same each time: what is learned from the same lessons is the same. */
function* numbersFrom(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    yield state / 2 ** 32
  }
}

function shuffled<T>(items: readonly T[], numbers: Generator<number, never>): T[] {
  const order = [...items]
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(numbers.next().value * (at + 1))
    ;[order[at], order[other]] = [order[other] as T, order[at] as T]
  }
  return order
}

function common(lessons: readonly Lesson[]): string[] {
  const texts = new Map<string, number>()
  for (const { evidence } of lessons) for (const one of evidence) texts.set(one, (texts.get(one) ?? 0) + 1)
  return [...texts].filter(([, count]) => count >= LEAST_TEXTS).map(([one]) => one)
}

/** One weight for each meaning of a piece of evidence, and how much it has been moved already. */
type Learning = Readonly<{ weights: Float64Array; moved: Float64Array }>

/** Moves the weights of a lesson's evidence towards its meaning; what was moved often moves less (AdaGrad). */
function learnOne(known: readonly Learning[], meaning: number): void {
  const scale = 1 / Math.sqrt(known.length || 1)
  const scores = MEANINGS.map((_, at) => known.reduce((sum, { weights }) => sum + (weights[at] ?? 0), 0) * scale)
  const errors = softmax(scores).map((share, at) => (share - (at === meaning ? 1 : 0)) * scale)
  for (const { weights, moved } of known)
    for (const [at, error] of errors.entries()) {
      moved[at] = (moved[at] ?? 0) + error * error
      weights[at] = (weights[at] ?? 0) - (RATE * error) / Math.sqrt((moved[at] ?? 0) + 1e-8)
    }
}

/** Multinomial logistic regression over what the lessons show. Pure; the same lessons give the same weights. */
export function learn(lessons: readonly Lesson[]): Weights {
  const learning = new Map<string, Learning>(
    common(lessons).map((one) => [
      one,
      { weights: new Float64Array(MEANINGS.length), moved: new Float64Array(MEANINGS.length) },
    ]),
  )
  const rows = lessons.map(({ evidence, meaning }) => ({
    known: evidence.map((one) => learning.get(one)).filter((own) => own !== undefined),
    meaning: MEANINGS.indexOf(meaning),
  }))
  const numbers = numbersFrom(7)
  for (let round = 0; round < ROUNDS; round++)
    for (const { known, meaning } of shuffled(rows, numbers)) learnOne(known, meaning)
  return weightsFrom([...learning].map(([one, { weights }]) => [one, weights] as const))
}

/** Late is late, by however many minutes; the kinds of reason and the topics are meanings of their own. */
const meaningOf = (label: string): Meaning => {
  const meaning = MEANINGS.find((one) => one === label.replace(/^late:\d+$/, 'late'))
  if (!meaning) throw new Error(`no label: ${label}`)
  return meaning
}

const RECORDS_NOTHING = /^(?:unsure|none|question)/

/**
 * "label | sentence" lines as lessons; lines with # are for people. Of labels that are both right ("absent:health or
 * unsure") the one is learned that records nothing.
 */
export const lessonsIn = (text: string): Lesson[] =>
  text.split('\n').flatMap((line) => {
    const at = line.indexOf(' | ')
    if (at < 0 || line.startsWith('#')) return []
    const labels = line.slice(0, at).trim().split(' or ')
    const label = labels.find((one) => RECORDS_NOTHING.test(one)) ?? labels[0] ?? ''
    return [{ meaning: meaningOf(label), evidence: readText(clean(line.slice(at + 3))).evidence }]
  })
