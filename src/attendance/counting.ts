import { monthOf, type PlainDate, yearOf } from '../core/dates.js'
import type { Locale } from '../core/i18n.js'
import type { AnswerState, ExemptionKind, MarkState, MembershipKind, UnitKind } from '../database/generated/enums.js'

/**
 * Every rule here follows the domain's "Counting"; the sentence is cited where it is kept.
 * Rates stay fractions of whole people: 18 of 20 is 90 % exactly, which floating point cannot promise for 0.9.
 */
export type Rate = Readonly<{ part: number; whole: number }>

export type Standing = 'full' | 'probationary'

/** A member as the cell has them on the day of the meeting. */
export type Enrolled = Readonly<{
  personId: string
  standing: Standing
  membership: MembershipKind
  /** A home member who is temporarily attached to another cell on that day, and is counted there. */
  attachedElsewhere: boolean
  exemption: ExemptionKind | null
}>

/** Full from the day of the decision; before it, and while only the admission is known, probationary. */
export const standingOn = (
  person: Readonly<{ admittedOn: PlainDate | null; fullOn: PlainDate | null }>,
  day: PlainDate,
): Standing => {
  if (person.fullOn) return person.fullOn <= day ? 'full' : 'probationary'
  return person.admittedOn ? 'probationary' : 'full'
}

/** "Denominator = members of the cell on that day − exempt − on special duty." Temporary members count where they attend. */
export const isCounted = (member: Enrolled): boolean => member.exemption === null && !member.attachedElsewhere

export type Denominator = Readonly<{
  counted: readonly Enrolled[]
  total: number
  /** "Full and probationary shown apart." */
  full: number
  probationary: number
  exempt: number
  specialDuty: number
  attachedElsewhere: number
}>

export function denominatorOf(enrolled: readonly Enrolled[]): Denominator {
  const counted = enrolled.filter(isCounted)
  const here = enrolled.filter((member) => !member.attachedElsewhere)
  return {
    counted,
    total: counted.length,
    full: counted.filter(({ standing }) => standing === 'full').length,
    probationary: counted.filter(({ standing }) => standing === 'probationary').length,
    exempt: here.filter(({ exemption }) => exemption === 'exempt').length,
    specialDuty: here.filter(({ exemption }) => exemption === 'special_duty').length,
    attachedElsewhere: enrolled.length - here.length,
  }
}

export type Tally = Readonly<Record<MarkState, number>> & Readonly<{ total: number; attended: number; rate: Rate }>

const ATTENDED: readonly MarkState[] = ['present', 'late', 'online']

export const hasAttended = (state: MarkState): boolean => ATTENDED.includes(state)

/** Counts the marks of the denominator; guests have no mark and stay outside. Late and online attended. */
export function tally(states: readonly MarkState[]): Tally {
  const of = (state: MarkState): number => states.filter((one) => one === state).length
  const attended = states.filter(hasAttended).length
  return {
    unknown: of('unknown'),
    present: of('present'),
    late: of('late'),
    online: of('online'),
    excused: of('excused'),
    unexcused: of('unexcused'),
    total: states.length,
    attended,
    rate: { part: attended, whole: states.length },
  }
}

/** The same, in all and apart by standing. */
export function tallyByStanding(marks: readonly Readonly<{ standing: Standing; state: MarkState }>[]): {
  all: Tally
  full: Tally
  probationary: Tally
} {
  const of = (standing: Standing): Tally => tally(marks.filter((one) => one.standing === standing).map((m) => m.state))
  return { all: tally(marks.map(({ state }) => state)), full: of('full'), probationary: of('probationary') }
}

/** Whether the rate is at least `percent` (a whole number). Nobody to count: nothing is reached or missed (false). */
export const reaches = (rate: Rate, percent: number): boolean =>
  rate.whole > 0 && rate.part * 100 >= percent * rate.whole

/** Sums before dividing: a small cell does not weigh as much as a large one. */
export const sumRates = (rates: readonly Rate[]): Rate => ({
  part: rates.reduce((sum, { part }) => sum + part, 0),
  whole: rates.reduce((sum, { whole }) => sum + whole, 0),
})

/** "≥ 90 % = 4, 75–<90 = 3, 65–<75 = 2, < 65 or any unexcused absence = 1"; null where nobody was to attend. */
export function attendanceBand(rate: Rate, unexcused: number): 1 | 2 | 3 | 4 | null {
  if (rate.whole === 0) return null
  if (unexcused > 0) return 1
  if (reaches(rate, 90)) return 4
  if (reaches(rate, 75)) return 3
  return reaches(rate, 65) ? 2 : 1
}

/** How many meetings running, the newest first, somebody was excused. Only confirmed roll-calls belong in the list. */
export function excusedRun(newestFirst: readonly MarkState[]): number {
  const end = newestFirst.findIndex((state) => state !== 'excused')
  return end < 0 ? newestFirst.length : end
}

export type DatedMark = Readonly<{ day: PlainDate; state: MarkState }>

/** In how many different months of the day's calendar year somebody was absent without a reason. */
export const unexcusedMonths = (marks: readonly DatedMark[], today: PlainDate): number =>
  new Set(
    marks
      .filter(({ day, state }) => state === 'unexcused' && yearOf(day) === yearOf(today))
      .map(({ day }) => monthOf(day)),
  ).size

/** How many are excused three times running, and how many unexcused in three months of the year. Counts, no people. */
export type Watch = Readonly<{ excused: number; unexcused: number }>

/** "Watch lists: excused 3 times running; unexcused 3 months in a year." Each history: the newest mark first. */
export const watchOf = (histories: readonly (readonly DatedMark[])[], today: PlainDate): Watch => ({
  excused: histories.filter((marks) => excusedRun(marks.map(({ state }) => state)) >= 3).length,
  unexcused: histories.filter((marks) => unexcusedMonths(marks, today) >= 3).length,
})

/** "plus 1 if nobody is excused more than 3 times running": 0 or 1. */
export const steadinessPoint = (runs: readonly number[]): 0 | 1 => (runs.some((run) => run > 3) ? 0 : 1)

/** "Attendance 5" of the score sheet: the band and the point for steadiness. */
export const attendanceScore = (rate: Rate, unexcused: number, runs: readonly number[]): number | null => {
  const band = attendanceBand(rate, unexcused)
  return band === null ? null : band + steadinessPoint(runs)
}

export type Forecast = Readonly<{
  /** Said present, late or online. */
  coming: Rate
  absent: number
  silent: number
  target: number
  /** "cần thêm N đồng chí để đạt X%": how many more must come; 0: reached. */
  missing: number
  /** False: not even if every silent member comes. */
  reachable: boolean
}>

/** From the answers of the denominator (null: silent). An answer of somebody outside it must not be passed in. */
export function forecast(answers: readonly (AnswerState | null)[], target: number): Forecast {
  const whole = answers.length
  const silent = answers.filter((state) => state === null).length
  const absent = answers.filter((state) => state === 'absent').length
  const part = whole - silent - absent
  const needed = Math.floor((target * whole + 99) / 100) // ceil of target % in whole numbers
  const missing = Math.max(0, needed - part)
  return { coming: { part, whole }, absent, silent, target, missing, reachable: missing <= silent }
}

/** Share of the denominator that answered at all: "Reply (before) and roll-call (after) are separate facts." */
export const replyRate = (answers: readonly (AnswerState | null)[]): Rate => ({
  part: answers.filter((state) => state !== null).length,
  whole: answers.length,
})

/**
 * Percent of the denominator that should attend, by the kind of unit: the highest band of the score (90 %).
 * "at least 80 % in private and foreign-invested firms": such a committee sets its own, and its cells inherit it.
 */
export const DEFAULT_TARGETS: Readonly<Record<UnitKind, number>> = {
  cell: 90,
  departmental: 90,
  grassroots: 90,
  commune: 90,
  bloc: 90,
  provincial: 90,
}

/** The unit first, then those above it: the nearest own target, else the default of the unit's kind. */
export function targetOf(upwards: readonly Readonly<{ kind: UnitKind; attendanceTarget: number | null }>[]): number {
  const own = upwards.find(({ attendanceTarget }) => attendanceTarget !== null)?.attendanceTarget
  return own ?? DEFAULT_TARGETS[upwards[0]?.kind ?? 'cell']
}

/** Tenths of a percent, 0–1000, rounded half up, but never up to a whole percent: 89.96 % is not 90 %, 99.96 % not all. */
function tenthsOf({ part, whole }: Rate): number {
  const down = Math.floor((part * 1000) / whole)
  const nearest = Math.floor((part * 2000 + whole) / (2 * whole))
  const roundsToWhole = nearest % 10 === 0 && part * 1000 < nearest * whole
  return roundsToWhole ? down : nearest
}

/**
 * "90%", "98,8%" in Vietnamese, "98.8%" in English: a tenth only where there is one ("reported to a tenth of a
 * percent"). Null where there is nobody to count.
 */
export function formatPercent(rate: Rate, locale: Locale): string | null {
  if (rate.whole === 0) return null
  const tenths = tenthsOf(rate)
  const [whole, rest] = [Math.floor(tenths / 10), tenths % 10]
  return rest === 0 ? `${whole}%` : `${whole}${locale === 'vi' ? ',' : '.'}${rest}%`
}
