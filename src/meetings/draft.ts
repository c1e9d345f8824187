import { z } from 'zod'
import type { PlainDate } from '../core/dates.js'
import { nfc, shorten } from '../core/text.js'
import { dayField, kindField, timeField } from './describe.js'
import { parseDay } from './parse-day.js'
import { parseMeetingLine } from './parse-meeting.js'
import { parseScheduleLine } from './parse-schedule.js'
import { parseTime } from './parse-time.js'
import type { Part, Particulars, Problem, TimeReading } from './parse-types.js'

/** What is known so far of a meeting or a series that somebody is planning; travels in buttons and awaited texts. */
export const draftSchema = z.object({
  kind: kindField.default('regular'),
  /** Of a single meeting. */
  day: dayField.nullable().default(null),
  /** Of a series. */
  rrule: z.string().nullable().default(null),
  time: timeField.nullable().default(null),
  /** "7 giờ": both hours, until one is chosen. */
  either: z.tuple([timeField, timeField]).nullable().default(null),
  place: z.string().nullable().default(null),
  online: z.boolean().nullable().default(null),
  agenda: z.string().nullable().default(null),
  durationMinutes: z.number().nullable().default(null),
  unread: z.string().nullable().default(null),
  /** Derived day → the day that was chosen instead of it. */
  instead: z.record(z.string(), dayField).default({}),
})
export type Draft = z.infer<typeof draftSchema>

export const EMPTY: Draft = draftSchema.parse({})

/** `wrong`: what stands in the way of a part, by the part. */
export type Read = Readonly<{
  draft: Draft
  wrong: Partial<Record<Part, Problem>>
  /** A day of the lunar month was named. */
  lunarDay: number | null
}>

/** A place is a line, not a letter. */
export const LONGEST_PLACE = 200

type Parsed = Particulars &
  Readonly<{ day: PlainDate | null; rrule: string | null; lunar: boolean; lunarDay: number | null }>

/** A bare number where a day is asked for: "15" is the 15th. (1–9 never reach here: they are answers.) */
const asDay = (text: string): string => (/^\s*\d{1,2}\s*$/.test(text) ? `ngày ${text.trim()}` : text)

const parseSeries = (text: string, asked: Part | null): Parsed => ({
  day: null,
  ...parseScheduleLine(asked === 'day' ? asDay(text) : text),
})

function parseSingle(text: string, asked: Part | null, today: PlainDate): Parsed {
  const line = parseMeetingLine(asked === 'day' ? asDay(text) : text, today)
  const rest = { rrule: null, lunar: false, lunarDay: null }
  const alone = asked === 'day' && !line.day ? parseDay(text, today) : null
  return { ...line, ...rest, day: alone?.ok ? alone.value : line.day }
}

const timeOf = (reading: TimeReading | null): Partial<Draft> => {
  if (!reading) return {}
  return reading.kind === 'clear'
    ? { time: reading.time, either: null }
    : { time: null, either: [reading.am, reading.pm] }
}

/**
 * What was typed where a place was asked for, as it stands: "Nhà văn hoá 19/5" is no date. Null: a line that says
 * more, with the place behind its "tại" ("19:30 tại Nhà văn hoá").
 */
function wholePlace(text: string, asked: Part | null): string | null {
  const line = text.replace(/\s+/g, ' ').trim()
  const place = line.replace(/^(?:tại|ở|địa điểm)\s*:?\s+/iu, '')
  const saysMore = /\s(?:tại|ở|địa điểm)\s/iu.test(line)
  return asked === 'place' && !saysMore && place !== '' && place.length <= LONGEST_PLACE ? place : null
}

const known = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as Partial<T>

/** Puts what a text says into a draft. `asked`: the part that the text was asked for; null: a whole line. */
export function readInto(
  draft: Draft,
  text: string,
  asked: Part | null,
  of: { kind: 'series' } | { kind: 'single'; today: PlainDate },
): Read {
  const parsed = of.kind === 'series' ? parseSeries(text, asked) : parseSingle(text, asked, of.today)
  const whole = wholePlace(nfc(text), asked)
  const alone = asked === 'time' ? parseTime(text) : null
  const time = alone?.ok ? alone.value : parsed.time
  const { day, rrule, online, agenda, durationMinutes } = parsed
  const place = parsed.place && shorten(parsed.place, LONGEST_PLACE)
  const next: Draft = whole
    ? { ...draft, place: whole }
    : {
        ...draft,
        ...known({ day, rrule, place, online, agenda, durationMinutes }),
        ...timeOf(time),
        kind: parsed.kind === 'regular' ? draft.kind : parsed.kind,
        unread: asked === null ? parsed.unread : draft.unread,
      }
  return { draft: next, wrong: wrongOf(parsed, alone, asked), lunarDay: parsed.lunarDay }
}

const SAID_NOTHING: readonly string[] = [
  'meetings.parse.no-day',
  'meetings.parse.no-rule',
  'meetings.parse.no-time',
  'meetings.parse.no-place',
]

/** Whoever was asked for one part has not failed to name the others. */
function wrongOf(parsed: Parsed, alone: ReturnType<typeof parseTime> | null, asked: Part | null): Read['wrong'] {
  const problems = parsed.problems.filter(
    ({ part, code }) => asked === null || asked === part || !SAID_NOTHING.includes(code),
  )
  const byPart = Object.fromEntries(problems.map((problem) => [problem.part, problem]))
  const unread = alone && !alone.ok && !parsed.time ? alone : null
  const refused = unread ? { time: { part: 'time' as const, code: unread.code, params: unread.params } } : {}
  return { ...byPart, ...refused }
}

/** The first part that is still missing, or null. A meeting that is held online needs no place. */
export function missingPart(draft: Draft, of: 'series' | 'single'): Part | null {
  if (of === 'series' ? draft.rrule === null : draft.day === null) return 'day'
  if (draft.time === null) return 'time'
  return draft.place === null && draft.online !== true ? 'place' : null
}
