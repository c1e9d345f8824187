import { note } from '../conversation/messages.js'
import type { Sweep } from '../conversation/types.js'
import { DAY, dateIn, toDateColumn, type Zone } from '../core/dates.js'
import type { MessageKey } from '../core/message-keys.js'
import { inTransaction, type Tx } from '../database/client.js'
import { enqueue, outgoing, PRIORITY } from '../messaging/outbox.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { markOf } from './bots-rules.js'
import { type BotUse, listAdministrators, listBotUse, recordWarned } from './bots-store.js'

/** Whoever could still do something about it a week later. */
const TELL_MS = 7 * DAY

const refusalKey = (bot: BotUse): string => `bot-refused:${bot.id}:${bot.stateSince?.getTime() ?? 0}`

/** Refused bots of which nobody was told since they are so. */
async function listUntold(tx: Tx, bots: readonly BotUse[]): Promise<BotUse[]> {
  const refused = bots.filter((one) => one.state === 'refused')
  const keys = refused.map(refusalKey)
  const told =
    keys.length > 0
      ? await tx.outbox.findMany({ where: { OR: keys.map((key) => ({ causeKey: { startsWith: key } })) } })
      : []
  return refused.filter((one) => !told.some(({ causeKey }) => causeKey.startsWith(refusalKey(one))))
}

/** Tells the administrators, by whatever way works, of a bot that is refused and of a quota that is going or gone. */
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
    name: 'bots',
    nextDue: async (db, now) => {
      const bots = await listBotUse(db, now)
      if (bots.some((one) => markOf(one) !== null)) return now
      const people = await listAdministrators(db, toDateColumn(dateIn(now, zone)))
      return people.length > 0 && (await listUntold(db, bots)).length > 0 ? now : null
    },
    run: (db, now) =>
      inTransaction(db, async (tx) => {
        const bots = await listBotUse(tx, now)
        for (const bot of await listUntold(tx, bots))
          await tell(tx, now, refusalKey(bot), 'reach.bots.refused', { name: bot.name })
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
