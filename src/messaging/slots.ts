import type { ChannelLimits } from './channel.js'
import type { Candidate } from './deliveries.js'
import { Pace } from './pace.js'
import { Window } from './window.js'

/** Beyond this many the paces of chats that were not used are forgotten; a forgotten one is free at once. */
const MOST_PACES = 10_000

/** What may be caught up: a broadcast flows, so that an answer in between waits for a short gap and not for half a second. */
const CATCHING_UP = 1.25

/**
 * What may go out now: the windows of calls in flight, the rates of the platform, one call per chat, and order.
 * Real time in milliseconds, given by the caller.
 */
export class Slots {
  readonly #limits: ChannelLimits
  readonly #bot: Window
  readonly #flow: Pace
  readonly #chats = new Map<string, Pace>()
  readonly #inFlight = new Map<string, { candidate: Candidate; abort: AbortController }>()
  readonly #busyChats = new Set<string>()
  readonly #random: () => number
  #candidates: Candidate[] = []

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

  /** Takes the ones that may go now out of what waits; `waitMs`: when to look again at the latest. */
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
      const delay =
        lane === 'send' ? Math.max(this.#bot.waitMs(now), this.#flow.waitMs(now), this.#paceOf(one).waitMs(now)) : 0
      if (delay > 0) waitMs = Math.min(waitMs, delay)
      if (room[lane] <= 0 || delay > 0) {
        // What is behind it in its chat and priority must not overtake it.
        held.add(order)
        continue
      }
      room[lane] -= 1
      this.#take(one, now)
      chosen.add(one)
    }
    this.#candidates = this.#candidates.filter((one) => !chosen.has(one))
    return { ids: [...chosen].map((one) => one.id), waitMs }
  }

  #room(sends: boolean): number {
    const used = [...this.#inFlight.values()].filter(
      ({ candidate }) => (candidate.operation === 'send') === sends,
    ).length
    return (sends ? this.#limits.sendWindow : this.#limits.editWindow) - used
  }

  #take(one: Candidate, now: number): void {
    if (one.operation === 'send') {
      this.#bot.take(now)
      this.#rest(now)
      this.#flow.take(now)
      this.#paceOf(one).take(now)
    }
    this.#busyChats.add(one.chatId)
    this.#inFlight.set(one.id, { candidate: one, abort: new AbortController() })
  }

  /** Where an even rhythm looks like a machine, the next one is a little later each time. */
  #rest(now: number): void {
    const { sendsPerSecond, sendJitterMs } = this.#limits
    if (sendJitterMs) this.#bot.freeze(now + 1000 / sendsPerSecond + this.#random() * sendJitterMs)
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

  signalOf(id: string): AbortSignal {
    return this.#inFlight.get(id)?.abort.signal ?? AbortSignal.abort()
  }

  /** The call has ended: its slot is free, its chat only when the end is recorded. */
  end(id: string): void {
    this.#inFlight.delete(id)
  }

  /**
   * What ended in this chat is recorded. What was listed for it before is forgotten: the rest of a split message or
   * the same message once more may now come first.
   */
  freeChat(chatId: string): void {
    this.#busyChats.delete(chatId)
    this.#candidates = this.#candidates.filter((one) => one.chatId !== chatId)
  }

  /** A claim that did not succeed: somebody withdrew it meanwhile. */
  giveUp(id: string): void {
    const one = this.#inFlight.get(id)
    this.#inFlight.delete(id)
    if (one) this.#busyChats.delete(one.candidate.chatId)
  }

  /** The platform said to wait: exactly what it spoke of waits. */
  freeze(scope: 'bot' | 'chat', chatId: string, until: number): void {
    const pace = scope === 'bot' ? this.#bot : this.#chats.get(chatId)
    pace?.freeze(until)
  }

  /** Gives up every call: the deadline of a stop has come. */
  abortAll(): void {
    for (const { abort } of this.#inFlight.values()) abort.abort()
  }
}
