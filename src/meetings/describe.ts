import { z } from 'zod'
import { type PlainDate, parsePlainDate, parseWallTime, type WallTime } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import type { MessageKey } from '../core/message-keys.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { describeRule } from './recurrence.js'
import type { Meeting } from './store.js'

export const dayField = z.string().transform((text) => parsePlainDate(text) as PlainDate)
export const timeField = z.string().transform((text) => parseWallTime(text) as WallTime)
export const kindField = z.enum(['regular', 'thematic', 'cell_committee'])

/** What a message needs to say which meeting it speaks of. */
export const describedFields = {
  kind: kindField,
  day: dayField,
  time: timeField,
  place: z.string(),
  agenda: z.string().nullable(),
  onlineAllowed: z.boolean(),
}
export type Described = Pick<Meeting, 'kind' | 'day' | 'time' | 'place' | 'agenda' | 'onlineAllowed'>

export const describeMeeting = ({ kind, day, time, place, agenda, onlineAllowed }: Described): Described => ({
  kind,
  day,
  time,
  place,
  agenda,
  onlineAllowed,
})

type Named = Pick<Meeting, 'kind' | 'day'>

/** "sinh hoạt thường kỳ tháng 12/2026", as a parameter of a note. */
export const titleWords = (meeting: Named): JsonObject => ({
  key: `meetings.title.${meeting.kind}`,
  params: { month: { date: meeting.day, style: 'month-year' } },
})

/** Parameters for a note about a meeting: `{{meeting}}`, `{{when}}` and `{{place}}`. */
export const meetingWords = (meeting: Pick<Meeting, 'kind' | 'day' | 'time' | 'place'>): JsonObject => ({
  meeting: titleWords(meeting),
  when: { date: meeting.day, time: meeting.time },
  place: meeting.place,
})

/** "sinh hoạt thường kỳ tháng 12/2026", in the middle of a sentence. */
export const titleOf = (meeting: Named, t: Translate): string =>
  t.dynamic(`meetings.title.${meeting.kind}`, { month: t.date(meeting.day, 'month-year') })

export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Time, place, whether one may stay at home, and the agenda: a line each. */
export const linesOf = (meeting: Described, t: Translate): string[] => [
  t('meetings.line.when', { when: t.dateTime(meeting.day, meeting.time) }),
  t('meetings.line.place', { place: meeting.place }),
  ...(meeting.onlineAllowed ? [t('meetings.line.online')] : []),
  ...(meeting.agenda ? [t('meetings.line.agenda', { agenda: meeting.agenda })] : []),
]

/** A series' rule as a text of the locales. */
export function ruleWords(rrule: string): { key: MessageKey; params: JsonObject } {
  const monthly = describeRule(rrule)
  if (!monthly || monthly.kind === 'last-day') return { key: 'meetings.parse.rule.last-day', params: {} }
  if (monthly.kind === 'day')
    return {
      key: monthly.day > 28 ? 'meetings.parse.rule.day-clamped' : 'meetings.parse.rule.day',
      params: { day: monthly.day },
    }
  const ordinal = monthly.ordinal === -1 ? 'last' : monthly.ordinal
  return {
    key: 'meetings.parse.rule.weekday',
    params: {
      weekday: { key: `meetings.parse.weekday.${monthly.weekday}` },
      nth: { key: `meetings.parse.ordinal.${ordinal}` },
    },
  }
}
