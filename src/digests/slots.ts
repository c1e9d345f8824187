import {
  addDays,
  dateIn,
  instantOf,
  type PlainDate,
  startOfWeek,
  type WallTime,
  type Weekday,
  type Zone,
} from '../core/dates.js'

type Slot = Readonly<{ weekday: Weekday; time: WallTime }>

/** Monday 07:30: before the week's first office hour. */
export const WEEKLY_SLOT: Slot = { weekday: 1, time: '07:30' as WallTime }
/** Sunday 19:00: an evening is left to mend what will appear. */
export const PREVIEW_SLOT: Slot = { weekday: 7, time: '19:00' as WallTime }

/** The first such moment of the unit's zone strictly after `now`; wall time, so a clock change does not shift it. */
export function nextSlot(slot: Slot, now: Date, zone: Zone): Date {
  const first = addDays(startOfWeek(dateIn(now, zone)), slot.weekday - 1)
  const inThisWeek = instantOf(first, slot.time, zone)
  return inThisWeek > now ? inThisWeek : instantOf(addDays(first, 7), slot.time, zone)
}

/** Monday of the week that a weekly digest at `now` opens. */
export const weekOfDigest = (now: Date, zone: Zone): PlainDate => startOfWeek(dateIn(now, zone))

/** Monday of the week whose digest a preview at `now` announces: the coming one. */
export const weekOfPreview = (now: Date, zone: Zone): PlainDate => addDays(startOfWeek(dateIn(now, zone)), 7)
