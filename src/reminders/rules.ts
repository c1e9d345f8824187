import { addDays, dateIn, HOUR, instantOf, MINUTE, timeIn, type WallTime, type Zone } from '../core/dates.js'
import { deferForQuiet, QUIET, type Quiet, quietAround } from '../meetings/quiet.js'

export { deferForQuiet, isQuiet, QUIET, type Quiet } from '../meetings/quiet.js'

export type Audience = 'all' | 'silent' | 'coming'

/** Minutes before the start, largest first: 7 days, 3 days, 1 day, 3 hours. */
export const DEFAULT_LADDER: readonly number[] = [10_080, 4_320, 1_440, 180]

export type Step = Readonly<{ offsetMinutes: number; audience: Audience; withMaterials: boolean; dueAt: Date }>

type Rung = Omit<Step, 'dueAt'>

const DAY_MINUTES = 1_440
/** A step nearer than this is for those who come: whoever is silent by then was asked before. */
const COMING_MINUTES = 720

function audienceOf(offset: number, first: number, materials: number): Audience {
  if (offset === first || offset === materials) return 'all'
  return offset < COMING_MINUTES ? 'coming' : 'silent'
}

/**
 * Who each step is for: the first and the last one of at least a day before go to all, the latter with the materials;
 * those under 12 hours to who comes; the others to the silent. Without a day step the first one carries the materials.
 */
export function audiences(offsets: readonly number[]): Rung[] {
  const ladder = [...new Set(offsets)].sort((a, b) => b - a)
  const first = ladder[0] ?? 0
  const materials = ladder.filter((offset) => offset >= DAY_MINUTES).at(-1) ?? first
  return ladder.map((offset) => ({
    offsetMinutes: offset,
    audience: audienceOf(offset, first, materials),
    withMaterials: offset === materials,
  }))
}

/** Reminders moved to the quiet hours' end have to leave this long until the start. */
const ROOM = HOUR

/** A reminder in the quiet hours goes to their end or, with less than an hour left then, a minute before they begin. */
export function outsideQuiet(at: Date, startsAt: Date, zone: Zone, quiet: Quiet = QUIET): Date {
  const window = quietAround(at, zone, quiet)
  if (!window) return at
  return window.ends.getTime() <= startsAt.getTime() - ROOM ? window.ends : new Date(window.begins.getTime() - MINUTE)
}

/** The instant `minutes` before the start; whole days are days of the calendar, so a clock change keeps the hour. */
export function before(startsAt: Date, minutes: number, zone: Zone): Date {
  const days = Math.floor(minutes / DAY_MINUTES)
  const sameHour =
    days === 0 ? startsAt : instantOf(addDays(dateIn(startsAt, zone), -days), timeIn(startsAt, zone), zone)
  return new Date(sameHour.getTime() - (minutes % DAY_MINUTES) * MINUTE)
}

/**
 * Two steps of one instant become one: for all if they address different people, with the materials of either, and
 * counted as the nearer one, whose words fit the hours that are left.
 */
const merged = (a: Step, b: Step): Step => ({
  offsetMinutes: Math.min(a.offsetMinutes, b.offsetMinutes),
  audience: a.audience === b.audience ? a.audience : 'all',
  withMaterials: a.withMaterials || b.withMaterials,
  dueAt: a.offsetMinutes < b.offsetMinutes ? a.dueAt : b.dueAt,
})

function mergeCrossing(steps: readonly Step[]): Step[] {
  const kept: Step[] = []
  for (const step of steps) {
    const last = kept.at(-1)
    if (last && last.dueAt >= step.dueAt) kept[kept.length - 1] = merged(last, step)
    else kept.push(step)
  }
  return kept
}

export type PlanInput = Readonly<{
  startsAt: Date
  offsets: readonly number[]
  zone: Zone
  /** When the meeting got its present day and hour: steps that were past then are skipped silently. */
  setAt: Date
  /** When the present revision or ladder arose, if later: what fell due before it was done under the older one. */
  changedAt?: Date
  quiet?: Quiet
}>

/** The steps of a meeting in the order they fall due, each before the start and outside the quiet hours. */
export function planSteps(input: PlanInput): Step[] {
  const { startsAt, zone, setAt, changedAt = setAt, quiet = QUIET } = input
  const steps = audiences(input.offsets)
    .map((rung) => ({ rung, wanted: before(startsAt, rung.offsetMinutes, zone) }))
    .filter(({ wanted }) => wanted > setAt)
    .map(({ rung, wanted }) => ({ ...rung, dueAt: outsideQuiet(wanted, startsAt, zone, quiet) }))
  return mergeCrossing(steps).filter((step) => step.dueAt > setAt && step.dueAt > changedAt && step.dueAt < startsAt)
}

export type Due<S> = Readonly<{
  /** The newest step that is due and still helps; null: none. */
  step: S | null
  /** Steps that are over without being sent: older ones after a downtime, all of them once the meeting has begun. */
  skipped: readonly S[]
}>

/** What a look at `now` does with the steps that still wait. */
export function dueStep<S extends Readonly<{ dueAt: Date }>>(waiting: readonly S[], startsAt: Date, now: Date): Due<S> {
  if (startsAt <= now) return { step: null, skipped: waiting }
  const due = waiting.filter((step) => step.dueAt <= now).sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
  return { step: due.at(-1) ?? null, skipped: due.slice(0, -1) }
}

const EVENING = '19:00' as WallTime

/**
 * When the secretary is told who has not been reached: on the evening before, early enough to call. For a meeting that
 * was made or moved after that, an hour later, in which its notices go out. Null: no hour is left to call in.
 */
export function eveningBefore(
  input: Readonly<{ startsAt: Date; zone: Zone; setAt: Date; quiet?: Quiet }>,
): Date | null {
  const { startsAt, zone, setAt, quiet = QUIET } = input
  const evening = instantOf(addDays(dateIn(startsAt, zone), -1), EVENING, zone)
  const at = outsideQuiet(evening > setAt ? evening : new Date(setAt.getTime() + HOUR), startsAt, zone, quiet)
  return at > setAt && at.getTime() <= startsAt.getTime() - HOUR ? at : null
}

/** When a step that was found late is sent: not in the quiet hours if 15 minutes are left after them. */
export const sendAt = (now: Date, startsAt: Date, zone: Zone, quiet: Quiet = QUIET): Date =>
  deferForQuiet(now, { zone, quiet, latest: new Date(startsAt.getTime() - 15 * MINUTE) })
