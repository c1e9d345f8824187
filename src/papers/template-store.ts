import type { PlainDate } from '../core/dates.js'
import { toDateColumn } from '../core/dates.js'
import { newId } from '../core/ids.js'
import { Prisma, type Tx } from '../database/client.js'
import { lockCell } from '../meetings/cell.js'
import type { PaperName } from './layouts.js'

export type Template = Readonly<{ paper: PaperName; sha256: string; setAt: Date }>

/** The template for a cell's paper on that day: its own, or of the nearest unit above that has one. Null: ours. */
export async function findTemplate(
  tx: Tx,
  cellId: string,
  day: PlainDate,
  paper: PaperName,
): Promise<{ sha256: string } | null> {
  const [row] = await tx.$queryRaw<{ sha256: string }[]>(Prisma.sql`
    SELECT t.sha256 FROM unit_path(${cellId}::uuid, ${toDateColumn(day)}::date) p
    JOIN paper_template t ON t.unit_id = p.unit_id AND t.paper = ${paper} AND t.ended_at IS NULL
    ORDER BY p.depth, t.set_at DESC LIMIT 1`)
  return row ?? null
}

/** What a unit has set itself and that counts. */
export const listTemplates = (tx: Tx, unitId: string): Promise<Template[]> =>
  tx.paperTemplate.findMany({
    where: { unitId, endedAt: null },
    orderBy: { setAt: 'asc' },
    select: { paper: true, sha256: true, setAt: true },
  }) as Promise<Template[]>

type Place = Readonly<{ unitId: string; paper: PaperName }>

/** Two people who set one at once go one after the other: one of them counts. */
export async function recordTemplate(
  tx: Tx,
  { unitId, paper }: Place,
  sha256: string,
  by: { byId: string; now: Date },
): Promise<void> {
  await lockCell(tx, unitId)
  const live = await tx.paperTemplate.findFirst({ where: { unitId, paper, endedAt: null } })
  if (live?.sha256 === sha256) return
  await endTemplate(tx, { unitId, paper }, by.now)
  await tx.paperTemplate.create({ data: { id: newId(), unitId, paper, sha256, setById: by.byId, setAt: by.now } })
}

/** Back to what stands above, at last to ours. The file stays, for the history. */
export const endTemplate = (tx: Tx, place: Place, now: Date): Promise<unknown> =>
  tx.paperTemplate.updateMany({ where: { ...place, endedAt: null }, data: { endedAt: now } })
