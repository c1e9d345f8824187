import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '../core/errors.js'
import { newId } from '../core/ids.js'
import type { Log } from '../core/log.js'
import { type Db, inTransaction, Prisma, type Tx } from '../database/client.js'
import { sideBySide } from '../database/side-by-side.js'
import type { Channel, RawUpdate } from './channel.js'
import { type Chat, followMove, lockChat, lockFreeChats } from './chats.js'
import type { IncomingMessage } from './vocabulary.js'

/** An update as a handler gets it: the chat's row is locked, the update is marked handled in the same transaction. */
export type Incoming = Readonly<{
  updateId: string
  chat: Chat
  message: IncomingMessage
  now: Date
  /** Other chats' updates are handled in the same transaction: what does not belong there throws before it touches a row. */
  amongOthers: boolean
}>

export type InboundHandler = Readonly<{
  /** Whether it may be worth handling an update among others of other chats, in one transaction. */
  joinsOthers?: (message: IncomingMessage) => boolean
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

type Row = { id: string; chatExternalId: string | null; payload: unknown }

/** `hot`: what it says, where it may be handled among others and was not found to be out of place there. */
type Stored = Row & { hot: IncomingMessage | null }

const UNHANDLED = { handledAt: null, setAsideAt: null }
const ATTEMPTS = 3
const RETRY_MS = 200
/** Updates that are handled in one transaction, and how many such transactions at once: one reads while one commits. */
const GROUP = 100
const GROUPS = 2

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
  /** Chats whose first update may begin: those that may go among others, and all the rest. */
  const ready: { hot: string[]; cold: string[] } = { hot: [], cold: [] }
  const idleWaiters: (() => void)[] = []
  const running = { groups: 0, single: 0 }
  let stopping = false

  const store = (row: Row): Stored => {
    try {
      const message = options.channel.decode(row.payload)
      return { ...row, hot: message && options.handler.joinsOthers?.(message) ? message : null }
    } catch {
      // Handled by itself it fails again, and is counted.
      return { ...row, hot: null }
    }
  }

  const line = (key: string): void => {
    const [first] = queues.get(key) ?? []
    if (!first) return void queues.delete(key)
    ready[first.hot ? 'hot' : 'cold'].push(key)
  }

  const add = (rows: readonly Row[]): void => {
    for (const one of rows) {
      if (known.has(one.id)) continue
      known.add(one.id)
      const key = one.chatExternalId ?? ''
      const queue = queues.get(key)
      queues.set(key, [...(queue ?? []), store(one)])
      if (!queue) line(key)
    }
    pump()
  }

  const begin = (what: keyof typeof running, keys: string[]): void => {
    running[what] += 1
    const work = keys.length > 1 ? handleGroup(keys) : handleFirst(keys[0] ?? '')
    void work.finally(() => {
      running[what] -= 1
      for (const key of keys) line(key)
      pump()
    })
  }

  const pump = (): void => {
    while (!stopping && running.groups < GROUPS && ready.hot.length > 0) begin('groups', ready.hot.splice(0, GROUP))
    while (!stopping && running.single < options.concurrency && ready.cold.length > 0)
      begin('single', ready.cold.splice(0, 1))
    const waiting = stopping ? 0 : ready.hot.length + ready.cold.length
    if (running.groups + running.single + waiting === 0) for (const done of idleWaiters.splice(0)) done()
  }

  const ended = (key: string): void => {
    const [first, ...rest] = queues.get(key) ?? []
    if (first) known.delete(first.id)
    queues.set(key, rest)
  }

  const handleFirst = async (key: string): Promise<void> => {
    const [first] = queues.get(key) ?? []
    if (!first) return
    if (await handleWithRetries(first)) ended(key)
  }

  /** The first updates of several chats in one transaction; whatever does not fit there is handled by itself afterwards. */
  const handleGroup = async (keys: readonly string[]): Promise<void> => {
    const firsts = keys.flatMap((key) => queues.get(key)?.slice(0, 1) ?? [])
    const handled = await handleAmongOthers(firsts).catch((err) => {
      log.warn({ err, updates: firsts.length }, 'updates could not be handled together; each is handled by itself')
      return new Set<string>()
    })
    for (const one of firsts)
      if (handled.has(one.id)) ended(one.chatExternalId ?? '')
      else one.hot = null
    log.debug({ together: handled.size, alone: firsts.length - handled.size }, 'updates were handled together')
    if (handled.size > 0) options.onHandled()
  }

  const handleAmongOthers = (stored: readonly Stored[]): Promise<Set<string>> =>
    inTransaction(db, async (tx) => {
      const now = options.now()
      const chats = await lockFreeChats(
        tx,
        botId,
        stored.map((one) => one.chatExternalId ?? ''),
      )
      const here = stored.flatMap((one) => {
        const chat = chats.get(one.chatExternalId ?? '')
        return chat && one.hot?.chat.kind === chat.kind
          ? [{ updateId: one.id, chat, message: one.hot, now, amongOthers: true }]
          : []
      })
      const ends = await sideBySide(
        tx,
        here.map((incoming) => (view: Tx) => options.handler.handle(view, incoming)),
      )
      const ids = here.filter((_, n) => ends[n]?.done).map((one) => one.updateId)
      // The chats are ours since before: only an instance that had handled one before that can be in the way.
      const count = await tx.$executeRaw(Prisma.sql`
        UPDATE inbound_update SET handled_at = ${now}
        WHERE id = ANY(${ids}::uuid[]) AND handled_at IS NULL AND set_aside_at IS NULL`)
      if (count !== ids.length) throw new Error('some of the updates are handled already')
      return new Set(ids)
    })

  /** False: we stop before it is done; it stays in the table. */
  const handleWithRetries = async (stored: Stored): Promise<boolean> => {
    for (let attempt = 1; attempt <= ATTEMPTS && !stopping; attempt += 1) {
      try {
        await handleOnce(stored)
        options.onHandled()
        return true
      } catch (err) {
        log.error({ err, update: stored.id, attempt }, 'an update could not be handled')
        const finished = await recordFailure(stored).catch((cause) => {
          log.error({ err: cause, update: stored.id }, 'a failed update could not be counted')
          return false
        })
        if (finished) return true
        await wait(RETRY_MS * attempt)
      }
    }
    return !stopping
  }

  const take = async (tx: Tx, stored: Stored, now: Date): Promise<Incoming | null> => {
    const message = options.channel.decode(stored.payload)
    const chat = message ? await lockChat(tx, now, { botId, ...message.chat }) : null
    if (chat && message?.chat.formerly) await followMove(tx, chat, message.chat.formerly)
    const { count } = await tx.inboundUpdate.updateMany({
      where: { id: stored.id, ...UNHANDLED },
      data: { handledAt: now },
    })
    return count === 1 && message && chat ? { updateId: stored.id, chat, message, now, amongOthers: false } : null
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
      // Reading it or telling may be what fails; neither must bring the update back for ever.
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
      const incoming = tell ? await take(tx, stored, now) : null
      await tx.inboundUpdate.update({ where: { id: stored.id }, data: { setAsideAt: now, handledAt: null } })
      if (incoming) await options.handler.refuse(tx, incoming, null)
      return true
    })

  return {
    receive: async (updates) => {
      if (updates.length === 0) return
      const rows = updates.map((update) => ({ id: newId(), ...update }))
      const stored = await db.$queryRaw<{ id: string }[]>(Prisma.sql`
        INSERT INTO inbound_update (id, bot_id, external_id, chat_external_id, payload, received_at)
        SELECT id, ${botId}::uuid, "externalId", "chatExternalId", payload, ${options.now()}
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS u(id uuid, "externalId" text, "chatExternalId" text, payload jsonb)
        ON CONFLICT (bot_id, external_id) DO NOTHING
        RETURNING id`)
      const isNew = new Set(stored.map((one) => one.id))
      add(rows.filter((one) => isNew.has(one.id)))
    },
    recover: async () => {
      const stored = await db.$queryRaw<Row[]>(Prisma.sql`
        SELECT id, chat_external_id AS "chatExternalId", payload FROM inbound_update
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
