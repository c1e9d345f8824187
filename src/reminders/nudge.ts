import { listSummaryMembers } from '../attendance/summary-read.js'
import { HOUR } from '../core/dates.js'
import { newId } from '../core/ids.js'
import type { Tx } from '../database/client.js'
import { getCell } from '../meetings/cell.js'
import { keepQuiet } from '../meetings/quiet.js'
import type { Meeting } from '../meetings/store.js'
import { enqueue, outgoing, PRIORITY } from '../messaging/outbox.js'
import { nudge, shapeOf } from './messages.js'
import { sendAt } from './rules.js'
import { listNudgedSince } from './store-people.js'

/** However many nudges there are, nobody is asked this way more often. */
const PAUSE = 12 * HOUR

export type Silent = Readonly<{
  /** When a nudge of now goes out: at once, or when the quiet hours end. */
  at: Date
  /** Asked for an answer and without one. */
  silent: number
  /** Whom no message has reached yet: to be called, because another message would lie beside the first. */
  unreached: number
  /** Had a nudge within 12 hours of `at`, for whichever meeting. */
  rested: number
  /** Who would get a nudge of now. */
  personIds: readonly string[]
}>

/** Who has not answered, and whom of them a nudge of now would reach: the same people as in the summary. */
export async function findSilent(tx: Tx, now: Date, meeting: Meeting): Promise<Silent> {
  const members = await listSummaryMembers(tx, meeting, now)
  const silent = members.filter((one) => one.asked && !one.answer)
  const reached = silent.filter((one) => !one.unreached).map((one) => one.personId)
  const at = sendAt(now, meeting.startsAt, meeting.zone)
  const rested = await listNudgedSince(tx, reached, new Date(at.getTime() - PAUSE))
  return {
    at,
    silent: silent.length,
    unreached: silent.length - reached.length,
    rested: rested.size,
    personIds: reached.filter((id) => !rested.has(id)),
  }
}

/** Asks the silent once more. The caller holds the cell's lock, so that two leaders at once do not both ask. */
export async function recordNudge(
  tx: Tx,
  now: Date,
  meeting: Meeting,
  byId: string,
  { at, personIds }: Pick<Silent, 'at' | 'personIds'>,
): Promise<void> {
  const id = newId()
  await tx.nudge.create({ data: { id, meetingId: meeting.id, byId, at: now } })
  const cell = await getCell(tx, meeting.cellId)
  const data = shapeOf(meeting, cell.name)
  const items = personIds.map((personId) =>
    outgoing(nudge, data, {
      causeKey: `nudge:${id}:${personId}`,
      personId,
      subject: meeting.id,
      priority: PRIORITY.notice,
      notBefore: at,
      expiresAt: meeting.startsAt,
      ...keepQuiet(at, meeting.zone),
    }),
  )
  await enqueue(tx, now, items)
}
