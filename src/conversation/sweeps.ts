import type { Log } from '../core/log.js'
import type { Db } from '../database/client.js'
import type { Sweep } from './types.js'

/** A sweep that always finds more is a mistake; the next minute goes on. */
const MOST_RUNS = 1_000

/** Runs whatever is due at `now`. A sweep that fails is logged and does not keep the others from theirs. */
export async function runSweeps(db: Db, sweeps: readonly Sweep[], now: Date, log: Log): Promise<void> {
  for (const sweep of sweeps) {
    try {
      const due = await sweep.nextDue(db, now)
      if (!due || due > now) continue
      for (let runs = 0, more = true; more && runs < MOST_RUNS; runs += 1) more = await sweep.run(db, now)
    } catch (err) {
      log.error({ err, sweep: sweep.name }, 'a sweep failed; the next minute tries again')
    }
  }
}

/** The earliest moment at which any sweep has something to do, or null. */
export async function nextSweep(db: Db, sweeps: readonly Sweep[], now: Date): Promise<Date | null> {
  const times = await Promise.all(sweeps.map((sweep) => sweep.nextDue(db, now)))
  return times.reduce<Date | null>((first, one) => (one && (!first || one < first) ? one : first), null)
}
