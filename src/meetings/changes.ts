import { addDays, instantOf, toDateColumn, type WallTime } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { newId } from '../core/ids.js'
import type { Tx } from '../database/client.js'
import { type MeetingChangeKind, Prisma } from '../database/generated/client.js'
import { type Change, changeOf } from './rules.js'
import { type Meeting, toMeeting } from './store.js'

export type NewMeeting = Readonly<
  Pick<
    Meeting,
    | 'id'
    | 'cellId'
    | 'scheduleId'
    | 'occurrenceOn'
    | 'kind'
    | 'day'
    | 'time'
    | 'zone'
    | 'place'
    | 'agenda'
    | 'onlineAllowed'
    | 'durationMinutes'
  > & { createdBy: string | null }
>

/** What of a meeting can be changed by hand. */
export type MeetingPatch = Readonly<
  Partial<Pick<Meeting, 'day' | 'time' | 'place' | 'onlineAllowed' | 'agenda' | 'state' | 'durationMinutes'>> &
    Partial<Pick<Meeting, 'scheduleId' | 'occurrenceOn'>>
>

const CHECK_DAYS = 10
const CHECK_AT = '08:00' as WallTime

/** When the sweep looks at the day of a series: ten days ahead, in the morning; null where that is over. */
export function dayCheckOf(meeting: Pick<Meeting, 'day' | 'zone'>, now: Date): Date | null {
  const at = instantOf(addDays(meeting.day, -CHECK_DAYS), CHECK_AT, meeting.zone)
  return at > now ? at : null
}

const snapshot = (meeting: Meeting): Prisma.InputJsonObject => ({
  day: meeting.day,
  time: meeting.time,
  place: meeting.place,
  onlineAllowed: meeting.onlineAllowed,
  agenda: meeting.agenda,
  durationMinutes: meeting.durationMinutes,
  state: meeting.state,
})

const recordChange = (
  tx: Tx,
  now: Date,
  kind: MeetingChangeKind,
  before: Meeting | null,
  after: Meeting,
  byId: string | null,
) =>
  tx.meetingChange.create({
    data: {
      id: newId(),
      meetingId: after.id,
      revision: after.revision,
      kind,
      before: before ? snapshot(before) : Prisma.DbNull,
      after: snapshot(after),
      byId,
      at: now,
    },
  })

/** Writes a meeting and the first line of its history. Nobody is told: that is `announce.ts`. */
export async function insertMeeting(tx: Tx, now: Date, wanted: NewMeeting): Promise<Meeting> {
  const row = await tx.meeting.create({
    data: {
      ...wanted,
      occurrenceOn: toDateColumn(wanted.occurrenceOn),
      day: toDateColumn(wanted.day),
      startsAt: instantOf(wanted.day, wanted.time, wanted.zone),
      dayCheckAt: wanted.scheduleId && wanted.day === wanted.occurrenceOn ? dayCheckOf(wanted, now) : null,
      state: 'planned',
      createdAt: now,
    },
  })
  const meeting = toMeeting(row)
  await recordChange(tx, now, 'created', null, meeting, wanted.createdBy)
  return meeting
}

/** The deadline for answers keeps its distance from the start. */
const deadlineAfter = ({ answerDeadline, startsAt }: Meeting, moved: Date): Date | null =>
  answerDeadline && new Date(answerDeadline.getTime() + moved.getTime() - startsAt.getTime())

/**
 * Changes a meeting if it still is what the caller read (its revision is the guard), raises the revision where people
 * have to hear of it, and writes the history. Null: nothing differs. Throws `meetings.error.changed-meanwhile`.
 */
export async function updateMeeting(
  tx: Tx,
  now: Date,
  before: Meeting,
  patch: MeetingPatch,
  byId: string | null,
): Promise<{ after: Meeting; change: Change | null }> {
  const next = { ...before, ...patch }
  const startsAt = instantOf(next.day, next.time, next.zone)
  const after: Meeting = { ...next, startsAt, answerDeadline: deadlineAfter(before, startsAt) }
  const change = changeOf(before, after)
  const revision = before.revision + (change?.raises ? 1 : 0)
  const { count } = await tx.meeting.updateMany({
    where: { id: before.id, revision: before.revision },
    data: {
      ...patch,
      ...(patch.occurrenceOn ? { occurrenceOn: toDateColumn(patch.occurrenceOn) } : {}),
      day: toDateColumn(after.day),
      startsAt,
      answerDeadline: after.answerDeadline,
      revision,
      ...(patch.day && patch.day !== before.day ? { dayCheckAt: null } : {}),
    },
  })
  if (count === 0) throw new AppError('meetings.error.changed-meanwhile')
  const changed = { ...after, revision }
  if (change) await recordChange(tx, now, change.kind, before, changed, byId)
  return { after: changed, change }
}
