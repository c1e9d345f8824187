import { toDateColumn } from '../core/dates.js'
import { newId } from '../core/ids.js'
import { type Db, Prisma, type Tx } from '../database/client.js'
import { endsAt } from '../meetings/rules.js'
import { findMeeting, type Meeting } from '../meetings/store.js'
import { findNearest } from '../organization/nearest.js'
import { see } from './facts.js'
import type { GateRow, Session, Sight } from './rules.js'
import { DEFAULT_SHEET, type GateRule, type Sheet, sheetSchema } from './sheet.js'

/** The sheet that holds for a unit on a day: its own, else the nearest one above it, else the guide's. */
export async function sheetFor(tx: Tx, unitId: string, day: Meeting['day']): Promise<Sheet> {
  const newest = Prisma.sql`SELECT DISTINCT ON (unit_id) unit_id, data FROM gate_sheet ORDER BY unit_id, version DESC`
  const row = await findNearest<{ data: unknown }>(tx, unitId, day, newest)
  return row ? sheetSchema.parse(row.data) : DEFAULT_SHEET
}

export const sessionOf = (meeting: Meeting): Session => ({
  startsAt: meeting.startsAt,
  endsAt: endsAt(meeting),
  zone: meeting.zone,
})

/** A gate as it stands at this moment: marked by a hand, seen, or open. */
export type Gate = Readonly<{
  kind: string
  /** A sheet's own words; null: those of the guide. */
  text: GateRule['text']
  dueAt: Date
  state: 'open' | 'done'
  doneAt: Date | null
  /** Seen by the assistant itself. */
  seen: boolean
  /** Whether a hand may mark it now: what follows the meeting not before it, and a roll-call by itself alone. */
  markable: boolean
}>

/** Rows as they are stored, dropped ones too. */
export const listRows = (tx: Tx, meetingId: string): Promise<GateRow[]> => tx.gate.findMany({ where: { meetingId } })

const standingOf = (row: GateRow, sight: Sight): Pick<Gate, 'state' | 'doneAt' | 'seen'> => {
  if (row.state === 'done') return { state: 'done', doneAt: row.doneAt, seen: row.doneById === null }
  return sight.state === 'seen'
    ? { state: 'done', doneAt: sight.at, seen: true }
    : { state: 'open', doneAt: null, seen: false }
}

/** The gates of a meeting in the order of its sheet, with what can be seen by now; none while it is not planned. */
export async function listGates(tx: Tx, meetingId: string, now: Date): Promise<Gate[]> {
  const meeting = await findMeeting(tx, meetingId)
  if (!meeting) return []
  const sheet = await sheetFor(tx, meeting.cellId, meeting.day)
  const rows = await listRows(tx, meetingId)
  const gates: Gate[] = []
  for (const rule of sheet.gates) {
    const row = rows.find((one) => one.kind === rule.key && one.state !== 'dropped')
    if (!row) continue
    const sight: Sight =
      row.state === 'done' ? { state: 'nothing' } : await see(tx, now, rule.seenBy, { meeting, sheet })
    const markable = rule.seenBy !== 'roll_call' && (rule.anchor === 'start' || now >= meeting.startsAt)
    gates.push({ kind: row.kind, text: rule.text, dueAt: row.dueAt, markable, ...standingOf(row, sight) })
  }
  return gates
}

/** Marked by a hand, or taken back; false: somebody was faster, or the gate is no more. */
export async function recordMark(
  tx: Tx,
  mark: Readonly<{ meetingId: string; kind: string; by: Readonly<{ id: string; at: Date }> | null }>,
): Promise<boolean> {
  const { meetingId, kind, by } = mark
  const { count } = await tx.gate.updateMany({
    where: { meetingId, kind, state: by ? 'open' : 'done' },
    data: by
      ? { state: 'done', doneAt: by.at, doneById: by.id, remindAt: null }
      : { state: 'open', doneAt: null, doneById: null },
  })
  return count > 0
}

/** Writes the gates as they were planned, in one statement. */
export async function replaceGates(
  tx: Tx,
  now: Date,
  meeting: Pick<Meeting, 'id' | 'revision'>,
  rows: readonly GateRow[],
): Promise<void> {
  const items = JSON.stringify(rows.map((row) => ({ ...row, id: newId() })))
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO gate (id, meeting_id, kind, due_at, remind_at, state, done_at, done_by_id)
    SELECT id, ${meeting.id}::uuid, kind, "dueAt", "remindAt", state, "doneAt", "doneById"
    FROM jsonb_to_recordset(${items}::jsonb) AS g(id uuid, kind text, "dueAt" timestamptz, "remindAt" timestamptz,
      state gate_state, "doneAt" timestamptz, "doneById" uuid)
    ON CONFLICT (meeting_id, kind) DO UPDATE SET due_at = EXCLUDED.due_at, remind_at = EXCLUDED.remind_at,
      state = EXCLUDED.state, done_at = EXCLUDED.done_at, done_by_id = EXCLUDED.done_by_id`)
  await tx.gatePlan.update({
    where: { meetingId: meeting.id },
    data: { revision: meeting.revision, plannedAt: now },
  })
}

/**
 * Meetings whose gates are not those of their revision. Only what begins after the last planning is looked at: what
 * has begun moves no more, and the table only grows. A committee's own meeting has no gates.
 */
const UNPLANNED = Prisma.sql`m.starts_at > coalesce((SELECT max(planned_at) FROM gate_plan), '-infinity')
  AND m.kind <> 'cell_committee' AND p.revision IS DISTINCT FROM m.revision`

export async function findNextDue(db: Db): Promise<Date | null> {
  const rows = await db.$queryRaw<{ at: Date | null }[]>(Prisma.sql`
    SELECT least((SELECT min(remind_at) FROM gate WHERE state = 'open'),
      (SELECT min(m.created_at) FROM meeting m LEFT JOIN gate_plan p ON p.meeting_id = m.id WHERE ${UNPLANNED})) AS at`)
  return rows[0]?.at ?? null
}

/** Up to `limit` meetings that are to be planned, their plans locked; the plan's row is the lock of the gates. */
export async function takeUnplanned(tx: Tx, now: Date, limit: number): Promise<{ ids: string[]; more: boolean }> {
  const inserted = await tx.$executeRaw(Prisma.sql`
    INSERT INTO gate_plan (meeting_id, revision, planned_at)
    SELECT m.id, 0, ${now}::timestamptz FROM meeting m LEFT JOIN gate_plan p ON p.meeting_id = m.id
    WHERE p.meeting_id IS NULL AND ${UNPLANNED} ORDER BY m.starts_at LIMIT ${limit}
    ON CONFLICT DO NOTHING`)
  const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT m.id FROM gate_plan p JOIN meeting m ON m.id = p.meeting_id
    WHERE ${UNPLANNED} ORDER BY m.starts_at LIMIT ${limit} FOR UPDATE OF p SKIP LOCKED`)
  return { ids: rows.map((row) => row.id), more: inserted === limit || rows.length === limit }
}

/** Up to `limit` meetings with a gate to look at, locked against other instances and against a move. */
export async function takeDue(tx: Tx, now: Date, limit: number): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ id: string; revision: number }[]>(Prisma.sql`
    SELECT p.meeting_id AS id, p.revision FROM gate_plan p JOIN meeting m ON m.id = p.meeting_id
    WHERE p.meeting_id IN (SELECT meeting_id FROM gate WHERE state = 'open' AND remind_at <= ${now}
      ORDER BY remind_at LIMIT ${limit})
    FOR UPDATE OF p SKIP LOCKED FOR SHARE OF m SKIP LOCKED`)
  return new Map(rows.map((row) => [row.id, row.revision]))
}

/** A version of a unit's own sheet; what lies ahead below the unit is planned anew. */
export async function recordSheet(
  tx: Tx,
  now: Date,
  wanted: Readonly<{ unitId: string; sheet: Sheet; byId: string; day: Meeting['day'] }>,
): Promise<void> {
  const { unitId, sheet, byId, day } = wanted
  const last = await tx.gateSheet.findFirst({ where: { unitId }, orderBy: { version: 'desc' } })
  const version = (last?.version ?? 0) + 1
  await tx.gateSheet.create({ data: { id: newId(), unitId, version, data: sheet, setById: byId, setAt: now } })
  await tx.$executeRaw(Prisma.sql`
    UPDATE gate_plan SET revision = 0 FROM meeting m
    WHERE m.id = gate_plan.meeting_id AND m.starts_at > ${now}
      AND EXISTS (SELECT FROM unit_path(m.cell_id, ${toDateColumn(day)}::date) p WHERE p.unit_id = ${unitId}::uuid)`)
}
