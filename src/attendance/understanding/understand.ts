import { readText } from './evidence.js'
import { likelihoods, MEANINGS, type Meaning, type Weights } from './meanings.js'
import { minutesIn } from './minutes.js'
import { answerOf, understandNumbered, understandShort } from './outright.js'
import { joined, type Reading } from './reading.js'
import { clean } from './tokens.js'
import {
  type Answer,
  type AnswerState,
  NONE,
  type QuestionTopic,
  type ReasonKind,
  type Understanding,
} from './types.js'
import { isLeftOpen, isTheirs } from './weighing.js'
import { WEIGHTS } from './weights.js'

/** Longer texts are pasted notices and letters: nobody answers in so many words. */
const MAX_TOKENS = 80
/**
 * An answer is recorded from here on, and of an absence's likelihood this part must be of one kind of reason for it to be
 * named: a wrong "absent" in the roll-call costs the member more than one more question.
 */
const SURE = 0.65
/** What the rules read the same outright needs no more than this. */
const AGREED = 0.45
/** Where they hear somebody else, a condition, a maybe or another answer, it must be plain what the speaker answers all the same. */
const PLAIN = 0.9
/** A state that is less likely is no candidate to ask back with. */
const POSSIBLE = 0.15

type Likely = ReadonlyMap<Meaning, number>

/** What two labels have in common: "absent:work" is "absent", "question:time" a "question". */
const sortOf = (meaning: Meaning): string => meaning.split(':')[0] ?? meaning
const STATES = ['present', 'late', 'online', 'absent'] as const satisfies readonly AnswerState[]
const ABSENCES = MEANINGS.filter((one) => sortOf(one) === 'absent')

const shareOf = (likely: Likely, sort: string): number =>
  [...likely].reduce((sum, [meaning, share]) => (sortOf(meaning) === sort ? sum + share : sum), 0)

const likeliest = <T>(items: readonly T[], share: (item: T) => number): T =>
  items.reduce((best, one) => (share(one) > share(best) ? one : best))

/** Why somebody is absent: "khác" where a reason is told that is not clear, undefined where none is told. */
function kindOf(likely: Likely, heard: ReasonKind | undefined): ReasonKind | undefined {
  const best = likeliest(ABSENCES, (one) => likely.get(one) ?? 0)
  const kind = best.split(':')[1] as ReasonKind | undefined
  const needed = kind === heard ? AGREED : SURE
  return (likely.get(best) ?? 0) >= needed * shareOf(likely, 'absent') ? kind : heard && 'other'
}

function withKind({ reasonKind, reasonText, ...answer }: Answer, likely: Likely): Answer {
  const kind = kindOf(likely, reasonKind)
  return kind ? { ...answer, reasonKind: kind, ...(reasonText ? { reasonText } : {}) } : answer
}

/** Why somebody is late who has not said so outright is a guess. */
const withoutReason = ({ reasonKind: _, reasonText: __, ...answer }: Answer): Answer => answer

/** "running late, about 15 mins": the minutes may stand elsewhere than the answer. */
function withMinutes(answer: Answer, { words }: Reading): Answer {
  const minutesLate = answer.state === 'late' ? (answer.minutesLate ?? minutesIn(words)) : undefined
  return minutesLate ? { ...answer, minutesLate } : answer
}

/** "…, em xin vang": what looks like coming may be nothing but a vắng without its accent. */
const isVangOpen = ({ tokens }: Reading, said: Understanding): boolean =>
  said.kind === 'unsure' && tokens.some(({ word }) => word === 'vang')

const candidatesOf = (said: Understanding): readonly AnswerState[] =>
  said.kind === 'answer' ? [said.state] : said.kind === 'unsure' ? said.candidates : []

const hearsOtherwise = (reading: Reading, said: Understanding, state: AnswerState): boolean =>
  isTheirs(reading) || isLeftOpen(reading) || candidatesOf(said).some((one) => one !== state)

function weigh(reading: Reading, said: Understanding, likely: Likely): Understanding {
  const state = likeliest(STATES, (one) => shareOf(likely, one))
  const share = shareOf(likely, state)
  const own = said.kind === 'answer' && said.state === state ? said : null
  const needed = own ? AGREED : hearsOtherwise(reading, said, state) ? PLAIN : SURE
  if (share >= needed && !(state === 'present' && isVangOpen(reading, said))) {
    if (state === 'absent') return withKind(own ?? answerOf(state, reading), likely)
    return withMinutes(own ?? withoutReason(answerOf(state, reading)), reading)
  }
  const sort = likeliest([state, 'unsure', 'none', 'question'], (one) => shareOf(likely, one))
  if (sort === 'none') return NONE
  if (sort === 'question') {
    const topics = MEANINGS.filter((one) => sortOf(one) === 'question')
    return { kind: 'question', about: likeliest(topics, (one) => likely.get(one) ?? 0).slice(9) as QuestionTopic }
  }
  const possible = STATES.filter((one) => shareOf(likely, one) >= POSSIBLE)
  const candidates = [...new Set([...candidatesOf(said), ...possible])]
  return candidates.length > 0 ? { kind: 'unsure', candidates } : said.kind === 'question' ? said : NONE
}

/** "phát biểu 1, 2, 4", "5 10 30": lines about others or other things, for other ears. */
const isList = ({ tokens }: Reading): boolean => / \d+ (?:[,;] )*\d+ (?!(?:phút|giờ|tiếng) )/.test(joined(tokens))

function readOnce(cleaned: string, weights: Weights): Understanding {
  const { reading, said, evidence } = readText(cleaned)
  if (reading.tokens.length > MAX_TOKENS) return NONE
  const short = understandShort(reading)
  if (short) return short
  if (said.kind === 'none' && isList(reading)) return NONE
  const shares = likelihoods(weights, evidence)
  return weigh(reading, said, new Map(MEANINGS.map((meaning, at) => [meaning, shares[at] ?? 0])))
}

const withoutMarks = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D')

/**
 * Only what both readings say: another answer is asked about, another kind of reason is not named. An absence's may be
 * unknown to the other reading; beside any other answer the kind matters too little for that.
 */
function inBoth(said: Answer, bare: Understanding): Understanding {
  if (bare.kind !== 'answer') return said
  if (bare.state !== said.state) return { kind: 'unsure', candidates: [said.state, bare.state] }
  const isTold = said.state !== 'absent' || bare.reasonKind !== undefined
  return said.reasonKind && isTold && said.reasonKind !== bare.reasonKind ? { ...said, reasonKind: 'other' } : said
}

/**
 * Reads what a member typed about a meeting. Pure; knows neither the member nor the meeting.
 *
 * The rules of speech say what is said outright; what was learned from thousands of labelled sentences says how likely a
 * text that is read so and has these words means that. Only what both make all but certain becomes an answer, and only
 * if the text without its marks, as others type it, is not read as another one.
 */
export function understand(text: string, weights: Weights = WEIGHTS): Understanding {
  const cleaned = clean(text)
  if (!/[\p{L}\d👍]/u.test(cleaned)) return NONE
  const numbered = understandNumbered(cleaned)
  if (numbered) return numbered
  const said = readOnce(cleaned, weights)
  const bare = withoutMarks(cleaned)
  return said.kind === 'answer' && bare !== cleaned ? inBoth(said, readOnce(bare, weights)) : said
}
