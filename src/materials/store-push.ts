import type { Zone } from '../core/dates.js'
import { type Db, Prisma, type Tx } from '../database/client.js'
import type { Meeting } from '../meetings/store.js'
import { latestPushAt, materialPushAt } from './push-time.js'
import type { MaterialPush } from './store.js'

/** What is known of a meeting's reminders: whether they were planned at all, and when the next one is due. */
export type Plan = Readonly<{ planned: boolean; nextStepAt: Date | null }>

export async function readPlan(tx: Tx, meetingId: string): Promise<Plan> {
  const plan = await tx.reminderPlan.findUnique({ where: { meetingId } })
  const step = await tx.reminderStep.findFirst({ where: { meetingId, state: 'waiting' }, orderBy: { dueAt: 'asc' } })
  return { planned: plan !== null, nextStepAt: step?.dueAt ?? null }
}

export type Timing = Readonly<{ dueAt: Date; stepSeenAt: Date | null }>

/** When a material goes out, as things stand at `now`. */
export function timingOf(
  now: Date,
  push: MaterialPush,
  meeting: Readonly<{ startsAt: Date; zone: Zone }>,
  { planned, nextStepAt }: Plan,
): Timing {
  const { startsAt, zone } = meeting
  const step = planned ? nextStepAt : latestPushAt(startsAt, zone)
  const { at } = materialPushAt({ addedAt: now, nextStepAt: push === 'at_once' ? null : step, startsAt, zone })
  return { dueAt: at, stepSeenAt: nextStepAt }
}

const UNSENT = Prisma.sql`m.pushed_at IS NULL AND m.withdrawn_at IS NULL`
const NEXT_STEP = Prisma.sql`(SELECT min(s.due_at) FROM reminder_step s
  WHERE s.meeting_id = m.meeting_id AND s.state = 'waiting')`

/**
 * Whose time no longer holds: the reminders were planned anew (a move, another ladder), or the meeting was cancelled
 * and then restored, which left the material without a time and without a step.
 */
const STALE = Prisma.sql`meeting.state = 'planned' AND (
  (m.due_at IS NOT NULL AND m.push = 'next_step' AND ${NEXT_STEP} IS DISTINCT FROM m.step_seen_at)
  OR (m.due_at IS NULL AND m.step_seen_at IS NULL))`
const ORPHANED = Prisma.sql`meeting.state = 'cancelled' AND m.due_at IS NOT NULL`

/** The earliest moment at which something is to be done; what has lost its time is due since it was added. */
export async function nextPush(db: Db): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ at: Date | null }[]>(Prisma.sql`
    SELECT min(CASE WHEN (${STALE}) OR (${ORPHANED}) THEN m.added_at ELSE m.due_at END) AS at
    FROM material m JOIN meeting ON meeting.id = m.meeting_id WHERE ${UNSENT}`)
  return row?.at ?? null
}

export type Waiting = Readonly<{ id: string; meetingId: string; push: MaterialPush }>

const listWhere = (tx: Tx, which: Prisma.Sql, limit: number): Promise<Waiting[]> =>
  tx.$queryRaw(Prisma.sql`
    SELECT m.id, m.meeting_id AS "meetingId", m.push FROM material m JOIN meeting ON meeting.id = m.meeting_id
    WHERE ${UNSENT} AND ${which} ORDER BY m.id LIMIT ${limit} FOR UPDATE OF m SKIP LOCKED`)

/** Materials whose time is to be found anew, locked. */
export const listStale = (tx: Tx, limit: number): Promise<Waiting[]> => listWhere(tx, STALE, limit)

/** Materials whose meeting was cancelled before they went out, locked. */
export const listOrphaned = (tx: Tx, limit: number): Promise<Waiting[]> => listWhere(tx, ORPHANED, limit)

/** Materials that are due, locked. */
export const listDue = (tx: Tx, now: Date, limit: number): Promise<Waiting[]> =>
  listWhere(tx, Prisma.sql`meeting.state = 'planned' AND m.due_at <= ${now}`, limit)

export const setTiming = (tx: Tx, ids: readonly string[], timing: Timing): Promise<unknown> =>
  tx.material.updateMany({ where: { id: { in: [...ids] } }, data: timing })

/** Kept without a time, until it is moved to another meeting or its own is restored. */
export const setAside = (tx: Tx, ids: readonly string[]): Promise<unknown> =>
  tx.material.updateMany({ where: { id: { in: [...ids] } }, data: { dueAt: null, stepSeenAt: null } })

/** Its meeting has begun: nothing is sent any more, whoever asks still gets it. The step stays, so that it is not stale. */
export const setOver = (tx: Tx, materialId: string, now: Date): Promise<unknown> =>
  tx.material.update({ where: { id: materialId }, data: { dueAt: null, stepSeenAt: now } })

export const markPushed = (tx: Tx, materialId: string, now: Date): Promise<unknown> =>
  tx.material.update({ where: { id: materialId }, data: { pushedAt: now, dueAt: null } })

export const pushAtOnce = (tx: Tx, materialId: string, dueAt: Date): Promise<unknown> =>
  tx.material.updateMany({
    where: { id: materialId, pushedAt: null, withdrawnAt: null },
    data: { push: 'at_once', dueAt },
  })

/** Attaches what was left over to another meeting. Returns how many there were. */
export async function moveLeft(tx: Tx, from: Meeting, to: Meeting, timing: Timing): Promise<number> {
  const { count } = await tx.material.updateMany({
    where: { meetingId: from.id, pushedAt: null, withdrawnAt: null },
    data: { meetingId: to.id, push: 'next_step', ...timing },
  })
  return count
}
