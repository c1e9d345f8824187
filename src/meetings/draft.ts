import { z } from 'zod'
import type { PlainDate, WallTime } from '../core/dates.js'
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
  lunarDay: number | null
  lunar: boolean
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

function placeOf(text: string, parsed: Parsed, asked: Part | null): string | null {
  if (parsed.place) return parsed.place
  const whole = text.replace(/\s+/g, ' ').trim()
  return asked === 'place' && whole !== '' && whole.length <= LONGEST_PLACE ? whole : null
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
  // A place may be called "Nhà văn hoá 19/5": where one is asked for, only a line with "tại" is read for more.
  const parsed = of.kind === 'series' ? parseSeries(text, asked) : parseSingle(text, asked, of.today)
  const place = placeOf(text, parsed, asked)
  const onlyPlace = asked === 'place' && !parsed.place
  const alone = asked === 'time' ? parseTime(text) : null
  const time = alone?.ok ? alone.value : parsed.time
  const { day, rrule, online, agenda, durationMinutes } = parsed
  const next: Draft = onlyPlace
    ? { ...draft, ...known({ place }) }
    : {
        ...draft,
        ...known({ day, rrule, place, online, agenda, durationMinutes }),
        ...timeOf(time),
        kind: parsed.kind === 'regular' ? draft.kind : parsed.kind,
        unread: asked === null ? parsed.unread : draft.unread,
      }
  return { draft: next, wrong: wrongOf(parsed, alone), lunar: parsed.lunar, lunarDay: parsed.lunarDay }
}

function wrongOf(parsed: Parsed, alone: ReturnType<typeof parseTime> | null): Read['wrong'] {
  const byPart = Object.fromEntries(parsed.problems.map((problem) => [problem.part, problem]))
  const refused = alone && !alone.ok ? { time: { part: 'time' as const, code: alone.code, params: alone.params } } : {}
  return { ...byPart, ...refused }
}

/** The first part that is still missing, or null. A meeting that is held online needs no place. */
export function missingPart(draft: Draft, of: 'series' | 'single'): Part | null {
  if (of === 'series' ? draft.rrule === null : draft.day === null) return 'day'
  if (draft.time === null) return 'time'
  return draft.place === null && draft.online !== true ? 'place' : null
}

/** A draft with nothing missing. */
export type Complete = Draft & { time: WallTime }
