import { z } from 'zod'
import type { Clock } from '../core/clock.js'
import type { Db } from '../database/client.js'

export type PlayClock = Clock &
  Readonly<{
    /** Takes up where an earlier run of the process left it. */
    load: (db: Db) => Promise<void>
    /** Never back: what has happened would be due again. */
    moveTo: (db: Db, moment: Date) => Promise<void>
  }>

const KEY = 'sandbox.clock'
const stored = z.object({ offsetMs: z.number() })

/** Runs as fast as the real one, ahead of it by what the player has skipped. The skipped time is a row. */
export function createPlayClock(real: Clock): PlayClock {
  let offsetMs = 0
  const now = (): Date => new Date(real.now().getTime() + offsetMs)
  return {
    now,
    load: async (db) => {
      const row = await db.setting.findUnique({ where: { key: KEY } })
      offsetMs = stored.safeParse(row?.value).data?.offsetMs ?? 0
    },
    moveTo: async (db, moment) => {
      offsetMs = Math.max(offsetMs, moment.getTime() - real.now().getTime())
      const value = { offsetMs }
      await db.setting.upsert({ where: { key: KEY }, create: { key: KEY, value }, update: { value } })
    },
  }
}
