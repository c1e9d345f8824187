import type { PlainDate } from '../core/dates.js'
import { newId } from '../core/ids.js'
import { Prisma, type Tx } from '../database/client.js'
import { lockCell } from '../meetings/cell.js'
import { findNearest } from '../organization/nearest.js'
import type { PaperName } from './layouts.js'

export type Template = Readonly<{ paper: PaperName; sha256: string; setAt: Date }>

/** The template for a cell's paper on that day: its own, or of the nearest unit above that has one. Null: ours. */
export const findTemplate = (
  tx: Tx,
  cellId: string,
  day: PlainDate,
  paper: PaperName,
): Promise<{ sha256: string } | null> =>
  findNearest(
    tx,
    cellId,
    day,
    Prisma.sql`SELECT unit_id, sha256 FROM paper_template WHERE paper = ${paper} AND ended_at IS NULL`,
  )

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
