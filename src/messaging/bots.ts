import { newId } from '../core/ids.js'
import type { Db } from '../database/client.js'

export type Bot = Readonly<{ id: string; lockKey: number; platform: string; externalId: string }>

/** The row of an account, made when it is first seen. The same account keeps its row whatever its token. */
export const registerBot = (
  db: Db,
  now: Date,
  account: { platform: string; externalId: string; username: string | null },
): Promise<Bot> =>
  db.bot.upsert({
    where: { platform_externalId: { platform: account.platform, externalId: account.externalId } },
    create: { id: newId(), ...account, createdAt: now },
    update: { username: account.username },
    select: { id: true, lockKey: true, platform: true, externalId: true },
  })
