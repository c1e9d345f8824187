import { HOUR } from '../core/dates.js'
import type { Tx } from '../database/client.js'
import { enqueue, outgoing, PRIORITY, withdraw } from '../messaging/outbox.js'
import type { Told } from './announce.js'
import type { Cell } from './cell.js'
import { describeMeeting } from './describe.js'
import { isAsked, listInvited } from './invited.js'
import { seriesNotice } from './messages-notices.js'
import { outsideQuiet } from './quiet.js'
import { isUrgent } from './rules.js'
import type { Expanded, Series } from './series.js'

type NewSeries = Readonly<{ cell: Cell; series: Series; first: Expanded; old: Series | null; byId: string }>

/** Tells a new series once, with its first date; its later meetings are not announced one by one. */
export async function announceSeries(tx: Tx, now: Date, made: NewSeries): Promise<Told> {
  const { cell, series, first, old, byId } = made
  const { meeting, reused } = first
  if (old) await withdraw(tx, now, { subject: old.id, kinds: [seriesNotice.kind] })
  const answers = new Map((await tx.answer.findMany({ where: { meetingId: meeting.id } })).map((a) => [a.personId, a]))
  const urgent = reused !== null && isUrgent(now, reused.startsAt, meeting.startsAt)
  const latest = new Date(meeting.startsAt.getTime() - HOUR)
  const people = (await listInvited(tx, meeting)).filter((one) => one.personId !== byId)
  const timing = urgent ? { notBefore: now } : outsideQuiet(now, { zone: cell.zone, latest })
  await enqueue(
    tx,
    now,
    people.map((one) =>
      outgoing(
        seriesNotice,
        {
          ...describeMeeting(meeting),
          meetingId: meeting.id,
          cell: cell.name,
          asked: isAsked(one),
          answered: answers.get(one.personId)?.state ?? null,
          rrule: series.rrule,
          replaces: old !== null,
        },
        {
          causeKey: `series:${series.id}:${one.personId}`,
          personId: one.personId,
          subject: series.id,
          priority: PRIORITY.notice,
          ...timing,
          expiresAt: meeting.startsAt,
        },
      ),
    ),
  )
  return { people: people.filter((one) => one.reachable).length, at: timing.notBefore }
}
