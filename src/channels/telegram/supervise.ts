import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '../../core/log.js'
import type { ChannelState } from '../../messaging/channel.js'
import { ApiFailure, isUnauthorized } from './errors.js'
import type { TelegramTimes } from './limits.js'

/** The state that the health page shows; one cell, shared by whoever receives. */
export type StateCell = { now: ChannelState }

/** What was received could not be stored: ours, not Telegram's, and the update comes again. */
export class StoreFailure extends Error {
  constructor(cause: unknown) {
    super('not stored', { cause })
    this.name = 'StoreFailure'
  }
}

function stateOf(error: unknown): ChannelState {
  if (error instanceof StoreFailure) return { state: 'failing', code: 'not-stored' }
  if (isUnauthorized(error)) return { state: 'failing', code: 'unauthorized' }
  if (error instanceof ApiFailure && error.status === 409) return { state: 'failing', code: 'conflict' }
  return { state: 'failing', code: 'unreachable' }
}

/** Doubles up to the maximum; jitter only upwards, so that the least is kept and two instances part. */
export function backoff(failures: number, times: TelegramTimes, random: number): number {
  const base = Math.min(times.backoffMs * 2 ** Math.min(failures - 1, 10), times.backoffMaxMs)
  return Math.round(base * (1 + random / 2))
}

const waitAfter = (error: unknown, failures: number, times: TelegramTimes): number => {
  const asked = error instanceof ApiFailure ? (error.parameters.retry_after ?? 0) * 1000 : 0
  return Math.max(asked, backoff(failures, times, Math.random()))
}

type Supervised = Readonly<{
  /** One turn; `false` ends the work. */
  turn: () => Promise<boolean>
  signal: AbortSignal
  state: StateCell
  times: TelegramTimes
  log: Log
  /** Called once: after the first turn, well or not. */
  begun: () => void
}>

/** Repeats a turn until it ends, is stopped, or the token is refused; every failure is shown, waited out and tried again. */
export async function supervise({ turn, signal, state, times, log, begun }: Supervised): Promise<void> {
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
      state.now = stateOf(error)
      log.warn({ err: error, state: state.now.code, failures }, 'telegram: receiving failed')
      begun()
      if (isUnauthorized(error)) break
      await pause(waitAfter(error, failures, times), undefined, { signal }).catch(() => {})
    }
    begun()
  }
}
