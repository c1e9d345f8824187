import { type Clause, type Finding, isOpenContrast, isPlain, isTelling, readClauses, SELF } from './clauses.js'
import type { Cue } from './cues.js'
import { understandEnglish } from './english.js'
import { afterSlip, isHedged, isOpen } from './hedges.js'
import { FIRST_PERSON, KIN, TITLES } from './lexicon.js'
import { minutesIn } from './minutes.js'
import { isAboutAnswer, isAskedForLink, isQuestion, topicOf } from './questions.js'
import { CHILD, isWish, reasonKindOf, reasonTextOf } from './reasons.js'
import { bare, ofNow, segment } from './segments.js'
import { clean, tokenize } from './tokens.js'
import { type AnswerState, NONE, type ReasonKind, type Segment, type Token, type Understanding } from './types.js'

/** Longer texts are pasted notices and letters: nobody answers in so many words. */
const MAX_TOKENS = 80
const DIGITS: readonly AnswerState[] = ['present', 'late', 'online', 'absent']

type Reading = Readonly<{
  text: string
  tokens: readonly Token[]
  clauses: readonly Clause[]
  /** What was before and explains: "hôm qua em ngã, nay em xin nghỉ". */
  before: readonly Clause[]
  words: string
}>

const joined = (tokens: readonly Token[]): string => ` ${tokens.map(({ word }) => word).join(' ')} `

/** Without the clauses that speak of another meeting or of what was meant before. */
function read(text: string, all: readonly Token[]): Reading {
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

const unsure = (states: readonly (AnswerState | null)[]): Understanding => {
  const candidates = [...new Set(states.filter((state) => state !== null))]
  return candidates.length > 0 ? { kind: 'unsure', candidates } : NONE
}

const YES = /^ (?:ok |vâng |dạ |ừ |ạ |nhé |có |đồng_ý |nhất_trí |👍 |được )+$/u
const onlyNo = (words: string): boolean => /^(?: không)+ $/.test(words)

/** One-word replies whose question we cannot know. */
function understandBare({ tokens }: Reading): Understanding | null {
  const all = joined(tokens.filter(({ word }) => /[\p{L}👍]/u.test(word) && !SELF.has(word)))
  if (YES.test(all)) return unsure(['present'])
  return onlyNo(all.replace(/ (?:ạ|nhé|dạ)(?= )/g, '')) ? unsure(['absent']) : null
}

const isVangOwn = (word: string): boolean => SELF.has(word) || word === 'xin'

/**
 * "vang" means yes (vâng) and absent (vắng). Opening a clear answer it is a yes ("vang, em di a"); behind the speaker and
 * with a kind of reason it is absent ("em om, em vang"). Alone, nobody knows.
 */
function withoutVang(text: string, tokens: readonly Token[]): Understanding | null {
  const at = tokens.findIndex(({ word }) => word === 'vang')
  if (at < 0) return null
  const as = (word: string) =>
    understandTokens(
      text,
      tokens.map((one, place) => (place === at ? { ...one, word } : one)),
    )
  const own = tokens.filter(({ word }) => word !== 'dạ')
  const opens =
    own[0]?.word === 'vang' && /^[,.]$/.test(own.slice(1).find(({ word }) => !/^(?:ạ|nhé)$/.test(word))?.word ?? '')
  const said = opens ? as('vâng') : at > 1 && isVangOwn(tokens[at - 1]?.word ?? '') ? as('vắng') : null
  const follows = tokens[at - 2]?.word === 'nên' // "… nên xin vang" draws a conclusion: nobody says yes so
  const sure =
    said?.kind === 'answer' &&
    (opens
      ? said.state === 'present'
      : follows || (said.reasonKind && (said.reasonKind !== 'other' || tokens[at - 1]?.word === 'xin')))
  return sure ? said : unsure(['absent', 'present'])
}

/** States that refine each other are one answer; states that contradict are none. */
function settle(findings: readonly Finding[]): AnswerState | null {
  const states = new Set(findings.map(({ cue }) => cue.state))
  const onlyApart = findings.every(({ cue }) => cue.state !== 'absent' || cue.kind === 'apart')
  if (states.has('online') && onlyApart) states.delete('absent')
  if (states.has('online') || states.has('late')) states.delete('present')
  const [first] = states
  return states.size === 1 && first ? first : null
}

/**
 * What the speaker calls themselves: as who gives the answer, else the first who is no child. '' where only "con" or
 * "cháu" stands somewhere else ("xin nghỉ, cháu ốm"): that may be the speaker or a child of theirs.
 */
function selfOf(reading: Reading): string {
  const speaker = findingsIn(reading).find((one) => one.ok && one.speaker)?.speaker
  const words = reading.clauses.flatMap(({ tokens }) => tokens.map(({ word }) => word))
  return (
    speaker ??
    words.find((word) => FIRST_PERSON.has(word)) ??
    words.find((word) => SELF.has(word) && !CHILD.test(word)) ??
    ''
  )
}

/** Everything of the text that is not the answer itself: where the reason is. */
function besideCues(clauses: readonly Clause[]): Segment[] {
  return clauses.map((one) => {
    const cues = one.findings.filter(({ ok }) => ok)
    const said = cues.at(-1)?.cue.to ?? 0
    const isAddress = (at: number) =>
      said > 0 && at >= said && at === one.tokens.length - 1 && SELF.has(one.tokens[at]?.word ?? '')
    const tokens = one.tokens.filter(
      (_, at) => !isAddress(at) && !cues.some(({ cue }) => at >= cue.from && at < cue.to),
    )
    return { ...one, tokens }
  })
}

function withReason(reading: Reading): { reasonKind?: ReasonKind; reasonText?: string } {
  const clauses = besideCues([...reading.clauses, ...reading.before].filter((one) => !isWish(one)))
  const self = selfOf(reading)
  const kind = reasonKindOf(clauses.map((one) => joined(one.tokens)).join(' '), self)
  const text = kind || clauses.some(({ reason }) => reason) ? reasonTextOf(reading.text, clauses, self) : undefined
  if (!kind && !text) return {}
  return { reasonKind: kind ?? 'other', ...(text ? { reasonText: text } : {}) }
}

function answer(state: AnswerState, reading: Reading): Understanding {
  if (state === 'absent') return { kind: 'answer', state, ...withReason(reading) }
  if (state !== 'late') return { kind: 'answer', state }
  const minutesLate = minutesIn(reading.words)
  const reason = withReason(reading)
  return { kind: 'answer', state, ...(minutesLate ? { minutesLate } : {}), ...reason }
}

/** "bận công tác Hà Nội": nothing but a full reason with bận is an absence; "em bận" alone is asked about. */
function understandBusy(reading: Reading): Understanding {
  const [only, ...others] = reading.clauses
  const words = only ? only.tokens.map(({ word }) => word) : []
  const own = words.filter((word) => !SELF.has(word))
  const kind = reasonKindOf(` ${own.slice(1).join(' ')} `, selfOf(reading))
  const busy = own[0] === 'bận' && words.indexOf('bận') <= 1 && others.length === 0
  if (busy && kind && kind !== 'other' && kind !== 'clash') return answer('absent', reading)
  return words.length > 0 && reasonKindOf(reading.words, '') && SELF.has(words[0] ?? '') ? unsure(['absent']) : NONE
}

const findingsIn = ({ clauses }: Reading): Finding[] => clauses.flatMap(({ findings }) => findings)

function decide(reading: Reading): Understanding {
  const findings = findingsIn(reading)
  const hints = unsure(findings.map(({ cue }) => cue.state))
  const asked = findings.some(({ cue, ok }) => ok && cue.state === 'absent' && /^xin/.test(cue.words))
  const sure = findings.filter(({ ok }) => ok)
  if (isOpen(reading.words) || isOpen(joined(reading.tokens)) || isUnsettled(reading, asked)) return hints
  if (ON_BEHALF_OF.test(reading.words)) return hints
  if (sure.length === 0 && findings.length === 0) return understandBusy(reading)
  const joins = sure.some(({ cue }) => cue.state === 'online')
  if (findings.some(({ thirdPerson, cue }) => thirdPerson && !(joins && cue.kind === 'apart')))
    return sure.length === 0 ? NONE : hints
  if (sure.length === 0 || reading.clauses.some(isOpenContrast) || setsApart(reading)) return hints
  if (new Set(sure.map(({ speaker }) => speaker).filter(Boolean)).size > 1 || isOnTimeAndLate(reading, sure))
    return hints
  const state = settle(sure)
  if (reading.clauses.some(({ tokens: [only, ...others] }) => others.length === 0 && isOtherDigit(only?.word, state)))
    return hints
  return state && findings.every((one) => one.ok || isHarmless(one, state)) ? answer(state, reading) : hints
}

/**
 * A maybe where the answer stands, or one that says little else ("chưa chắc lắm"). What a clause tells of other things
 * ("chưa biết bao giờ thông đường") leaves an answer that is given outright as it is.
 */
function isUnsettled({ clauses, tokens }: Reading, asked: boolean): boolean {
  const outright = clauses.some(({ findings }) => findings.some(({ ok, cue }) => ok && isPlain(cue)))
  if (!outright) return isHedged(joined(tokens), asked, true)
  return clauses.some(({ tokens: own, findings }) => {
    const answers = findings.some((one) => one.ok || !isPassing(one))
    const tells = own.filter(({ word }) => isTelling(word)).length > 2
    return (answers || !tells) && isHedged(joined(own), asked, answers)
  })
}

/** "tôi báo giúp cụ Mão: …": whatever follows is theirs. */
const ON_BEHALF_OF = new RegExp(
  ` (?:báo|nhắn|nói|trả_lời|thưa|xin)(?: [^ ]+)? (?:giúp|hộ|giùm|dùm|thay|thay_mặt)(?: cho)? (?!(?:em|tôi|mình|cháu|con) )(?:${[...TITLES, ...SELF, ...KIN].join('|')}) `,
)

/** "ông thì đi, bà thì mệt": one answer cannot stand for both. */
function setsApart({ words }: Reading): boolean {
  const people = [...words.matchAll(/ ([^ ]+) thì (?=[^ ]+ )/g)]
    .map(([, word = '']) => word)
    .filter((word) => SELF.has(word))
  return new Set(people).size > 1
}

const isOtherDigit = (word = '', state: AnswerState | null): boolean =>
  /^[1-4]$/.test(word) && DIGITS[Number(word) - 1] !== state

/** "em đến đúng giờ nhưng trễ 20 phút": only the speaker knows which. */
const isOnTimeAndLate = ({ words }: Reading, sure: readonly Finding[]): boolean =>
  / (?<!không (?:[^ ]+ )?)đúng_giờ /.test(words) &&
  sure.some(({ cue }) => cue.state === 'late' && !cue.words.includes('đúng_giờ')) &&
  sure.some(({ cue }) => cue.state === 'present')

/**
 * What does not spoil a sure answer: a come-verb inside something else ("em đi chợ"), the same said once more in words
 * that are not understood to the end, and what says nothing of coming ("tan ca muộn").
 */
/** Closing a clause, these are hardly anything but an answer. */
const COMES_CLEARLY = /^(?:có_mặt|[^ ]+(?: họp)? được)(?: |$)/
const COMES = /^(?:đi|có_mặt|tham_gia|tham_dự|dự|họp)(?: |$)/

const isHarmless = (finding: Finding, state: AnswerState): boolean => isPassing(finding) || agrees(finding.cue, state)

const isPassing = ({ cue, last, speaker }: Finding): boolean =>
  cue.state === null ||
  (cue.state === 'present' &&
    cue.kind === 'state' &&
    !(last && COMES.test(cue.words)) &&
    !(speaker !== '' && COMES_CLEARLY.test(cue.words)))

const agrees = (cue: Cue, state: AnswerState): boolean =>
  (state === 'online' && cue.state === 'absent' && cue.kind !== 'state') || cue.state === state || cue.state === null

/** "1.", "số 1", "chọn 2", "4 vì ốm". A bare digit is the conversation's affair and never comes here as an answer. */
function understandNumbered(text: string): Understanding | null {
  const match =
    /^(?<lead>(?:em |tôi |dạ |e |da |minh |mình |toi )*(?:số|so|chọn|chon|phương án|phuong an|ý|câu)\s+)?(?<digit>[1-4])(?<mark>\s?[.):,-])?(?<rest>.*)$/su.exec(
      text.trim().toLowerCase(),
    )
  if (!match?.groups) return null
  const state = DIGITS[Number(match.groups.digit) - 1] as AnswerState
  const rest = match.groups.rest ?? ''
  const tokens = bare(tokenize(rest)).filter(({ word }) => /[\p{L}\d]/u.test(word) && !SELF.has(word))
  if (tokens.length === 0)
    return match.groups.lead || match.groups.mark || rest.trim() ? numberedAlone(state, rest) : NONE
  if (/^\p{L}|^\d/u.test(rest)) return null
  const said = understandWords(rest)
  if (said.kind === 'answer') return said.state === state ? said : unsure([state, said.state])
  const reason = /^[\s.,]*(?:vì|do|vi|tại|ốm|bận|om)(?!\p{L})/u.test(rest) && state === 'absent' && !/[?]/.test(rest)
  return reason ? answer(state, read(rest, tokenize(rest))) : null
}

const numberedAlone = (state: AnswerState, rest: string): Understanding =>
  /^[\p{L}\s.,!)]*$/u.test(rest) ? { kind: 'answer', state } : unsure([state])

function understandWords(text: string): Understanding {
  const tokens = tokenize(text)
  if (tokens.length > MAX_TOKENS) return NONE
  const words = spoken(tokens)
  if (isQuestion(words, text.includes('?')) || sentences(tokens).some(asks))
    return besideQuestion(text, tokens) ?? question(read(text, tokens), words)
  const mended = afterSlip(tokens)
  const said = mended.length > 0 ? understandTokens(text, mended) : NONE
  return said.kind === 'answer' ? said : understandTokens(text, tokens)
}

const spoken = (tokens: readonly Token[]): string => joined(tokens.filter(({ word }) => /[\p{L}\d]/u.test(word)))

/** The sentence between two marks of punctuation, with its own. */
function sentences(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]]
  for (const token of tokens) {
    parts.at(-1)?.push(token)
    if (/^[.,;!?…]$/.test(token.word)) parts.push([])
  }
  return parts.filter((part) => part.length > 0)
}

const asks = (part: readonly Token[]): boolean =>
  isQuestion(
    spoken(part),
    part.some(({ word }) => word === '?'),
  )

/**
 * "Em đi ạ, mấy giờ họp?": the answer beside a question counts. Not so where the question is about the answer ("em vắng,
 * được không ạ?") or leads into it ("cho em hỏi, em vắng thì …").
 */
function besideQuestion(text: string, tokens: readonly Token[]): Understanding | null {
  // "cho em link em vào họp online": the way in is asked for with the answer.
  const joins = isAskedForLink(spoken(tokens)) ? understandTokens(text, tokens) : NONE
  if (joins.kind === 'answer' && joins.state === 'online') return joins
  const parts = sentences(tokens)
  const told = parts.filter((part) => !asks(part))
  const asked = parts.filter(asks)
  if (told.length === 0 || asked.some((part) => isAboutAnswer(spoken(part))) || / hỏi /.test(spoken(parts[0] ?? [])))
    return null
  const said = understandTokens(text, told.flat())
  return said.kind === 'answer' ? said : null
}

const understandTokens = (text: string, tokens: readonly Token[]): Understanding => {
  const reading = read(text, tokens)
  return withoutVang(text, tokens) ?? understandBare(reading) ?? decide(reading)
}

/** A question about one's own answer ("em vắng được không ạ?") is asked back with it; any other has a topic. */
function question(reading: Reading, words: string): Understanding {
  const about = topicOf(words)
  const own = findingsIn(reading).filter(({ ok }) => ok)
  const speaks = reading.tokens.some(({ word }) => SELF.has(word))
  if (about === 'other' && speaks && own.length > 0) return unsure(own.map(({ cue }) => cue.state))
  return { kind: 'question', about }
}

/**
 * Reads what a member typed about a meeting. Pure; knows neither the member nor the meeting.
 *
 * Only a sentence of which every word is accounted for becomes an answer: a wrong "absent" in the roll-call costs
 * the member more than one more question. A question, a maybe, a condition, somebody else's absence, the past,
 * thanks and noise are never answers; contradictions and a bare "vang" (vắng or vâng) are unsure.
 */
export function understand(text: string): Understanding {
  const cleaned = clean(text)
  if (!/[\p{L}\d👍]/u.test(cleaned)) return NONE
  const numbered = understandNumbered(cleaned)
  if (numbered) return numbered
  const english = understandEnglish(cleaned)
  return english.kind === 'none' ? understandWords(cleaned) : english
}
