import { type Db, inTransaction } from '../database/client.js'

/**
 * A message to a person whose way failed for good goes on by the next one: as a further delivery of the same outbox
 * row, from its first part, never to a chat in which it was tried. Here is what the two places that do so have in
 * common: the sender's statement, for what it learned from a call, and the sweep, for what waits at an address or a
 * bot that died otherwise.
 *
 * `at`: SQL of the moment. Joins `way` to a delivery `d` of the outbox row `o`; null columns where no way is left.
 */
export const nextWay = (at: string): string => `LEFT JOIN LATERAL (
  SELECT w.chat_id, w.bot_id FROM ways_to(o.person_id, d.priority, ${at}) w
  WHERE o.routed AND NOT EXISTS (SELECT FROM delivery t WHERE t.outbox_id = o.id AND t.chat_id = w.chat_id)
  ORDER BY w.rank LIMIT 1) way ON true`

/** From `lost` (a delivery's columns, and `to_chat`, `to_bot`) the deliveries that go on. */
export const ONWARD = `onward AS (
  INSERT INTO delivery (id, outbox_id, bot_id, chat_id, operation, priority, not_before, expires_at,
    quiet_zone, quiet_from, quiet_to, state)
  SELECT new_id(), outbox_id, to_bot, to_chat, 'send', priority, not_before, expires_at,
    quiet_zone, quiet_from, quiet_to, 'queued'
  FROM lost WHERE to_chat IS NOT NULL ON CONFLICT DO NOTHING
)`

/**
 * What waits where it can no longer go: the chat is dead, the link has ended, the bot is refused, retired or has spent
 * its quota. A spent quota comes back, so without another way such a message waits; `code` says why for the others.
 */
const STRANDED = `stranded AS MATERIALIZED (
  SELECT d.*, lost.code, way.chat_id AS to_chat, way.bot_id AS to_bot
  FROM delivery d JOIN outbox o ON o.id = d.outbox_id JOIN chat c ON c.id = d.chat_id JOIN bot b ON b.id = d.bot_id
  CROSS JOIN LATERAL (SELECT CASE
    WHEN c.unreachable_since IS NOT NULL THEN coalesce(c.unreachable_code, 'unreachable')
    WHEN b.state <> 'active' THEN 'bot-' || b.state
    WHEN NOT EXISTS (SELECT FROM chat_link l WHERE l.chat_id = d.chat_id AND l.person_id = o.person_id
      AND l.ended_at IS NULL) THEN 'unlinked'
    WHEN (b.monthly_quota IS NOT NULL OR b.rests_until IS NOT NULL) AND NOT bot_takes(b.id, d.priority, $1)
      THEN 'quota' END AS code) lost
  ${nextWay('$1')}
  WHERE d.state = 'queued' AND o.state = 'queued' AND o.routed AND d.operation = 'send' AND d.expires_at > $1
    AND NOT EXISTS (SELECT FROM delivery f WHERE f.outbox_id = o.id AND f.state = 'in_flight')
    AND lost.code IS NOT NULL AND (way.chat_id IS NOT NULL OR lost.code <> 'quota')
)`

/**
 * What found no way and may still have a use, now that there is one again: unblocked, linked anew, a bot that is back.
 * Only the newest of a kind about a thing: three reminders of one meeting at once help nobody.
 */
const BACK = `back AS MATERIALIZED (
  SELECT DISTINCT ON (o.id) d.outbox_id, d.priority, d.not_before, d.expires_at, d.quiet_zone, d.quiet_from,
    d.quiet_to, way.chat_id AS to_chat, way.bot_id AS to_bot
  FROM delivery d JOIN outbox o ON o.id = d.outbox_id
  CROSS JOIN LATERAL (SELECT w.chat_id, w.bot_id FROM ways_to(o.person_id, d.priority, $1) w
    ORDER BY w.rank LIMIT 1) way
  WHERE d.state = 'failed' AND d.expires_at > $1 AND o.state = 'unreachable' AND o.routed
    AND NOT EXISTS (SELECT FROM outbox n WHERE n.person_id = o.person_id AND n.subject = o.subject
      AND n.kind = o.kind AND n.created_at > o.created_at)
  ORDER BY o.id, d.sequence DESC
)`

const GO_ON = `WITH ${STRANDED}, held AS (
  SELECT id FROM delivery WHERE id IN (SELECT id FROM stranded) AND state = 'queued' FOR UPDATE SKIP LOCKED
), lost AS (
  SELECT DISTINCT ON (outbox_id) * FROM stranded WHERE id IN (SELECT id FROM held) ORDER BY outbox_id, part
), ${ONWARD}, ended AS (
  UPDATE delivery d SET state = 'failed', failure_code = s.code, finished_at = $1::timestamptz
  FROM stranded s WHERE d.id = s.id AND d.id IN (SELECT id FROM held)
)
UPDATE outbox o SET state = 'unreachable' FROM lost WHERE o.id = lost.outbox_id AND lost.to_chat IS NULL`

const COME_BACK = `WITH ${BACK}, reopened AS (
  UPDATE outbox o SET state = 'queued' FROM back WHERE o.id = back.outbox_id AND o.state = 'unreachable' RETURNING o.id
), lost AS (
  SELECT back.* FROM back JOIN reopened ON reopened.id = back.outbox_id
), ${ONWARD}
UPDATE delivery d SET state = 'queued', attempts = 0, retry_at = NULL, failure_code = NULL, finished_at = NULL
FROM lost WHERE d.outbox_id = lost.outbox_id AND d.chat_id = lost.to_chat AND d.state = 'failed'`

/** Moves on what waits where it can no longer go, and takes up again what has a way again. */
export const reroute = {
  name: 'reroute',
  nextDue: async (db: Db, now: Date): Promise<Date | null> => {
    const [row] = await db.$queryRawUnsafe<{ due: boolean }[]>(
      `WITH ${STRANDED}, ${BACK} SELECT EXISTS (SELECT FROM stranded) OR EXISTS (SELECT FROM back) AS due`,
      now,
    )
    return row?.due ? now : null
  },
  run: (db: Db, now: Date): Promise<boolean> =>
    inTransaction(db, async (tx) => {
      await tx.$executeRawUnsafe(GO_ON, now)
      await tx.$executeRawUnsafe(COME_BACK, now)
      return false
    }),
}
