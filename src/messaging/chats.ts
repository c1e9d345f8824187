import { newId } from '../core/ids.js'
import { Prisma, type Tx } from '../database/client.js'
import { writeTogether } from '../database/side-by-side.js'

export type Chat = Readonly<{
  id: string
  botId: string
  externalId: string
  kind: 'private' | 'group'
  locale: string | null
  awaiting: unknown
  unreachableSince: Date | null
}>

/** The chat's row, made when first seen, and locked: one update at a time per chat, across instances. */
export async function lockChat(
  tx: Tx,
  now: Date,
  chat: { botId: string; externalId: string; kind: 'private' | 'group' },
): Promise<Chat> {
  const [row] = await tx.$queryRaw<Chat[]>(Prisma.sql`
    INSERT INTO chat (id, bot_id, external_id, kind, created_at, wrote_at)
    VALUES (${newId()}::uuid, ${chat.botId}::uuid, ${chat.externalId}, ${chat.kind}::chat_kind, ${now}, ${now})
    ON CONFLICT (bot_id, external_id) DO UPDATE SET kind = EXCLUDED.kind,
      wrote_at = coalesce(chat.wrote_at, EXCLUDED.wrote_at)
    RETURNING id, bot_id AS "botId", external_id AS "externalId", kind, locale, awaiting,
      unreachable_since AS "unreachableSince"`)
  if (!row) throw new Error('an upsert returned no chat')
  return row
}

/**
 * The platform made `chat` of one that was called `former`: what waits for that one goes there. Messages that stand in the
 * old one are none of the new one's; what else hangs on it is for the rooms to move (`movedToId`).
 */
export const followMove = (tx: Tx, chat: Pick<Chat, 'id' | 'botId'>, former: string): Promise<unknown> =>
  tx.$executeRaw(Prisma.sql`
    WITH moved AS (
      UPDATE chat SET moved_to_id = ${chat.id}::uuid
      WHERE bot_id = ${chat.botId}::uuid AND external_id = ${former} AND id <> ${chat.id}::uuid RETURNING id
    )
    UPDATE delivery SET chat_id = ${chat.id}::uuid FROM moved
    WHERE delivery.chat_id = moved.id AND delivery.state = 'queued'`)

/**
 * The rows of several chats, locked; by the platform's id. One that is not known yet, or that somebody works in, is left
 * out: nobody waits here, so that two that lock several cannot wait for each other.
 */
export async function lockFreeChats(tx: Tx, botId: string, externalIds: readonly string[]): Promise<Map<string, Chat>> {
  const rows = await tx.$queryRaw<Chat[]>(Prisma.sql`
    SELECT id, bot_id AS "botId", external_id AS "externalId", kind, locale, awaiting,
      unreachable_since AS "unreachableSince"
    FROM chat WHERE bot_id = ${botId}::uuid AND external_id = ANY(${[...externalIds]}::text[])
    FOR NO KEY UPDATE SKIP LOCKED`)
  return new Map(rows.map((row) => [row.externalId, row]))
}

/**
 * A person's own chat with a bot, by what the platform calls them, locked as if they had written there; null: they never
 * did. Telegram and Zalo name a private chat after its person.
 */
export async function lockPrivateChat(tx: Tx, botId: string, senderExternalId: string): Promise<Chat | null> {
  const [row] = await tx.$queryRaw<Chat[]>(Prisma.sql`
    SELECT id, bot_id AS "botId", external_id AS "externalId", kind, locale, awaiting,
      unreachable_since AS "unreachableSince"
    FROM chat WHERE bot_id = ${botId}::uuid AND external_id = ${senderExternalId} AND kind = 'private'
    FOR NO KEY UPDATE`)
  return row ?? null
}

/** The person wrote or unblocked us: the address works. */
export const markReachable = (tx: Tx, chatId: string): Promise<unknown> =>
  tx.chat.update({ where: { id: chatId }, data: { unreachableSince: null, unreachableCode: null } })

export const markUnreachable = (tx: Tx, chatId: string, now: Date, code: string): Promise<unknown> =>
  tx.chat.update({ where: { id: chatId }, data: { unreachableSince: now, unreachableCode: code } })

export const setLocale = (tx: Tx, chatId: string, locale: string): Promise<unknown> =>
  tx.chat.update({ where: { id: chatId }, data: { locale } })

/** A command that waits for the next text of this chat. */
export type Awaiting = { command: string; args: Record<string, unknown>; until: string }

const writeAwaiting = writeTogether<{ chatId: string; awaiting: Awaiting | null }, void>(async (tx, keys) => {
  await tx.$executeRaw(Prisma.sql`
    UPDATE chat SET awaiting = k.awaiting
    FROM jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) AS k("chatId" uuid, awaiting jsonb)
    WHERE chat.id = k."chatId"`)
  return keys.map(() => undefined)
})

export const setAwaiting = (tx: Tx, chatId: string, awaiting: Awaiting | null): Promise<void> =>
  writeAwaiting(tx, { chatId, awaiting })
