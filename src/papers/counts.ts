import { hasAttended, type Rate, type Standing, tally } from '../attendance/counting.js'
import type { MarkState, ReasonKind } from '../database/generated/enums.js'

/** A member of the denominator, as the confirmed roll-call has them. */
export type Marked = Readonly<{
  personId: string
  name: string
  standing: Standing
  state: MarkState
  reasonKind: ReasonKind | null
}>

/** Somebody of the cell's list on the meeting's day, in the denominator or not. */
export type Listed = Readonly<{
  personId: string
  standing: Standing
  temporary: boolean
  exempt: boolean
  specialDuty: boolean
}>

export type Counts = Readonly<{
  /** Everybody who attends the cell that day; full and probationary apart. */
  total: number
  full: number
  probationary: number
  /** Of them, members of another cell who attend here for a period. */
  temporary: number
  exempt: number
  specialDuty: number
  /** The denominator, and who of it was there; late and online are among them. */
  expected: number
  attended: number
  late: number
  online: number
  excused: number
  unexcused: number
  rate: Rate
}>

/**
 * "Roll-call: total, present, excused, unexcused, exempt." The denominator is what was confirmed; who is in it is not
 * counted as exempt too, whatever was entered for that day afterwards.
 */
export function countsOf(marked: readonly Marked[], listed: readonly Listed[]): Counts {
  const inside = new Set(marked.map((one) => one.personId))
  const outside = listed.filter((one) => !inside.has(one.personId) && (one.exempt || one.specialDuty))
  const all = [...marked, ...outside]
  const { late, online, excused, unexcused, attended, rate, total } = tally(marked.map((one) => one.state))
  const of = (standing: Standing): number => all.filter((one) => one.standing === standing).length
  const here = new Set(all.map((one) => one.personId))
  const exempt = outside.filter((one) => one.exempt).length
  return {
    total: all.length,
    full: of('full'),
    probationary: of('probationary'),
    temporary: listed.filter((one) => one.temporary && here.has(one.personId)).length,
    exempt,
    specialDuty: outside.length - exempt,
    expected: total,
    attended,
    late,
    online,
    excused,
    unexcused,
    rate,
  }
}

export const absentOf = (marked: readonly Marked[]): Marked[] => [
  ...marked.filter((one) => one.state === 'excused'),
  ...marked.filter((one) => one.state === 'unexcused'),
]

/** Who leads a meeting, the first who was there: the secretary, else the deputy. */
export const chairOf = <L extends Readonly<{ personId: string }>>(
  leaders: readonly L[],
  marked: readonly Pick<Marked, 'personId' | 'state'>[],
): L | null =>
  leaders.find(({ personId }) => marked.some((one) => one.personId === personId && hasAttended(one.state))) ?? null
