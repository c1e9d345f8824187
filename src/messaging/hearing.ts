import { newId } from '../core/ids.js'
import { type Db, Prisma } from '../database/client.js'

/** Listening is noted every minute: a pause of a few is a slow machine or a restart. */
const LEAST_GAP_MS = 5 * 60_000

/**
 * Notes that a bot is listened to at `now`. A pause before it that is longer than what the platform keeps (`keepsMs`)
 * becomes a row: what people wrote in it may be lost. Several instances may note the same bot; one finds the pause.
 */
export async function recordHearing(db: Db, now: Date, botId: string, keepsMs: number): Promise<void> {
  const latest = new Date(now.getTime() - keepsMs - LEAST_GAP_MS)
  await db.$executeRaw(Prisma.sql`
    WITH before AS (SELECT id, heard_at FROM bot WHERE id = ${botId}::uuid FOR UPDATE),
    heard AS (UPDATE bot SET heard_at = ${now} FROM before WHERE bot.id = before.id
      AND (before.heard_at IS NULL OR before.heard_at < ${now}))
    INSERT INTO hearing_gap (id, bot_id, from_at, until_at)
    SELECT ${newId()}::uuid, id, heard_at, ${now} FROM before WHERE heard_at < ${latest}`)
}

/** The last moment at which a bot was listened to, before a stop. */
export async function recordLastHearing(db: Db, now: Date, botId: string): Promise<void> {
  await db.bot.updateMany({ where: { id: botId }, data: { heardAt: now } })
}
