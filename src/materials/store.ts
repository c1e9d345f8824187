import { AppError } from '../core/errors.js'
import { newId } from '../core/ids.js'
import { Prisma, type Tx } from '../database/client.js'
import type { Material } from '../database/generated/client.js'
import type { MaterialPush } from '../database/generated/enums.js'
import { listInvited } from '../meetings/invited.js'
import type { Meeting } from '../meetings/store.js'
import { takenBack } from '../messaging/outbox.js'

export type { Material, MaterialPush }

/** What is handed out: bytes under their hash with the name they are sent by, or an https link. */
export type Source = Readonly<{ sha256: string; fileName: string } | { url: string }>

export type NewMaterial = Readonly<{
  cellId: string
  meetingId: string
  title: string
  source: Source
  push: MaterialPush
  dueAt: Date
  stepSeenAt: Date | null
  /** Who declared that it is not secret, by the same act. */
  addedById: string
  addedAt: Date
}>

export async function recordMaterial(tx: Tx, { source, ...rest }: NewMaterial): Promise<string> {
  const id = newId()
  await tx.material.create({ data: { id, ...rest, ...source } })
  return id
}

/** A material that was not taken back, with its meeting's id. Throws `materials.error.gone`. */
export async function getMaterial(tx: Tx, materialId: string): Promise<Material> {
  const found = await tx.material.findFirst({ where: { id: materialId, withdrawnAt: null } })
  if (!found) throw new AppError('materials.error.gone')
  return found
}

/** What belongs to these meetings, in the order in which it was added. */
export const listMaterials = (tx: Tx, meetingIds: readonly string[]): Promise<Material[]> =>
  tx.material.findMany({
    where: { meetingId: { in: [...meetingIds] }, withdrawnAt: null },
    orderBy: [{ addedAt: 'asc' }, { id: 'asc' }],
  })

/** The same bytes or the same link, at the same meeting already. */
export const findSame = (tx: Tx, meetingId: string, source: Source): Promise<Material | null> =>
  tx.material.findFirst({
    where: { meetingId, withdrawnAt: null, ...('url' in source ? { url: source.url } : { sha256: source.sha256 }) },
  })

/** Keeps the first time that somebody said so; saying it again changes nothing. */
export const recordReading = (tx: Tx, materialId: string, personId: string, now: Date): Promise<unknown> =>
  tx.reading.createMany({ data: [{ materialId, personId, at: now }], skipDuplicates: true })

/** Which of these materials the person has read. */
export async function listRead(tx: Tx, personId: string, materialIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.reading.findMany({ where: { personId, materialId: { in: [...materialIds] } } })
  return new Set(rows.map((row) => row.materialId))
}

export type Readers = Readonly<{ read: number; of: number }>

/** How many of the cell's people whom the meeting concerns have read each material. Guests do not count. */
export async function countReaders(
  tx: Tx,
  meeting: Meeting,
  materialIds: readonly string[],
): Promise<(materialId: string) => Readers> {
  const members = (await listInvited(tx, meeting)).filter((one) => !one.follower).map((one) => one.personId)
  const rows = await tx.reading.groupBy({
    by: ['materialId'],
    where: { materialId: { in: [...materialIds] }, personId: { in: members } },
    _count: true,
  })
  const counts = new Map(rows.map((row) => [row.materialId, row._count]))
  return (materialId) => ({ read: counts.get(materialId) ?? 0, of: members.length })
}

/** Takes a material back, and with it the messages that have not left yet. False: it was taken back before. */
export async function withdrawMaterial(tx: Tx, material: Material, now: Date): Promise<boolean> {
  const { count } = await tx.material.updateMany({
    where: { id: material.id, withdrawnAt: null },
    data: { withdrawnAt: now, dueAt: null },
  })
  await tx.$executeRaw(Prisma.sql`
    WITH gone AS (
      UPDATE delivery SET ${takenBack(now)}
      WHERE state IN ('queued', 'in_flight') AND outbox_id IN (
        SELECT id FROM outbox WHERE subject = ${material.meetingId} AND state = 'queued'
          AND kind = 'materials.pushed' AND data->>'materialId' = ${material.id})
      RETURNING outbox_id)
    UPDATE outbox SET state = 'withdrawn' WHERE id IN (SELECT outbox_id FROM gone)`)
  return count === 1
}

/** What never went out because its meeting was cancelled, by cell. */
export const listLeft = (tx: Tx, cellIds: readonly string[]): Promise<Material[]> =>
  tx.material.findMany({
    where: {
      cellId: { in: [...cellIds] },
      pushedAt: null,
      withdrawnAt: null,
      meeting: { state: 'cancelled' },
    },
    orderBy: { addedAt: 'asc' },
  })
