import type { Sweep } from '../conversation/types.js'
import { DAY } from '../core/dates.js'
import { type Db, inTransaction, Prisma, type Tx } from '../database/client.js'
import type { Blobs } from '../messaging/blobs.js'

const BATCH = 20
/** How long a file waits for its sender to go on: to set a meeting, to choose what it is for. */
const KEPT_MS = DAY

type Leftover = Readonly<{ id: string; sha256: string }>

/** Files that were refused, or that nobody went on with, locked. What became a material or a template stays. */
const listLeftovers = (tx: Tx, now: Date): Promise<Leftover[]> =>
  tx.$queryRaw(Prisma.sql`
    SELECT id, sha256 FROM upload
    WHERE sha256 IS NOT NULL AND (state = 'failed' OR (state = 'fetched' AND received_at <= ${new Date(now.getTime() - KEPT_MS)}))
      ORDER BY received_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`)

const isUsed = async (tx: Tx, { id, sha256 }: Leftover): Promise<boolean> => {
  const rows = await tx.$queryRaw<object[]>(Prisma.sql`
    SELECT 1 FROM material WHERE sha256 = ${sha256} UNION ALL SELECT 1 FROM paper_template WHERE sha256 = ${sha256}
    UNION ALL SELECT 1 FROM upload WHERE sha256 = ${sha256} AND id <> ${id}::uuid LIMIT 1`)
  return rows.length > 0
}

async function drop(tx: Tx, one: Leftover, blobs: Blobs): Promise<void> {
  const used = await isUsed(tx, one)
  await tx.upload.update({ where: { id: one.id }, data: { state: 'failed', sha256: null } })
  if (!used) await forget(tx, one.sha256, blobs)
}

async function forget(tx: Tx, sha256: string, blobs: Blobs): Promise<void> {
  await tx.platformFile.deleteMany({ where: { sha256 } })
  await tx.file.deleteMany({ where: { sha256 } })
  // Before the commit: a failure after it would leave bytes that nothing points to.
  await blobs.remove(sha256)
}

async function nextLeftover(db: Db): Promise<Date | null> {
  const [failed, fetched] = await Promise.all([
    db.upload.findFirst({ where: { state: 'failed', sha256: { not: null } }, orderBy: { receivedAt: 'asc' } }),
    db.upload.findFirst({ where: { state: 'fetched', sha256: { not: null } }, orderBy: { receivedAt: 'asc' } }),
  ])
  return failed?.receivedAt ?? (fetched ? new Date(fetched.receivedAt.getTime() + KEPT_MS) : null)
}

/** A link to a file holds so long (`pages/file-links`); whoever needs a paper later asks for it again. */
const PAPERS_KEPT_MS = 7 * DAY

/** Made by us (slips with codes, call lists with telephone numbers), sent long ago, and nobody's material or template. */
const PAPERS = Prisma.sql`file f WHERE NOT EXISTS (SELECT FROM material m WHERE m.sha256 = f.sha256)
  AND NOT EXISTS (SELECT FROM paper_template t WHERE t.sha256 = f.sha256)
  AND NOT EXISTS (SELECT FROM upload u WHERE u.sha256 = f.sha256)`

async function nextPaper(db: Db): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ at: Date | null }[]>(Prisma.sql`SELECT min(f.created_at) AS at FROM ${PAPERS}`)
  return row?.at ? new Date(row.at.getTime() + PAPERS_KEPT_MS) : null
}

const listPapers = (tx: Tx, now: Date): Promise<{ sha256: string }[]> =>
  tx.$queryRaw(Prisma.sql`SELECT f.sha256 FROM ${PAPERS} AND f.created_at <= ${new Date(now.getTime() - PAPERS_KEPT_MS)}
    ORDER BY f.created_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`)

/** Forgets the papers that were printed: nothing that names people lies about for ever, nor in every backup. */
export const paperSweep = (blobs: Blobs): Sweep => ({
  name: 'printed papers',
  nextDue: nextPaper,
  run: (db, now) =>
    inTransaction(db, async (tx) => {
      const papers = await listPapers(tx, now)
      for (const { sha256 } of papers) await forget(tx, sha256, blobs)
      return papers.length === BATCH
    }),
})

/** Forgets the bytes of what was sent and not taken: a refused paper must not stay with us. */
export const leftoverSweep = (blobs: Blobs): Sweep => ({
  name: 'leftover files',
  nextDue: nextLeftover,
  run: (db, now) =>
    inTransaction(db, async (tx) => {
      const leftovers = await listLeftovers(tx, now)
      for (const one of leftovers) await drop(tx, one, blobs)
      return leftovers.length === BATCH
    }),
})
