import { type Cue, findCues } from './cues.js'
import { BLOCKS, FOLLOWS, LEADS, ON_BEHALF, SELF, TIME, TITLES, TOLD } from './lexicon.js'
import { isReasonWord } from './reasons.js'
import type { Segment } from './types.js'
import { keyOf } from './typing.js'
import { GIVEN_NAMES } from './vocabulary.js'
import { type Subject, subjectsOf, type Who } from './who.js'

export { SELF } from './lexicon.js'

/**
 * A cue with what the clause makes of it (`last`: nothing stands behind it): `ok`: it is the speaker's own answer and everything around it is understood;
 * `thirdPerson`: it is somebody else's. `speaker`: what the one who answers calls themselves, '' where it is not said; `subject`: the same, whatever stands between it and
 * the answer.
 */
export type Finding = Readonly<{
  cue: Cue
  ok: boolean
  thirdPerson: boolean
  speaker: string
  subject: string
  last: boolean
}>

const isNumber = (word: string): boolean => /^\d+$/.test(word)
const isLead = (word: string): boolean => LEADS.has(word) || TIME.has(word)
/** A word that tells something, be it known or not: no courtesy, no time, nobody. */
export const isTelling = (word: string): boolean => !isLead(word) && !SELF.has(word) && !TITLES.has(word)

/** A time of arrival may mean late, "đi thôi" calls others: neither is a plain yes. */
const OPENS_YES = /^(?:khoảng|tầm|thôi)$/
const COMMAND_LIKE = /^(?:họp|qua|vào|lên|sang|đến|tới|sinh_hoạt)$/
/** Words for coming that mean nothing else: what else the clause tells beside them does not matter. */
const PLAIN =
  /^(?:(?:(?:đi|đến|tới|ra|về|lên|xuống|qua|sang|vào|sẽ) )?(?:có_mặt|tham_gia|tham_dự|dự|họp|dự họp|tham_gia họp|sinh_hoạt)(?: (?:họp|chi_bộ|buổi|cuộc|kỳ|lần|đợt|này|buổi_này|kỳ_này|lần_này|hôm_nay|tối_nay|tối|mai|tối_mai|ngày_mai))*(?: được(?: rồi)?)?(?: trực_tiếp)?|.*(?:online|trực_tuyến|qua_mạng|từ_xa|zoom))$/
const AFTER_PLAIN =
  /^(?:họp|bên|ở|tại|cùng|với|theo|đúng|đúng_giờ|đầy_đủ|như|từ|trước|tối|buổi|cuộc|kỳ|sinh_hoạt|bình_thường)$/
const JOINS = /(?:^| )(?:họp|dự|tham_gia|tham_dự|vào|đăng_nhập|kết_nối|truy_cập)(?: |$)/
const JUST = /^(?:đã|mới|vừa|không|chưa|sắp)$/

export const isPlain = (cue: Cue): boolean => cue.firm || PLAIN.test(cue.words)

/** Between the speaker and the answer: nothing, courtesies, or, before a word that means nothing else, what keeps them. */
function fitsBetween(all: readonly string[], cue: Cue): boolean {
  const joint = isPlain(cue) ? all.findLastIndex((word) => /^(?:và|rồi|xong)$/.test(word)) : all.lastIndexOf('và')
  if (joint >= 0 && all.some((word) => TOLD.has(word))) return false
  const between = all.slice(joint + 1) // "tôi đã nhận được thông báo và sẽ dự"
  if (between.some((word) => BLOCKS.has(word) || TOLD.has(word) || SELF.has(word))) return between.every(isLead)
  if (between.every(isLead)) return true
  const last = between.filter((word) => !isLead(word)).at(-1) ?? ''
  const close = isLead(between.at(-1) ?? '') ? '' : last
  if (JUST.test(close) || !isPlain(cue)) return false
  // "em ốm không đi được": whatever stands between the speaker and what they cannot do is what keeps them.
  return cue.state !== 'present' && (cue.state !== 'online' || JOINS.test(cue.words))
}

/** "trời mưa gió thế này tôi không đi được": before the speaker anything may be told, but not by whom or of whom. */
const fitsBefore = (before: readonly string[], cue: Cue, stressed: boolean): boolean =>
  before.every((word) => isLead(word) || SELF.has(word) || word === 'đồng_chí') ||
  ((isPlain(cue) || stressed) &&
    before.every((word) => !TOLD.has(word) && (!BLOCKS.has(word) || (cue.state === 'online' && word === 'link'))))
/** "mưa gió gì tôi cũng đến". */
const STRESSES = /^(?:cũng|vẫn|sẽ|nhất_định|chắc_chắn)$/

/**
 * `goesOn`: the clause has said something of the speaker already, with no other subject since; `goesOnAsSelf`: the one
 * before it spoke of the speaker.
 */
function isOwn(
  before: readonly string[],
  subject: Subject | undefined,
  cue: Cue,
  goesOn: boolean,
  goesOnAsSelf: boolean,
): boolean {
  if (subject && before[subject.from - 1] === 'báo' && !/^(?:em|tôi|mình|con|cháu)$/.test(subject.word)) return false
  if (subject)
    return (
      subject.who === 'self' &&
      fitsBefore(
        before.slice(0, subject.from),
        cue,
        before.slice(subject.to).some((word) => STRESSES.test(word)),
      ) &&
      fitsBetween(before.slice(subject.to + (before[subject.to] === 'báo_cáo' ? 1 : 0)), cue)
    )
  if (before.some((word) => BLOCKS.has(word) || TOLD.has(word))) return false
  if (before.every((word) => isLead(word) || SELF.has(word) || (goesOn && isKnownAfter(word)))) return true
  const told = before.filter(isTelling)
  if (GIVEN_NAMES.has(keyOf(before.at(-1) ?? '')) || before.some((word) => GIVEN_NAMES.has(word))) return false // "Tuấn xin nghỉ"
  const asks = /^(?:xin|xin_phép|phải|đành)(?: |$)/.test(cue.words) && (told.length === 0 || told.length > 2)
  const led = goesOnAsSelf || asks || told.some(isReasonWord)
  if (cue.state === 'online') return goesOnAsSelf && JOINS.test(cue.words)
  return cue.firm && led && before.every((word) => !isNumber(word))
}

const speaksForOthers = (after: readonly string[]): boolean =>
  after.some(
    (word, at) => ON_BEHALF.has(word) || (word === 'cho' && !/^(?:em|tôi|mình|cháu|con)$/.test(after[at + 1] ?? '')),
  )

const isKnownAfter = (word: string): boolean =>
  FOLLOWS.has(word) || TIME.has(word) || isNumber(word) || word === 'cho' || word === 'em'

/** The one who is addressed may close a sentence: "chị không đi được em ạ". */
const withoutAddress = (after: readonly string[]): readonly string[] =>
  after.at(-2) !== 'cho' && (SELF.has(after.at(-1) ?? '') || after.at(-1) === 'đồng_chí') ? after.slice(0, -1) : after

/** "vắng một buổi", "xin nghỉ 2 buổi"; "tôi vắng 2 buổi" counts those that were. */
const isLeaveFor = ([amount, unit = '']: readonly string[], cue: Cue): boolean =>
  /^(?:buổi|hôm|lần)$/.test(unit) && (amount === '1' || cue.words.startsWith('xin'))

function suffixFits(after: readonly string[], cue: Cue, isLast: boolean): boolean {
  const rest = isLast ? withoutAddress(after) : after
  if (speaksForOthers(rest) || rest.some((word) => BLOCKS.has(word))) return false
  if (rest.every(isKnownAfter)) return !(cue.state === 'absent' && isNumber(rest[0] ?? '')) || isLeaveFor(rest, cue)
  const first = rest[0] ?? ''
  if (cue.state === 'online' && JOINS.test(cue.words)) return true
  if (PLAIN.test(cue.words) && (AFTER_PLAIN.test(first) || TIME.has(first))) return true
  return cue.firm && (cue.state === 'late' || !isNumber(first))
}

/** "tôi dự và xin …": what only leads to the next answer says nothing of this one. */
function upToJoint(after: readonly string[]): readonly string[] {
  const at = after.indexOf('và')
  return at >= 0 && after.slice(at).every(isLead) ? after.slice(0, at) : after
}

/** Where no cell meets; "bên" another body it is that body's meeting. */
const ELSEWHERE =
  /^ (?:đang )?(?:(?:ở|tại|trong|trên|bên) (?:bệnh_viện|viện|trạm_xá|huyện|tỉnh|hà_nội|sài_gòn|đà_nẵng)|bên (?:xã|phường|mặt_trận|công_đoàn|cơ_quan|công_ty|hội|hội_[^ ]+)(?<!hội_trường)) /
/** "có mặt đông đủ nhé mọi người" calls the others. */
const OF_MANY = /^(?:đông_đủ|đông)$/

const isPlainYes = (before: readonly string[], after: readonly string[], cue: Cue): boolean =>
  cue.state !== 'present' ||
  (!after.some((word) => OPENS_YES.test(word)) &&
    !ELSEWHERE.test(` ${after.join(' ')} `) &&
    !(after.some((word) => OF_MANY.test(word)) && !before.some((word) => SELF.has(word))) &&
    (before.length > 0 || !COMMAND_LIKE.test(cue.words)) &&
    (!/^(?:lúc|giờ|phút|tiếng|\d+)$/.test(after[0] ?? '') || /^(?:có_mặt|tham_gia|tham_dự|dự)/.test(cue.words)))

/** A clause with what it says. */
export type Clause = Segment & Readonly<{ findings: readonly Finding[] }>

/** A "but" that says nothing we know ("nhưng xin về sớm") takes away what was said before it. */
export const isOpenContrast = (clause: Clause, at: number, all: readonly Clause[]): boolean =>
  clause.contrast &&
  clause.tokens.length > 1 && // "có nghỉ đâu mà hỏi"
  !all.slice(at).some(({ findings }) => findings.some(({ ok }) => ok)) &&
  !clause.tokens.every(({ word }) => isLead(word) || SELF.has(word))

/** In a reason ("vì bận họp em xin vắng") only what the speaker asks or cannot do counts. */
const countsInReason = (cue: Cue, before: readonly string[]): boolean =>
  cue.firm &&
  cue.state !== 'present' &&
  (/^xin/.test(cue.words) || SELF.has(before.at(-1) ?? '') || before.at(-1) === 'nên')

/**
 * What the clauses before leave behind: who they spoke of ("bác Năm bệnh, không dự được") and the titles of those who were
 * named ("bác Năm bệnh, bác không dự").
 */
type Inherited = Readonly<{ who?: Who | undefined; titles: ReadonlySet<string> }>

/** A relative's illness explains what the speaker asks for; a named one's is their own affair. */
const inherits = ({ who }: Inherited, cue: Cue): boolean =>
  who === 'other' || who === 'several' || (who === 'kin' && !/^(?:xin|xin_phép|phải|đành|online)/.test(cue.words))

type Parsed = Readonly<{ words: readonly string[]; cues: readonly Cue[]; subjects: readonly Subject[] }>

function parse({ tokens }: Segment): Parsed {
  const words = tokens.map((token) => token.word)
  const cues = findCues(words)
  return { words, cues, subjects: subjectsOf(words, new Set(cues.map(({ from }) => from)), TIME) }
}

/** The cues of a clause with whether each is the speaker's own and everything around it is understood. */
function findingsOf({ reason }: Segment, { words, cues, subjects }: Parsed, inherited: Inherited): Finding[] {
  let spoken = 0 // where what the speaker said of themselves ends: what follows is theirs as well
  return cues.flatMap((cue, index): Finding[] => {
    const from = cues[index - 1]?.to ?? 0
    const before = words.slice(0, cue.from)
    if (reason && !countsInReason(cue, before)) return []
    const own = subjects.filter(({ to }) => to <= cue.from)
    const subject = own.findLast((one) => one.from >= from) ?? (spoken > 0 ? undefined : own.at(-1))
    const isLast = index === cues.length - 1
    const after = isLast ? words.slice(cue.to) : upToJoint(words.slice(cue.to, cues[index + 1]?.from))
    const lead = subject || spoken === 0 ? before : words.slice(from, cue.from)
    const isNamed = ({ who, word }: Subject) => who === 'other' && word === subject?.word
    const taken = inherited.who === 'other' && !FIRST_OR_YOUNG.test(subject?.word ?? '')
    const named = subject?.who === 'self' && (taken || inherited.titles.has(subject.word) || own.some(isNamed))
    const away = named || (subject === undefined && spoken === 0 && inherits(inherited, cue))
    const shadowed =
      subject?.who === 'self' &&
      own.some(({ who, to }) => who === 'other' && to <= subject.from) &&
      !words.slice(subject.to, cue.from).every(isLead) // "cô Hương cùng bếp với tôi ốm không đi được"
    const several = own.some(({ who }) => who === 'several')
    const fits = reason ? fitsReason(before, subject) : isOwn(lead, subject, cue, spoken > 0, inherited.who === 'self')
    const invited = subject !== undefined && !FIRST_OR_YOUNG.test(subject.word) && JOINS_ME.test(after.join(' '))
    const suffix = suffixFits(after, cue, isLast) && !invited
    const ok = cue.kind !== 'hint' && !away && !shadowed && !several && fits && suffix && isPlainYes(before, after, cue)
    const theirs = several || away || shadowed || (subject !== undefined && subject.who !== 'self')
    const thirdPerson = !ok && cue.kind !== 'hint' && theirs && (cue.state !== 'present' || suffix)
    if (ok) spoken = cue.to
    return [
      {
        cue,
        ok,
        thirdPerson,
        speaker: speakerOf(words, subject, cue),
        subject: subject?.word ?? '',
        last: after.length === 0,
      },
    ]
  })
}

/** Nobody speaks of a third person so: "hiệu trưởng đi vắng nên cô không dự" does not say who "cô" is. */
const FIRST_OR_YOUNG = /^(?:tôi|mình|tớ|em|con|cháu)$/

/** "chị đi cùng em nhé" may ask her to come. */
const JOINS_ME = /^(?:cùng|với) (?:em|tôi|mình|cháu|con)$/

const speakerOf = (words: readonly string[], subject: Subject | undefined, cue: Cue): string =>
  subject?.who === 'self' && words.slice(subject.to, cue.from).every(isLead) ? subject.word : ''

const fitsReason = (before: readonly string[], subject: Subject | undefined): boolean =>
  !subject || (subject.who === 'self' && before.slice(subject.to).every((word) => isLead(word) || isReasonWord(word)))

/** What a clause leaves behind for the next. "bận giỗ đầu ông cụ, …": whoever stands behind a reason is part of it. */
function leaves({ words, subjects }: Parsed, before: Inherited): Inherited {
  const told = words.slice(0, subjects.at(0)?.from ?? 0)
  const acts = told.every((word) => !isReasonWord(word)) || told.some((word) => TOLD.has(word))
  const named = subjects.filter(({ who, word }) => who === 'other' && SELF.has(word)).map(({ word }) => word)
  if (subjects.some(({ word }) => word.endsWith('_ấy'))) return { who: 'other', titles: before.titles } // "… là anh ấy bận"
  return { who: acts ? (subjects.at(0)?.who ?? before.who) : 'self', titles: new Set([...before.titles, ...named]) }
}

/** What each clause says; one without a subject goes on with the one of the clause before it. */
export function readClauses(segments: readonly Segment[]): Clause[] {
  let before: Inherited = { titles: new Set() }
  return segments.map((segment) => {
    const parsed = parse(segment)
    const findings = findingsOf(segment, parsed, before)
    before = leaves(parsed, before)
    return { ...segment, findings }
  })
}
