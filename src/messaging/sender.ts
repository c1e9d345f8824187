import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../core/log.js'
import type { HeldLock, LockKeeper } from '../database/lock-keeper.js'
import { callPlatform } from './call.js'
import type { Channel } from './channel.js'
import { type Clocks, followClock, isSetBack } from './clock-step.js'
import type { Composer } from './compose.js'
import { advance, type Claimed, type Finished, listFrozen, requeueInFlight } from './deliveries.js'
import { failed } from './outcome.js'
import { Slots } from './slots.js'
import { SendError } from './vocabulary.js'

export type SenderOptions = Readonly<{
  /** `since`: when the platform took the token that is sent by; what it says of that one is no word on a later one. */
  bot: { id: string; lockKey: number; since?: Date }
  channel: Channel
  locks: Pick<LockKeeper, 'acquire'>
  composer: Composer
  now: () => Date
  /** What waits at an address or a bot that has just died is to go another way. */
  onLost?: () => void
  /** Whether the bot is this instance's, as the lock was last asked for: while the database is away nobody knows. */
  onLock?: (isHeld: boolean) => void
  log: Log
}>

const CANDIDATES = 500
/** How soon what another instance wrote is seen. */
const POLL_MS = 250
const LOCK_RETRY_MS = 1_000
/** A lost connection is replaced soon, before another instance asks for the lock: what had just ended is recorded then. */
const RECONNECT_MS = 20
/** What is in flight when we stop gets this long to end; then it is given up and counts as in doubt. */
const DRAIN_MS = 5_000

/**
 * Sends what is queued for one bot: one sender per bot in the whole deployment (the lock), at most one call in flight
 * per chat, within the platform's windows and rates. In flight is committed before the call, so that after a death
 * only what was in flight can repeat.
 */
export class Sender {
  readonly #options: SenderOptions
  readonly #slots: Slots
  #finished: Finished[] = []
  #idleWaiters: (() => void)[] = []
  #lock: HeldLock | null = null
  #stopping = false
  #dirty = true
  #listedAt = Number.NEGATIVE_INFINITY
  #clocks: Clocks | null = null
  #wakeUp: () => void = () => {}
  #loop: Promise<void> = Promise.resolve()

  constructor(options: SenderOptions) {
    this.#options = options
    this.#slots = new Slots(options.channel.limits)
  }

  /** Resolves when it is known whether the bot is ours now. */
  start(): Promise<void> {
    return new Promise((known) => {
      this.#loop = this.#run(known)
    })
  }

  /** Something was committed that may want to go out. */
  wake(): void {
    this.#dirty = true
    this.#wakeUp()
  }

  /** Resolves when nothing can go out now and nothing is in flight. */
  idle(): Promise<void> {
    if (this.#stopping) return this.#loop
    return new Promise((resolve) => {
      this.#idleWaiters.push(resolve)
      this.wake()
    })
  }

  /** Whether this instance sends for the bot now. */
  holdsLock(): boolean {
    return this.#lock !== null
  }

  /** Claims nothing more, waits for what is in flight, records it, gives the lock back. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.#wakeUp()
    const deadline = setTimeout(() => this.#slots.abortAll(), DRAIN_MS)
    await this.#loop
    clearTimeout(deadline)
  }

  /** The bot's lock is for whoever can still send by it. */
  async #end(): Promise<void> {
    await this.#lock?.release().catch(() => {})
    this.#lock = null
    this.#settled()
  }

  #settled(): void {
    for (const done of this.#idleWaiters.splice(0)) done()
  }

  async #run(known: () => void): Promise<void> {
    let losses = 0
    while (!this.#stopping || this.#slots.inFlight > 0 || this.#finished.length > 0) {
      let delay = LOCK_RETRY_MS
      try {
        this.#lock ??= await this.#takeLock()
        known()
        if (this.#lock) delay = await this.#cycle(this.#lock)
        losses = 0
      } catch (err) {
        losses += 1
        if (losses === 1) delay = RECONNECT_MS
        this.#options.log.error({ err }, 'the sender lost its database connection')
        this.#lock = null
        known()
        this.#slots.offer([])
      }
      // Without the lock nothing more can be recorded: what is in doubt is found in flight by whoever has it next.
      if (this.#stopping && !this.#lock) break
      if (delay > 0) await this.#sleep(delay)
    }
    await this.#end()
  }

  async #takeLock(): Promise<HeldLock | null> {
    const { bot, locks } = this.#options
    const lock = await locks.acquire(bot.lockKey)
    this.#options.onLock?.(lock !== null)
    this.#slots.takeOver(performance.now())
    if (lock) await this.#takeUp(lock)
    this.#dirty = true
    return lock
  }

  /** What the last one leaves: calls in doubt, and what the platform told it to wait with. */
  async #takeUp({ query }: HeldLock): Promise<void> {
    const { bot, channel } = this.#options
    await requeueInFlight(query, bot.id, channel.limits.callTimeoutMs)
    for (const { chatId, ms } of await listFrozen(query, bot.id, new Date()))
      this.#slots.freeze(chatId, performance.now() + ms)
  }

  /** One look: record what ended, claim what may go, see what is next, call. Returns how long to wait for the next. */
  async #cycle(lock: HeldLock): Promise<number> {
    const ended = this.#finished.splice(0)
    for (const one of ended) this.#slots.end(one.id)
    const { ids, waitMs } = this.#stopping
      ? { ids: [], waitMs: POLL_MS }
      : this.#slots.choose(performance.now(), POLL_MS)
    const isListing = this.#mustList()
    if (ended.length === 0 && ids.length === 0 && !isListing) {
      if (this.#slots.waiting === 0 && this.#slots.inFlight === 0) this.#settled()
      return waitMs
    }
    const began = performance.now()
    const { claimed, listed } = await this.#advance(lock, ended, ids, isListing ? CANDIDATES : 0)
    this.#slots.claimTook(performance.now() - began)
    const got = new Set(claimed.map((one) => one.id))
    for (const id of ids) if (!got.has(id)) this.#slots.giveUp(id)
    if (isListing) this.#slots.offer(listed)
    // What was listed for their chats was listed before they had ended.
    this.#slots.freeChats(ended.map((one) => one.chatId))
    for (const one of claimed) this.#launch(one)
    this.#passOn(ended)
    // What is behind it in its chat is looked for when nothing else is left, or with the next poll.
    if (ended.length > 0 && this.#slots.waiting === 0) this.#dirty = true
    return 0
  }

  #mustList(): boolean {
    const stale = performance.now() - this.#listedAt >= POLL_MS
    if (this.#stopping || !(this.#dirty || stale)) return false
    this.#dirty = false
    this.#listedAt = performance.now()
    return true
  }

  /** Before each look at what is due: were the clocks set back meanwhile? */
  async #readClocks(lock: HeldLock): Promise<Clocks> {
    const clocks = { now: this.#options.now(), realNow: new Date() }
    if (this.#clocks && isSetBack(this.#clocks, clocks))
      await followClock(lock.query, this.#options.bot.id, this.#clocks, clocks)
    this.#clocks = clocks
    return clocks
  }

  async #advance(lock: HeldLock, ended: readonly Finished[], ids: readonly string[], list: number) {
    try {
      const clocks = list > 0 ? await this.#readClocks(lock) : { now: this.#options.now(), realNow: new Date() }
      const { id: botId, since = null } = this.#options.bot
      return await advance(lock.query, { botId, since, finished: ended, ids, ...clocks, list })
    } catch (err) {
      // Only what certainly went out may be recorded later: the rest may by then be another instance's.
      this.#finished.unshift(...ended.filter((one) => one.state === 'sent'))
      this.#slots.freeChats(ended.filter((one) => one.state !== 'sent').map((one) => one.chatId))
      for (const id of ids) this.#slots.giveUp(id)
      throw err
    }
  }

  /** A bot that may send no more is listed nothing; what is left at it or at a dead address goes on by the sweep. */
  #passOn(ended: readonly Finished[]): void {
    if (ended.some((one) => one.bot !== null)) this.#slots.offer([])
    if (ended.some((one) => one.bot !== null || one.unreachable)) this.#options.onLost?.()
  }

  #launch(claimed: Claimed): void {
    const wait = this.#slots.untilCall(claimed.id, performance.now())
    if (wait === 0) this.#call(claimed)
    else setTimeout(() => this.#call(claimed), Math.ceil(wait))
  }

  #call(claimed: Claimed): void {
    const { bot, channel, composer } = this.#options
    this.#slots.called(claimed.id, performance.now())
    void callPlatform(channel, composer, bot.id, claimed, this.#slots.abortOf(claimed.id))
      .catch((error: unknown) => {
        this.#heed(claimed, error)
        return failed(claimed, error, Date.now(), Math.random())
      })
      .then((result) => {
        this.#finished.push(result)
        this.#wakeUp()
      })
  }

  #heed(claimed: Claimed, error: unknown): void {
    const { log } = this.#options
    const about = { kind: claimed.kind, delivery: claimed.id, attempts: claimed.attempts }
    if (!(error instanceof SendError)) {
      log.error({ err: error, ...about }, 'a message could not be rendered')
      return
    }
    const { failure } = error
    log.warn({ failure, ...about }, 'a message was not taken')
    // Its token is refused: nothing more goes by it, and another instance may have a newer one.
    if (failure.kind === 'unauthorized') this.#stopping = true
    if (failure.kind === 'retry-after')
      this.#slots.freeze(failure.scope === 'bot' ? null : claimed.chatId, performance.now() + failure.seconds * 1000)
  }

  async #sleep(ms: number): Promise<void> {
    // While stopping nothing more is listed: what is new must not keep the loop from waiting for what is in flight.
    const isNew = this.#dirty && !this.#stopping
    // Without the lock nothing can be recorded. A dead connection refuses before its end is heard of: asked again and
    // again without a pause, it would keep the process from ever hearing.
    if (this.#lock && (isNew || this.#finished.length > 0)) return
    const timer = new AbortController()
    const woken = new Promise<void>((resolve) => {
      this.#wakeUp = resolve
    })
    await Promise.race([woken, wait(ms, undefined, { signal: timer.signal }).catch(() => {})])
    timer.abort()
    this.#wakeUp = () => {}
  }
}
