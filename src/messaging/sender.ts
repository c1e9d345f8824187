import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../core/log.js'
import type { HeldLock, LockKeeper } from '../database/lock-keeper.js'
import type { Channel } from './channel.js'
import { type Composer, contentOf } from './compose.js'
import {
  type Candidate,
  type Claimed,
  type Finished,
  finishAndClaim,
  listCandidates,
  requeueInFlight,
} from './deliveries.js'
import { failed, succeeded } from './outcome.js'
import { Pace } from './pace.js'
import { SendError } from './vocabulary.js'

export type Sender = Readonly<{
  start: () => void
  /** Something was committed that may want to go out. */
  wake: () => void
  /** Resolves when nothing can go out now and nothing is in flight. */
  idle: () => Promise<void>
  /** Claims nothing more, waits for what is in flight, records it, gives the lock back. */
  stop: () => Promise<void>
  /** Whether this instance sends for the bot now. */
  holdsLock: () => boolean
}>

const CANDIDATES = 500
const POLL_MS = 250
const LOCK_RETRY_MS = 1_000
/** A file that the platform does not hold yet takes longer than a text. */
const UPLOAD_FACTOR = 8
const FREEZE_UNAUTHORIZED_S = 300

/**
 * Sends what is queued for one bot: one sender per bot in the whole deployment (the lock), at most one call in flight
 * per chat, within the platform's windows and rates. In flight is committed before the call, so that after a death
 * only what was in flight can repeat.
 */
export function createSender(options: {
  bot: { id: string; lockKey: number }
  channel: Channel
  locks: Pick<LockKeeper, 'acquire'>
  composer: Composer
  now: () => Date
  log: Log
  pollMs?: number
}): Sender {
  const { bot, channel, log } = options
  const { limits } = channel
  const pollMs = options.pollMs ?? POLL_MS
  const botPace = new Pace(limits.sendsPerSecond, 1)
  const chatPaces = new Map<string, Pace>()
  const inFlight = new Map<string, { claimed: Candidate; abort: AbortController }>()
  const busyChats = new Set<string>()
  const idleWaiters: (() => void)[] = []
  let candidates: Candidate[] = []
  let finished: Finished[] = []
  let lock: HeldLock | null = null
  let stopping = false
  let dirty = true
  let wakeUp: () => void = () => {}
  let loop: Promise<void> = Promise.resolve()

  const wake = (): void => {
    dirty = true
    wakeUp()
  }

  const paceOf = (candidate: Candidate): Pace => {
    const known = chatPaces.get(candidate.chatId)
    if (known) return known
    const perSecond = candidate.chatKind === 'group' ? limits.sendsPerMinutePerGroup / 60 : limits.sendsPerSecondPerChat
    const pace = new Pace(perSecond, limits.chatBurst)
    if (chatPaces.size > 10_000) chatPaces.clear()
    chatPaces.set(candidate.chatId, pace)
    return pace
  }

  const countInFlight = (isSend: boolean): number =>
    [...inFlight.values()].filter(({ claimed }) => (claimed.operation === 'send') === isSend).length

  /** Which candidates may go now, and how long until another one may. */
  const choose = (real: number): { ids: string[]; waitMs: number } => {
    const chosen: Candidate[] = []
    const held = new Set<string>()
    let waitMs = pollMs
    let sends = limits.sendWindow - countInFlight(true)
    let edits = limits.editWindow - countInFlight(false)
    for (const candidate of candidates) {
      const key = `${candidate.chatId} ${candidate.priority}`
      if (busyChats.has(candidate.chatId) || held.has(key)) continue
      const isSend = candidate.operation === 'send'
      const delay = isSend ? Math.max(botPace.waitMs(real), paceOf(candidate).waitMs(real)) : 0
      if ((isSend ? sends : edits) <= 0 || delay > 0) {
        held.add(key)
        if (delay > 0) waitMs = Math.min(waitMs, delay)
        if (sends <= 0 && edits <= 0) break
        continue
      }
      if (isSend) {
        botPace.take(real)
        paceOf(candidate).take(real)
        sends -= 1
      } else edits -= 1
      busyChats.add(candidate.chatId)
      chosen.push(candidate)
    }
    const taken = new Set(chosen)
    candidates = candidates.filter((one) => !taken.has(one))
    for (const one of chosen) inFlight.set(one.id, { claimed: one, abort: new AbortController() })
    return { ids: chosen.map((one) => one.id), waitMs }
  }

  const release = (id: string): void => {
    const one = inFlight.get(id)
    inFlight.delete(id)
    if (one) busyChats.delete(one.claimed.chatId)
  }

  const deliver = async (claimed: Claimed, signal: AbortSignal): Promise<Finished> => {
    if (claimed.operation === 'menu') return deliverMenu(claimed, signal)
    const { request, partIds } = await options.composer.compose(claimed, bot.id)
    const attachment = request.message.attachment
    const slow = request.file && !request.file.platformFileId ? UPLOAD_FACTOR : 1
    const limited = AbortSignal.any([signal, AbortSignal.timeout(limits.callTimeoutMs * slow)])
    const content = contentOf(request.message)
    if (claimed.operation === 'edit' && claimed.targetMessageId && channel.can.edits) {
      await channel.edit({ ...request, messageId: claimed.targetMessageId }, limited)
      return succeeded(claimed, { messageId: claimed.targetMessageId, content, partIds, file: null })
    }
    const receipt = await channel.send(request, limited)
    const file =
      attachment && receipt.platformFileId ? { sha256: attachment.sha256, fileId: receipt.platformFileId } : null
    return succeeded(claimed, { messageId: receipt.messageId, content, partIds, file })
  }

  const deliverMenu = async (claimed: Claimed, signal: AbortSignal): Promise<Finished> => {
    const t = options.composer.translate(claimed)
    const { entries } = claimed.data as { entries: { vi: string; en: string; description: string }[] }
    const menu = entries.map((one) => ({ command: one[t.locale], description: t.dynamic(one.description) }))
    const limited = AbortSignal.any([signal, AbortSignal.timeout(limits.callTimeoutMs)])
    if (channel.can.menus) await channel.setMenu(claimed.chatExternalId, menu, limited)
    return succeeded(claimed, { messageId: null, content: null, partIds: [], file: null })
  }

  /** A platform's "slow down" freezes exactly what it speaks of. */
  const heed = (claimed: Claimed, error: unknown): void => {
    if (!(error instanceof SendError)) {
      log.error({ err: error, kind: claimed.kind, delivery: claimed.id }, 'a message could not be rendered')
      return
    }
    const { failure } = error
    log.warn(
      { failure, kind: claimed.kind, delivery: claimed.id, attempts: claimed.attempts },
      'a message was not taken',
    )
    if (failure.kind === 'retry-after')
      (failure.scope === 'bot' ? botPace : chatPaces.get(claimed.chatId))?.freeze(Date.now() + failure.seconds * 1000)
    if (failure.kind === 'unauthorized') botPace.freeze(Date.now() + FREEZE_UNAUTHORIZED_S * 1000)
  }

  const launch = (claimed: Claimed): void => {
    const signal = inFlight.get(claimed.id)?.abort.signal ?? AbortSignal.abort()
    void deliver(claimed, signal)
      .catch((error: unknown) => {
        heed(claimed, error)
        return failed(claimed, error, Date.now(), Math.random())
      })
      .then((result) => {
        finished.push(result)
        wakeUp()
      })
  }

  /** One look: record what ended, claim what may go, call. Returns how long to wait for the next. */
  const cycle = async ({ query }: HeldLock): Promise<number> => {
    const now = options.now()
    if (!stopping && (dirty || candidates.length === 0)) {
      dirty = false
      const listed = await listCandidates(query, bot.id, now, new Date(), CANDIDATES)
      candidates = listed.filter((one) => !inFlight.has(one.id))
    }
    const ended = finished
    for (const one of ended) release(one.id)
    const { ids, waitMs } = stopping ? { ids: [], waitMs: pollMs } : choose(Date.now())
    if (ended.length === 0 && ids.length === 0) {
      if (candidates.length === 0 && inFlight.size === 0) for (const done of idleWaiters.splice(0)) done()
      return waitMs
    }
    finished = finished.filter((one) => !ended.includes(one))
    const claimed = await finishAndClaim(query, { finished: ended, ids, now, realNow: new Date() }).catch((err) => {
      // Only what certainly went out is recorded later; the rest is found in flight by whoever has the lock next.
      finished = [...ended.filter((one) => one.state === 'sent'), ...finished]
      for (const id of ids) release(id)
      throw err
    })
    const got = new Set(claimed.map((one) => one.id))
    for (const id of ids) if (!got.has(id)) release(id)
    for (const one of claimed) launch(one)
    if (ended.length > 0) dirty = true
    return 0
  }

  const takeLock = async (): Promise<HeldLock | null> => {
    const taken = await options.locks.acquire(bot.lockKey)
    if (!taken) return null
    await requeueInFlight(taken.query, bot.id, limits.callTimeoutMs)
    candidates = []
    dirty = true
    return taken
  }

  const run = async (): Promise<void> => {
    while (!stopping || inFlight.size > 0 || finished.length > 0) {
      let delay = LOCK_RETRY_MS
      try {
        lock ??= await takeLock()
        if (lock) delay = await cycle(lock)
        else if (stopping) return
      } catch (err) {
        lock = null
        candidates = []
        log.error({ err }, 'the sender lost its database connection')
        if (stopping) return
      }
      if (delay > 0) await sleep(delay)
    }
  }

  const sleep = async (ms: number): Promise<void> => {
    if (dirty && lock) return
    const timer = new AbortController()
    const woken = new Promise<void>((resolve) => {
      wakeUp = resolve
    })
    if (finished.length === 0)
      await Promise.race([woken, wait(ms, undefined, { signal: timer.signal }).catch(() => {})])
    timer.abort()
    wakeUp = () => {}
  }

  return {
    start: () => {
      loop = run()
    },
    wake,
    holdsLock: () => lock !== null,
    idle: () =>
      new Promise((resolve) => {
        idleWaiters.push(resolve)
        wake()
      }),
    stop: async () => {
      stopping = true
      wakeUp()
      const deadline = setTimeout(() => {
        for (const { abort } of inFlight.values()) abort.abort()
      }, 5_000)
      await loop
      clearTimeout(deadline)
      await lock?.release().catch(() => {})
      lock = null
      for (const done of idleWaiters.splice(0)) done()
    },
  }
}
