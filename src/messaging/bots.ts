import { newId } from '../core/ids.js'
import type { Db } from '../database/client.js'
import type { ChannelQuota } from './channel.js'
import type { Final } from './receiving.js'

/** How people find a bot: its platform, and its name there. */
export type BotName = Readonly<{ platform: string; username: string | null }>

/** A link that opens a bot's chat with a code; null: its platform has none, the code must be typed there. */
export type DeepLink = (bot: BotName, code: string) => string | null

export type Bot = Readonly<{ id: string; lockKey: number; platform: string; externalId: string }>

/** Who an account says it is, and what its platform allows it. */
export type Account = Readonly<{ platform: string; externalId: string; username: string | null; quota: ChannelQuota }>

/** What a platform allows an account, as its row keeps it. */
export const quotasOf = ({ messagesPerMonth, people, strangersPerDay }: ChannelQuota) => ({
  monthlyQuota: messagesPerMonth,
  peopleQuota: people,
  strangersQuota: strangersPerDay ?? null,
})

/**
 * The row of an account that has just told us who it is, made when it is first seen. The same account keeps its row
 * whatever its token; one that was refused is accepted again.
 */
export const registerBot = async (db: Db, now: Date, { quota, ...account }: Account): Promise<Bot> => {
  const quotas = quotasOf(quota)
  const bot = await db.bot.upsert({
    where: { platform_externalId: { platform: account.platform, externalId: account.externalId } },
    create: { id: newId(), ...account, ...quotas, createdAt: now },
    update: { username: account.username, ...quotas },
    select: { id: true, lockKey: true, platform: true, externalId: true },
  })
  // Refused before, or retired because the environment named another: it is here again.
  const wasAway = [{ state: 'refused' as const }, { state: 'retired' as const, credentials: null }]
  await db.bot.updateMany({
    where: { id: bot.id, OR: wasAway },
    data: { state: 'active', stateSince: now, restsUntil: null },
  })
  return bot
}

/**
 * The account can be used no more, for this reason: nothing more goes by this bot, and the administrator is told. `since`:
 * when the token was taken that is refused now; one that has come in later is another.
 */
export const markRefused = (
  db: Db,
  now: Date,
  bot: { id: string; since: Date | null },
  code: Final,
): Promise<unknown> =>
  db.bot.updateMany({
    where: {
      id: bot.id,
      state: 'active',
      ...(bot.since ? { OR: [{ stateSince: null }, { stateSince: { lte: bot.since } }] } : {}),
    },
    data: { state: 'refused', stateSince: now, stateCode: code },
  })
