import ical, { type ICalCalendar, type ICalEventData, ICalEventStatus } from 'ical-generator'
import {
  addDays,
  addMonths,
  dateIn,
  instantOf,
  MINUTE,
  type PlainDate,
  wallMoment,
  yearOf,
  type Zone,
} from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import { writable } from '../core/text.js'
import { capitalized, titleOf } from '../meetings/describe.js'
import { describeRule, expandRule } from '../meetings/recurrence.js'
import type { Series } from '../meetings/series.js'
import type { Meeting } from '../meetings/store.js'
import { zoneBlock } from './zone-block.js'

/** A series as one reader has it: from when it concerns them, and until when. */
export type FeedSeries = Readonly<{ series: Series; cell: string; from: PlainDate; until: PlainDate | null }>
export type FeedMeeting = Readonly<{ meeting: Meeting; cell: string }>

/** What a calendar shows. `meetings`: all that exist, those of the series among them. */
export type Feed = Readonly<{ name: string; series: readonly FeedSeries[]; meetings: readonly FeedMeeting[] }>

/** Clock changes are written this many years ahead; a phone fetches the calendar anew long before. */
const YEARS_AHEAD = 5
/** How often a phone is asked to fetch it. */
const REFRESH_SECONDS = 6 * 3600

const WALL = 'YYYYMMDD[T]HHmmss'

const endOf = ({ startsAt, durationMinutes }: Meeting): Date => new Date(startsAt.getTime() + durationMinutes * MINUTE)

/** The library escapes everything but a calendar's own name. */
const escapeText = (text: string): string =>
  writable(text)
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\s+/g, ' ')

const fieldsOf = ({ meeting, cell }: FeedMeeting, t: Translate, now: Date) => ({
  sequence: meeting.revision,
  stamp: now,
  status: meeting.state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  summary: writable(`${capitalized(titleOf(meeting, t))}, ${cell}`),
  location: writable(meeting.place),
})

/** A meeting by itself, in UTC: every calendar shows it in its own zone, with no table of zones. */
const single = (one: FeedMeeting, t: Translate, now: Date): ICalEventData => ({
  ...fieldsOf(one, t, now),
  id: `${one.meeting.id}@kyhop`,
  start: one.meeting.startsAt,
  end: endOf(one.meeting),
})

const instantOn = (series: Series, day: PlainDate): Date => instantOf(day, series.time, series.zone)

/** Days that the rule names and on which nothing was ever planned: before the first meeting, or the hour had passed. */
function listMissing({ series, from, until }: FeedSeries, meetings: readonly Meeting[]): PlainDate[] {
  const known = new Set(meetings.map((one) => one.occurrenceOn))
  const end = until && until < series.expandedUntil ? until : series.expandedUntil
  return from < end ? expandRule(series.rrule, from, end).filter((day) => !known.has(day)) : []
}

/** The rule's first day from `from` on; null: it ends before. */
function firstDay({ series, from, until }: FeedSeries): PlainDate | null {
  const [first] = expandRule(series.rrule, from, addMonths(from, 3))
  return first && (!until || first < until) ? first : null
}

/**
 * The rule as calendars on phones understand it: many do not know `BYSETPOS` behind days of a month. Of the 29th to the
 * 31st they get the plain day, and what it leaves out (the end of February) day by day, for the years ahead.
 */
function plainRule({ series, until }: FeedSeries, first: PlainDate, now: Date): { rrule: string; extra: PlainDate[] } {
  const monthly = describeRule(series.rrule)
  if (monthly?.kind !== 'day' || monthly.day <= 28) return { rrule: series.rrule, extra: [] }
  const rrule = `FREQ=MONTHLY;BYMONTHDAY=${monthly.day === 31 ? -1 : monthly.day}`
  const end = until ?? (`${yearOf(dateIn(now, series.zone)) + YEARS_AHEAD}-01-01` as PlainDate)
  const plain = new Set(expandRule(rrule, first, end))
  return { rrule, extra: expandRule(series.rrule, first, end).filter((day) => !plain.has(day)) }
}

const stampOf = (at: Date): string => `${at.toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`

/** The rule in wall time, so that a clock change moves no hour, without the days that were never planned. */
function master(
  one: FeedSeries,
  first: PlainDate,
  meetings: readonly Meeting[],
  t: Translate,
  now: Date,
): ICalEventData {
  const { series, cell, until } = one
  const { zone } = series
  const at = (instant: Date) => wallMoment(instant, zone)
  const start = instantOn(series, first)
  const last = until ? `;UNTIL=${stampOf(instantOn(series, addDays(until, -1)))}` : ''
  const { rrule, extra } = plainRule(one, first, now)
  const missing = listMissing({ ...one, from: first }, meetings)
  const listed = (name: string, days: readonly PlainDate[]): string[] =>
    days.length === 0
      ? []
      : [`${name};TZID=${zone}:${days.map((day) => at(instantOn(series, day)).format(WALL)).join(',')}`]
  return {
    id: `${series.id}@kyhop`,
    sequence: series.endsOn ? 1 : 0,
    stamp: now,
    timezone: zone,
    start: at(start),
    end: at(new Date(start.getTime() + series.durationMinutes * MINUTE)),
    repeating: [`RRULE:${rrule}${last}`, ...listed('RDATE', extra), ...listed('EXDATE', missing)].join('\r\n'),
    summary: writable(`${capitalized(t(`calendar.series.${series.kind}`))}, ${cell}`),
    location: writable(series.place),
  }
}

/** A meeting of a series, in the place of the day that the rule gave it: moved, cancelled, or with its own title. */
const override = (one: FeedMeeting, series: Series, t: Translate, now: Date): ICalEventData => {
  const at = (instant: Date) => wallMoment(instant, series.zone)
  return {
    ...fieldsOf(one, t, now),
    id: `${series.id}@kyhop`,
    timezone: series.zone,
    recurrenceId: at(instantOn(series, one.meeting.occurrenceOn)),
    start: at(one.meeting.startsAt),
    end: at(endOf(one.meeting)),
  }
}

/** The library leaves the last line without the end that every line has (RFC 5545 §3.1). */
const textOf = (calendar: ICalCalendar): string => `${calendar.toString()}\r\n`

const newCalendar = (name: string, language: string): ICalCalendar =>
  ical({ name: escapeText(name), prodId: { company: 'Kỳ Họp', product: 'Kỳ Họp', language } })

function addSeries(
  calendar: ICalCalendar,
  one: FeedSeries,
  meetings: readonly FeedMeeting[],
  t: Translate,
  now: Date,
): void {
  const first = firstDay(one)
  if (!first) return
  const own = meetings.filter(({ meeting }) => meeting.scheduleId === one.series.id && meeting.occurrenceOn >= first)
  calendar.createEvent(
    master(
      one,
      first,
      own.map(({ meeting }) => meeting),
      t,
      now,
    ),
  )
  for (const item of own) calendar.createEvent(override(item, one.series, t, now))
}

/**
 * A calendar (RFC 5545): series as rules with their exceptions, in their zone's wall time, single meetings in UTC. The
 * same thing keeps its UID for ever, and its SEQUENCE rises with every change, so that a phone replaces what it has.
 */
export function feedText(feed: Feed, t: Translate, now: Date): string {
  const calendar = newCalendar(feed.name, t.locale).ttl(REFRESH_SECONDS)
  const zones = new Map<Zone, PlainDate>()
  for (const { series, from } of feed.series) {
    const known = zones.get(series.zone)
    if (!known || from < known) zones.set(series.zone, from)
  }
  const until = new Date(Date.UTC(yearOf(dateIn(now, 'UTC')) + YEARS_AHEAD, 0, 1))
  calendar.timezone({
    name: null,
    generator: (zone) =>
      zoneBlock(zone, new Date(`${addDays(zones.get(zone) ?? dateIn(now, zone), -1)}T00:00:00Z`), until),
  })
  for (const one of feed.series) addSeries(calendar, one, feed.meetings, t, now)
  const inSeries = new Set(feed.series.map(({ series }) => series.id))
  for (const one of feed.meetings)
    if (!inSeries.has(one.meeting.scheduleId ?? '')) calendar.createEvent(single(one, t, now))
  return textOf(calendar)
}

/** One meeting, to be kept with its invitation. */
export function meetingText(one: FeedMeeting, t: Translate, now: Date): string {
  const calendar = newCalendar(capitalized(titleOf(one.meeting, t)), t.locale)
  calendar.createEvent(single(one, t, now))
  return textOf(calendar)
}
