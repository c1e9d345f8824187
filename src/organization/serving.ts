import { Prisma, type Tx } from '../database/client.js'
import type { BotName, DeepLink } from '../messaging/bots.js'

/** A bot by which people of a unit come in. `own`: it is this unit's, or one of a unit above it; else everybody's. */
export type ServingBot = BotName & Readonly<{ id: string; own: boolean }>

/**
 * The bots for the people of a unit, one of each platform: the unit's own, else one of the nearest unit above, else
 * everybody's; one that has as many people as its platform allows is left out. The unit's own stand first. A null unit
 * asks for those who belong to the installation.
 */
export const listServingBots = (tx: Tx, unitId: string | null, day: Date): Promise<ServingBot[]> =>
  tx.$queryRaw<ServingBot[]>(Prisma.sql`
    WITH path AS (SELECT p.unit_id, p.depth FROM unit_path(${unitId}::uuid, ${day}::date) p),
    serving AS (
      SELECT DISTINCT ON (b.platform) b.id, b.platform, b.username, path.unit_id IS NOT NULL AS own, path.depth, b.created_at
      FROM bot b LEFT JOIN path ON path.unit_id = b.unit_id
      WHERE b.state = 'active' AND b.platform <> 'page' AND (b.unit_id IS NULL OR path.unit_id IS NOT NULL)
        AND (b.people_quota IS NULL OR b.people_quota > (SELECT count(DISTINCT l.person_id)
          FROM chat_link l JOIN chat c ON c.id = l.chat_id WHERE c.bot_id = b.id AND l.ended_at IS NULL))
      ORDER BY b.platform, path.depth NULLS LAST, b.created_at DESC)
    SELECT id, platform, username, own FROM serving ORDER BY depth NULLS LAST, created_at`)

/** How somebody comes in: the first of their bots whose link opens with the code, else the first to be found by name. */
export type WayIn = Readonly<{ bot: ServingBot; link: string | null; others: readonly ServingBot[] }>

/**
 * The unit's own bots come before everybody's; among equals one whose platform has links that carry a code.
 * Null: there is no bot at all.
 */
export function wayIn(bots: readonly ServingBot[], code: string, deepLink: DeepLink): WayIn | null {
  const own = bots.filter((one) => one.own)
  const first = own.length > 0 ? own : bots
  const bot = first.find((one) => deepLink(one, code) !== null) ?? first[0]
  return bot ? { bot, link: deepLink(bot, code), others: bots.filter((one) => one !== bot) } : null
}
