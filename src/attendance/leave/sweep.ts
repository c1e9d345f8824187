import type { Sweep } from '../../conversation/types.js'
import { inTransaction, type Tx } from '../../database/client.js'
import { findMeeting } from '../../meetings/store.js'
import { enqueue, outgoing, PRIORITY } from '../../messaging/outbox.js'
import { shapeOf } from '../messages-answer.js'
import { inTheMorning, recordFromLeave } from './give.js'
import { leaveCovers, shapeOfLeave } from './messages.js'
import { findLeave, hasSenseless, listUncovered, releaseAnswers, type Uncovered } from './store.js'

const BATCH = 50

/** Answers a meeting that was planned or moved into a leave, and says so with the way to come all the same. */
async function cover(tx: Tx, now: Date, { leaveId, meetingId }: Uncovered): Promise<void> {
  const leave = await findLeave(tx, leaveId)
  const meeting = await findMeeting(tx, meetingId)
  if (!leave || !meeting) return
  await recordFromLeave(tx, now, leave, meetingId, null)
  await enqueue(tx, now, [
    outgoing(
      leaveCovers,
      { meeting: shapeOf(meeting), leave: shapeOfLeave(leave) },
      {
        causeKey: `leave-covers:${leaveId}:${meetingId}`,
        personId: leave.personId,
        subject: meetingId,
        priority: PRIORITY.notice,
        ...inTheMorning(now, meeting.zone),
        expiresAt: meeting.startsAt,
      },
    ),
  ])
}

/**
 * Keeps leaves and meetings together whoever moves which: a meeting that comes into a period is answered, one that
 * leaves it is open again (its members hear of the move with the four answers anyway).
 */
export const leaveSweep: Sweep = {
  name: 'leaves',
  nextDue: async (db, now) =>
    (await listUncovered(db, now, 1)).length > 0 || (await hasSenseless(db, now)) ? now : null,
  run: (db, now) =>
    inTransaction(db, async (tx) => {
      await releaseAnswers(tx, now, null)
      const uncovered = await listUncovered(tx, now, BATCH)
      for (const one of uncovered) await cover(tx, now, one)
      return uncovered.length === BATCH
    }),
}
