import { newId } from '../core/ids.js'
import { type Db, Prisma, type Tx } from '../database/client.js'
import type { CellGroup } from '../database/generated/client.js'

/** A cell and its one group. */
export type Tie = CellGroup

export const findTieOfCell = (tx: Tx, unitId: string): Promise<Tie | null> =>
  tx.cellGroup.findFirst({ where: { unitId, endedAt: null } })

export const findTieOfChat = (tx: Tx, chatId: string): Promise<Tie | null> =>
  tx.cellGroup.findFirst({ where: { chatId, endedAt: null } })

export const createTie = (
  tx: Tx,
  now: Date,
  tie: Readonly<{ chatId: string; unitId: string; tiedBy: string }>,
): Promise<Tie> => tx.cellGroup.create({ data: { id: newId(), ...tie, tiedAt: now } })

export const endTie = (tx: Tx, now: Date, id: string): Promise<unknown> =>
  tx.cellGroup.updateMany({ where: { id, endedAt: null }, data: { endedAt: now } })

/** Whether the group still takes what we write: the bot was not removed from it. */
export const isReachable = async (tx: Tx, chatId: string): Promise<boolean> =>
  (await tx.chat.count({ where: { id: chatId, kind: 'group', unreachableSince: null } })) === 1

/** The group became another chat on its platform, and that one is not tied. */
const MOVES = Prisma.sql`chat.moved_to_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM cell_group other WHERE other.chat_id = chat.moved_to_id AND other.ended_at IS NULL)`

/** Ties go with their groups, and what stood in the old ones stands anew in the others. */
export const followMoves = (tx: Tx, now: Date): Promise<number> =>
  tx.$executeRaw(Prisma.sql`
    WITH moved AS (
      UPDATE cell_group g SET chat_id = chat.moved_to_id FROM chat
      WHERE chat.id = g.chat_id AND g.ended_at IS NULL AND ${MOVES} RETURNING g.id
    )
    UPDATE group_card SET due_at = ${now} WHERE group_id IN (SELECT id FROM moved) AND due_at IS NOT NULL`)

/** The platform says since when the group is lost, or that it is back, and the tie does not know it yet. */
const BREAKS = Prisma.sql`g.broken_at IS DISTINCT FROM chat.unreachable_since`

const dissolvedAt = Prisma.sql`(unit.dissolved_on::timestamp AT TIME ZONE unit.zone)`

/** When a tie moves, breaks, heals or ends with its cell. */
export async function findNextTurn(db: Db): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ at: Date | null }[]>(Prisma.sql`
    SELECT least(
      (SELECT min(g.tied_at) FROM cell_group g JOIN chat ON chat.id = g.chat_id WHERE g.ended_at IS NULL
        AND (${BREAKS} OR (${MOVES}))),
      (SELECT min(${dissolvedAt}) FROM cell_group g JOIN unit ON unit.id = g.unit_id WHERE g.ended_at IS NULL)
    ) AS at`)
  return row?.at ?? null
}

/** Notes which groups are lost or back; returns the lost ones, each once. */
export const takeBroken = (tx: Tx): Promise<Tie[]> =>
  tx.$queryRaw<Tie[]>(Prisma.sql`
    WITH turned AS (
      UPDATE cell_group g SET broken_at = chat.unreachable_since FROM chat
      WHERE chat.id = g.chat_id AND g.ended_at IS NULL AND ${BREAKS} RETURNING g.*
    )
    SELECT id, chat_id AS "chatId", unit_id AS "unitId", tied_by AS "tiedBy", tied_at AS "tiedAt",
      ended_at AS "endedAt", broken_at AS "brokenAt" FROM turned WHERE broken_at IS NOT NULL`)

/** Ties of cells that no longer exist. */
export const listOutlived = (tx: Tx, now: Date): Promise<{ id: string }[]> =>
  tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT g.id FROM cell_group g JOIN unit ON unit.id = g.unit_id
    WHERE g.ended_at IS NULL AND ${dissolvedAt} <= ${now} FOR UPDATE OF g SKIP LOCKED`)
