import type { PlainDate } from '../core/dates.js'
import { readDay } from '../meetings/parse-day.js'
import { cleanText, scanAll, tokenize } from '../meetings/parse-tokens.js'
import { meantMeetings } from './answers-open.js'
import type { Asked } from './store.js'

/** `unclear`: two days, or one that the calendar does not have. Null: the text names none. */
export type SaidDay = PlainDate | 'unclear' | null

/** The day that a text names: "em vắng ngày 10/12", "mai em bận". Pure. */
export function saidDay(text: string, today: PlainDate): SaidDay {
  const hits = scanAll(tokenize(cleanText(text)), readDay(today))
  const days = new Set(hits.map(({ value }) => (value.kind === 'day' ? value.day : 'unclear')))
  const [day] = days
  if (!day) return null
  return days.size === 1 ? day : 'unclear'
}

/** The text without the days that it names: what is left of "ngày 10/12 bận công tác" is the reason. */
export function withoutDays(text: string, today: PlainDate): string {
  const clean = cleanText(text)
  const tokens = tokenize(clean)
  return scanAll(tokens, readDay(today))
    .reduceRight((rest, { start, next }) => {
      const [first, last] = [tokens[start], tokens[next - 1]]
      return first && last ? `${rest.slice(0, first.start)} ${rest.slice(last.end)}` : rest
    }, clean)
    .trim()
}

/**
 * The meetings that are meant, and whether the answer may be recorded: a day on which there is no meeting of this
 * person's is asked about, for it may be another meeting that they have in mind.
 */
export function meetingsOn(
  asked: readonly Asked[],
  now: Date,
  day: SaidDay,
): { meant: readonly Asked[]; sure: boolean } {
  const on = asked.filter(({ meeting }) => meeting.day === day)
  if (on.length > 0) return { meant: on, sure: true }
  return { meant: meantMeetings(asked, now), sure: day === null }
}
