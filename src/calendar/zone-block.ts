import { DAY, HOUR, MINUTE, offsetMinutes, wallMoment, type Zone } from '../core/dates.js'

const two = (n: number): string => String(n).padStart(2, '0')

/** "+0700" */
function offsetWords(minutes: number): string {
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`
}

type Change = Readonly<{ at: number; before: number; after: number }>

/** The instant between `from` and `to` at which clocks change, to the minute: the offsets at both ends differ. */
function findChange(zone: Zone, from: number, to: number): number {
  let [low, high] = [from, to]
  const before = offsetMinutes(low, zone)
  while (high - low > MINUTE) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE
    if (offsetMinutes(middle, zone) === before) low = middle
    else high = middle
  }
  return high
}

/** No zone changes its clocks back within so few days; a day's step would ask Intl two thousand times. */
const STEP = 7 * DAY

function listChanges(zone: Zone, from: number, to: number): Change[] {
  const changes: Change[] = []
  let before = offsetMinutes(from, zone)
  for (let at = from; at < to; at += STEP) {
    const after = offsetMinutes(at + STEP, zone)
    if (after !== before) changes.push({ at: findChange(zone, at, at + STEP), before, after })
    before = after
  }
  return changes
}

const observance = (zone: Zone, { at, before, after }: Change, isSummer: boolean): string[] => {
  const kind = isSummer ? 'DAYLIGHT' : 'STANDARD'
  // What clocks showed in the moment of the change, by the offset before it: RFC 5545 §3.6.5.
  const shown = wallMoment(new Date(at - MINUTE), zone)
    .add(1, 'minute')
    .format('YYYYMMDD[T]HHmmss')
  return [
    `BEGIN:${kind}`,
    `DTSTART:${shown}`,
    `TZOFFSETFROM:${offsetWords(before)}`,
    `TZOFFSETTO:${offsetWords(after)}`,
    `END:${kind}`,
  ]
}

/** The `VTIMEZONE` of a zone for what lies in the span: one observance for its beginning and one a clock change. */
export function zoneBlock(zone: Zone, from: Date, to: Date): string {
  const whole = Math.floor(from.getTime() / HOUR) * HOUR
  const changes = listChanges(zone, whole, to.getTime())
  const first = offsetMinutes(whole, zone)
  const winter = Math.min(first, ...changes.map(({ after }) => after))
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${zone}`,
    ...observance(zone, { at: whole, before: first, after: first }, first > winter),
    ...changes.flatMap((change) => observance(zone, change, change.after > winter)),
    'END:VTIMEZONE',
  ].join('\r\n')
}
