import {
  addDays,
  dateIn,
  HOUR,
  instantOf,
  MINUTE,
  type PlainDate,
  startOfMonth,
  type WallTime,
  weekdayOf,
  type Zone,
} from '../core/dates.js'
import type { MeetingKind } from './parse-types.js'

export type { MeetingKind }
export type MeetingState = 'planned' | 'cancelled'

/** What the rules need to know of a meeting; `startsAt` is `day` and `time` in `zone`. */
export type MeetingFacts = Readonly<{
  id: string
  kind: MeetingKind
  state: MeetingState
  day: PlainDate
  time: WallTime
  zone: Zone
  startsAt: Date
  durationMinutes: number
  /** Null: answers can be changed until the start. */
  answerDeadline: Date | null
  revision: number
  place: string
  onlineAllowed: boolean
  agenda: string | null
}>

/** A cell meeting lasts at least 90 minutes, thematic and regular in one session 120 (guide 42-HD/BTCTW). */
export const DEFAULT_MINUTES: Readonly<Record<MeetingKind, number>> = { regular: 90, thematic: 120, cell_committee: 60 }

export const endsAt = (meeting: Pick<MeetingFacts, 'startsAt' | 'durationMinutes'>): Date =>
  new Date(meeting.startsAt.getTime() + meeting.durationMinutes * MINUTE)

/** Whether an answer given now counts at once; one that comes later is put before the secretary. */
export const isOpenForAnswers = (
  meeting: Pick<MeetingFacts, 'state' | 'startsAt' | 'answerDeadline'>,
  now: Date,
): boolean => {
  const deadline = Math.min(meeting.answerDeadline?.getTime() ?? Number.POSITIVE_INFINITY, meeting.startsAt.getTime())
  return meeting.state === 'planned' && now.getTime() < deadline
}

export const hasStarted = (meeting: Pick<MeetingFacts, 'startsAt'>, now: Date): boolean => meeting.startsAt <= now

/** A change within 24 hours of the old or the new start is told at once, quiet hours or not. */
export const isUrgent = (now: Date, ...starts: readonly (Date | null)[]): boolean =>
  starts.some((start) => start !== null && start > now && start.getTime() - now.getTime() <= 24 * HOUR)

/**
 * The first day of the month that would be without a regular meeting, or null. `others`: the cell's other meetings;
 * a thematic one never replaces the regular one.
 */
export function monthLeftEmpty(
  meeting: Pick<MeetingFacts, 'id' | 'kind' | 'day'>,
  newDay: PlainDate | null,
  others: readonly Pick<MeetingFacts, 'id' | 'kind' | 'state' | 'day'>[],
): PlainDate | null {
  const month = startOfMonth(meeting.day)
  if (meeting.kind !== 'regular' || (newDay && startOfMonth(newDay) === month)) return null
  const kept = others.some(
    (other) =>
      other.id !== meeting.id &&
      other.kind === 'regular' &&
      other.state === 'planned' &&
      startOfMonth(other.day) === month,
  )
  return kept ? null : month
}

const MOST_OFFERS = 3

/** Up to three days later in the same month, of the same weekday, that are no holiday and not before tomorrow. */
export function offersAfter(
  day: PlainDate,
  tomorrow: PlainDate,
  isOff: (day: PlainDate) => boolean,
  taken: readonly PlainDate[] = [],
): PlainDate[] {
  const offers: PlainDate[] = []
  const fits = (at: PlainDate): boolean => at >= tomorrow && !isOff(at) && !taken.includes(at)
  for (let at = addDays(day, 7); startOfMonth(at) === startOfMonth(day); at = addDays(at, 7))
    if (fits(at)) offers.push(at)
  if (offers.length > 0) return offers.slice(0, MOST_OFFERS)
  // No such weekday is left: any day of the working week that still lies in the month.
  for (let at = addDays(day, 1); startOfMonth(at) === startOfMonth(day); at = addDays(at, 1))
    if (fits(at) && weekdayOf(at) <= 5) offers.push(at)
  return offers.slice(0, MOST_OFFERS)
}

export type Refused = Readonly<{ kind: 'refused'; code: RefusalCode }>
export type RefusalCode =
  | 'meetings.parse.refused.over'
  | 'meetings.parse.refused.cancelled'
  | 'meetings.parse.refused.past'
  | 'meetings.parse.refused.same'
  | 'meetings.parse.refused.clash'

export type Surroundings = Readonly<{
  now: Date
  /** The cell's other meetings of the months concerned. */
  others: readonly Pick<MeetingFacts, 'id' | 'kind' | 'state' | 'day' | 'startsAt'>[]
  isOff: (day: PlainDate) => boolean
}>

export type Decided = Readonly<{
  revision: number
  /** Told to members at once, quiet hours or not. */
  urgent: boolean
  /** First day of the month that is left without a regular meeting. */
  emptyMonth: PlainDate | null
  /** Days to offer where a month is left empty. */
  offers: readonly PlainDate[]
}>
export type Move = Decided & Readonly<{ kind: 'move'; day: PlainDate; time: WallTime; startsAt: Date }>
export type Cancel = Decided & Readonly<{ kind: 'cancel' }>

const refused = (code: RefusalCode): Refused => ({ kind: 'refused', code })

function decided(
  meeting: MeetingFacts,
  newDay: PlainDate | null,
  newStart: Date | null,
  around: Surroundings,
): Decided {
  const emptyMonth = monthLeftEmpty(meeting, newDay, around.others)
  const tomorrow = addDays(dateIn(around.now, meeting.zone), 1)
  const taken = around.others.filter((other) => other.state === 'planned').map((other) => other.day)
  return {
    revision: meeting.revision + 1,
    urgent: isUrgent(around.now, meeting.startsAt, newStart),
    emptyMonth,
    offers: emptyMonth ? offersAfter(meeting.day, tomorrow, around.isOff, taken) : [],
  }
}

const refuseChange = (meeting: MeetingFacts, now: Date): Refused | null => {
  if (hasStarted(meeting, now)) return refused('meetings.parse.refused.over')
  return meeting.state === 'cancelled' ? refused('meetings.parse.refused.cancelled') : null
}

/** Whether and how a meeting may go to another day or hour. */
export function decideMove(
  meeting: MeetingFacts,
  to: Readonly<{ day: PlainDate; time: WallTime }>,
  around: Surroundings,
): Move | Refused {
  const refusal = refuseChange(meeting, around.now)
  if (refusal) return refusal
  const startsAt = instantOf(to.day, to.time, meeting.zone)
  if (startsAt <= around.now) return refused('meetings.parse.refused.past')
  if (startsAt.getTime() === meeting.startsAt.getTime()) return refused('meetings.parse.refused.same')
  const clashes = around.others.some(
    (other) => other.id !== meeting.id && other.state === 'planned' && other.startsAt.getTime() === startsAt.getTime(),
  )
  if (clashes) return refused('meetings.parse.refused.clash')
  return { kind: 'move', ...to, startsAt, ...decided(meeting, to.day, startsAt, around) }
}

/** Whether a meeting may be postponed without a new date, and what the month then lacks. */
export function decideCancel(meeting: MeetingFacts, around: Surroundings): Cancel | Refused {
  return refuseChange(meeting, around.now) ?? { kind: 'cancel', ...decided(meeting, null, null, around) }
}

/** What a meeting may begin as: not in the past, not beside another one of the same start. */
export function decideCreate(
  wanted: Readonly<{ day: PlainDate; time: WallTime; zone: Zone }>,
  around: Pick<Surroundings, 'now' | 'others'>,
): Readonly<{ kind: 'create'; startsAt: Date }> | Refused {
  const startsAt = instantOf(wanted.day, wanted.time, wanted.zone)
  if (startsAt <= around.now) return refused('meetings.parse.refused.past')
  const clash = around.others.some(
    (other) => other.state === 'planned' && other.startsAt.getTime() === startsAt.getTime(),
  )
  return clash ? refused('meetings.parse.refused.clash') : { kind: 'create', startsAt }
}

export type Change = Readonly<{ kind: 'moved' | 'edited' | 'cancelled' | 'restored'; raises: boolean; told: boolean }>

/**
 * What differs between two states of a meeting, or null. Where people have to go and whether they may stay at home
 * matters to them as much as the hour: both raise the revision and are told. Agenda and length are read when looked up.
 */
export function changeOf(before: MeetingFacts, after: MeetingFacts): Change | null {
  if (before.state !== after.state)
    return { kind: after.state === 'cancelled' ? 'cancelled' : 'restored', raises: true, told: true }
  if (before.startsAt.getTime() !== after.startsAt.getTime()) return { kind: 'moved', raises: true, told: true }
  if (before.place !== after.place || before.onlineAllowed !== after.onlineAllowed)
    return { kind: 'edited', raises: true, told: true }
  const small = before.agenda !== after.agenda || before.durationMinutes !== after.durationMinutes
  return small || before.answerDeadline?.getTime() !== after.answerDeadline?.getTime()
    ? { kind: 'edited', raises: false, told: false }
    : null
}
