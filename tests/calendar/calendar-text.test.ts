import { join } from 'node:path'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { feedText, meetingText } from '../../src/calendar/calendar-text.js'
import { instantOf, type PlainDate, type WallTime } from '../../src/core/dates.js'
import { loadTranslations } from '../../src/core/i18n.js'
import type { Series } from '../../src/meetings/series.js'
import type { Meeting } from '../../src/meetings/store.js'

const t = loadTranslations(join(import.meta.dirname, '../../locales')).for('vi')
const NOW = new Date('2026-11-20T01:00:00Z')
const CELL = 'Chi bộ Thôn Đoài'
const day = (text: string) => text as PlainDate

const aSeries = (zone: string, rrule: string, time = '19:30'): Series => ({
  id: '01900000-0000-7000-8000-000000000001',
  cellId: '01900000-0000-7000-8000-00000000000c',
  kind: 'regular',
  rrule,
  time: time as WallTime,
  zone,
  place: 'Hội trường tầng 2; nhà văn hóa, xóm Đoài',
  onlineAllowed: true,
  durationMinutes: 90,
  startsOn: day('2026-09-20'),
  endsOn: null,
  expandedUntil: day('2027-02-01'),
})

function aMeeting(series: Series, occurrenceOn: string, change: Partial<Meeting> = {}): Meeting {
  const { zone, place, onlineAllowed, durationMinutes, cellId, kind } = series
  const fields = { day: day(occurrenceOn), time: series.time, ...change }
  return {
    id: `01900000-0000-7000-8000-${occurrenceOn.replaceAll('-', '')}0000`,
    cellId,
    kind,
    zone,
    place,
    onlineAllowed,
    durationMinutes,
    scheduleId: series.id,
    occurrenceOn: day(occurrenceOn),
    startsAt: instantOf(fields.day, fields.time, zone),
    agenda: null,
    answerDeadline: null,
    state: 'planned',
    revision: 1,
    meetingSecretaryId: null,
    ...fields,
  }
}

type Shown = Readonly<{ status: string | null; startDate: ICAL.Time; endDate: ICAL.Time }>

const detailOf = (event: ICAL.Event, { startDate, endDate }: { startDate: ICAL.Time; endDate: ICAL.Time }): Shown => ({
  status: event.component.getFirstPropertyValue('status') as string | null,
  startDate,
  endDate,
})

/** The first `count` beginnings of a rule, with its exceptions in their places. */
function occurrencesOf(event: ICAL.Event, count: number): Shown[] {
  if (!event.isRecurring()) return [detailOf(event, event)]
  const days = event.iterator()
  return Array.from({ length: count }, () => days.next())
    .filter(Boolean)
    .map((next) => event.getOccurrenceDetails(next))
    .map((one) => detailOf(one.item, one))
}

/** What another program shows of it: each event's beginning and end as instants, cancelled ones left out. */
function shown(text: string, count: number): string[] {
  const calendar = new ICAL.Component(ICAL.parse(text))
  for (const zone of calendar.getAllSubcomponents('vtimezone'))
    ICAL.TimezoneService.register(new ICAL.Timezone(zone), zone.getFirstPropertyValue('tzid') as string)
  const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
  const exceptions = events.filter((one) => one.isRecurrenceException())
  const rules = events.filter((one) => !one.isRecurrenceException())
  for (const rule of rules) for (const one of exceptions) if (one.uid === rule.uid) rule.relateException(one)
  return rules
    .flatMap((event) => occurrencesOf(event, count))
    .filter(({ status }) => status !== 'CANCELLED')
    .map(({ startDate, endDate }) => `${startDate.toJSDate().toISOString()}/${endDate.toJSDate().toISOString()}`)
}

const span = (series: Series, date: string, time = series.time as string) => {
  const start = instantOf(day(date), time as WallTime, series.zone)
  return `${start.toISOString()}/${new Date(start.getTime() + series.durationMinutes * 60_000).toISOString()}`
}

const asFeed = (series: Series, meetings: readonly Meeting[], until: string | null = null) => ({
  name: 'Lịch họp; của, tôi',
  series: [{ series, cell: CELL, from: series.startsOn, until: until ? day(until) : null }],
  meetings: meetings.map((meeting) => ({ meeting, cell: CELL })),
})

test.each(['Asia/Ho_Chi_Minh', 'America/New_York', 'Australia/Lord_Howe'])(
  'a series is a rule that another program expands to the same hours, over clock changes too: %s',
  (zone) => {
    const series = aSeries(zone, 'FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1')
    const meetings = ['2026-09-30', '2026-10-31', '2026-11-30', '2026-12-31', '2027-01-31'].map((one) =>
      aMeeting(series, one),
    )
    const text = feedText(asFeed(series, meetings), t, NOW)
    const days = [...meetings.map((one) => one.day), '2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31']
    expect(shown(text, days.length)).toEqual(days.map((one) => span(series, one)))
    // A clock change between them: the hour on the wall stays, the instant moves.
    if (zone !== 'Asia/Ho_Chi_Minh')
      expect(new Set(shown(text, 9).map((one) => one.slice(11, 16))).size).toBeGreaterThan(1)
  },
)

test('the 30th is the end of February, for calendars that know no BYSETPOS', () => {
  const series = aSeries('Asia/Ho_Chi_Minh', 'FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1')
  const days = ['2026-09-30', '2026-10-30', '2026-11-30', '2026-12-30', '2027-01-30', '2027-02-28', '2027-03-30']
  const text = feedText(
    asFeed(
      series,
      days.slice(0, 5).map((one) => aMeeting(series, one)),
    ),
    t,
    NOW,
  )
  expect(text).not.toContain('BYSETPOS')
  expect(shown(text, days.length)).toEqual(days.map((one) => span(series, one)))
})

test('a moved one, a cancelled one and one that never was are exceptions of the rule', () => {
  const series = aSeries('America/New_York', 'FREQ=MONTHLY;BYMONTHDAY=3')
  const moved = aMeeting(series, '2026-11-03', { day: day('2026-11-05'), time: '18:00' as WallTime, revision: 3 })
  const cancelled = aMeeting(series, '2026-12-03', { state: 'cancelled', revision: 2 })
  const text = feedText(asFeed(series, [moved, cancelled, aMeeting(series, '2027-01-03')]), t, NOW)
  expect(shown(text, 4)).toEqual([
    span(series, '2026-11-05', '18:00'),
    span(series, '2027-01-03'),
    span(series, '2027-02-03'),
  ])
  expect(text).toContain('EXDATE;TZID=America/New_York:20261003T193000')
  expect(text).toContain('STATUS:CANCELLED')
  const unfolded = text.replaceAll('\r\n ', '')
  expect(unfolded).toMatch(/RECURRENCE-ID;TZID=America\/New_York:20261103T193000/)
  expect(unfolded).toMatch(/UID:01900000-0000-7000-8000-000000000001@kyhop\r\nSEQUENCE:3/)
})

test('it ends where the series or the membership ends', () => {
  const series = aSeries('Asia/Ho_Chi_Minh', 'FREQ=MONTHLY;BYMONTHDAY=3', '06:00')
  const meetings = ['2026-10-03', '2026-11-03', '2026-12-03', '2027-01-03'].map((one) => aMeeting(series, one))
  const text = feedText(asFeed(series, meetings.slice(0, 3), '2027-01-03'), t, NOW)
  expect(shown(text, 12)).toEqual(['2026-10-03', '2026-11-03', '2026-12-03'].map((one) => span(series, one)))
})

test('a single meeting keeps its UID, counts its changes, and ends when it ends', () => {
  const series = aSeries('Asia/Ho_Chi_Minh', 'FREQ=MONTHLY;BYMONTHDAY=3')
  const meeting = aMeeting(series, '2026-12-03', { scheduleId: null })
  const texts = [meeting, { ...meeting, revision: 2, state: 'cancelled' as const }].map((one) =>
    meetingText({ meeting: one, cell: CELL }, t, NOW),
  )
  expect(shown(texts[0] ?? '', 1)).toEqual([span(series, '2026-12-03')])
  expect(shown(texts[1] ?? '', 1)).toEqual([])
  const ids = texts.map((text) => [
    /UID:(.+)/.exec(text)?.[1],
    /SEQUENCE:(\d+)/.exec(text)?.[1],
    /STATUS:(\w+)/.exec(text)?.[1],
  ])
  expect(ids).toEqual([
    [expect.stringContaining(meeting.id), '1', 'CONFIRMED'],
    [expect.stringContaining(meeting.id), '2', 'CANCELLED'],
  ])
  const [event] = new ICAL.Component(ICAL.parse(texts[0] ?? '')).getAllSubcomponents('vevent')
  expect(event?.getFirstPropertyValue('location')).toBe(series.place)
})

test('every line is one that any program reads: 75 bytes at most, ended by CR LF, stamps in UTC', () => {
  const series = aSeries('Asia/Ho_Chi_Minh', 'FREQ=MONTHLY;BYMONTHDAY=3')
  const text = feedText(asFeed(series, [aMeeting(series, '2026-12-03')]), t, NOW)
  const lines = text.split('\r\n')
  expect(lines.filter((line) => Buffer.byteLength(line) > 75 || line.includes('\n'))).toEqual([])
  expect(lines.filter((line) => line.startsWith('DTSTAMP'))).toEqual(Array(2).fill('DTSTAMP:20261120T010000Z'))
  expect(lines).toContain('NAME:Lịch họp\\; của\\, tôi')
})
