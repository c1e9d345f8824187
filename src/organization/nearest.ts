import { type PlainDate, toDateColumn } from '../core/dates.js'
import { Prisma, type Tx } from '../database/client.js'

/**
 * What an office sets holds for everything under it until a nearer unit sets its own: the row of the unit itself, else of
 * the nearest unit above it on that day. `rows`: a query with at most one row a unit, its `unit_id` among the columns.
 */
export async function findNearest<Row>(tx: Tx, unitId: string, day: PlainDate, rows: Prisma.Sql): Promise<Row | null> {
  const [row] = await tx.$queryRaw<Row[]>(Prisma.sql`
    SELECT own.* FROM unit_path(${unitId}::uuid, ${toDateColumn(day)}::date) p JOIN (${rows}) own ON own.unit_id = p.unit_id
    ORDER BY p.depth LIMIT 1`)
  return row ?? null
}
