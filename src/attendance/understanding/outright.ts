import { type Clause, SELF } from './clauses.js'
import { understandEnglish } from './english.js'
import { afterSlip } from './hedges.js'
import { FIRST_PERSON } from './lexicon.js'
import { minutesIn } from './minutes.js'
import { isAboutAnswer, isAskedForLink, isQuestion, topicOf } from './questions.js'
import { findingsIn, joined, type Reading, read } from './reading.js'
import { CHILD, reasonKindOf, reasonTextOf, withoutWish } from './reasons.js'
import { bare } from './segments.js'
import { tokenize } from './tokens.js'
import {
  type Answer,
  type AnswerState,
  NONE,
  type ReasonKind,
  type Segment,
  type Token,
  type Understanding,
} from './types.js'
import { DIGITS, isLeftOpen, isTheirs, settledState } from './weighing.js'

const unsure = (states: readonly (AnswerState | null)[]): Understanding => {
  const candidates = [...new Set(states.filter((state) => state !== null))]
  return candidates.length > 0 ? { kind: 'unsure', candidates } : NONE
}

const YES = /^ (?:xin (?=vâng )|ok |vâng |dạ |ừ |ạ |nhé |có |đồng_ý |nhất_trí |👍 |được )+$/u
const onlyNo = (words: string): boolean => /^(?: không)+ $/.test(words)

/** One-word replies whose question we cannot know. */
function understandBare({ tokens }: Reading): Understanding | null {
  const all = joined(tokens.filter(({ word }) => /[\p{L}👍]/u.test(word) && !SELF.has(word)))
  if (YES.test(all)) return unsure(['present'])
  return onlyNo(all.replace(/ (?:ạ|nhé|dạ)(?= )/g, '')) ? unsure(['absent']) : null
}

/** "em xin vang a": nobody knows whether vắng or vâng is meant. */
const BARE_VANG = /^ (?:(?:dạ|ạ|nhé|xin|xin_phép|vang) )*vang (?:(?:ạ|nhé|vang) )*$/
/** "khoảng 15 phút": how late, for whoever has been asked for it; alone it says nothing. */
const BARE_MINUTES = /^ (?:(?:khoảng|tầm|chừng|độ|cỡ|ạ|nhé) )*(?:\d+|nửa_tiếng|nửa_giờ) (?:(?:phút|tiếng|giờ|ạ|nhé) )*$/

/** Texts too short to show what they mean: what becomes of them is laid down. Null: a longer one. */
export function understandShort(reading: Reading): Understanding | null {
  const all = joined(reading.tokens.filter(({ word }) => /[\p{L}\d👍]/u.test(word) && !SELF.has(word)))
  if (BARE_VANG.test(all)) return unsure(['absent', 'present'])
  return BARE_MINUTES.test(all) ? NONE : understandBare(reading)
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
  const next = own.slice(1).find(({ word }) => !/^(?:ạ|nhé)$/.test(word))?.word ?? ''
  const opens = own[0]?.word === 'vang' && (/^[,.]$/.test(next) || FIRST_PERSON.has(next))
  const said = opens ? as('vâng') : at > 1 && isVangOwn(tokens[at - 1]?.word ?? '') ? as('vắng') : null
  const follows = tokens[at - 2]?.word === 'nên' // "… nên xin vang" draws a conclusion: nobody says yes so
  const sure =
    said?.kind === 'answer' &&
    (opens
      ? said.state === 'present'
      : follows || (said.reasonKind && (said.reasonKind !== 'other' || tokens[at - 1]?.word === 'xin')))
  return sure ? said : unsure(['absent', 'present'])
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
  const clauses = besideCues([...reading.clauses, ...reading.before]).map(withoutWish)
  const self = selfOf(reading)
  const kind = reasonKindOf(clauses.map((one) => joined(one.tokens)).join(' '), self)
  const text = kind || clauses.some(({ reason }) => reason) ? reasonTextOf(reading.text, clauses, self) : undefined
  if (!kind && !text) return {}
  return { reasonKind: kind ?? 'other', ...(text ? { reasonText: text } : {}) }
}

/** An answer with the minutes and the reason that stand in the text. */
export function answerOf(state: AnswerState, reading: Reading): Answer {
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
  if (busy && kind && kind !== 'other' && kind !== 'clash') return answerOf('absent', reading)
  return words.length > 0 && reasonKindOf(reading.words, '') && SELF.has(words[0] ?? '') ? unsure(['absent']) : NONE
}

function decide(reading: Reading): Understanding {
  const findings = findingsIn(reading)
  const hints = unsure(findings.map(({ cue }) => cue.state))
  if (isLeftOpen(reading)) return hints
  if (findings.length === 0) return understandBusy(reading)
  if (isTheirs(reading)) return findings.some(({ ok }) => ok) ? hints : NONE
  const state = settledState(reading)
  return state ? answerOf(state, reading) : hints
}

/** "1.", "số 1", "chọn 2", "4 vì ốm". A bare digit is the conversation's affair and never comes here as an answer. */
export function understandNumbered(text: string): Understanding | null {
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
  return reason ? answerOf(state, read(rest, tokenize(rest))) : null
}

const numberedAlone = (state: AnswerState, rest: string): Understanding =>
  /^[\p{L}\s.,!)]*$/u.test(rest) ? { kind: 'answer', state } : unsure([state])

function understandWords(text: string): Understanding {
  const tokens = tokenize(text)
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

/** "tôi tham gia nhưng tài liệu đâu nhỉ": a question with a topic of its own takes nothing back. */
function atBut(part: readonly Token[]): readonly (readonly Token[])[] {
  const at = part.findIndex(({ word }) => word === 'nhưng')
  const behind = part.slice(at + 1)
  return at > 0 && asks(behind) && topicOf(spoken(behind)) !== 'other' ? [part.slice(0, at), behind] : [part]
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
  const parts = sentences(tokens).flatMap(atBut)
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
 * What a cleaned text says outright, by the rules of speech alone: an answer only where the speaker gives it and nothing
 * else in the text unsettles it. A question, a maybe, a condition, somebody else's absence, the past, thanks and noise are
 * never answers; contradictions and a bare "vang" (vắng or vâng) are unsure.
 */
export function readOutright(cleaned: string): Understanding {
  const english = understandEnglish(cleaned)
  return english.kind === 'none' ? understandWords(cleaned) : english
}
