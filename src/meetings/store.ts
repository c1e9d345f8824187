import { fromDateColumn, type PlainDate, type WallTime, type Zone } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import type { Tx } from '../database/client.js'
import type { Meeting as Row } from '../database/generated/client.js'
import type { MeetingKind, MeetingState } from '../database/generated/enums.js'

/** One meeting of one cell. `day` and `time` are wall time in `zone`; `startsAt` is the same as an instant. */
export type Meeting = Readonly<{
  id: string
  cellId: string
  scheduleId: string | null
  /** The day the series derived; stays when the meeting is moved. */
  occurrenceOn: PlainDate
  kind: MeetingKind
  day: PlainDate
  time: WallTime
  zone: Zone
  startsAt: Date
  place: string
  agenda: string | null
  onlineAllowed: boolean
  durationMinutes: number
  /** Null: answers can be changed until the start. */
  answerDeadline: Date | null
  state: MeetingState
  revision: number
  meetingSecretaryId: string | null
}>

export const toMeeting = (row: Row): Meeting => ({
  ...row,
  occurrenceOn: fromDateColumn(row.occurrenceOn),
  day: fromDateColumn(row.day),
  time: row.time as WallTime,
})

export async function findMeeting(tx: Tx, meetingId: string): Promise<Meeting | null> {
  const row = await tx.meeting.findUnique({ where: { id: meetingId } })
  return row ? toMeeting(row) : null
}

/** A meeting of that cell, whatever its state. Throws `meetings.error.gone` also where it is another cell's. */
export async function getMeeting(tx: Tx, cellId: string, meetingId: string): Promise<Meeting> {
  const meeting = await findMeeting(tx, meetingId)
  if (meeting?.cellId !== cellId) throw new AppError('meetings.error.gone')
  return meeting
}

/** Planned meetings of these cells that begin after `now`, the next first. */
export async function listUpcoming(tx: Tx, cellIds: readonly string[], now: Date, limit: number): Promise<Meeting[]> {
  const rows = await tx.meeting.findMany({
    where: { cellId: { in: [...cellIds] }, state: 'planned', startsAt: { gt: now } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    take: limit,
  })
  return rows.map(toMeeting)
}

/** Planned meetings of a cell that began in `[from, to)`, the latest first. */
export async function listBegun(tx: Tx, cellId: string, from: Date, to: Date): Promise<Meeting[]> {
  const rows = await tx.meeting.findMany({
    where: { cellId, state: 'planned', startsAt: { gte: from, lt: to } },
    orderBy: { startsAt: 'desc' },
  })
  return rows.map(toMeeting)
}

const SHOWN_PLACES = 3

/** Where this cell met last, each place once, the latest first: what is offered when a place is asked for. */
export async function listPlaces(tx: Tx, cellId: string): Promise<string[]> {
  const rows = await tx.meeting.findMany({
    where: { cellId },
    orderBy: { startsAt: 'desc' },
    select: { place: true },
    take: 24,
  })
  return [...new Set(rows.map((row) => row.place))].slice(0, SHOWN_PLACES)
}
