import type { Zone } from '../core/dates.js'
import { newId } from '../core/ids.js'
import { type Db, Prisma, type Tx } from '../database/client.js'
import type { MeetingState, StepState } from '../database/generated/enums.js'
import type { Step } from './rules.js'

/**
 * Meetings whose steps are not those of their revision. Only what begins after the last planning is looked at: older
 * meetings need no reminder, and the table only grows.
 */
const UNPLANNED = Prisma.sql`m.starts_at > coalesce((SELECT max(planned_at) FROM reminder_plan), '-infinity')
  AND p.revision IS DISTINCT FROM m.revision`

/** When the sweep has something to do: a meeting that has no plan yet is due since it was made. */
export async function findNextDue(db: Db): Promise<Date | null> {
  const rows = await db.$queryRaw<{ at: Date | null }[]>(Prisma.sql`
    SELECT least(
      (SELECT min(due_at) FROM reminder_step WHERE state = 'waiting'),
      (SELECT min(evening_at) FROM reminder_plan),
      (SELECT min(m.created_at) FROM meeting m LEFT JOIN reminder_plan p ON p.meeting_id = m.id WHERE ${UNPLANNED})
    ) AS at`)
  return rows[0]?.at ?? null
}

export type Unplanned = Readonly<{
  id: string
  state: MeetingState
  startsAt: Date
  zone: Zone
  revision: number
  /** The revision that the standing steps were planned for; 0: none, or the ladder has changed. */
  plannedRevision: number
  /** The cell's ladder; null or empty: the default. */
  offsets: number[] | null
  setAt: Date
  changedAt: Date
}>

/** Every meeting gets its plan row before it is planned: that row is the lock of its steps. */
const insertPlanRows = (tx: Tx, now: Date, limit: number): Promise<number> =>
  tx.$executeRaw(Prisma.sql`
    INSERT INTO reminder_plan (meeting_id, revision, planned_at)
    SELECT m.id, 0, ${now}::timestamptz FROM meeting m LEFT JOIN reminder_plan p ON p.meeting_id = m.id
    WHERE p.meeting_id IS NULL AND ${UNPLANNED} ORDER BY m.starts_at LIMIT ${limit}
    ON CONFLICT DO NOTHING`)

/**
 * Up to `limit` meetings that are to be planned, their plans locked for this transaction; other instances pass them by.
 * `more`: another look may find others.
 */
export async function takeUnplanned(
  tx: Tx,
  now: Date,
  limit: number,
): Promise<Readonly<{ meetings: Unplanned[]; more: boolean }>> {
  const inserted = await insertPlanRows(tx, now, limit)
  const locked = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT m.id FROM reminder_plan p JOIN meeting m ON m.id = p.meeting_id
    WHERE ${UNPLANNED}
    ORDER BY m.starts_at LIMIT ${limit} FOR UPDATE OF p SKIP LOCKED`)
  const ids = locked.map((one) => one.id)
  return { meetings: await readUnplanned(tx, ids), more: inserted === limit || locked.length === limit }
}

const readUnplanned = (tx: Tx, ids: readonly string[]): Promise<Unplanned[]> =>
  tx.$queryRaw<Unplanned[]>(Prisma.sql`
    WITH planned AS (
      SELECT m.id, m.state, m.starts_at, m.zone, m.revision, p.revision AS planned_revision, l.offsets, l.set_at,
        coalesce((SELECT max(c.at) FROM meeting_change c WHERE c.meeting_id = m.id
          AND c.kind IN ('created', 'moved', 'restored')), m.created_at) AS fixed_at,
        (SELECT min(c.at) FROM meeting_change c WHERE c.meeting_id = m.id AND c.revision = m.revision) AS revised_at
      FROM meeting m JOIN reminder_plan p ON p.meeting_id = m.id LEFT JOIN ladder l ON l.cell_id = m.cell_id
      WHERE m.id = ANY(${[...ids]}::uuid[])
    )
    SELECT id, state, starts_at AS "startsAt", zone, revision, planned_revision AS "plannedRevision", offsets,
      fixed_at AS "setAt", greatest(fixed_at, revised_at, set_at) AS "changedAt"
    FROM planned`)

/**
 * The steps of a meeting from now on. Whatever waited is over; a step of the same revision that went out stays done,
 * so that it never goes out again.
 */
export async function replaceSteps(
  tx: Tx,
  now: Date,
  meeting: Pick<Unplanned, 'id' | 'revision'>,
  steps: readonly Step[],
  eveningAt: Date | null,
): Promise<void> {
  await tx.reminderStep.updateMany({
    where: { meetingId: meeting.id, state: 'waiting' },
    data: { state: 'skipped', doneAt: now },
  })
  const rows = JSON.stringify(steps.map((step) => ({ id: newId(), ...step })))
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO reminder_step (id, meeting_id, revision, offset_minutes, audience, with_materials, due_at, state)
    SELECT id, ${meeting.id}::uuid, ${meeting.revision}::int, "offsetMinutes", audience, "withMaterials", "dueAt", 'waiting'
    FROM jsonb_to_recordset(${rows}::jsonb)
      AS s(id uuid, "offsetMinutes" int, audience step_audience, "withMaterials" boolean, "dueAt" timestamptz)
    ON CONFLICT (meeting_id, revision, offset_minutes) DO UPDATE SET state = 'waiting', done_at = NULL,
      due_at = EXCLUDED.due_at, audience = EXCLUDED.audience, with_materials = EXCLUDED.with_materials
    WHERE reminder_step.state <> 'done'`)
  await tx.reminderPlan.update({
    where: { meetingId: meeting.id },
    data: { revision: meeting.revision, plannedAt: now, eveningAt },
  })
}

export type WaitingStep = Step & Readonly<{ id: string; meetingId: string }>

/**
 * Up to `limit` meetings with a due step, as meeting id → planned revision. Their plans are locked against other
 * instances, and the meetings against a move that would leave a reminder of the old day behind.
 */
export async function lockDue(tx: Tx, now: Date, limit: number): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ id: string; revision: number }[]>(Prisma.sql`
    SELECT p.meeting_id AS id, p.revision FROM reminder_plan p JOIN meeting m ON m.id = p.meeting_id
    WHERE p.meeting_id IN (SELECT meeting_id FROM reminder_step
      WHERE state = 'waiting' AND due_at <= ${now} ORDER BY due_at LIMIT ${limit})
    FOR UPDATE OF p SKIP LOCKED FOR SHARE OF m SKIP LOCKED`)
  return new Map(rows.map((row) => [row.id, row.revision]))
}

/** Up to `limit` meetings whose evening has come, locked as `lockDue` does; each has its evening once. */
export async function takeEvenings(tx: Tx, now: Date, limit: number): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ id: string; revision: number }[]>(Prisma.sql`
    WITH due AS (
      SELECT p.meeting_id AS id, p.revision FROM reminder_plan p JOIN meeting m ON m.id = p.meeting_id
      WHERE p.evening_at <= ${now} ORDER BY p.evening_at LIMIT ${limit}
      FOR UPDATE OF p SKIP LOCKED FOR SHARE OF m SKIP LOCKED
    ), taken AS (
      UPDATE reminder_plan SET evening_at = NULL WHERE meeting_id IN (SELECT id FROM due)
    )
    SELECT id, revision FROM due`)
  return new Map(rows.map((row) => [row.id, row.revision]))
}

/** The evening was found in the quiet hours. */
export const postponeEvening = (tx: Tx, meetingId: string, eveningAt: Date): Promise<unknown> =>
  tx.reminderPlan.update({ where: { meetingId }, data: { eveningAt } })

/** Everything that waits for these meetings, the earliest first; of two at once the nearer one last, as it is the newer. */
export const listWaiting = (tx: Tx, meetingIds: readonly string[]): Promise<WaitingStep[]> =>
  tx.reminderStep.findMany({
    where: { meetingId: { in: [...meetingIds] }, state: 'waiting' },
    orderBy: [{ dueAt: 'asc' }, { offsetMinutes: 'desc' }],
  })

export const markSteps = (tx: Tx, now: Date, steps: readonly { id: string }[], state: StepState): Promise<unknown> =>
  tx.reminderStep.updateMany({ where: { id: { in: steps.map((one) => one.id) } }, data: { state, doneAt: now } })

/** A step that was found in the quiet hours waits for their end. */
export const postponeStep = (tx: Tx, stepId: string, dueAt: Date): Promise<unknown> =>
  tx.reminderStep.update({ where: { id: stepId }, data: { dueAt } })

/** What stands to be read before the meeting, in the order in which it was added. */
export async function listTitles(tx: Tx, meetingId: string): Promise<string[]> {
  const rows = await tx.material.findMany({
    where: { meetingId, withdrawnAt: null },
    orderBy: { addedAt: 'asc' },
    select: { title: true },
  })
  return rows.map((row) => row.title)
}
