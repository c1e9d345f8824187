import { addDays, addMonths, type PlainDate } from '../core/dates.js'

/** Whole years since admission for which there is a badge. */
export const BADGE_YEARS = [30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90] as const

const PROBATION_MONTHS = 12
export const AHEAD = [
  { kind: 'probation_60', days: 60 },
  { kind: 'probation_30', days: 30 },
  { kind: 'probation_0', days: 0 },
] as const

/** So long after the twelve months a word still helps; later it is the roster that lacks a day. */
const STILL_OF_USE_DAYS = 90

export type Kind = (typeof AHEAD)[number]['kind'] | 'badge'

export type Joined = Readonly<{ admittedOn: PlainDate; fullOn: PlainDate | null }>

export type Milestone = Readonly<{
  kind: Kind
  /** The day that it announces: twelve months from admission, or of the badge. */
  day: PlainDate
  /** Of a badge; null: of the twelve months. */
  years: number | null
}>

/** The day on which the probationary year is over; from 29 February it is the 28th. */
export const probationEnds = (admittedOn: PlainDate): PlainDate => addMonths(admittedOn, PROBATION_MONTHS)

/** A decision that names a later day has been taken: nothing is left to be prepared. */
const isUndecided = ({ fullOn }: Joined): boolean => fullOn === null

function probationDue(person: Joined, today: PlainDate): Milestone | null {
  const day = probationEnds(person.admittedOn)
  if (!isUndecided(person) || today > addDays(day, STILL_OF_USE_DAYS)) return null
  const newest = AHEAD.filter(({ days }) => addDays(day, -days) <= today).at(-1)
  return newest ? { kind: newest.kind, day, years: null } : null
}

function badgeDue(person: Joined, today: PlainDate): Milestone | null {
  if (isUndecided(person)) return null
  const days = BADGE_YEARS.map((years) => ({ years, day: addMonths(person.admittedOn, 12 * years) }))
  const found = days.find(({ day }) => addMonths(day, -1) <= today && today <= day)
  return found ? { kind: 'badge', ...found } : null
}

/** What the secretary should hear of somebody on this day: the newest that still helps, whatever a downtime has missed. */
export const milestoneOn = (person: Joined, today: PlainDate): Milestone | null =>
  probationDue(person, today) ?? badgeDue(person, today)

export type Decision = Readonly<{ number: string; decidedOn: PlainDate; fullOn: PlainDate }>

export type Refusal =
  | 'milestones.error.full'
  | 'milestones.error.early'
  | 'milestones.error.decided-early'
  | 'milestones.error.decided-later'
  | 'milestones.error.full-early'
  | 'milestones.error.full-far'

const FARTHEST_MONTHS = 12

/** Whether anything may be decided of somebody now. `decided`: a decision stands already, which a later one may mend. */
export function refuseChange(person: Joined, decided: boolean, today: PlainDate): Refusal | null {
  if (person.fullOn && !decided) return 'milestones.error.full'
  return today < probationEnds(person.admittedOn) ? 'milestones.error.early' : null
}

export function refuseDecision(person: Joined, decision: Decision, today: PlainDate): Refusal | null {
  const ends = probationEnds(person.admittedOn)
  if (decision.decidedOn > today) return 'milestones.error.decided-later'
  if (decision.decidedOn < ends) return 'milestones.error.decided-early'
  if (decision.fullOn < ends) return 'milestones.error.full-early'
  return decision.fullOn > addMonths(today, FARTHEST_MONTHS) ? 'milestones.error.full-far' : null
}
