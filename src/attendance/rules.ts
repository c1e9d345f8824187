import { DAY, MINUTE } from '../core/dates.js'
import type { AnswerState, MarkState, MeetingState, ReasonKind } from '../database/generated/enums.js'

/** An answer as it is kept. A reason belongs to `absent` and `late`, minutes to `late`; else null. */
export type GivenAnswer = Readonly<{
  state: AnswerState
  reasonKind: ReasonKind | null
  reasonText: string | null
  /** 1–180. */
  minutesLate: number | null
}>

/** The fixed digits of the four answers; they mean nothing else anywhere. */
export const ANSWER_DIGITS: Readonly<Record<AnswerState, 1 | 2 | 3 | 4>> = { present: 1, late: 2, online: 3, absent: 4 }

export const answerOfDigit = (digit: number): AnswerState | null =>
  (Object.keys(ANSWER_DIGITS) as AnswerState[]).find((state) => ANSWER_DIGITS[state] === digit) ?? null

/** The answers a meeting offers, in the order of their digits. */
export const offeredAnswers = (onlineAllowed: boolean): readonly AnswerState[] =>
  onlineAllowed ? ['present', 'late', 'online', 'absent'] : ['present', 'late', 'absent']

export type AnswerCase = Readonly<{
  meeting: Readonly<{ startsAt: Date; state: MeetingState; onlineAllowed: boolean; answerDeadline: Date | null }>
  now: Date
  /** The answer that counts now. */
  previous: GivenAnswer | null
  /** A late one that still waits for the secretary. */
  pending: GivenAnswer | null
  given: GivenAnswer
  /** `member`: belongs to the cell on the day of the meeting, exempt or not. */
  invited: Readonly<{ member: boolean }>
}>

export type AnswerRefusal =
  | 'attendance.error.cancelled'
  | 'attendance.error.online_not_allowed'
  | 'attendance.error.not_invited'
  | 'attendance.error.too_old'

export type AnswerDecision =
  | Readonly<{ kind: 'record'; answer: GivenAnswer }>
  /** Equal to what stands: nothing is written, nothing new is said. */
  | Readonly<{ kind: 'repeat' }>
  /** Kept as late and put before the secretary; what counted before counts on. */
  | Readonly<{ kind: 'late'; answer: GivenAnswer; because: 'deadline' | 'started' }>
  | Readonly<{ kind: 'refused'; code: AnswerRefusal }>

/** Later than this after the start an answer helps nobody: the secretary corrects the roll-call instead. */
export const ANSWERABLE_AFTER_START = 7 * DAY

const MAX_MINUTES_LATE = 180

/** Drops what does not belong to the state: a reason of somebody who comes, minutes of somebody in time. */
export function tidy(answer: GivenAnswer): GivenAnswer {
  const explains = answer.state === 'absent' || answer.state === 'late'
  const minutes = answer.state === 'late' ? answer.minutesLate : null
  return {
    state: answer.state,
    reasonKind: explains ? answer.reasonKind : null,
    reasonText: explains ? answer.reasonText : null,
    minutesLate: minutes !== null && minutes > 0 && minutes <= MAX_MINUTES_LATE ? minutes : null,
  }
}

const DETAILS = ['reasonKind', 'reasonText', 'minutesLate'] as const

/** A second tap on "absent" must not wipe the reason that was given with the first. */
const merged = (standing: GivenAnswer | null, given: GivenAnswer): GivenAnswer =>
  standing?.state === given.state
    ? {
        state: given.state,
        reasonKind: given.reasonKind ?? standing.reasonKind,
        // another kind of reason makes the old words untrue
        reasonText:
          given.reasonText ??
          (given.reasonKind && given.reasonKind !== standing.reasonKind ? null : standing.reasonText),
        minutesLate: given.minutesLate ?? standing.minutesLate,
      }
    : given

const isEqual = (a: GivenAnswer, b: GivenAnswer): boolean =>
  a.state === b.state && DETAILS.every((detail) => a[detail] === b[detail])

function refusalOf({ meeting, now, given, invited }: AnswerCase): AnswerRefusal | null {
  if (!invited.member) return 'attendance.error.not_invited'
  if (meeting.state === 'cancelled') return 'attendance.error.cancelled'
  if (now.getTime() > meeting.startsAt.getTime() + ANSWERABLE_AFTER_START) return 'attendance.error.too_old'
  if (given.state === 'online' && !meeting.onlineAllowed) return 'attendance.error.online_not_allowed'
  return null
}

/** Until when answers count at once: the cell's own deadline, at the latest the start. */
export const lastMomentOf = (meeting: Readonly<{ startsAt: Date; answerDeadline: Date | null }>): Date =>
  meeting.answerDeadline && meeting.answerDeadline < meeting.startsAt ? meeting.answerDeadline : meeting.startsAt

/**
 * What an answer that reaches us at `now` does. The moment of the deadline itself is late already.
 * An exempt member is not asked, but may say that they come: domain, "Words" (exempt: not asked to attend).
 */
export function decideAnswer(answerCase: AnswerCase): AnswerDecision {
  const { meeting, now, previous, pending } = answerCase
  const code = refusalOf(answerCase)
  if (code) return { kind: 'refused', code }
  const standing = pending ?? previous
  const answer = merged(standing, tidy(answerCase.given))
  if (standing && isEqual(standing, answer)) return { kind: 'repeat' }
  if (now < lastMomentOf(meeting)) return { kind: 'record', answer }
  return { kind: 'late', answer, because: now < meeting.startsAt ? 'deadline' : 'started' }
}

export type ProposedMark = Readonly<{ state: MarkState; reasonKind: ReasonKind | null; proposed: true }>

const MARK_OF: Readonly<Record<AnswerState, MarkState>> = {
  present: 'present',
  late: 'late',
  online: 'online',
  absent: 'excused',
}

/** What the sheet shows before a hand has touched it. Silence is `unknown`: nobody becomes unexcused by default. */
export const proposeMark = (answer: Pick<GivenAnswer, 'state' | 'reasonKind'> | null): ProposedMark => ({
  state: answer ? MARK_OF[answer.state] : 'unknown',
  reasonKind: answer?.state === 'absent' ? answer.reasonKind : null,
  proposed: true,
})

/** Whether the sheet can be confirmed, and who must be asked about first, in the order of the sheet. */
export function checkConfirm(marks: readonly Readonly<{ personId: string; state: MarkState }>[]): {
  ready: boolean
  unknown: readonly string[]
} {
  const unknown = marks.filter(({ state }) => state === 'unknown').map(({ personId }) => personId)
  return { ready: unknown.length === 0, unknown }
}

/** When the roll-call is offered again if unfinished: the end of the meeting. */
export const endOf = (meeting: Readonly<{ startsAt: Date; durationMinutes: number }>): Date =>
  new Date(meeting.startsAt.getTime() + meeting.durationMinutes * MINUTE)
