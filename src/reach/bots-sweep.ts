import { note } from '../conversation/messages.js'
import type { Sweep } from '../conversation/types.js'
import { DAY, dateIn, toDateColumn, type Zone } from '../core/dates.js'
import type { MessageKey } from '../core/message-keys.js'
import { inTransaction, type Tx } from '../database/client.js'
import { enqueue, outgoing, PRIORITY } from '../messaging/outbox.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { markOf } from './bots-rules.js'
import { listAdministrators, listBotUse, recordWarned } from './bots-store.js'

/** Whoever could still do something about it a week later. */
const TELL_MS = 7 * DAY

/** Tells the administrators, by whatever way works, of a quota that is going or gone. (Of a refused bot they hear from `bots/sweep.ts`.) */
export function botSweep(zone: Zone): Sweep {
  const tell = async (tx: Tx, now: Date, cause: string, key: MessageKey, params: JsonObject): Promise<void> => {
    const people = await listAdministrators(tx, toDateColumn(dateIn(now, zone)))
    const rest = { priority: PRIORITY.notice, expiresAt: new Date(now.getTime() + TELL_MS) }
    await enqueue(
      tx,
      now,
      people.map((personId) =>
        outgoing(note, { key, params, choices: [] }, { ...rest, personId, causeKey: `${cause}:${personId}` }),
      ),
    )
  }

  return {
    name: 'bot-quotas',
    nextDue: async (db, now) => {
      const bots = await listBotUse(db, now)
      return bots.some((one) => markOf(one) !== null) ? now : null
    },
    run: (db, now) =>
      inTransaction(db, async (tx) => {
        const bots = await listBotUse(tx, now)
        for (const bot of bots) {
          const mark = markOf(bot)
          if (mark === null || !(await recordWarned(tx, bot, mark))) continue
          const cause = `quota:${bot.id}:${bot.month.getTime()}:${mark}`
          const { name, sent, monthlyQuota } = bot
          await tell(tx, now, cause, `reach.bots.quota-${mark}`, { name, sent, quota: monthlyQuota ?? 0 })
        }
        return false
      }),
  }
}
