import { addDays, instantOf, type PlainDate, type WallTime, type Zone } from '../core/dates.js'

/** Long enough to still do it, short enough to be remembered. */
const REMIND_DAYS = 3
const REMIND_TIME = '08:00' as WallTime
const MIDNIGHT = '00:00' as WallTime

/** The last moment at which a task due on that day is in time: the end of the day. */
export const endOfDue = (dueOn: PlainDate, zone: Zone): Date => instantOf(addDays(dueOn, 1), MIDNIGHT, zone)

/**
 * When the owner is reminded: in the morning three days before the day; at once where that morning is past already.
 * Null: there is no day, or it is over.
 */
export function reminderAt(dueOn: PlainDate | null, zone: Zone, now: Date): Date | null {
  if (!dueOn || now >= endOfDue(dueOn, zone)) return null
  const wanted = instantOf(addDays(dueOn, -REMIND_DAYS), REMIND_TIME, zone)
  return wanted > now ? wanted : now
}

export const isOverdue = (dueOn: PlainDate | null, today: PlainDate): boolean => dueOn !== null && dueOn < today
