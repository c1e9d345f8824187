import type { Sweep } from '../conversation/types.js'
import { dateIn, HOUR } from '../core/dates.js'
import { inTransaction, type Tx } from '../database/client.js'
import { getCell } from '../meetings/cell.js'
import { listInvited } from '../meetings/invited.js'
import { outsideQuiet } from '../meetings/quiet.js'
import { findMeeting, listUpcoming, type Meeting } from '../meetings/store.js'
import { enqueue, outgoing, PRIORITY } from '../messaging/outbox.js'
import { listCellLeaders } from '../organization/leaders.js'
import { itemOf, orphaned, pushed, shapeOf } from './messages.js'
import { getMaterial, listLeft } from './store.js'
import {
  listDue,
  listOrphaned,
  listStale,
  markPushed,
  nextPush,
  readPlan,
  setAside,
  setOver,
  setTiming,
  timingOf,
  type Waiting,
} from './store-push.js'

const BATCH = 50

const getIts = async (tx: Tx, { meetingId }: Waiting): Promise<Meeting> => {
  const meeting = await findMeeting(tx, meetingId)
  if (!meeting) throw new Error('a material without its meeting')
  return meeting
}

const latest = (meeting: Meeting): Date => new Date(meeting.startsAt.getTime() - HOUR)

/** One material to everybody whom its meeting concerns: also who will be absent, who is exempt and who follows the cell. */
async function push(tx: Tx, now: Date, waiting: Waiting): Promise<void> {
  const meeting = await getIts(tx, waiting)
  if (meeting.startsAt <= now) return void (await setOver(tx, waiting.id, now))
  const material = await getMaterial(tx, waiting.id)
  const people = await listInvited(tx, meeting)
  const cell = await getCell(tx, meeting.cellId)
  const read = await tx.reading.findMany({ where: { materialId: material.id } })
  const readers = new Set(read.map((one) => one.personId))
  // After a downtime it may be found in the night.
  const timing = outsideQuiet(now, { zone: meeting.zone, latest: latest(meeting) })
  await enqueue(
    tx,
    now,
    people.map(({ personId }) =>
      outgoing(pushed, itemOf(material, meeting, cell.name, readers.has(personId)), {
        causeKey: `material:${material.id}:${personId}`,
        personId,
        subject: meeting.id,
        priority: PRIORITY.notice,
        mutable: 'materials',
        expiresAt: meeting.startsAt,
        ...timing,
      }),
    ),
  )
  await markPushed(tx, material.id, now)
}

async function retime(tx: Tx, now: Date, waiting: Waiting): Promise<void> {
  const meeting = await getIts(tx, waiting)
  if (meeting.startsAt <= now) return void (await setOver(tx, waiting.id, now))
  await setTiming(tx, [waiting.id], timingOf(now, waiting.push, meeting, await readPlan(tx, meeting.id)))
}

/** Keeps what a cancelled meeting has left, and asks once who leads the cell what is to become of it. */
async function keep(tx: Tx, now: Date, orphans: readonly Waiting[]): Promise<void> {
  await setAside(
    tx,
    orphans.map((one) => one.id),
  )
  const byMeeting = new Map(orphans.map((one) => [one.meetingId, one]))
  for (const one of byMeeting.values()) await offer(tx, now, await getIts(tx, one))
}

async function offer(tx: Tx, now: Date, meeting: Meeting): Promise<void> {
  const left = await listLeft(tx, [meeting.cellId])
  const [next] = await listUpcoming(tx, [meeting.cellId], now, 1)
  const keepers = await listCellLeaders(tx, meeting.cellId, dateIn(now, meeting.zone))
  const data = {
    unitId: meeting.cellId,
    meetingId: meeting.id,
    meeting: shapeOf(meeting),
    titles: left.filter((one) => one.meetingId === meeting.id).map((one) => one.title),
    next: next ? shapeOf(next) : null,
  }
  const later = new Date(Math.max(meeting.startsAt.getTime(), now.getTime() + 24 * HOUR))
  await enqueue(
    tx,
    now,
    keepers.map(({ personId }) =>
      outgoing(orphaned, data, {
        causeKey: `material-kept:${meeting.id}:${meeting.revision}:${personId}`,
        personId,
        priority: PRIORITY.notice,
        expiresAt: later,
        ...outsideQuiet(now, { zone: meeting.zone, latest: later }),
      }),
    ),
  )
}

/** Pushes what is due, after what no longer stands as it did was timed anew. */
export const pushSweep: Sweep = {
  name: 'materials',
  nextDue: nextPush,
  run: (db, now) =>
    inTransaction(db, async (tx) => {
      const orphans = await listOrphaned(tx, BATCH)
      await keep(tx, now, orphans)
      const stale = await listStale(tx, BATCH)
      for (const one of stale) await retime(tx, now, one)
      const due = await listDue(tx, now, BATCH)
      for (const one of due) await push(tx, now, one)
      return [orphans, stale, due].some((list) => list.length === BATCH)
    }),
}
