import type { PlainDate, WallTime } from '../core/dates.js'
import type { MeetingKind } from '../database/generated/enums.js'

/** All that a group ever reads of a meeting: no agenda, no file, no name, no reason. */
export type Face = Readonly<{
  meetingId: string
  kind: MeetingKind
  day: PlainDate
  time: WallTime
  place: string
  revision: number
  answered: number
  asked: number
  phase: 'open' | 'begun' | 'cancelled'
}>

/** A card's own changes are at least this far apart: the platform would refuse more, and nobody reads faster. */
export const CARD_GAP_MS = 5_000

/**
 * - `send`: a new message, which rings: the meeting is new to the group, or was moved or put off.
 * - `refresh`: the standing card changes in place; where the platform cannot, nothing happens.
 * - `edit`: the same at a step of the ladder; where the platform cannot, a new message.
 */
export type CardChange = Readonly<{ post: 'send' | 'refresh' | 'edit' | null; closes: boolean }>

const NOTHING: CardChange = { post: null, closes: false }

const FIELDS = ['kind', 'day', 'time', 'place', 'revision', 'answered', 'asked', 'phase'] as const

const isSame = (a: Face, b: Face): boolean => FIELDS.every((field) => a[field] === b[field])

function whileOpen(wanted: Face, shown: Face | null, stepped: boolean): CardChange {
  if (!shown) return { post: 'send', closes: false }
  if (shown.phase !== 'open' || shown.revision !== wanted.revision)
    return { post: 'send', closes: shown.phase === 'open' }
  if (stepped) return { post: 'edit', closes: false }
  return isSame(wanted, shown) ? NOTHING : { post: 'refresh', closes: false }
}

/**
 * What becomes of a meeting's card. `shown`: what stands in the group, null: nothing; `stepped`: a step of the ladder has
 * gone out since; `closes`: the standing card is marked as out of date, because a new message follows it.
 */
export function decideCard(wanted: Face, shown: Face | null, stepped: boolean): CardChange {
  if (wanted.phase === 'open') return whileOpen(wanted, shown, stepped)
  if (shown?.phase !== 'open') return NOTHING
  return wanted.phase === 'begun' ? { post: 'refresh', closes: false } : { post: 'send', closes: true }
}

/** When a change may leave: what waits keeps its time, so that a stream of answers cannot put it off for ever. */
export const changeAt = (now: Date, waiting: Date | null, lastSent: Date | null): Date => {
  if (waiting && waiting > now) return waiting
  const free = lastSent ? lastSent.getTime() + CARD_GAP_MS : 0
  return new Date(Math.max(now.getTime(), free))
}
