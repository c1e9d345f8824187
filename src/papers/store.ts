import { type PlainDate, toDateColumn } from '../core/dates.js'
import { type Db, Prisma, type Tx } from '../database/client.js'
import { type Meeting, toMeeting } from '../meetings/store.js'

/** A meeting of the cell whose roll-call was confirmed after its papers were made last, if they were. */
const UNMADE = Prisma.sql`
  FROM roll_call r JOIN meeting m ON m.id = r.meeting_id LEFT JOIN paper_pack p ON p.meeting_id = r.meeting_id
  WHERE r.confirmed_at IS NOT NULL AND p.confirmed_at IS DISTINCT FROM r.confirmed_at
    AND m.state = 'planned' AND m.kind <> 'cell_committee'`

export type Unmade = Readonly<{ meetingId: string; cellId: string; confirmedAt: Date }>

/** The earliest confirmation whose papers are not made yet. */
export async function nextUnmade(db: Db): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ at: Date | null }[]>(Prisma.sql`SELECT min(r.confirmed_at) AS at ${UNMADE}`)
  return row?.at ?? null
}

/** Locked until the transaction ends; instances share the work. */
export const listUnmade = (tx: Tx, limit: number): Promise<Unmade[]> =>
  tx.$queryRaw(Prisma.sql`
    SELECT r.meeting_id AS "meetingId", m.cell_id AS "cellId", r.confirmed_at AS "confirmedAt" ${UNMADE}
    ORDER BY r.confirmed_at LIMIT ${limit} FOR UPDATE OF r SKIP LOCKED`)

export const markMade = (tx: Tx, { meetingId, confirmedAt }: Unmade, now: Date): Promise<unknown> =>
  tx.paperPack.upsert({
    where: { meetingId },
    create: { meetingId, confirmedAt, madeAt: now },
    update: { confirmedAt, madeAt: now },
  })

const HELD = {
  state: 'planned',
  kind: { not: 'cell_committee' },
  rollCall: { confirmedAt: { not: null } },
} satisfies Prisma.MeetingWhereInput

/** The cell's meetings with a confirmed roll-call, the latest first. */
export async function listHeld(tx: Tx, cellId: string, limit: number): Promise<Meeting[]> {
  const rows = await tx.meeting.findMany({ where: { ...HELD, cellId }, orderBy: { startsAt: 'desc' }, take: limit })
  return rows.map(toMeeting)
}

/** The latest whose roll-call was confirmed and is open for a correction: its numbers hold no more. */
export async function findReopened(tx: Tx, cellId: string): Promise<Meeting | null> {
  const rollCall = { confirmedAt: null, heldAt: { not: null } }
  const row = await tx.meeting.findFirst({ where: { ...HELD, rollCall, cellId }, orderBy: { startsAt: 'desc' } })
  return row && toMeeting(row)
}

/** Those of one year, the earliest first. */
export async function listHeldIn(tx: Tx, cellId: string, year: number): Promise<Meeting[]> {
  const day = { gte: toDateColumn(firstOf(year)), lt: toDateColumn(firstOf(year + 1)) }
  const rows = await tx.meeting.findMany({ where: { ...HELD, cellId, day }, orderBy: { startsAt: 'asc' } })
  return rows.map(toMeeting)
}

/** The last of that year, null: there was none. */
export const findHeldIn = async (tx: Tx, cellId: string, year: number): Promise<Meeting | null> =>
  (await listHeldIn(tx, cellId, year)).at(-1) ?? null

const firstOf = (year: number): PlainDate => `${year}-01-01` as PlainDate

/** Whether a roll-call of these cells was confirmed since then. */
export const isFresh = async (tx: Tx, cellIds: readonly string[], since: Date): Promise<boolean> =>
  (await tx.rollCall.count({ where: { confirmedAt: { gte: since }, meeting: { cellId: { in: [...cellIds] } } } })) > 0
