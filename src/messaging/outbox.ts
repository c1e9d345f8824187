import { newId } from '../core/ids.js'
import { Prisma, type Tx } from '../database/client.js'
import { writeTogether } from '../database/side-by-side.js'
import type { Renderer } from './renderer.js'
import type { JsonObject } from './vocabulary.js'

/** `delete` carries `{ messageId }` in `data`; `toast` the tap, beside what its renderer words. */
export type Operation = 'send' | 'edit' | 'menu' | 'delete' | 'toast'

/** Answers to a person go first, reminders and notices next, bulk last. */
export const PRIORITY = { reply: 0, notice: 1, bulk: 2 } as const
export type Priority = (typeof PRIORITY)[keyof typeof PRIORITY]

/**
 * One message that must go out, in terms of what it means.
 * `causeKey` makes it once and for all: writing it again does nothing.
 */
export type Outgoing = Readonly<{
  causeKey: string
  /** A person is reached by the address that works; a chat is addressed directly, `personId` then says whom it concerns. */
  personId?: string
  chatId?: string
  kind: string
  version: number
  data: JsonObject
  subject?: string
  priority: Priority
  notBefore?: Date
  expiresAt: Date
  /** Hours in which it waits, however late it comes to be sent, unless it would have no use after them. Wall times `HH:mm`. */
  quiet?: Readonly<{ zone: string; from: string; to: string }>
  /** A kind that its person may have switched off: then nothing is written. Only of what is addressed to a person. */
  mutable?: string
  operation?: Operation
  /** The delivery whose message an edit replaces. */
  targetId?: string
}>

/** Builds an outgoing message from a renderer, so that kind, version and data agree. */
export const outgoing = <D extends object>(
  renderer: Renderer<D>,
  data: D,
  rest: Omit<Outgoing, 'kind' | 'version' | 'data'>,
): Outgoing => ({ kind: renderer.kind, version: renderer.version, data: data as JsonObject, ...rest })

const toRow = (item: Outgoing, now: Date) => ({
  created_at: now,
  id: newId(),
  delivery_id: newId(),
  cause_key: item.causeKey,
  person_id: item.personId ?? null,
  chat_id: item.chatId ?? null,
  kind: item.kind,
  version: item.version,
  data: item.data,
  subject: item.subject ?? null,
  priority: item.priority,
  not_before: item.notBefore ?? now,
  expires_at: item.expiresAt,
  quiet_zone: item.quiet?.zone ?? null,
  quiet_from: item.quiet?.from ?? null,
  quiet_to: item.quiet?.to ?? null,
  operation: item.operation ?? 'send',
  target_id: item.targetId ?? null,
  mutable: item.mutable ?? null,
})

type Written = Readonly<{ now: Date; items: readonly Outgoing[] }>

const write = writeTogether<Written, number>(async (tx, written) => {
  const rows = written.map(({ now, items }) => items.map((item) => toRow(item, now)))
  const [result] = await tx.$queryRaw<{ ids: string[] | null }[]>(Prisma.sql`
    WITH item AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows.flat())}::jsonb) AS i(
        id uuid, created_at timestamptz, delivery_id uuid, cause_key text, person_id uuid, chat_id uuid, kind text,
        version int, data jsonb, subject text, priority int, not_before timestamptz, expires_at timestamptz, operation operation, target_id uuid,
        quiet_zone text, quiet_from text, quiet_to text, mutable text)
      WHERE mutable IS NULL OR NOT EXISTS (
        SELECT FROM mute WHERE mute.person_id = i.person_id AND mute.kind = i.mutable)
    ), addressed AS (
      SELECT item.*, address.chat_id AS to_chat, address.bot_id, address.code FROM item LEFT JOIN LATERAL (
        SELECT * FROM (
          SELECT chat.id AS chat_id, chat.bot_id, NULL AS code, 0::bigint AS rank FROM chat WHERE chat.id = item.chat_id
          UNION ALL
          SELECT way.chat_id, way.bot_id, NULL, way.rank FROM ways_to(item.person_id, item.priority, item.created_at) way
          WHERE item.chat_id IS NULL
          UNION ALL
          SELECT chat.id, bot.id, CASE WHEN chat.unreachable_since IS NOT NULL THEN coalesce(chat.unreachable_code, '?')
              WHEN bot.state <> 'active' THEN 'bot-' || bot.state END,
            1000 + row_number() OVER (ORDER BY chat.unreachable_since NULLS FIRST, link.preferred_at DESC NULLS LAST,
              link.linked_at DESC)
          FROM chat_link link JOIN chat ON chat.id = link.chat_id JOIN bot ON bot.id = chat.bot_id
          WHERE item.chat_id IS NULL AND link.person_id = item.person_id AND link.ended_at IS NULL
        ) known ORDER BY rank LIMIT 1
      ) address ON true
    ), written AS (
      INSERT INTO outbox (id, cause_key, person_id, kind, version, data, routed, subject, state, created_at)
      SELECT id, cause_key, person_id, kind, version, data, chat_id IS NULL, subject,
        (CASE WHEN to_chat IS NULL OR code IS NOT NULL THEN 'unreachable' ELSE 'queued' END)::outbox_state, created_at
      FROM addressed ON CONFLICT (cause_key) DO NOTHING RETURNING id
    ), sent AS (
      INSERT INTO delivery (id, outbox_id, bot_id, chat_id, operation, target_id, priority, not_before, expires_at,
        quiet_zone, quiet_from, quiet_to, state, failure_code, finished_at)
      SELECT delivery_id, id, bot_id, to_chat, operation, target_id, priority, not_before, expires_at,
        quiet_zone, quiet_from, quiet_to, (CASE WHEN code IS NULL THEN 'queued' ELSE 'failed' END)::delivery_state,
        code, CASE WHEN code IS NOT NULL THEN created_at END
      FROM addressed JOIN written USING (id) WHERE to_chat IS NOT NULL
    )
    SELECT array_agg(id) AS ids FROM written`)
  const ids = new Set(result?.ids ?? [])
  return rows.map((some) => some.filter((one) => ids.has(one.id)).length)
})

/**
 * Writes what must go out, in the transaction of the fact that caused it. One statement for any number.
 * A person without a way gets an outbox row in state `unreachable`: the summary counts it. If an address is known that
 * is dead, a failed delivery there says why and until when it has a use: the address may come back (`reroute`). A bot
 * that has spent its quota keeps the message waiting.
 * What its person has switched off is not written at all: as if it were for everybody but them. Whether they are reached
 * is then said by what cannot be switched off. Returns how many were new.
 */
export const enqueue = async (tx: Tx, now: Date, items: readonly Outgoing[]): Promise<number> =>
  items.length === 0 ? 0 : write(tx, { now, items })

/** What a delivery that waits or is in flight becomes when it is taken back: now, or at an instant that SQL knows. */
export const takenBack = (at: Date | Prisma.Sql): Prisma.Sql => {
  const now = at instanceof Date ? Prisma.sql`${at}::timestamptz` : at
  return Prisma.sql`
  state = CASE WHEN delivery.state = 'queued' THEN 'withdrawn' ELSE delivery.state END,
  finished_at = CASE WHEN delivery.state = 'queued' THEN ${now} END, expires_at = least(delivery.expires_at, ${now})`
}

/**
 * Takes back what has become senseless and has not left yet: by what it speaks of, and optionally for one person.
 * A message in flight can no longer be stopped, but it has no use left: should its call fail, it is not tried again. One
 * that found no way is not taken up when there is one again.
 */
export async function withdraw(
  tx: Tx,
  now: Date,
  what: { subject: string; kinds: readonly string[]; personId?: string },
): Promise<number> {
  const forPerson = what.personId ? Prisma.sql`AND person_id = ${what.personId}::uuid` : Prisma.empty
  const meant = Prisma.sql`subject = ${what.subject} AND kind = ANY(${[...what.kinds]}::text[]) ${forPerson}`
  const [result] = await tx.$queryRaw<{ count: number }[]>(Prisma.sql`
    WITH gone AS (
      UPDATE delivery SET ${takenBack(now)}
      WHERE state IN ('queued', 'in_flight') AND outbox_id IN (
        SELECT id FROM outbox WHERE state = 'queued' AND ${meant})
      RETURNING outbox_id
    ), closed AS (
      UPDATE outbox SET state = 'withdrawn'
      WHERE id IN (SELECT outbox_id FROM gone) OR (state = 'unreachable' AND ${meant})
    )
    SELECT count(*)::int AS count FROM gone`)
  return result?.count ?? 0
}
