import { type ScheduledTask, schedule } from 'node-cron'
import { nextSweep, runSweeps } from './conversation/sweeps.js'
import type { Sweep } from './conversation/types.js'
import type { Clock } from './core/clock.js'
import type { Log } from './core/log.js'
import type { Db } from './database/client.js'
import { nextDelivery } from './messaging/expiry.js'
import type { Line } from './messaging/line.js'

export type Ticker = Readonly<{
  /** Does whatever is due now, one look at a time. */
  tick: () => Promise<void>
  /** A handled update may have left something due at once (a file to fetch). */
  soon: () => void
  /** The next moment at which something happens by itself, or null. */
  nextDue: () => Promise<Date | null>
  start: () => void
  /** Resolves when the look under way is done. */
  stop: () => Promise<void>
}>

const SOON_MS = 200

/**
 * A minute's tick only says "look": what is due stands in rows. `cron` is off where time is moved by hand.
 */
export function createTicker(options: {
  db: Db
  sweeps: readonly Sweep[]
  lines: readonly Line[]
  /** What else is looked at with every tick: which lines are to be open. */
  look: () => Promise<void>
  clock: Clock
  log: Log
  cron: boolean
}): Ticker {
  const { db, sweeps, lines, clock, log } = options
  let ticking: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | null = null
  let cron: ScheduledTask | null = null
  let stopped = false

  const tick = (): Promise<void> => {
    ticking = ticking.then(async () => {
      await runSweeps(db, sweeps, clock.now(), log)
      await options.look().catch((err) => log.error({ err }, 'the rows of bots could not be read'))
      for (const line of lines) line.wake()
    })
    return ticking
  }

  const everyMinute = async (): Promise<void> => {
    // Before the sweeps: whoever may not have been heard is asked again by the same look.
    for (const line of lines) await line.heard()
    await tick()
    for (const line of lines) await line.recover()
  }

  return {
    tick,
    soon: () => {
      if (!options.cron || timer || stopped) return
      timer = setTimeout(() => {
        timer = null
        void tick()
      }, SOON_MS)
    },
    nextDue: async () => {
      const times = await Promise.all([nextSweep(db, sweeps, clock.now()), nextDelivery(db, clock.now())])
      return times.reduce((first, one) => (one && (!first || one < first) ? one : first), null)
    },
    start: () => {
      if (!options.cron) return
      const look = (): Promise<void> => everyMinute().catch((err) => log.error({ err }, 'a tick failed'))
      cron = schedule('* * * * *', look, { noOverlap: true })
    },
    stop: async () => {
      stopped = true
      await cron?.stop()
      if (timer) clearTimeout(timer)
      await ticking
    },
  }
}
