import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '../core/log.js'
import type { ChannelState, Receive } from './channel.js'

/** How a channel comes by what people say: it asks, or it is called. */
export type Receiver = Readonly<{ start: (receive: Receive) => Promise<void>; stop: () => Promise<void> }>

/** The state that the health page shows; one cell, shared by whoever receives. */
export type StateCell = { now: ChannelState }

/** What was received could not be stored: ours, not the platform's. */
export class StoreFailure extends Error {
  constructor(cause: unknown) {
    super('not stored', { cause })
    this.name = 'StoreFailure'
  }
}

/** Before the next try after a failure; doubles up to the maximum. Milliseconds. */
export type BackoffTimes = Readonly<{ backoffMs: number; backoffMaxMs: number }>

/** Jitter only upwards, so that the least is kept and two instances part. */
export function backoff(failures: number, times: BackoffTimes, random: number): number {
  const base = Math.min(times.backoffMs * 2 ** Math.min(failures - 1, 10), times.backoffMaxMs)
  return Math.round(base * (1 + random / 2))
}

/** These end the work: the account is refused, or somebody else listens in our place and would be turned out in turn. */
export const FINAL = ['unauthorized', 'taken-over'] as const
export type Final = (typeof FINAL)[number]

export const isFinal = (code: string | undefined): code is Final => FINAL.some((one) => one === code)

/** What a failed turn was: the state's code, and how long the platform asked to wait. */
export type Verdict = Readonly<{ code: Final | 'conflict' | 'unreachable'; waitMs?: number }>

type Supervised = Readonly<{
  platform: string
  /** One turn; `false` ends the work. */
  turn: () => Promise<boolean>
  /** What the platform's own error means. */
  judge: (error: unknown) => Verdict
  signal: AbortSignal
  state: StateCell
  times: BackoffTimes
  log: Log
  /** Called once: after the first turn, well or not. */
  begun: () => void
}>

const verdictOf = (error: unknown, judge: Supervised['judge']): { code: string; waitMs?: number } =>
  error instanceof StoreFailure ? { code: 'not-stored' } : judge(error)

/** Repeats a turn until it ends, is stopped, or fails for good; every failure is shown, waited out and tried again. */
export async function supervise(options: Supervised): Promise<void> {
  const { turn, judge, signal, state, times, log, begun } = options
  let failures = 0
  let more = true
  while (more && !signal.aborted) {
    try {
      more = await turn()
      if (!signal.aborted) state.now = { state: 'running' }
      failures = 0
    } catch (error) {
      if (signal.aborted) break
      failures += 1
      const { code, waitMs = 0 } = verdictOf(error, judge)
      state.now = { state: 'failing', code }
      log.warn({ err: error, state: code, failures }, `${options.platform}: receiving failed`)
      begun()
      if (isFinal(code)) break
      const ms = Math.max(waitMs, backoff(failures, times, Math.random()))
      await pause(ms, undefined, { signal }).catch(() => {})
    }
    begun()
  }
}
