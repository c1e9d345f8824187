import type { HeldLock } from '../database/lock-keeper.js'

/** `now` tells what is due, `realNow` what was told to wait; both may be set by somebody. Rates go by neither. */
export type Clocks = Readonly<{ now: Date; realNow: Date }>

/** Clocks that go backwards by less than the sender's poll are not noticed, and cost no more than that. */
export const isSetBack = (before: Clocks, after: Clocks): boolean =>
  after.now < before.now || after.realNow < before.realNow

/**
 * A clock was set back. What was due stays due, and a back-off keeps its length: else a clock that is put right by an
 * hour would silence a bot for an hour. A clock that is set forward needs nothing.
 */
export const followClock = (query: HeldLock['query'], botId: string, before: Clocks, after: Clocks): Promise<unknown> =>
  query(
    `WITH stepped AS (SELECT greatest($4::timestamptz - $5::timestamptz, interval '0') AS by
     ), thawed AS (UPDATE bot SET frozen_until = frozen_until - by FROM stepped WHERE id = $1 AND frozen_until > $5
     ), thawed_chat AS (UPDATE chat SET frozen_until = frozen_until - by FROM stepped WHERE bot_id = $1 AND frozen_until > $5)
     UPDATE delivery SET
       not_before = CASE WHEN not_before BETWEEN $3 AND $2 THEN least(not_before, $3::timestamptz) ELSE not_before END,
       retry_at = retry_at - (SELECT by FROM stepped)
     WHERE bot_id = $1 AND state = 'queued' AND (not_before BETWEEN $3 AND $2 OR retry_at > $5)`,
    [botId, before.now, after.now, before.realNow, after.realNow],
    'follow_clock',
  )
