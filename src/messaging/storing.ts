import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '../core/log.js'
import type { RawUpdate, Receive } from './channel.js'
import { type BackoffTimes, backoff, type StateCell } from './receiving.js'

/**
 * Stores what a platform will not give again: it is kept here until it is stored, which the state says; when we are
 * stopped there is one last try.
 */
export async function storeFirmly(
  receive: Receive,
  updates: readonly RawUpdate[],
  parts: Readonly<{ platform: string; state: StateCell; times: BackoffTimes; signal: AbortSignal; log: Log }>,
): Promise<void> {
  const { platform, state, times, signal, log } = parts
  for (let failures = 1; ; failures += 1) {
    const isLast = signal.aborted
    try {
      return await receive(updates)
    } catch (err) {
      if (isLast) return log.error({ err }, `${platform}: an update could not be stored and is lost`)
      log.warn({ err, failures }, `${platform}: an update is not stored yet`)
      state.now = { state: 'failing', code: 'not-stored' }
      await pause(backoff(failures, times, Math.random()), undefined, { signal }).catch(() => {})
    }
  }
}
