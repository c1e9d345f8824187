import type { Sweep } from '../conversation/types.js'
import { type Db, inTransaction, Prisma, type Tx } from '../database/client.js'
import { takenBack } from '../messaging/outbox.js'
import { moved } from './messages.js'
import { type ReplacingDeps, replaceBots } from './replacing.js'

const BATCH = 50

/**
 * Farewells that an old bot could not deliver: the chat had died without a word, or the bot may not send any more. They
 * are addressed to its own chat, so no other way is tried by itself.
 */
const FAILED = Prisma.sql`outbox o JOIN delivery d ON d.outbox_id = o.id AND d.part = 0 JOIN bot b ON b.id = d.bot_id
  WHERE o.kind = ${moved.kind} AND NOT o.routed AND (o.state IN ('failed', 'unreachable')
    OR (o.state = 'queued' AND b.state = 'retired' AND b.rests_until IS NOT NULL))`

type Failed = Readonly<{ id: string; personId: string; botId: string; platform: string }>

const takeFailed = (tx: Tx): Promise<Failed[]> =>
  tx.$queryRaw(Prisma.sql`
    SELECT o.id, o.person_id AS "personId", b.id AS "botId", b.platform FROM ${FAILED}
    ORDER BY o.id LIMIT ${BATCH} FOR UPDATE OF o SKIP LOCKED`)

/** What is taken up here is over, whatever comes of it: each is asked another way once. */
const close = (tx: Tx, now: Date, ids: readonly string[]): Promise<number> =>
  tx.$executeRaw(Prisma.sql`
    WITH gone AS (UPDATE delivery SET ${takenBack(now)} WHERE outbox_id = ANY(${[...ids]}::uuid[])
      AND state IN ('queued', 'in_flight'))
    UPDATE outbox SET state = 'withdrawn' WHERE id = ANY(${[...ids]}::uuid[])`)

/** Whom the old bot could not ask is asked by another way, else through who leads their unit. */
export const undeliveredSweep = (deps: ReplacingDeps): Sweep => ({
  name: 'bots-undelivered',
  nextDue: async (db: Db, now) => {
    const [row] = await db.$queryRaw<{ due: boolean }[]>(Prisma.sql`SELECT EXISTS (SELECT FROM ${FAILED}) AS due`)
    return row?.due ? now : null
  },
  run: (db, now) =>
    inTransaction(db, async (tx) => {
      const failed = await takeFailed(tx)
      const ids = failed.map((one) => one.id)
      if (ids.length > 0) await close(tx, now, ids)
      for (const botId of new Set(failed.map((one) => one.botId))) {
        const its = failed.filter((one) => one.botId === botId)
        const what = {
          botIds: [botId],
          platform: its[0]?.platform ?? '',
          unitId: null,
          personIds: its.map((one) => one.personId),
          by: null,
          cause: `undelivered:${its[0]?.id}`,
        }
        await replaceBots(tx, now, what, { ...deps, isOpen: () => false })
      }
      return failed.length === BATCH
    }),
})
