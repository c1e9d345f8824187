import { fromDateColumn, type PlainDate, toDateColumn } from '../core/dates.js'
import { newId } from '../core/ids.js'
import { Prisma, type Tx } from '../database/client.js'
import type { DigestKind } from '../database/generated/enums.js'
import type { JsonObject } from '../messaging/vocabulary.js'

/** Who reads what of which unit. */
export type Reader = Readonly<{ unitId: string; personId: string }>

const holds = (day: PlainDate): Prisma.Sql =>
  Prisma.sql`a.starts_on <= ${day}::date AND (a.ends_on IS NULL OR a.ends_on > ${day}::date)`

const exists = (day: PlainDate): Prisma.Sql =>
  Prisma.sql`(unit.dissolved_on IS NULL OR unit.dissolved_on > ${day}::date)`

/** Committee members and office staff of these units on that day, each once a unit. */
export const listCommittee = (tx: Tx, unitIds: readonly string[], day: PlainDate): Promise<Reader[]> =>
  tx.$queryRaw<Reader[]>(Prisma.sql`
    SELECT DISTINCT a.unit_id AS "unitId", a.person_id AS "personId"
    FROM appointment a JOIN unit ON unit.id = a.unit_id AND ${exists(day)}
    WHERE a.unit_id = ANY(${[...unitIds]}::uuid[]) AND a.role IN ('committee_member', 'office') AND ${holds(day)}`)

/** Secretaries and deputies of these cells on that day, where somebody above reads a digest at all. */
export const listLeaders = (tx: Tx, cellIds: readonly string[], day: PlainDate): Promise<Reader[]> =>
  tx.$queryRaw<Reader[]>(Prisma.sql`
    WITH read AS (
      SELECT unit.id FROM unit WHERE unit.id = ANY(${[...cellIds]}::uuid[]) AND unit.kind = 'cell' AND ${exists(day)}
        AND EXISTS (SELECT FROM unit_path(unit.id, ${day}::date) p JOIN appointment a ON a.unit_id = p.unit_id
          WHERE a.role IN ('committee_member', 'office') AND ${holds(day)})
    )
    SELECT DISTINCT a.unit_id AS "unitId", a.person_id AS "personId"
    FROM appointment a JOIN read ON read.id = a.unit_id WHERE a.role IN ('secretary', 'deputy') AND ${holds(day)}`)

export type Made = Readonly<{ unitId: string; kind: DigestKind; week: PlainDate; data: JsonObject }>

/** Keeps what was counted, once a unit, kind and week. */
export const recordDigests = (tx: Tx, now: Date, digests: readonly Made[]) =>
  tx.digest.createMany({
    data: digests.map((one) => ({ ...one, id: newId(), week: toDateColumn(one.week), createdAt: now })),
    skipDuplicates: true,
  })

export type Kept = Readonly<{ week: PlainDate; data: unknown; before: PlainDate | null; after: PlainDate | null }>

/** The weekly digest of that week, or the latest; with the weeks next to it that have one. Null: none at all. */
export async function findKept(tx: Tx, unitId: string, week: PlainDate | null): Promise<Kept | null> {
  const ours = { unitId, kind: 'weekly' as const }
  const row = await tx.digest.findFirst({
    where: { ...ours, ...(week ? { week: toDateColumn(week) } : {}) },
    orderBy: { week: 'desc' },
  })
  if (!row) return null
  const before = await tx.digest.findFirst({
    where: { ...ours, week: { lt: row.week } },
    orderBy: { week: 'desc' },
    select: { week: true },
  })
  const after = await tx.digest.findFirst({
    where: { ...ours, week: { gt: row.week } },
    orderBy: { week: 'asc' },
    select: { week: true },
  })
  const weekOf = (one: { week: Date } | null) => (one ? fromDateColumn(one.week) : null)
  return { week: fromDateColumn(row.week), data: row.data, before: weekOf(before), after: weekOf(after) }
}
