import { listSummaryMembers } from '../attendance/summary-read.js'
import { dateIn } from '../core/dates.js'
import type { Tx } from '../database/client.js'
import { getCell } from '../meetings/cell.js'
import { keepQuiet } from '../meetings/quiet.js'
import { findMeeting, type Meeting } from '../meetings/store.js'
import { enqueue, outgoing, PRIORITY } from '../messaging/outbox.js'
import { findLeader } from '../organization/leaders.js'
import { shapeOf } from './messages.js'
import { unreached } from './messages-unreached.js'
import { sendAt } from './rules.js'
import { postponeEvening, takeEvenings } from './store.js'

/** Once for a day and hour, whatever else of the meeting changes. Nobody is missing: nothing is said. */
async function tell(tx: Tx, now: Date, meeting: Meeting): Promise<void> {
  const members = await listSummaryMembers(tx, meeting, now)
  const names = members.filter((one) => one.asked && one.unreached).map((one) => one.label)
  const leader = await findLeader(tx, meeting.cellId, dateIn(now, meeting.zone))
  if (!leader || names.length === 0) return
  const cell = await getCell(tx, meeting.cellId)
  await enqueue(tx, now, [
    outgoing(
      unreached,
      { ...shapeOf(meeting, cell.name), unitId: meeting.cellId, names },
      {
        causeKey: `unreached:${meeting.id}:${meeting.startsAt.toISOString()}`,
        personId: leader,
        subject: meeting.id,
        priority: PRIORITY.notice,
        expiresAt: meeting.startsAt,
        ...keepQuiet(now, meeting.zone),
      },
    ),
  ])
}

/** The evenings that have come; after a downtime they are still of use until the meeting begins. */
export async function tellEvenings(tx: Tx, now: Date, limit: number): Promise<number> {
  const due = await takeEvenings(tx, now, limit)
  for (const [id, revision] of due) {
    const meeting = await findMeeting(tx, id)
    // A newer revision is planned anew, with an evening of its own.
    if (meeting?.revision !== revision || meeting.state !== 'planned' || meeting.startsAt <= now) continue
    const at = sendAt(now, meeting.startsAt, meeting.zone)
    await (at > now ? postponeEvening(tx, id, at) : tell(tx, now, meeting))
  }
  return due.size
}
