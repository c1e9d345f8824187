import {
  addDays,
  DAY,
  dateIn,
  daysBetween,
  instantOf,
  MINUTE,
  timeIn,
  type WallTime,
  type Zone,
} from '../core/dates.js'
import { deferForQuiet, isQuiet, QUIET } from '../meetings/quiet.js'
import type { GateRule, Sheet } from './sheet.js'

export type Session = Readonly<{ startsAt: Date; endsAt: Date; zone: Zone }>

export type GateRow = Readonly<{
  kind: string
  dueAt: Date
  remindAt: Date | null
  state: 'open' | 'done' | 'dropped'
  doneAt: Date | null
  /** Null with `doneAt`: seen by the assistant itself. */
  doneById: string | null
}>

const LAST_MINUTE = '23:59' as WallTime
const DAY_MINUTES = 1_440

/** Whole days are days of the calendar, so that a clock change keeps the hour. */
function shifted(anchor: Date, minutes: number, zone: Zone): Date {
  const days = Math.trunc(minutes / DAY_MINUTES)
  const sameHour = days === 0 ? anchor : instantOf(addDays(dateIn(anchor, zone), days), timeIn(anchor, zone), zone)
  return new Date(sameHour.getTime() + (minutes % DAY_MINUTES) * MINUTE)
}

export function dueOf(rule: GateRule, { startsAt, endsAt, zone }: Session): Date {
  const anchor = rule.anchor === 'start' ? startsAt : endsAt
  if ('minutes' in rule.due) return shifted(anchor, rule.due.minutes, zone)
  return instantOf(addDays(dateIn(anchor, zone), rule.due.endOfDay), LAST_MINUTE, zone)
}

/** When the secretary is reminded: before it is due and outside the quiet hours. */
export function remindOf(rule: GateRule, dueAt: Date, zone: Zone): Date | null {
  if (!rule.remind) return null
  const day = addDays(dateIn(dueAt, zone), -rule.remind.daysBefore)
  const wanted = instantOf(day, rule.remind.time, zone)
  const at = isQuiet(wanted, zone) ? instantOf(day, QUIET.to, zone) : wanted
  return at < dueAt ? at : instantOf(addDays(dateIn(dueAt, zone), -1), rule.remind.time, zone)
}

type Planned = Readonly<{ now: Date; session: Session; sheet: Sheet; standing: readonly GateRow[] }>

function planOne(rule: GateRule, { now, session, standing }: Planned): GateRow {
  const before = standing.find((one) => one.kind === rule.key)
  const dueAt = dueOf(rule, session)
  const fresh = { kind: rule.key, dueAt, state: 'open', doneAt: null, doneById: null } as const
  if (before?.state === 'done' && before.doneById) return { ...before, dueAt, remindAt: null }
  const wanted = remindOf(rule, dueAt, session.zone)
  const unchanged = before?.state === 'open' && before.dueAt.getTime() === dueAt.getTime()
  // Reminded of this very deadline, or had no time to be: once is enough.
  if (unchanged) return { ...fresh, remindAt: before.remindAt }
  return { ...fresh, remindAt: wanted && wanted > now ? wanted : null }
}

/**
 * The gates of a meeting under its sheet. What a hand has marked stays marked; what was seen is looked for again, since
 * another day has to be told again; what the sheet no longer asks for is dropped. No sheet: the meeting is off.
 */
export function planGates(input: Omit<Planned, 'sheet'> & Readonly<{ sheet: Sheet | null }>): GateRow[] {
  const { sheet, standing } = input
  const rows = sheet ? sheet.gates.map((rule) => planOne(rule, { ...input, sheet })) : []
  const kept = new Set(rows.map((one) => one.kind))
  const gone = standing.filter((one) => !kept.has(one.kind))
  return [...rows, ...gone.map((one) => ({ ...one, remindAt: null, state: 'dropped' as const }))]
}

/** What can be known of a gate without asking: seen, on its way, or nothing. */
export type Sight = Readonly<{ state: 'seen'; at: Date } | { state: 'coming' } | { state: 'nothing' }>

export type Look =
  | Readonly<{ kind: 'done'; at: Date }>
  /** Looked at again then: it is on its way, or these are the quiet hours. */
  | Readonly<{ kind: 'later'; at: Date }>
  | Readonly<{ kind: 'remind' }>
  /** Nobody is helped by a word about it any more. */
  | Readonly<{ kind: 'expired' }>

/** After the last day a report that was forgotten is still worth a word, for as long again. */
const STILL_OF_USE = 2 * DAY

export function lookAt(
  gate: Pick<GateRow, 'dueAt'>,
  sight: Sight,
  { session, now }: Readonly<{ session: Session; now: Date }>,
): Look {
  if (sight.state === 'seen') return { kind: 'done', at: sight.at }
  const beforehand = gate.dueAt <= session.startsAt
  const useUntil = beforehand ? session.startsAt : new Date(gate.dueAt.getTime() + STILL_OF_USE)
  if (now >= useUntil) return { kind: 'expired' }
  if (sight.state === 'coming' && now < gate.dueAt) return { kind: 'later', at: gate.dueAt }
  const at = deferForQuiet(now, { zone: session.zone, latest: useUntil })
  return at > now ? { kind: 'later', at } : { kind: 'remind' }
}

/** How long is left, as people count it: hours within a day, else days of the calendar. */
export type Left = Readonly<{ kind: 'days' | 'hours' | 'overdue-days' | 'overdue-hours'; count: number }>

export function leftOf(dueAt: Date, now: Date, zone: Zone): Left {
  const over = now > dueAt
  const [from, to] = over ? [dueAt, now] : [now, dueAt]
  const hours = Math.max(1, Math.floor((to.getTime() - from.getTime()) / (60 * MINUTE)))
  const days = daysBetween(dateIn(from, zone), dateIn(to, zone))
  if (hours < 24 || days === 0) return { kind: over ? 'overdue-hours' : 'hours', count: hours }
  return { kind: over ? 'overdue-days' : 'days', count: days }
}

type Length = Readonly<{ kind: 'regular' | 'thematic' | 'cell_committee'; durationMinutes: number }>

/** A session is all that a cell holds on one day: regular and thematic together need more than one alone. */
export function sessionLength(
  meetings: readonly Length[],
  minutes: Sheet['minutes'],
): Readonly<{ planned: number; least: number }> {
  const counted = meetings.filter((one) => one.kind !== 'cell_committee')
  const kinds = new Set(counted.map((one) => one.kind))
  return {
    planned: counted.reduce((sum, one) => sum + one.durationMinutes, 0),
    least: kinds.size > 1 ? minutes.joint : minutes.one,
  }
}
