import type { ChannelLimits } from './channel.js'
import type { Candidate } from './deliveries.js'
import { Pace } from './pace.js'
import { type Permit, Window } from './window.js'

/** Beyond this many the paces of chats that were not used are forgotten; a forgotten one is free at once. */
const MOST_PACES = 10_000

/** What may be caught up: a broadcast flows, so that an answer in between waits for a short gap and not for half a second. */
const CATCHING_UP = 1.25

/** What is claimed ahead is in flight: of 8, at 30 a second and answers after 150 ms, some 3 are to spare. */
const MOST_AHEAD_MS = 40

/** `permit`: when a send goes; null: at once. */
type InFlight = Readonly<{ candidate: Candidate; abort: AbortController; permit: Permit | null }>

/**
 * What may go out now: the windows of calls in flight, the rates of the platform, one call per chat, and order.
 * Real time in milliseconds, given by the caller.
 */
export class Slots {
  readonly #limits: ChannelLimits
  readonly #bot: Window
  readonly #flow: Pace
  readonly #chats = new Map<string, Pace>()
  /** Until when the platform said to wait: with everything, and with single chats. */
  #frozen = 0
  readonly #frozenChats = new Map<string, number>()
  readonly #inFlight = new Map<string, InFlight>()
  readonly #busyChats = new Set<string>()
  readonly #random: () => number
  #candidates: Candidate[] = []
  #aheadMs = 0

  constructor(limits: ChannelLimits, random: () => number = Math.random) {
    this.#limits = limits
    this.#random = random
    this.#bot = new Window(limits.sendsPerSecond)
    this.#flow = new Pace(limits.sendsPerSecond * CATCHING_UP, 2)
  }

  /** We are the bot's sender from now on; another one may have been until this moment. */
  takeOver(now: number): void {
    this.#bot.follow(now)
  }

  /**
   * How long a claim takes just now. A message is claimed that much before its time, twice as there may be another under
   * way: it goes on time then, and every second is not so much later than the one before.
   */
  claimTook(ms: number): void {
    this.#aheadMs = Math.min(MOST_AHEAD_MS, Math.max(2 * ms, this.#aheadMs * 0.95))
  }

  get inFlight(): number {
    return this.#inFlight.size
  }

  get waiting(): number {
    return this.#candidates.length
  }

  /** Replaces what waits, best first. */
  offer(candidates: readonly Candidate[]): void {
    this.#candidates = candidates.filter((one) => !this.#inFlight.has(one.id))
  }

  /** Takes the ones that may go now, or all but now, out of what waits; `waitMs`: when to look again at the latest. */
  choose(now: number, longestMs: number): { ids: string[]; waitMs: number } {
    const chosen = new Set<Candidate>()
    const held = new Set<string>()
    let waitMs = longestMs
    const room = { send: this.#room(true), other: this.#room(false) }
    for (const one of this.#candidates) {
      if (room.send <= 0 && room.other <= 0) break
      const order = `${one.chatId} ${one.priority}`
      if (this.#busyChats.has(one.chatId) || held.has(order)) continue
      const lane = one.operation === 'send' ? 'send' : 'other'
      const delay = Math.max(this.#frozenMs(one, now), lane === 'send' ? this.#paceMs(one, now) : 0)
      if (delay > this.#aheadMs) waitMs = Math.min(waitMs, delay - this.#aheadMs)
      if (room[lane] <= 0 || delay > this.#aheadMs) {
        // What is behind it in its chat and priority must not overtake it.
        held.add(order)
        continue
      }
      room[lane] -= 1
      this.#take(one, now + delay)
      chosen.add(one)
    }
    this.#candidates = this.#candidates.filter((one) => !chosen.has(one))
    return { ids: [...chosen].map((one) => one.id), waitMs }
  }

  #paceMs(one: Candidate, now: number): number {
    return Math.max(this.#bot.waitMs(now), this.#flow.waitMs(now), this.#paceOf(one).waitMs(now))
  }

  /** A word to the presser of a button counts as no message, and is of no use a little later. */
  #frozenMs({ chatId, operation }: Candidate, now: number): number {
    if (operation === 'toast') return 0
    const until = this.#frozenChats.get(chatId) ?? 0
    if (until <= now) this.#frozenChats.delete(chatId)
    return Math.max(0, this.#frozen - now, until - now)
  }

  #room(sends: boolean): number {
    const used = [...this.#inFlight.values()].filter(
      ({ candidate }) => (candidate.operation === 'send') === sends,
    ).length
    return (sends ? this.#limits.sendWindow : this.#limits.editWindow) - used
  }

  #take(one: Candidate, at: number): void {
    const permit = one.operation === 'send' ? this.#bot.take(at) : null
    if (permit) {
      this.#rest(at)
      this.#flow.take(at)
      this.#paceOf(one).take(at)
    }
    this.#busyChats.add(one.chatId)
    this.#inFlight.set(one.id, { candidate: one, abort: new AbortController(), permit })
  }

  /** Where an even rhythm looks like a machine, the next one is a little later each time. */
  #rest(at: number): void {
    const { sendsPerSecond, sendJitterMs } = this.#limits
    if (sendJitterMs) this.#bot.freeze(at + 1000 / sendsPerSecond + this.#random() * sendJitterMs)
  }

  #paceOf(one: Candidate): Pace {
    const known = this.#chats.get(one.chatId)
    if (known) return known
    const { sendsPerMinutePerGroup, sendsPerSecondPerChat, chatBurst } = this.#limits
    const perSecond = one.chatKind === 'group' ? sendsPerMinutePerGroup / 60 : sendsPerSecondPerChat
    const pace = new Pace(perSecond, chatBurst)
    if (this.#chats.size >= MOST_PACES) this.#chats.clear()
    this.#chats.set(one.chatId, pace)
    return pace
  }

  /** Milliseconds until a claimed one is to be called; 0: now. */
  untilCall(id: string, now: number): number {
    return Math.max(0, (this.#inFlight.get(id)?.permit?.at ?? now) - now)
  }

  /** It is called now: later than planned, what follows it in the next second is later too. */
  called(id: string, now: number): void {
    const permit = this.#inFlight.get(id)?.permit
    if (permit) permit.at = Math.max(permit.at, now)
  }

  /** Gives up the call of a claimed one. */
  abortOf(id: string): AbortController {
    return this.#inFlight.get(id)?.abort ?? new AbortController()
  }

  /** The call has ended: its slot is free, its chat only when the end is recorded. */
  end(id: string): void {
    this.#inFlight.delete(id)
  }

  /**
   * What ended in these chats is recorded. What was listed for them before is forgotten: the rest of a split message or
   * the same message once more may now come first.
   */
  freeChats(chatIds: readonly string[]): void {
    if (chatIds.length === 0) return
    const freed = new Set(chatIds)
    for (const chatId of freed) this.#busyChats.delete(chatId)
    this.#candidates = this.#candidates.filter((one) => !freed.has(one.chatId))
  }

  /** A claim that did not succeed: somebody withdrew it meanwhile. */
  giveUp(id: string): void {
    const one = this.#inFlight.get(id)
    this.#inFlight.delete(id)
    if (one) this.#busyChats.delete(one.candidate.chatId)
  }

  /** The platform said to wait: exactly what it spoke of waits, a chat or (null) the bot. */
  freeze(chatId: string | null, until: number): void {
    if (chatId === null) this.#frozen = Math.max(this.#frozen, until)
    else this.#frozenChats.set(chatId, Math.max(this.#frozenChats.get(chatId) ?? 0, until))
  }

  /** Gives up every call: the deadline of a stop has come. */
  abortAll(): void {
    for (const { abort } of this.#inFlight.values()) abort.abort()
  }
}
