import { AppError } from '../core/errors.js'
import { Prisma, type Tx } from '../database/client.js'
import { DEFAULT_LADDER } from './rules.js'

export type Ladder = Readonly<{
  /** Minutes before the start, largest first. */
  offsets: readonly number[]
  /** Whether the cell has chosen it; false: the default. */
  own: boolean
}>

/** A row without offsets says that the cell went back to the default, and when. */
export const ladderOf = (offsets: readonly number[] | null | undefined): Ladder =>
  offsets && offsets.length > 0 ? { offsets, own: true } : { offsets: DEFAULT_LADDER, own: false }

export const findLadder = async (tx: Tx, cellId: string): Promise<Ladder> =>
  ladderOf((await tx.ladder.findUnique({ where: { cellId } }))?.offsets)

/** Stores the cell's ladder (null: the default); the sweep then plans all its future meetings anew. */
export async function recordLadder(
  tx: Tx,
  now: Date,
  wanted: Readonly<{ cellId: string; offsets: readonly number[] | null; byId: string }>,
): Promise<void> {
  const row = { offsets: [...(wanted.offsets ?? [])], setById: wanted.byId, setAt: now }
  await tx.ladder.upsert({
    where: { cellId: wanted.cellId },
    create: { cellId: wanted.cellId, ...row },
    update: row,
  })
  await tx.$executeRaw(Prisma.sql`
    UPDATE reminder_plan SET revision = 0 FROM meeting m
    WHERE m.id = reminder_plan.meeting_id AND m.cell_id = ${wanted.cellId}::uuid AND m.starts_at > ${now}`)
}

/** When the meeting got its present day and hour. */
export async function getSetAt(tx: Tx, meetingId: string): Promise<Date> {
  const [row] = await tx.$queryRaw<{ at: Date }[]>(Prisma.sql`
    SELECT coalesce((SELECT max(at) FROM meeting_change WHERE meeting_id = meeting.id
      AND kind IN ('created', 'moved', 'restored')), created_at) AS at
    FROM meeting WHERE id = ${meetingId}::uuid`)
  if (!row) throw new AppError('meetings.error.gone')
  return row.at
}
