import { addDays, dateIn, instantOf, timeIn, type WallTime, type Zone } from '../core/dates.js'

/** Nobody is written to from `from` (inclusive) to `to` (exclusive), wall times in the cell's zone. */
export type Quiet = Readonly<{ from: WallTime; to: WallTime }>
export const QUIET: Quiet = { from: '21:30' as WallTime, to: '06:30' as WallTime }

type Window = Readonly<{ begins: Date; ends: Date }>

const isQuietTime = (time: WallTime, quiet: Quiet): boolean =>
  quiet.from < quiet.to ? time >= quiet.from && time < quiet.to : time >= quiet.from || time < quiet.to

export const isQuiet = (at: Date, zone: Zone, quiet: Quiet = QUIET): boolean => isQuietTime(timeIn(at, zone), quiet)

/** The quiet hours that `at` lies in, or null. */
export function quietAround(at: Date, zone: Zone, quiet: Quiet = QUIET): Window | null {
  const time = timeIn(at, zone)
  if (!isQuietTime(time, quiet)) return null
  const today = dateIn(at, zone)
  const crosses = quiet.from >= quiet.to
  const beganOn = crosses && time < quiet.to ? addDays(today, -1) : today
  const endsOn = crosses ? addDays(beganOn, 1) : beganOn
  return { begins: instantOf(beganOn, quiet.from, zone), ends: instantOf(endsOn, quiet.to, zone) }
}

/**
 * When a notice that is wanted at `at` is sent: at once, or at the end of the quiet hours unless that is later than
 * `latest`. What cannot wait is sent in them: a notice that comes too late helps nobody.
 */
export function deferForQuiet(at: Date, options: Readonly<{ zone: Zone; latest: Date; quiet?: Quiet }>): Date {
  const window = quietAround(at, options.zone, options.quiet ?? QUIET)
  return window && window.ends <= options.latest ? window.ends : at
}

/** What is spread into a notice that waits for the quiet hours to end, unless that is later than `latest`. */
export function outsideQuiet(
  at: Date,
  { zone, latest }: Readonly<{ zone: Zone; latest: Date }>,
): { notBefore: Date } & ReturnType<typeof keepQuiet> {
  const notBefore = deferForQuiet(at, { zone, latest })
  return { notBefore, ...keepQuiet(notBefore, zone) }
}

/**
 * The quiet hours for an outgoing message that is meant for `at`: should it be delayed into them, it waits for their
 * end. Empty where `at` itself was chosen inside them, because it cannot wait.
 */
export const keepQuiet = (at: Date, zone: Zone): { quiet?: { zone: Zone; from: string; to: string } } =>
  isQuiet(at, zone) ? {} : { quiet: { zone, ...QUIET } }
