import type { Operation } from './outbox.js'
import { nextWay, ONWARD } from './reroute.js'
import type { Choice } from './vocabulary.js'

/** The sender's rows: what may go, what was claimed, how it ended. Every statement runs on the lock connection. */
export type Candidate = {
  id: string
  chatId: string
  chatKind: 'private' | 'group'
  operation: Operation
  priority: number
}

export type Claimed = {
  id: string
  outboxId: string
  kind: string
  version: number
  data: unknown
  operation: Operation
  part: number
  attempts: number
  chatId: string
  chatExternalId: string
  chatLocale: string | null
  personLocale: string | null
  /** Set where several people share the chat: the message then says whom it is for. */
  addressee: string | null
  targetMessageId: string | null
}

/** What is stored of a message that went out. */
export type SentContent = {
  heading?: string
  text: string
  choices: Choice[][]
  /** Of the file that went with it, or that its link opens. */
  fileName?: string
  sha256?: string
  /** Those that the links in its words open. */
  files?: { fileName: string; sha256: string }[]
  url?: string
  /** The lines below the text where choices and links were written out, and how far they came. */
  below?: string
  rest?: number
}

export type Finished = Readonly<{
  id: string
  outboxId: string
  chatId: string
  state: 'sent' | 'failed' | 'queued'
  operation: Operation
  messageId: string | null
  code: string | null
  content: SentContent | null
  /** Real time before which a queued one is not tried again. */
  retryAt: Date | null
  attempts: number
  /** Ids of the further parts that a long message was cut into. */
  partIds: readonly string[]
  unreachable: boolean
  /** This way has failed: if the message is for a person and another way is left, it goes there and ends here. */
  onward: boolean
  /** What was learned of the bot itself: its token is refused, or it has sent as much as the platform allows. */
  bot: 'refused' | 'rests' | null
  movedTo: string | null
  /** The platform said to wait until then (real time): with everything of the bot, or with this chat. */
  frozen: Readonly<{ scope: 'bot' | 'chat'; until: Date }> | null
  file: { sha256: string; fileId: string } | null
}>

type Query = <Row extends object>(sql: string, params: readonly unknown[], name: string) => Promise<Row[]>

/**
 * Whoever never wrote waits while the last 24 hours have had as many of them as the account may write to. What was tried
 * and what is in flight counts, so that a bot with one call at a time writes to none too many.
 */
const STRANGERS = `strangers AS MATERIALIZED (
  SELECT (SELECT count(*) FROM chat s WHERE s.bot_id = $5 AND s.kind = 'private' AND s.wrote_at IS NULL
    AND was_written(s.id, $2)) >= strangers_quota AS spent FROM bot WHERE id = $5 AND strangers_quota IS NOT NULL
)`

const NO_STRANGER_TOO_MANY = `(chat.wrote_at IS NOT NULL OR chat.kind = 'group'
  OR (SELECT spent FROM strangers) IS NOT TRUE OR was_written(chat.id, $2))`

/**
 * What could go out now, best first, as it stood before this statement: without what is claimed by it. A message that
 * waits for its retry holds up the later ones of its own chat and priority, so that order survives a failure. Nothing is
 * tried at a dead address, nor by a bot that takes no more; one that is retired takes no more of what is addressed to
 * people, but still answers and says where it is continued. A limit of 0 looks at nothing.
 */
const LISTED = `held AS MATERIALIZED (
  SELECT chat_id, priority, sequence, part FROM delivery
  WHERE bot_id = $5 AND state = 'queued' AND retry_at > $3 AND expires_at > $2
), taken AS MATERIALIZED (
  SELECT p AS priority FROM generate_series(0, 2) p WHERE bot_takes($5, p, $2)
    OR EXISTS (SELECT FROM bot WHERE id = $5 AND state = 'retired' AND (rests_until IS NULL OR rests_until <= $2))
), listed AS (
  SELECT d.id, d.chat_id AS "chatId", chat.kind AS "chatKind", d.operation, d.priority
  FROM delivery d JOIN chat ON chat.id = d.chat_id
  WHERE d.bot_id = $5 AND d.state = 'queued' AND d.not_before <= $2 AND d.expires_at > $2 AND d.id <> ALL($1::uuid[])
    AND (d.quiet_zone IS NULL OR NOT is_quiet($2, d.quiet_zone, d.quiet_from, d.quiet_to, d.expires_at))
    AND (d.retry_at IS NULL OR d.retry_at <= $3)
    AND ${NO_STRANGER_TOO_MANY}
    AND chat.unreachable_since IS NULL AND d.priority IN (SELECT priority FROM taken)
    AND NOT EXISTS (SELECT FROM held WHERE held.chat_id = d.chat_id AND held.priority = d.priority
      AND (held.sequence, held.part) < (d.sequence, d.part))
  ORDER BY d.priority, d.sequence, d.part LIMIT $6
)`

const CLAIM = `claimed AS (
  UPDATE delivery d SET state = 'in_flight', in_flight_since = $3, attempts = d.attempts + 1
  FROM outbox, chat
  WHERE d.id = ANY($1::uuid[]) AND d.state = 'queued' AND d.not_before <= $2 AND d.expires_at > $2
    AND outbox.id = d.outbox_id AND chat.id = d.chat_id AND ${NO_STRANGER_TOO_MANY}
  RETURNING d.*, outbox.kind, outbox.version, outbox.data, outbox.person_id,
    chat.external_id AS chat_external_id, chat.locale AS chat_locale)`

const CLAIMED_ROWS = `claimed_rows AS (
  SELECT c.id, c.outbox_id AS "outboxId", c.kind, c.version, c.data, c.operation, c.part, c.attempts,
    c.chat_id AS "chatId", c.chat_external_id AS "chatExternalId", c.chat_locale AS "chatLocale",
    person.locale AS "personLocale", target.platform_message_id AS "targetMessageId",
    CASE WHEN (SELECT count(*) FROM chat_link l WHERE l.chat_id = c.chat_id AND l.ended_at IS NULL) > 1
      THEN person.full_name END AS addressee
  FROM claimed c LEFT JOIN person ON person.id = c.person_id LEFT JOIN delivery target
    ON target.id = c.target_id AND target.chat_id = c.chat_id
  ORDER BY c.priority, c.sequence, c.part
)`

/**
 * How long a bot is left in peace whose platform says "quota": it does not say until when. A retired one whose token is
 * refused as well: it stays retired, and what it has left to say would else be tried without end.
 */
const BOT_RESTS = '1 hour'

/**
 * It may be repeated: the connection can die after the commit and before the answer. It waits for no chat's row while
 * all is well, because a handler holds that row for as long as it works, and every other chat would wait with it.
 */
const FINISH = `result AS (
  SELECT * FROM jsonb_to_recordset($4::jsonb) AS r(id uuid, "outboxId" uuid, "chatId" uuid, state delivery_state,
    operation operation, "messageId" text, code text, content jsonb, "retryAt" timestamptz, attempts int, "partIds" uuid[],
    unreachable boolean, onward boolean, bot text, "movedTo" text, frozen jsonb, file jsonb)
), lost AS (
  SELECT d.*, way.chat_id AS to_chat, way.bot_id AS to_bot
  FROM result r JOIN delivery d ON d.id = r.id JOIN outbox o ON o.id = d.outbox_id ${nextWay('$2')}
  WHERE r.onward AND d.operation = 'send' AND d.expires_at > $2
), ${ONWARD}, fate AS (
  SELECT r.*, l.id IS NOT NULL AS moved, CASE WHEN l.id IS NULL THEN r.state ELSE 'failed' END AS final
  FROM result r LEFT JOIN lost l ON l.id = r.id AND l.to_chat IS NOT NULL
), arrived AS (
  INSERT INTO chat (id, bot_id, external_id, kind, created_at)
  SELECT DISTINCT ON (r."movedTo") new_id(), c.bot_id, r."movedTo", c.kind, $2::timestamptz
  FROM result r JOIN chat c ON c.id = r."chatId" WHERE r."movedTo" IS NOT NULL
  ON CONFLICT (bot_id, external_id) DO NOTHING RETURNING id, external_id
), moved AS (
  SELECT id, external_id FROM arrived UNION ALL SELECT c.id, c.external_id FROM chat c
  WHERE c.bot_id = $5 AND c.external_id IN (SELECT "movedTo" FROM result)
), ended AS (
  UPDATE delivery d SET state = f.final, operation = f.operation, platform_message_id = f."messageId",
    failure_code = f.code, content = f.content, attempts = f.attempts, in_flight_since = NULL,
    retry_at = CASE WHEN f.final = 'queued' THEN f."retryAt" END,
    finished_at = CASE WHEN f.final = 'queued' THEN NULL ELSE $2::timestamptz END,
    chat_id = coalesce((SELECT m.id FROM moved m WHERE m.external_id = f."movedTo"), d.chat_id)
  FROM fate f WHERE d.id = f.id RETURNING d.*
), rest AS (
  UPDATE delivery d SET state = 'failed', failure_code = f.code, finished_at = $2::timestamptz
  FROM fate f WHERE (f.moved OR f.unreachable) AND d.outbox_id = f."outboxId" AND d.chat_id = f."chatId"
    AND d.state = 'queued' AND d.id <> f.id
), used AS (
  INSERT INTO bot_usage (bot_id, month, sent)
  SELECT d.bot_id, quota_month($2), count(*) FROM result r JOIN delivery d ON d.id = r.id JOIN bot b ON b.id = d.bot_id
  WHERE r.state = 'sent' AND r.operation = 'send' AND d.state <> 'sent' AND b.monthly_quota IS NOT NULL
  GROUP BY d.bot_id
  ON CONFLICT (bot_id, month) DO UPDATE SET sent = bot_usage.sent + EXCLUDED.sent
), told AS (
  UPDATE bot SET state = CASE WHEN x.refused AND bot.state = 'active' THEN 'refused' ELSE bot.state END,
    state_since = CASE WHEN x.refused AND bot.state = 'active' THEN $2::timestamptz ELSE bot.state_since END,
    state_code = CASE WHEN x.refused AND bot.state = 'active' THEN 'unauthorized' ELSE bot.state_code END,
    rests_until = CASE WHEN x.rests OR (x.refused AND bot.state = 'retired')
      THEN $2::timestamptz + interval '${BOT_RESTS}' ELSE bot.rests_until END,
    frozen_until = greatest(bot.frozen_until, x.frozen)
  FROM (SELECT d.bot_id, coalesce(bool_or(r.bot = 'refused'), false) AND NOT EXISTS (
        SELECT FROM bot b WHERE b.id = d.bot_id AND b.state_since > $7) AS refused,
      coalesce(bool_or(r.bot = 'rests'), false) AS rests,
      max((r.frozen->>'until')::timestamptz) FILTER (WHERE r.frozen->>'scope' = 'bot') AS frozen
    FROM result r JOIN delivery d ON d.id = r.id WHERE r.bot IS NOT NULL OR r.frozen->>'scope' = 'bot'
    GROUP BY d.bot_id) x
  WHERE bot.id = x.bot_id AND bot.state IN ('active', 'retired')
), part AS (
  INSERT INTO delivery (id, outbox_id, bot_id, chat_id, sequence, part, operation, priority, not_before, expires_at,
    quiet_zone, quiet_from, quiet_to, state)
  SELECT p.id, e.outbox_id, e.bot_id, e.chat_id, e.sequence, p.number, 'send', e.priority, e.not_before, e.expires_at,
    e.quiet_zone, e.quiet_from, e.quiet_to, 'queued'
  FROM ended e JOIN result r ON r.id = e.id, unnest(r."partIds") WITH ORDINALITY AS p(id, number)
  ON CONFLICT DO NOTHING
), closed AS (
  UPDATE outbox o SET state = (CASE WHEN f.moved THEN 'queued' WHEN f.state = 'sent' THEN 'sent'
    WHEN f.unreachable THEN 'unreachable' ELSE 'failed' END)::outbox_state
  FROM fate f WHERE o.id = f."outboxId" AND f.final <> 'queued'
), address AS (
  UPDATE chat SET
    unreachable_since = CASE WHEN r.unreachable THEN $2::timestamptz ELSE chat.unreachable_since END,
    unreachable_code = CASE WHEN r.unreachable THEN r.code ELSE chat.unreachable_code END,
    moved_to_id = coalesce(m.id, chat.moved_to_id),
    frozen_until = CASE WHEN r.frozen->>'scope' = 'chat'
      THEN greatest(chat.frozen_until, (r.frozen->>'until')::timestamptz) ELSE chat.frozen_until END
  FROM result r LEFT JOIN moved m ON m.external_id = r."movedTo"
  WHERE chat.id = r."chatId" AND (r.unreachable OR r."movedTo" IS NOT NULL OR r.frozen->>'scope' = 'chat')
), kept AS (
  INSERT INTO platform_file (sha256, bot_id, file_id)
  SELECT DISTINCT ON (file.sha256) file.sha256, e.bot_id, r.file->>'fileId' FROM result r JOIN ended e ON e.id = r.id
    JOIN file ON file.sha256 = r.file->>'sha256'
  WHERE r.file->>'fileId' IS NOT NULL ON CONFLICT (sha256, bot_id) DO UPDATE SET file_id = EXCLUDED.file_id
)`

type Advance = Readonly<{
  botId: string
  /** When the token was taken by which all this went; null: it is the only one. */
  since: Date | null
  finished: readonly Finished[]
  ids: readonly string[]
  now: Date
  realNow: Date
  /** How many of those that could go next are listed; 0: none. */
  list: number
}>

/**
 * Records how finished calls ended, marks `ids` in flight and lists what could go next, in one statement and one commit:
 * under load its way to the server and back is what a message waits for.
 */
export async function advance(
  query: Query,
  { botId, since, finished, ids, now, realNow, list }: Advance,
): Promise<{ claimed: Claimed[]; listed: Candidate[] }> {
  const [row] = await query<{ claimed: Claimed[] | null; listed: Candidate[] | null }>(
    `WITH ${FINISH}, ${STRANGERS}, ${CLAIM}, ${CLAIMED_ROWS}, ${LISTED}
     SELECT (SELECT jsonb_agg(c) FROM claimed_rows c) AS claimed, (SELECT jsonb_agg(l) FROM listed l) AS listed`,
    [ids, now, realNow, JSON.stringify(finished), botId, list, since],
    'advance',
  )
  return { claimed: row?.claimed ?? [], listed: row?.listed ?? [] }
}

/**
 * After the death of the process that had this bot: what it had in flight may or may not have arrived.
 * It is tried again only when the dead call can no longer arrive.
 */
export const requeueInFlight = (query: Query, botId: string, timeoutMs: number) =>
  query(
    `UPDATE delivery SET state = 'queued', retry_at = in_flight_since + make_interval(secs => $2)
     WHERE bot_id = $1 AND state = 'in_flight'`,
    [botId, timeoutMs / 1000],
    'requeue',
  )

/** What the platform froze while somebody else sent for this bot: chats, or (null) all of it. Milliseconds from `realNow`. */
export const listFrozen = (
  query: Query,
  botId: string,
  realNow: Date,
): Promise<{ chatId: string | null; ms: number }[]> =>
  query(
    `SELECT "chatId", (extract(epoch FROM until - $2::timestamptz) * 1000)::float8 AS ms FROM (
       SELECT NULL::uuid AS "chatId", frozen_until AS until FROM bot WHERE id = $1
       UNION ALL SELECT id, frozen_until FROM chat WHERE bot_id = $1
     ) frozen WHERE until > $2`,
    [botId, realNow],
    'frozen',
  )
