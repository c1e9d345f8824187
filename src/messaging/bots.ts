import { newId } from '../core/ids.js'
import type { Db } from '../database/client.js'
import type { ChannelQuota } from './channel.js'

export type Bot = Readonly<{ id: string; lockKey: number; platform: string; externalId: string }>

/** Who an account says it is, and what its platform allows it. */
export type Account = Readonly<{ platform: string; externalId: string; username: string | null; quota: ChannelQuota }>

/** The row of an account, made when it is first seen. The same account keeps its row whatever its token. */
export const registerBot = (db: Db, now: Date, { quota, ...account }: Account): Promise<Bot> => {
  const quotas = { monthlyQuota: quota.messagesPerMonth, peopleQuota: quota.people }
  return db.bot.upsert({
    where: { platform_externalId: { platform: account.platform, externalId: account.externalId } },
    create: { id: newId(), ...account, ...quotas, createdAt: now },
    update: { username: account.username, ...quotas },
    select: { id: true, lockKey: true, platform: true, externalId: true },
  })
}
