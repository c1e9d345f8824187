import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../core/log.js'
import type { Db } from '../database/client.js'
import type { LockKeeper } from '../database/lock-keeper.js'
import { type Bot, markRefused, registerBot } from './bots.js'
import type { Channel, ChannelState } from './channel.js'
import type { Composer } from './compose.js'
import { recordHearing, recordLastHearing } from './hearing.js'
import { createInbox, type InboundHandler, type Inbox } from './inbox.js'
import { createListening, type Listening } from './listening.js'
import { isFinal } from './receiving.js'
import { Sender } from './sender.js'

/** One account on one platform with all that belongs to it: what comes in, what goes out. */
export type Line = Readonly<{
  channel: Channel
  /** Null until the platform has told us who we are. */
  botId: () => string | null
  /** When the platform told us; null as `botId`. */
  since: () => Date | null
  state: () => ChannelState & { sending: boolean }
  /** Resolves when the first attempt is over; a platform that does not answer is tried again in the background. */
  start: () => Promise<void>
  stop: () => Promise<void>
  wake: () => void
  /** Takes up stored updates that nobody handles; a token that the platform refused while receiving is written down. */
  recover: () => Promise<void>
  /** Notes that people are heard now, if they are; to be called every minute. */
  heard: () => Promise<void>
  /** Resolves when nothing is waiting to be handled, or to be sent now. */
  settle: () => Promise<void>
}>

const RETRY_MS = 10_000

export function createLine(options: {
  channel: Channel
  db: Db
  locks: LockKeeper
  handler: InboundHandler
  composer: Composer
  now: () => Date
  log: Log
  concurrency: number
  onHandled: () => void
  /** Whether another line of this instance is this bot's: two senders would share its lock. */
  isTaken?: (botId: string) => boolean
}): Line {
  const { channel, log } = options
  const stopping = new AbortController()
  let running: { bot: Bot; since: Date; inbox: Inbox; sender: Sender; listening: Listening } | null = null
  let retrying: Promise<void> = Promise.resolve()

  /** A platform that hangs must not keep us from stopping. */
  const unlessStopped = <T>(work: Promise<T>): Promise<T> =>
    Promise.race([
      work,
      new Promise<never>((_, reject) => {
        const { signal } = stopping
        signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true })
        if (signal.aborted) reject(new Error('stopped'))
      }),
    ])

  const { keepsUnheardMs = Number.POSITIVE_INFINITY } = channel.limits

  /** Only where something could be lost; never the reason why something else fails. */
  const note = async (record: (botId: string) => Promise<void>): Promise<void> => {
    if (!running || channel.state().state !== 'running' || keepsUnheardMs === Number.POSITIVE_INFINITY) return
    await record(running.bot.id).catch((err) => log.warn({ err }, 'it could not be noted that a bot is listened to'))
  }

  const heard = (): Promise<void> => note((botId) => recordHearing(options.db, options.now(), botId, keepsUnheardMs))

  const open = async (): Promise<boolean> => {
    try {
      const account = await unlessStopped(channel.identify())
      const bot = await registerBot(options.db, options.now(), {
        ...account,
        platform: channel.platform,
        quota: channel.quota,
      })
      if (options.isTaken?.(bot.id)) throw new Error('another line of this instance is this bot’s')
      const inbox = createInbox({
        ...options,
        botId: bot.id,
        onHandled: () => {
          sender.wake()
          options.onHandled()
        },
      })
      const since = options.now()
      const listening = createListening(channel, inbox.receive, log)
      const sender = new Sender({
        ...options,
        bot: { ...bot, since },
        onLost: options.onHandled,
        onLock: (isHeld) => {
          if (channel.polls) void listening.follow(isHeld)
        },
      })
      // The last thing that can fail: what is started after it would be started again by the next attempt.
      await inbox.recover()
      running = { bot, since, inbox, sender, listening }
      if (stopping.signal.aborted) return true
      await sender.start()
      await (channel.polls ? listening.idle() : listening.follow(true))
      await heard()
      return true
    } catch (err) {
      if (stopping.signal.aborted) return true
      log.error({ err, platform: channel.platform }, 'a channel could not be opened; it is tried again')
      return false
    }
  }

  const keepTrying = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await wait(RETRY_MS, undefined, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted || (await open())) return
    }
  }

  return {
    channel,
    botId: () => running?.bot.id ?? null,
    since: () => running?.since ?? null,
    state: () => ({ ...channel.state(), sending: running?.sender.holdsLock() ?? false }),
    start: async () => {
      if (!(await open())) retrying = keepTrying()
    },
    stop: async () => {
      stopping.abort()
      await retrying
      await note((botId) => recordLastHearing(options.db, options.now(), botId))
      await (running?.listening.close() ?? channel.stop())
      await running?.inbox.stop()
      await running?.sender.stop()
    },
    wake: () => running?.sender.wake(),
    heard,
    recover: async () => {
      const { code } = channel.state()
      if (running && isFinal(code)) {
        const { bot, since, sender } = running
        await markRefused(options.db, options.now(), { id: bot.id, since }, code)
        // Another instance may have a newer token, and would wait for the lock.
        await sender.stop()
      }
      await running?.inbox.recover()
    },
    settle: async () => {
      await running?.inbox.idle()
      await running?.sender.idle()
    },
  }
}
