import { DAY, HOUR, MINUTE } from '../core/dates.js'
import type { Meeting } from '../meetings/store.js'
import { endOf } from './rules.js'

/** What is known of a sheet beside its marks. */
export type RollCallState = Readonly<{ dueAt: Date | null; openedAt: Date | null; confirmedAt: Date | null }>

/** People gather before the hour: the sheet can be opened by hand from then on. */
export const OPEN_BEFORE = 30 * MINUTE

/** Older meetings are corrected on paper. */
export const OFFERED_FOR = 30 * DAY

/** A sheet that was opened again for a correction and left unfinished is offered again after this long. */
export const REOPENED_FOR = 2 * HOUR

/** Opened or confirmed for a start that the meeting no longer has: it was moved after its sheet went out. */
export const isOfEarlierStart = (state: RollCallState, { startsAt }: Pick<Meeting, 'startsAt'>): boolean =>
  [state.openedAt, state.confirmedAt].some((at) => at !== null && at < startsAt)

export type Step =
  /** Nothing to offer: cancelled, moved to a later day, confirmed already. */
  | 'none'
  | 'start'
  /** At the end, unfinished; also where only the end is found after a downtime. */
  | 'end'
  /** Found so late that nobody remembers who was there. */
  | 'too-old'

/** What a due sheet needs at `now`. Once the end is past, the start's offer would be a second one too many. */
export function stepOf(
  meeting: Pick<Meeting, 'state' | 'startsAt' | 'durationMinutes'>,
  state: RollCallState,
  now: Date,
): Step {
  if (meeting.state !== 'planned' || now < meeting.startsAt) return 'none'
  const current = isOfEarlierStart(state, meeting) ? { dueAt: null, openedAt: null, confirmedAt: null } : state
  if (current.confirmedAt) return 'none'
  if (!current.openedAt && now.getTime() > meeting.startsAt.getTime() + OFFERED_FOR) return 'too-old'
  if (!current.openedAt) return now < endOf(meeting) ? 'start' : 'end'
  return current.dueAt && current.dueAt <= now ? 'end' : 'none'
}

/** When the sheet can be opened by hand. */
export const isOpenable = ({ startsAt }: Pick<Meeting, 'startsAt'>, now: Date): boolean =>
  now.getTime() >= startsAt.getTime() - OPEN_BEFORE

export const isRunning = (meeting: Pick<Meeting, 'startsAt' | 'durationMinutes'>, now: Date): boolean =>
  isOpenable(meeting, now) && now < endOf(meeting)
