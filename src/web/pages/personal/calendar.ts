import ical from 'ical-generator'
import { listAsked } from '../../../attendance/store.js'
import type { Actor } from '../../../conversation/types.js'
import { MINUTE } from '../../../core/dates.js'
import type { Translate } from '../../../core/i18n.js'
import type { Tx } from '../../../database/client.js'
import { capitalized, titleOf } from '../../../meetings/describe.js'
import type { Meeting } from '../../../meetings/store.js'

/** Instants in UTC: every calendar shows them in its own zone, with no table of zones in the file. */
const eventOf = (meeting: Meeting, t: Translate, now: Date) => ({
  id: `${meeting.id}@kyhop`,
  // A file that is saved again replaces what was moved.
  sequence: meeting.revision,
  stamp: now,
  start: meeting.startsAt,
  end: new Date(meeting.startsAt.getTime() + meeting.durationMinutes * MINUTE),
  summary: capitalized(titleOf(meeting, t)),
  location: meeting.place,
})

/** The meetings that are theirs, from today on, as a calendar file (RFC 5545). */
export async function calendarOf(tx: Tx, now: Date, people: readonly Actor[], t: Translate): Promise<string> {
  const calendar = ical({
    name: t('pages.own.title'),
    prodId: { company: 'Kỳ Họp', product: 'Kỳ Họp', language: t.locale },
  })
  const seen = new Set<string>()
  for (const { personId } of people)
    for (const { meeting } of await listAsked(tx, personId, now)) {
      if (meeting.startsAt <= now || seen.has(meeting.id)) continue
      seen.add(meeting.id)
      calendar.createEvent(eventOf(meeting, t, now))
    }
  return calendar.toString()
}
