import { newId } from '../core/ids.js'
import { type Db, Prisma, type Tx } from '../database/client.js'
import type { DeliveryState } from '../database/generated/enums.js'

/** A tie that is in use: its group takes what we write. */
const LIVE = Prisma.sql`cell_group g JOIN chat ON chat.id = g.chat_id AND chat.unreachable_since IS NULL
  AND g.ended_at IS NULL`

/**
 * Meetings of the whole cell that its members were told of and the group was not. Those of the cell committee are no
 * affair of the group.
 */
const MISSING = Prisma.sql`${LIVE} JOIN meeting m ON m.cell_id = g.unit_id AND m.starts_at > g.tied_at
    AND m.state = 'planned' AND m.kind <> 'cell_committee'
  WHERE NOT EXISTS (SELECT FROM group_card c WHERE c.group_id = g.id AND c.meeting_id = m.id)
    AND EXISTS (SELECT FROM outbox o WHERE o.state <> 'withdrawn' AND (
      (o.subject = m.id::text AND o.kind IN ('meetings.created', 'meetings.moved', 'reminders.step'))
      OR (o.subject = m.schedule_id::text AND o.kind = 'meetings.series' AND o.data->>'meetingId' = m.id::text)))`

const ANSWERS = Prisma.sql`(SELECT count(*)::int FROM answer WHERE answer.meeting_id = m.id)`
const STEPS = Prisma.sql`(SELECT count(*)::int FROM reminder_step s WHERE s.meeting_id = m.id AND s.state = 'done')`

const STANDING = Prisma.sql`${LIVE} JOIN group_card c ON c.group_id = g.id AND c.due_at IS NOT NULL
  JOIN meeting m ON m.id = c.meeting_id`

const CHANGED = Prisma.sql`(m.revision <> c.revision OR ${ANSWERS} <> c.answers OR ${STEPS} <> c.steps)`

/** When a card is to be posted or looked at: what has changed is due since its group was tied. */
export async function findNextCard(db: Db): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ at: Date | null }[]>(Prisma.sql`
    SELECT least(
      (SELECT min(g.tied_at) FROM ${MISSING}),
      (SELECT min(CASE WHEN ${CHANGED} THEN g.tied_at ELSE c.due_at END) FROM ${STANDING})
    ) AS at`)
  return row?.at ?? null
}

/** A row for every meeting that the group is to hear of, due at once. */
export async function insertMissing(tx: Tx, now: Date, limit: number): Promise<void> {
  const missing = await tx.$queryRaw<{ groupId: string; meetingId: string }[]>(
    Prisma.sql`SELECT g.id AS "groupId", m.id AS "meetingId" FROM ${MISSING} ORDER BY m.starts_at LIMIT ${limit}`,
  )
  const unseen = { revision: 0, answers: 0, steps: 0, dueAt: now }
  await tx.groupCard.createMany({
    data: missing.map((one) => ({ id: newId(), ...one, ...unseen })),
    skipDuplicates: true,
  })
}

export type DueCard = Readonly<{
  id: string
  chatId: string
  meetingId: string
  /** A step of the ladder has gone out since the card was looked at. */
  stepped: boolean
  /** As they are now. */
  answers: number
  steps: number
}>

/** Up to `limit` cards whose facts have changed or whose time has come, locked; other instances pass them by. */
export const takeCards = (tx: Tx, now: Date, limit: number): Promise<DueCard[]> =>
  tx.$queryRaw<DueCard[]>(Prisma.sql`
    SELECT c.id, g.chat_id AS "chatId", c.meeting_id AS "meetingId", ${STEPS} <> c.steps AS stepped,
      ${ANSWERS} AS answers, ${STEPS} AS steps
    FROM ${STANDING} WHERE c.due_at <= ${now} OR ${CHANGED} ORDER BY c.due_at LIMIT ${limit}
    FOR UPDATE OF c SKIP LOCKED`)

/** What the card now stands for, and when it is looked at again; null: it is over. */
export const recordLook = (
  tx: Tx,
  card: Pick<DueCard, 'id' | 'answers' | 'steps'>,
  revision: number,
  dueAt: Date | null,
): Promise<unknown> =>
  tx.groupCard.update({
    where: { id: card.id },
    data: { revision, answers: card.answers, steps: card.steps, dueAt },
  })

/** One message or change of a card, as it was written. */
export type Posted = Readonly<{
  deliveryId: string
  chatId: string
  state: DeliveryState
  notBefore: Date
  finishedAt: Date | null
  messageId: string | null
  data: unknown
}>

/** What was said of a card and not taken back, the newest first. */
export const listPosted = (tx: Tx, cardId: string, kind: string): Promise<Posted[]> =>
  tx.$queryRaw<Posted[]>(Prisma.sql`
    SELECT d.id AS "deliveryId", d.chat_id AS "chatId", d.state, d.not_before AS "notBefore",
      d.finished_at AS "finishedAt", d.platform_message_id AS "messageId", o.data
    FROM outbox o JOIN delivery d ON d.outbox_id = o.id
    WHERE o.subject = ${cardId} AND o.kind = ${kind} AND d.state IN ('queued', 'in_flight', 'sent')
    ORDER BY d.sequence DESC`)

/** A tie's cards that are not over. */
export const listStanding = (tx: Tx, groupId: string) =>
  tx.groupCard.findMany({ where: { groupId, dueAt: { not: null } } })

/** The next meeting that the group has a card of; null: none. */
export async function findNearestCard(tx: Tx, groupId: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ meetingId: string }[]>(Prisma.sql`
    SELECT c.meeting_id AS "meetingId" FROM group_card c JOIN meeting m ON m.id = c.meeting_id
    WHERE c.group_id = ${groupId}::uuid AND c.due_at IS NOT NULL AND m.state = 'planned'
    ORDER BY m.starts_at LIMIT 1`)
  return row?.meetingId ?? null
}
