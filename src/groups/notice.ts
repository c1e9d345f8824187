import { dateIn, minutesOf, weekdayOf } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import type { Block, PartyPaper } from '../core/party-layout.js'
import { agendaPoints, bare, listed } from '../meetings/agenda.js'
import { titleOf } from '../meetings/describe.js'
import type { Issuer } from '../meetings/issuer.js'
import type { Meeting } from '../meetings/store.js'

const body = (meeting: Meeting): 'cell' | 'committee' => (meeting.kind === 'cell_committee' ? 'committee' : 'cell')

/** One point in its sentence, several a line each. */
function agendaOf({ agenda }: Meeting, t: Translate): Block[] {
  const points = agendaPoints(agenda)
  if (points.length < 2) return points.map((one) => t('groups.paper.agenda', { agenda: one }))
  return [t('groups.paper.agenda-points'), { items: listed(points) }]
}

/** "19 giờ 30, thứ Năm, ngày 03 tháng 12 năm 2026": as papers write it. */
const whenOf = ({ day, time }: Meeting, t: Translate): string =>
  t('groups.paper.when', {
    hours: Math.floor(minutesOf(time) / 60),
    minutes: time.slice(3, 5),
    weekday: t.dynamic(`meetings.parse.weekday.${weekdayOf(day)}`),
    date: t.date(day, 'paper'),
  })

/**
 * The invitation for the committee's member who follows the cell, for a hand to number and sign. It names nobody: whom it
 * is for is a role, and so is whoever signs.
 */
export const invitationPaper = (meeting: Meeting, issuer: Issuer, now: Date, t: Translate): PartyPaper => ({
  superior: issuer.superior,
  unit: issuer.unit,
  number: t(`groups.paper.number.${body(meeting)}`),
  placeAndDate: t('groups.paper.place-and-date', { date: t.date(dateIn(now, meeting.zone), 'paper') }),
  title: t('groups.paper.title'),
  about: t('groups.paper.about', { meeting: titleOf(meeting, t) }),
  to: t('groups.paper.to', { unit: issuer.unit }),
  body: [
    t('groups.paper.invites', { unit: issuer.unit, meeting: titleOf(meeting, t) }),
    whenOf(meeting, t),
    t('groups.paper.place', { place: bare(meeting.place) }),
    ...agendaOf(meeting, t),
    t('groups.paper.closing'),
  ],
  signature: { roles: [t(`groups.paper.for.${body(meeting)}`), t('groups.paper.role')] },
  left: {
    title: t('groups.paper.copies'),
    lines: [t('groups.paper.copy-to'), t('groups.paper.copy-kept')],
  },
})
