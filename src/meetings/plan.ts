import { addMonths, type PlainDate, startOfMonth, toDateColumn } from '../core/dates.js'
import type { Tx } from '../database/client.js'
import { announce, type Told, takeBack } from './announce.js'
import { insertMeeting, type MeetingPatch, type NewMeeting, updateMeeting } from './changes.js'
import type { Meeting } from './store.js'
import { toMeeting } from './store.js'

/** A meeting after a change, and who is being told of it. */
export type Planned = Readonly<{ meeting: Meeting; told: Told }>

/** Stores one meeting and announces it, once, to everybody whom it concerns except its maker. */
export async function createMeeting(tx: Tx, now: Date, wanted: NewMeeting): Promise<Planned> {
  const meeting = await insertMeeting(tx, now, wanted)
  const told = await announce({ tx, now, meeting, before: null, byId: wanted.createdBy, pending: new Map() })
  return { meeting, told }
}

async function change(
  tx: Tx,
  now: Date,
  before: Meeting,
  patch: MeetingPatch,
  byId: string | null,
  silent: boolean,
): Promise<Planned> {
  const { after, change: differs } = await updateMeeting(tx, now, before, patch, byId)
  const nobody = { people: 0, at: now }
  if (!differs?.told) return { meeting: after, told: nobody }
  const pending = await takeBack(tx, now, after)
  if (silent) return { meeting: after, told: nobody }
  return { meeting: after, told: await announce({ tx, now, meeting: after, before, byId, pending }) }
}

/**
 * Another day, hour or place. `silent`: nobody has heard of the meeting yet. Whether it may be moved is `decideMove`'s
 * to say; here only a change that came in between is refused (`meetings.error.changed-meanwhile`).
 */
export const moveMeeting = (
  tx: Tx,
  now: Date,
  meeting: Meeting,
  to: MeetingPatch,
  byId: string | null,
  silent = false,
): Promise<Planned> => change(tx, now, meeting, to, byId, silent)

/** Takes a meeting off without a new date. Its answers and its history stay. */
export const cancelMeeting = (
  tx: Tx,
  now: Date,
  meeting: Meeting,
  byId: string | null,
  silent = false,
): Promise<Planned> => change(tx, now, meeting, { state: 'cancelled' }, byId, silent)

/** Undoes a cancellation. */
export const restoreMeeting = (tx: Tx, now: Date, meeting: Meeting, byId: string | null): Promise<Planned> =>
  change(tx, now, meeting, { state: 'planned' }, byId, false)

/** When the meeting was last cancelled, or null. */
export async function findCancelledAt(tx: Tx, meetingId: string): Promise<Date | null> {
  const row = await tx.meetingChange.findFirst({ where: { meetingId, kind: 'cancelled' }, orderBy: { at: 'desc' } })
  return row?.at ?? null
}

/** All of a cell's meetings, cancelled ones too, in the months of these days, by day. */
export async function listMeetingsOfMonths(tx: Tx, cellId: string, days: readonly PlainDate[]): Promise<Meeting[]> {
  const months = [...new Set(days.map(startOfMonth))]
  const rows = await tx.meeting.findMany({
    where: {
      cellId,
      OR: months.map((month) => ({ day: { gte: toDateColumn(month), lt: toDateColumn(addMonths(month, 1)) } })),
    },
    orderBy: { startsAt: 'asc' },
  })
  return rows.map(toMeeting)
}
