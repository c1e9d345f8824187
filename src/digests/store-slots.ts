import { type Db, Prisma, type Tx } from '../database/client.js'
import type { DigestKind } from '../database/generated/enums.js'

export type Slot = Readonly<{ unitId: string; kind: DigestKind; dueAt: Date; zone: string }>

/**
 * Units that somebody was ever appointed to and that have no slot yet: committees get the weekly one, cells the
 * preview. Without a day on purpose, so that a slot once made answers the question for good.
 */
const LACKING = Prisma.sql`
  SELECT a.unit_id, 'weekly'::digest_kind AS kind FROM appointment a
  WHERE a.role IN ('committee_member', 'office')
    AND NOT EXISTS (SELECT FROM digest_slot s WHERE s.unit_id = a.unit_id AND s.kind = 'weekly')
  UNION ALL
  SELECT a.unit_id, 'preview'::digest_kind FROM appointment a JOIN unit ON unit.id = a.unit_id AND unit.kind = 'cell'
  WHERE a.role IN ('secretary', 'deputy')
    AND NOT EXISTS (SELECT FROM digest_slot s WHERE s.unit_id = a.unit_id AND s.kind = 'preview')`

/** The earliest slot; the beginning of time where a slot is still to be made. */
export async function findNextDue(db: Db): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ lacking: boolean; due: Date | null }[]>(Prisma.sql`
    SELECT EXISTS (${LACKING}) AS lacking, (SELECT min(due_at) FROM digest_slot) AS due`)
  return row?.lacking ? new Date(0) : (row?.due ?? null)
}

export const listLacking = (tx: Tx): Promise<Omit<Slot, 'dueAt'>[]> =>
  tx.$queryRaw<Omit<Slot, 'dueAt'>[]>(Prisma.sql`
    SELECT DISTINCT lacking.unit_id AS "unitId", lacking.kind, unit.zone
    FROM (${LACKING}) lacking JOIN unit ON unit.id = lacking.unit_id`)

/** Another instance may have made them meanwhile. */
export const insertSlots = (tx: Tx, slots: readonly Slot[]) =>
  tx.digestSlot.createMany({
    data: slots.map(({ unitId, kind, dueAt }) => ({ unitId, kind, dueAt })),
    skipDuplicates: true,
  })

/** Due slots, locked for this run, the earliest first. */
export const takeDue = (tx: Tx, now: Date, limit: number): Promise<Slot[]> =>
  tx.$queryRaw<Slot[]>(Prisma.sql`
    SELECT s.unit_id AS "unitId", s.kind, s.due_at AS "dueAt", unit.zone
    FROM digest_slot s JOIN unit ON unit.id = s.unit_id
    WHERE s.due_at <= ${now} ORDER BY s.due_at, s.unit_id LIMIT ${limit} FOR UPDATE OF s SKIP LOCKED`)

/** Writes when these slots fall due next. */
export async function advanceSlots(tx: Tx, slots: readonly Slot[]): Promise<void> {
  const rows = JSON.stringify(slots.map(({ unitId, kind, dueAt }) => ({ unit_id: unitId, kind, due_at: dueAt })))
  await tx.$executeRaw(Prisma.sql`
    UPDATE digest_slot s SET due_at = n.due_at
    FROM jsonb_to_recordset(${rows}::jsonb) AS n(unit_id uuid, kind digest_kind, due_at timestamptz)
    WHERE s.unit_id = n.unit_id AND s.kind = n.kind`)
}
