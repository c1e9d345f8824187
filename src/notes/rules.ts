import { DAY } from '../core/dates.js'

/** What one message holds. */
export const MOST = 2_000

type Begins = Readonly<{ startsAt: Date }>

/** A note is written in a meeting or soon after it; from the second day on it prepares the next one. */
const STILL_LAST_MS = 2 * DAY

export function chooseMeeting<M extends Begins>(
  { last, next }: Readonly<{ last: M | null; next: M | null }>,
  now: Date,
): Readonly<{ chosen: M | null; other: M | null }> {
  const isLast = last !== null && (next === null || now.getTime() - last.startsAt.getTime() < STILL_LAST_MS)
  return isLast ? { chosen: last, other: next } : { chosen: next, other: last }
}
