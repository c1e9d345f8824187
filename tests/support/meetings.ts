import { z } from 'zod'
import { fromDateColumn, parseWallTime, toDateColumn } from '../../src/core/dates.js'
import { newId } from '../../src/core/ids.js'
import type { Meeting } from '../../src/database/generated/client.js'
import { findMeeting, type Meeting as Read } from '../../src/meetings/store.js'
import { enqueue, outgoing, PRIORITY } from '../../src/messaging/outbox.js'
import { renderer } from '../../src/messaging/renderer.js'
import { at, type House, ZONE } from './house.js'
import type { Place } from './people.js'

/** A meeting of that cell, as the database holds it: `when` is `2026-12-03 19:30` in the house's zone. */
export async function aMeeting(
  house: Place,
  cellId: string,
  when: string,
  options: Partial<Meeting> = {},
): Promise<string> {
  const startsAt = at(when)
  const id = newId()
  const day = toDateColumn(when.slice(0, 10) as Parameters<typeof toDateColumn>[0])
  await house.db.meeting.create({
    data: {
      id,
      cellId,
      occurrenceOn: day,
      kind: 'regular',
      day,
      time: parseWallTime(when.slice(11)) ?? '',
      zone: ZONE,
      startsAt,
      place: 'Hội trường tầng 2',
      durationMinutes: 90,
      state: 'planned',
      createdAt: house.now,
      ...options,
    },
  })
  return id
}

/** The meeting as rooms read it. */
export async function readMeeting(house: House, meetingId: string): Promise<Read> {
  const meeting = await findMeeting(house.db, meetingId)
  if (!meeting) throw new Error('no such meeting')
  return meeting
}

/** The meeting goes to another day and hour, as the meetings room would write it. */
export const moveMeeting = (house: House, meetingId: string, when: string): Promise<unknown> =>
  house.db.meeting.update({
    where: { id: meetingId },
    data: {
      day: toDateColumn(fromDateColumn(at(`${when.slice(0, 10)} 12:00`))),
      time: when.slice(11),
      startsAt: at(when),
      revision: { increment: 1 },
    },
  })

export const cancelMeeting = (house: House, meetingId: string): Promise<unknown> =>
  house.db.meeting.update({ where: { id: meetingId }, data: { state: 'cancelled', revision: { increment: 1 } } })

const anything = renderer('reminders.step', 1, z.looseObject({}), () => ({ text: 'reminder' }))

/** A reminder that waits until `when`, as the reminders room writes it. */
export const aWaitingReminder = (
  house: House,
  to: { meetingId: string; personId: string; audience: 'all' | 'silent' | 'coming'; kind?: string },
  when: string,
): Promise<unknown> =>
  enqueue(house.db, house.now, [
    {
      ...outgoing(
        anything,
        { audience: to.audience },
        {
          causeKey: newId(),
          personId: to.personId,
          subject: to.meetingId,
          priority: PRIORITY.notice,
          notBefore: at(when),
          expiresAt: at('2027-12-31 00:00'),
        },
      ),
      kind: to.kind ?? 'reminders.step',
    },
  ])

export const answerRowOf = (house: House, meetingId: string, personId: string) =>
  house.db.answer.findUnique({ where: { meetingId_personId: { meetingId, personId } } })

/** Everything that was said of somebody, in its order. */
export const historyOf = (house: House, meetingId: string, personId: string) =>
  house.db.answerEvent.findMany({ where: { meetingId, personId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })

/** The kinds of what still waits to go to somebody, sorted. */
export async function waitingFor(house: House, personId: string): Promise<string[]> {
  const rows = await house.db.delivery.findMany({
    where: { state: 'queued', outbox: { personId } },
    include: { outbox: true },
  })
  return rows.map((row) => row.outbox.kind).sort()
}
