import { type Finding, isOpenContrast, isPlain, isTelling } from './clauses.js'
import type { Cue } from './cues.js'
import { isHedged, isOpen } from './hedges.js'
import { KIN, SELF, TITLES } from './lexicon.js'
import { findingsIn, joined, type Reading } from './reading.js'
import type { AnswerState } from './types.js'

/** What the bare digits 1–4 mean. */
export const DIGITS: readonly AnswerState[] = ['present', 'late', 'online', 'absent']

const sureIn = (reading: Reading): Finding[] => findingsIn(reading).filter(({ ok }) => ok)

/** A condition, a promise to answer later, a maybe where the answer stands, or words on behalf of another. */
export function isLeftOpen(reading: Reading): boolean {
  const asked = sureIn(reading).some(({ cue }) => cue.state === 'absent' && /^xin/.test(cue.words))
  if (isOpen(reading.words) || isOpen(joined(reading.tokens))) return true
  return isUnsettled(reading, asked) || ON_BEHALF_OF.test(reading.words)
}

/** "cụ nhờ tôi nhắn là cụ mệt". */
const ASKED_TO_TELL = / nhờ (?:em|tôi|mình|cháu|con) (?:nhắn|báo|nói|thưa|xin|ghi|gửi|đăng_ký) /

/** Whether somebody else's coming or staying away is told. A relative who cannot come explains why the speaker joins online. */
export function isTheirs(reading: Reading): boolean {
  const sure = sureIn(reading)
  if (isBroughtBy(reading, sure) || ASKED_TO_TELL.test(reading.words)) return true
  const joins = sure.some(({ cue }) => cue.state === 'online')
  return findingsIn(reading)
    .filter((one) => one.thirdPerson && !(sure.length > 0 && isPassing(one)))
    .some(({ cue }) => !(joins && cue.kind === 'apart') && !sure.some((own) => saysAsMuch(own, cue)))
}

/** "cháu báo cho bà: bà không đi được": who brings the word is not the one who stays away. */
function isBroughtBy({ words }: Reading, sure: readonly Finding[]): boolean {
  const bringer = / (?<who>cháu|con) (?:(?:báo|nhắn|nói) (?:cho|giúp|giùm|hộ|thay)|là (?:con|cháu)[^ ]*) /.exec(words)
    ?.groups?.who
  return bringer !== undefined && sure.some(({ subject }) => subject !== '' && subject !== bringer)
}

/** "con tôi ốm phải ở nhà, tôi không dự được": who cannot come either says so of nobody else. */
const saysAsMuch = ({ cue: own, speaker }: Finding, cue: Cue): boolean =>
  own.kind === 'apart' && own.state === cue.state && /^(?:tôi|mình|em)$/.test(speaker)

/** The one state that everything said agrees on. */
export function settledState(reading: Reading): AnswerState | null {
  const sure = sureIn(reading)
  if (sure.length === 0 || reading.clauses.some(isOpenContrast) || setsApart(reading)) return null
  if (new Set(sure.map(({ speaker }) => speaker).filter(Boolean)).size > 1 || isOnTimeAndLate(reading, sure))
    return null
  const state = settle(sure)
  if (reading.clauses.some(({ tokens: [only, ...others] }) => others.length === 0 && isOtherDigit(only?.word, state)))
    return null
  return state && findingsIn(reading).every((one) => one.ok || isHarmless(one, state)) ? state : null
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

/** Closing a clause, these are hardly anything but an answer. */
const COMES_CLEARLY = /^(?:có_mặt|[^ ]+(?: họp)? được)(?: |$)/
const COMES = /^(?:đi|có_mặt|tham_gia|tham_dự|dự|họp)(?: |$)/

/**
 * What does not spoil a sure answer: a come-verb inside something else ("em đi chợ"), the same said once more in words
 * that are not understood to the end, and what says nothing of coming ("tan ca muộn").
 */
const isHarmless = (finding: Finding, state: AnswerState): boolean => isPassing(finding) || agrees(finding.cue, state)

const isPassing = ({ cue, last, speaker }: Finding): boolean =>
  cue.state === null ||
  (cue.state === 'present' &&
    cue.kind === 'state' &&
    !(last && COMES.test(cue.words)) &&
    !(speaker !== '' && COMES_CLEARLY.test(cue.words)))

const agrees = (cue: Cue, state: AnswerState): boolean =>
  (state === 'online' && cue.state === 'absent' && cue.kind !== 'state') || cue.state === state || cue.state === null
