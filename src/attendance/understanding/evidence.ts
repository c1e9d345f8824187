import { fold } from '../../core/text.js'
import type { Clause, Finding } from './clauses.js'
import { KIN, SELF, SEVERAL, TIME, TITLES } from './lexicon.js'
import { readOutright } from './outright.js'
import { type Reading, read } from './reading.js'
import { WORDS_OF } from './reason-words.js'
import { withoutGreeting } from './segments.js'
import { tokenize } from './tokens.js'
import type { Token, Understanding } from './types.js'

const REASON_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(WORDS_OF).flatMap(([kind, words]) =>
    words.map((word) => [word, `#${kind.replace('weak', '').toLowerCase()}`] as const),
  ),
)
/** What only the speaker is called; whoever is older than the secretary calls themselves by a title ("bác", "chị"). */
const SPEAKER = /^(?:tôi|mình|tớ|em|cháu|con)$/

/** The sort of a word: who, when, how many, why; any other stands for itself. */
function sortOf(word: string): string {
  if (SELF.has(word)) return SPEAKER.test(word) ? '#speaker' : '#elder'
  if (KIN.has(word)) return '#kin'
  if (SEVERAL.has(word)) return '#several'
  if (TITLES.has(word)) return '#title'
  if (TIME.has(word)) return '#time'
  return /^\d+$/.test(word) ? '#number' : (REASON_OF.get(word) ?? word)
}

/** What a cue says and of whom, as far as the rules know. */
const cueOf = ({ cue, ok, thirdPerson }: Finding): string =>
  `=${cue.state}.${ok ? 'own' : thirdPerson ? 'other' : cue.kind}`

/** A clause as the sorts of its words, a cue in place of those it takes: "( #speaker =absent.own (vì #ill". */
function shapeOf({ tokens, findings, reason, contrast }: Clause): string[] {
  const words = tokens.flatMap(({ word }, at) => {
    const finding = findings.find(({ cue }) => cue.from <= at && at < cue.to)
    if (finding) return at === finding.cue.from ? [cueOf(finding)] : []
    return [sortOf(word)]
  })
  return [reason ? '(vì' : contrast ? '(nhưng' : '(', ...words]
}

/** How the rules read it, as a whole and in its parts. */
function readingOf(said: Understanding): string[] {
  if (said.kind === 'answer') return [`!${said.state}`]
  if (said.kind === 'question') return ['!question', `!question:${said.about}`]
  if (said.kind === 'none') return ['!none']
  return [
    '!unsure',
    ...said.candidates.map((state) => `!unsure:${state}`),
    `!unsure:${said.candidates.toSorted().join()}`,
  ]
}

/** Every run of one to `longest` words, with the ends of the text. */
const runsOf = (words: readonly string[], longest: number): string[] => {
  const all = ['<', ...words, '>']
  return Array.from({ length: longest }, (_, by) => by + 1).flatMap((length) =>
    Array.from({ length: Math.max(0, all.length - length + 1) }, (_, at) => all.slice(at, at + length).join(' ')),
  )
}

/** A word without its marks, a compound in its parts; how many or which day is not what decides. */
const bareWords = (word: string): string[] =>
  /^\d+$/.test(word) ? ['#'] : /\p{L}/u.test(word) ? fold(word).split(' ') : [word]

const isMarked = (word: string): boolean => /\p{L}/u.test(word) && fold(word) !== word

/**
 * What a text shows to whoever has learned from others: how the rules read it, its words without their marks alone and in
 * pairs, and the shapes of its clauses. The words go without marks, so that a text says the same however it was typed; where
 * it has marks, they say more: "mổ" is no "mỏ".
 */
function evidenceOf(tokens: readonly Token[], { clauses }: Reading, said: Understanding): readonly string[] {
  const words = runsOf(
    tokens.flatMap(({ word }) => bareWords(word)),
    2,
  )
  const marked = tokens.flatMap(({ word }) => (isMarked(word) ? [`^${word}`] : []))
  const shapes = runsOf(clauses.flatMap(shapeOf), 3).map((run) => `~${run}`)
  return [...new Set([...readingOf(said), ...words, ...marked, ...shapes])]
}

/** A cleaned text as the rules read it, with the evidence that it shows. */
export function readText(
  cleaned: string,
): Readonly<{ reading: Reading; said: Understanding; evidence: readonly string[] }> {
  const tokens = tokenize(cleaned)
  const reading = read(cleaned, tokens)
  const said = readOutright(cleaned)
  return { reading, said, evidence: evidenceOf(withoutGreeting(tokens), reading, said) }
}
