import { randomBytes } from 'node:crypto'
import { DAY, MINUTE } from '../../core/dates.js'
import type { Tx } from '../../database/client.js'
import type { CheckIn } from '../../database/generated/client.js'
import { findMeeting, type Meeting } from '../../meetings/store.js'
import { isRunning } from '../roll-call-steps.js'

/** Opens it, or opens it again with the secret that it had: codes that are on their way stay good. */
export async function openCheckIn(tx: Tx, now: Date, meetingId: string, byId: string): Promise<CheckIn> {
  return tx.checkIn.upsert({
    where: { meetingId },
    create: { meetingId, secret: new Uint8Array(randomBytes(32)), openedById: byId, openedAt: now },
    update: { closedAt: null },
  })
}

export const findCheckIn = (tx: Tx, meetingId: string): Promise<CheckIn | null> =>
  tx.checkIn.findUnique({ where: { meetingId } })

export const closeCheckIn = (tx: Tx, now: Date, meetingId: string): Promise<unknown> =>
  tx.checkIn.updateMany({ where: { meetingId, closedAt: null }, data: { closedAt: now } })

export const countEntries = (tx: Tx, meetingId: string): Promise<number> =>
  tx.checkInEntry.count({ where: { meetingId } })

/** False: they had checked in before. */
export async function recordEntry(tx: Tx, now: Date, meetingId: string, personId: string): Promise<boolean> {
  const { count } = await tx.checkInEntry.createMany({
    data: { meetingId, personId, at: now },
    skipDuplicates: true,
  })
  return count > 0
}

/** Meetings that run now in these cells and take codes, with what makes the codes. */
export async function listTaking(
  tx: Tx,
  cellIds: readonly string[],
  now: Date,
): Promise<{ meeting: Meeting; secret: Uint8Array }[]> {
  const near = await tx.meeting.findMany({
    where: {
      cellId: { in: [...cellIds] },
      state: 'planned',
      startsAt: { gt: new Date(now.getTime() - DAY), lte: new Date(now.getTime() + 60 * MINUTE) },
    },
    select: { id: true },
  })
  const open = await tx.checkIn.findMany({
    where: { meetingId: { in: near.map((one) => one.id) }, closedAt: null },
  })
  const taking: { meeting: Meeting; secret: Uint8Array }[] = []
  for (const { meetingId, secret } of open) {
    const meeting = await findMeeting(tx, meetingId)
    if (meeting && isRunning(meeting, now)) taking.push({ meeting, secret })
  }
  return taking
}
