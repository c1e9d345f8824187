import { DAY, MINUTE, type Zone } from '../core/dates.js'
import { deferForQuiet, QUIET, type Quiet, quietAround } from '../meetings/quiet.js'

/** Materials are there at least a day before the meeting (guide 42-HD/BTCTW). */
const AHEAD_MS = DAY

export type PushInput = Readonly<{
  addedAt: Date
  /** The next step that goes to all, or null. */
  nextStepAt: Date | null
  startsAt: Date
  zone: Zone
  quiet?: Quiet
}>

/**
 * When a material goes out: with the next step if it is there 24 hours before the meeting, else at once or, in the
 * quiet hours, at their end. Nothing is pushed in them unless the meeting begins before they end.
 */
export function materialPushAt(input: PushInput): Readonly<{ at: Date; withStep: boolean }> {
  const { addedAt, nextStepAt, startsAt, zone, quiet = QUIET } = input
  const wantedBy = startsAt.getTime() - AHEAD_MS
  if (nextStepAt && nextStepAt >= addedAt && nextStepAt.getTime() <= wantedBy) return { at: nextStepAt, withStep: true }
  return { at: deferForQuiet(addedAt, { zone, quiet, latest: new Date(startsAt.getTime() - MINUTE) }), withStep: false }
}

/**
 * The last moment outside the quiet hours that is 24 hours before the meeting: stands in for the next step while a
 * new meeting's steps are not planned yet.
 */
export function latestPushAt(startsAt: Date, zone: Zone, quiet: Quiet = QUIET): Date {
  const wantedBy = new Date(startsAt.getTime() - AHEAD_MS)
  const window = quietAround(wantedBy, zone, quiet)
  return window ? new Date(window.begins.getTime() - MINUTE) : wantedBy
}
