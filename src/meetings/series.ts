import {
  addDays,
  addMonths,
  dateIn,
  fromDateColumn,
  instantOf,
  type PlainDate,
  startOfMonth,
  toDateColumn,
  type WallTime,
  type Zone,
} from '../core/dates.js'
import { newId } from '../core/ids.js'
import type { Tx } from '../database/client.js'
import type { Schedule as Row } from '../database/generated/client.js'
import type { MeetingKind } from '../database/generated/enums.js'
import { isKnown } from './announce.js'
import { type Cell, existsOn } from './cell.js'
import { insertMeeting } from './changes.js'
import { cancelMeeting, moveMeeting } from './plan.js'
import { expandRule } from './recurrence.js'
import { type Meeting, toMeeting } from './store.js'

/** Meetings of a series exist this far ahead; a week's worth is added at a time. */
export const HORIZON_DAYS = 70
const STRIDE_DAYS = 7

export type Series = Readonly<{
  id: string
  cellId: string
  kind: MeetingKind
  rrule: string
  time: WallTime
  zone: Zone
  place: string
  onlineAllowed: boolean
  durationMinutes: number
  startsOn: PlainDate
  endsOn: PlainDate | null
  expandedUntil: PlainDate
}>

export const toSeries = (row: Row): Series => ({
  ...row,
  time: row.time as WallTime,
  startsOn: fromDateColumn(row.startsOn),
  endsOn: row.endsOn ? fromDateColumn(row.endsOn) : null,
  expandedUntil: fromDateColumn(row.expandedUntil),
})

/** The series of this kind that goes on, or null. A cell has one a kind. */
export async function findSeries(tx: Tx, cellId: string, kind: MeetingKind): Promise<Series | null> {
  const row = await tx.schedule.findFirst({ where: { cellId, kind, endsOn: null }, orderBy: { id: 'desc' } })
  return row ? toSeries(row) : null
}

export async function listSeries(tx: Tx, cellId: string): Promise<Series[]> {
  return (await tx.schedule.findMany({ where: { cellId, endsOn: null }, orderBy: { id: 'asc' } })).map(toSeries)
}

/** Planned meetings of the series that have not begun, the next first. */
export async function listFuture(tx: Tx, seriesId: string, now: Date): Promise<Meeting[]> {
  const rows = await tx.meeting.findMany({
    where: { scheduleId: seriesId, state: 'planned', startsAt: { gt: now } },
    orderBy: { startsAt: 'asc' },
  })
  return rows.map(toMeeting)
}

/**
 * The first day on which a new series may fall: today (if the hour is still to come). Where the old series has met
 * this month already the new one takes over next month: a month has one regular meeting.
 */
export async function firstDayOf(
  tx: Tx,
  now: Date,
  cell: Cell,
  time: WallTime,
  old: Series | null,
): Promise<PlainDate> {
  const today = dateIn(now, cell.zone)
  const first = instantOf(today, time, cell.zone) > now ? today : addDays(today, 1)
  if (!old) return first
  const month = toDateColumn(startOfMonth(today))
  const met = await tx.meeting.findFirst({
    where: { scheduleId: old.id, state: 'planned', startsAt: { lte: now }, day: { gte: month } },
  })
  return met ? startOfMonth(addMonths(today, 1)) : first
}

/** Ends a series. Its future meetings are the caller's to move or cancel. */
export const endSeries = (tx: Tx, series: Series, today: PlainDate) =>
  tx.schedule.update({
    where: { id: series.id },
    data: { endsOn: toDateColumn(today > series.startsOn ? today : addDays(series.startsOn, 1)) },
  })

const nextExpansion = (until: PlainDate, zone: Zone): Date =>
  instantOf(addDays(until, STRIDE_DAYS - HORIZON_DAYS), '03:00' as WallTime, zone)

export type WantedSeries = Omit<Series, 'endsOn' | 'expandedUntil'> & { createdBy: string }

export async function insertSeries(tx: Tx, now: Date, wanted: WantedSeries): Promise<Series> {
  const startsOn = toDateColumn(wanted.startsOn)
  const row = await tx.schedule.create({
    data: { ...wanted, startsOn, expandedUntil: startsOn, expandAt: now, createdAt: now },
  })
  return toSeries(row)
}

export type Expansion = Readonly<{
  /** Meetings of a series that this one replaces, and single ones: those of the same month are moved, not doubled. */
  reuse?: readonly Meeting[]
  /** Days chosen by hand instead of derived ones that are holidays. */
  instead?: Readonly<Record<string, PlainDate>>
  byId?: string | null
}>

export type Expanded = Readonly<{ meeting: Meeting; reused: Meeting | null }>

/**
 * Makes the meetings of a series up to the horizon, each derived day once: (series, day) is unique. A single meeting of
 * the same kind that stands on that very day joins the series instead of getting a double.
 */
export async function expandSeries(
  tx: Tx,
  now: Date,
  cell: Cell,
  series: Series,
  options: Expansion = {},
): Promise<Expanded[]> {
  const until = addDays(dateIn(now, cell.zone), HORIZON_DAYS)
  const days = expandRule(series.rrule, series.expandedUntil, until).filter((day) => existsOn(cell, day))
  const made: Expanded[] = []
  for (const occurrenceOn of days) {
    const day = options.instead?.[occurrenceOn] ?? occurrenceOn
    if (instantOf(day, series.time, series.zone) <= now) continue
    const expanded = await placeOccurrence(tx, now, series, { occurrenceOn, day }, options, made.length === 0)
    if (expanded) made.push(expanded)
  }
  if (until > series.expandedUntil)
    await tx.schedule.update({
      where: { id: series.id },
      data: { expandedUntil: toDateColumn(until), expandAt: nextExpansion(until, series.zone) },
    })
  return made
}

type Occurrence = { occurrenceOn: PlainDate; day: PlainDate }

async function placeOccurrence(
  tx: Tx,
  now: Date,
  series: Series,
  at: Occurrence,
  options: Expansion,
  first: boolean,
): Promise<Expanded | null> {
  const standing = await tx.meeting.findFirst({
    where: { scheduleId: series.id, occurrenceOn: toDateColumn(at.occurrenceOn) },
  })
  if (standing) return null
  const reused = options.reuse?.find((one) => startOfMonth(one.occurrenceOn) === startOfMonth(at.occurrenceOn))
  const old = reused ?? (await findSingle(tx, series, at.day))
  const byId = options.byId ?? null
  const { time, place, onlineAllowed, durationMinutes } = series
  const fields = { ...at, scheduleId: series.id, time, place, onlineAllowed, durationMinutes }
  if (!old) {
    const { cellId, kind, zone } = series
    const wanted = { ...fields, id: newId(), cellId, kind, zone, agenda: null, createdBy: byId }
    return { meeting: await insertMeeting(tx, now, wanted), reused: null }
  }
  // The first one is told with the series itself; the others only to those who have heard of them.
  const silent = first || !(await isKnown(tx, old.id))
  const patch = reused ? fields : { scheduleId: series.id, occurrenceOn: at.occurrenceOn }
  const { meeting } = await moveMeeting(tx, now, old, patch, byId, silent)
  return { meeting, reused: old }
}

async function findSingle(tx: Tx, series: Series, day: PlainDate): Promise<Meeting | null> {
  const row = await tx.meeting.findFirst({
    where: { cellId: series.cellId, kind: series.kind, scheduleId: null, state: 'planned', day: toDateColumn(day) },
  })
  return row ? toMeeting(row) : null
}

/** Cancels what is left of a series; whoever has heard of a meeting is told. Returns how many messages that makes. */
export async function cancelRest(
  tx: Tx,
  now: Date,
  meetings: readonly Meeting[],
  byId: string | null,
): Promise<number> {
  let told = 0
  for (const one of meetings)
    told += (await cancelMeeting(tx, now, one, byId, !(await isKnown(tx, one.id)))).told.people
  return told
}
