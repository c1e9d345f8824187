import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '../core/errors.js'
import { newId } from '../core/ids.js'
import type { Log } from '../core/log.js'
import { type Db, inTransaction, Prisma, type Tx } from '../database/client.js'
import type { Channel, RawUpdate } from './channel.js'
import { type Chat, lockChat } from './chats.js'
import type { IncomingMessage } from './vocabulary.js'

/** An update as a handler gets it: the chat's row is locked, the update is marked handled in the same transaction. */
export type Incoming = Readonly<{ updateId: string; chat: Chat; message: IncomingMessage; now: Date }>

export type InboundHandler = Readonly<{
  handle: (tx: Tx, incoming: Incoming) => Promise<void>
  /** Tells the person why nothing was done: a refusal of ours, or (null) a fault with a short reference. */
  refuse: (tx: Tx, incoming: Incoming, error: AppError | null) => Promise<void>
}>

export type Inbox = Readonly<{
  receive: (updates: readonly RawUpdate[]) => Promise<void>
  /** Takes up what was stored and never handled: after a start, a take-over, the death of another instance. */
  recover: () => Promise<void>
  /** Resolves when nothing is waiting or under way here. */
  idle: () => Promise<void>
  /** Takes no new work; resolves when what is under way is done. What waits stays in the table. */
  stop: () => Promise<void>
}>

type Stored = { id: string; chatExternalId: string | null }

const ATTEMPTS = 3
const RETRY_MS = 200

/**
 * Stores updates before the platform is told that we have them, and hands each to `handler` exactly once:
 * in order and one at a time within a chat, concurrently across chats, all in one transaction per update.
 */
export function createInbox(options: {
  db: Db
  botId: string
  channel: Pick<Channel, 'decode'>
  handler: InboundHandler
  now: () => Date
  log: Log
  concurrency: number
  /** After each commit: what was written may want to be sent, or be due. */
  onHandled: () => void
}): Inbox {
  const { db, botId, log } = options
  const queues = new Map<string, Stored[]>()
  const known = new Set<string>()
  const ready: string[] = []
  const idleWaiters: (() => void)[] = []
  let running = 0
  let stopping = false

  const add = (stored: readonly Stored[]): void => {
    for (const one of stored) {
      if (known.has(one.id)) continue
      known.add(one.id)
      const key = one.chatExternalId ?? ''
      const queue = queues.get(key)
      if (queue) queue.push(one)
      else {
        queues.set(key, [one])
        ready.push(key)
      }
    }
    pump()
  }

  const pump = (): void => {
    while (running < options.concurrency && !stopping) {
      const key = ready.shift()
      if (key === undefined) break
      running += 1
      void drain(key).finally(() => {
        running -= 1
        pump()
      })
    }
    if (running === 0 && (stopping || ready.length === 0)) for (const done of idleWaiters.splice(0)) done()
  }

  const drain = async (key: string): Promise<void> => {
    const queue = queues.get(key) ?? []
    for (let next = queue[0]; next && !stopping; next = queue[0]) {
      await handleWithRetries(next)
      known.delete(next.id)
      queue.shift()
    }
    queues.delete(key)
  }

  const handleWithRetries = async (stored: Stored): Promise<void> => {
    for (let attempt = 1; attempt <= ATTEMPTS && !stopping; attempt += 1) {
      try {
        await handleOnce(stored)
        options.onHandled()
        return
      } catch (err) {
        log.error({ err, update: stored.id, attempt }, 'an update could not be handled')
        const finished = await recordFailure(stored).catch((cause) => {
          log.error({ err: cause, update: stored.id }, 'a failed update could not be counted')
          return false
        })
        if (finished) return
        await wait(RETRY_MS * attempt)
      }
    }
  }

  const take = async (tx: Tx, stored: Stored, now: Date): Promise<Incoming | null> => {
    const update = await tx.inboundUpdate.findUnique({ where: { id: stored.id }, select: { payload: true } })
    const message = update ? options.channel.decode(update.payload) : null
    const chat = message ? await lockChat(tx, now, { botId, ...message.chat }) : null
    const { count } = await tx.inboundUpdate.updateMany({
      where: { id: stored.id, handledAt: null, setAsideAt: null },
      data: { handledAt: now },
    })
    return count === 1 && message && chat ? { updateId: stored.id, chat, message, now } : null
  }

  const handleOnce = async (stored: Stored): Promise<void> => {
    const now = options.now()
    try {
      await inTransaction(db, async (tx) => {
        const incoming = await take(tx, stored, now)
        if (incoming) await options.handler.handle(tx, incoming)
      })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      await inTransaction(db, async (tx) => {
        const incoming = await take(tx, stored, now)
        if (incoming) await options.handler.refuse(tx, incoming, error)
      })
    }
  }

  const recordFailure = async (stored: Stored): Promise<boolean> => {
    try {
      return await countFailure(stored, true)
    } catch (err) {
      // The telling itself may be what fails; it must not bring the update back for ever.
      log.error({ err, update: stored.id }, 'a person could not be told of a failure')
      return countFailure(stored, false)
    }
  }

  /** Counts a failed attempt; the third sets the update aside and tells the person. True: nothing more to try. */
  const countFailure = (stored: Stored, tell: boolean): Promise<boolean> =>
    inTransaction(db, async (tx) => {
      const { attempts } = await tx.inboundUpdate.update({
        where: { id: stored.id },
        data: { attempts: { increment: 1 } },
      })
      if (attempts < ATTEMPTS) return false
      const now = options.now()
      const incoming = await take(tx, stored, now)
      await tx.inboundUpdate.update({ where: { id: stored.id }, data: { setAsideAt: now, handledAt: null } })
      if (incoming && tell) await options.handler.refuse(tx, incoming, null)
      return true
    })

  return {
    receive: async (updates) => {
      if (updates.length === 0) return
      const rows = JSON.stringify(
        updates.map((update) => ({
          id: newId(),
          external_id: update.externalId,
          chat: update.chatExternalId,
          payload: update.payload,
        })),
      )
      const stored = await db.$queryRaw<Stored[]>(Prisma.sql`
        INSERT INTO inbound_update (id, bot_id, external_id, chat_external_id, payload, received_at)
        SELECT id, ${botId}::uuid, external_id, chat, payload, ${options.now()}
        FROM jsonb_to_recordset(${rows}::jsonb) AS u(id uuid, external_id text, chat text, payload jsonb)
        ON CONFLICT (bot_id, external_id) DO NOTHING
        RETURNING id, chat_external_id AS "chatExternalId"`)
      add(stored)
    },
    recover: async () => {
      const stored = await db.$queryRaw<Stored[]>(Prisma.sql`
        SELECT id, chat_external_id AS "chatExternalId" FROM inbound_update
        WHERE bot_id = ${botId}::uuid AND handled_at IS NULL AND set_aside_at IS NULL ORDER BY id LIMIT 1000`)
      add(stored)
    },
    idle: () =>
      new Promise((resolve) => {
        idleWaiters.push(resolve)
        pump()
      }),
    stop: () =>
      new Promise((resolve) => {
        stopping = true
        idleWaiters.push(resolve)
        pump()
      }),
  }
}
