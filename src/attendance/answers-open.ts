import { DAY } from '../core/dates.js'
import { hasStarted } from '../meetings/rules.js'
import { type GivenAnswer, lastMomentOf } from './rules.js'
import type { Asked } from './store.js'

/** Shorter than any month: a monthly series never has two meetings open at once, unless one was moved. */
const OPEN_BEFORE = 28 * DAY

/** While the meeting goes on, and the morning after, people still write about it. */
const FRESH_AFTER = DAY

const isNear = ({ meeting, told }: Asked, now: Date): boolean => {
  const left = meeting.startsAt.getTime() - now.getTime()
  return left >= -FRESH_AFTER && (left < OPEN_BEFORE || told)
}

/**
 * The meetings that an answer without a name can mean: near ones, ones that the person was asked about, one that has
 * just begun. Where there is none, the one that began within the last 7 days. Several: the person is asked which.
 */
export function meantMeetings(asked: readonly Asked[], now: Date): readonly Asked[] {
  const near = asked.filter((one) => isNear(one, now))
  return near.length > 0 ? near : asked.filter(({ meeting }) => hasStarted(meeting, now))
}

/** Those that still wait for their first answer: what the menu offers first. */
export const unanswered = (asked: readonly Asked[], now: Date): readonly Asked[] =>
  meantMeetings(asked, now).filter((one) => !one.exempt && !one.answer && !one.pending && !isLate(one, now))

export const answered = (asked: readonly Asked[], now: Date): readonly Asked[] =>
  meantMeetings(asked, now).filter((one) => one.answer !== null && !isLate(one, now))

/** Whether an answer of now no longer counts at once. */
export const isLate = ({ meeting }: Pick<Asked, 'meeting'>, now: Date): boolean => now >= lastMomentOf(meeting)

/** An answer with nothing but its state, as a button gives it. */
export const answerOf = (part: Pick<GivenAnswer, 'state'> & Partial<GivenAnswer>): GivenAnswer => ({
  state: part.state,
  reasonKind: part.reasonKind ?? null,
  reasonText: part.reasonText ?? null,
  minutesLate: part.minutesLate ?? null,
})
