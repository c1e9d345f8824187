import { addMonths, type PlainDate, yearOf } from '../../core/dates.js'
import { birthDate, birthYear } from './duplicates.js'
import type { Effects, KnownPerson, PersonFields, PlanField } from './plan-types.js'
import { hasAccents, sameSpelling } from './same-name.js'
import type { RosterRow } from './types.js'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/**
 * The day of full membership where a roster has one column of joining: 12 months after admission (Charter of the
 * Party, article 5), if that is past. Null: not known, or still probationary.
 */
export function assumedFullOn(row: RosterRow, today: PlainDate): PlainDate | null {
  if (!row.admittedOn || row.probationary) return null
  const full = addMonths(row.admittedOn, 12)
  return full <= today ? full : null
}

export function newPerson(row: RosterRow, assumed: PlainDate | null): PersonFields {
  const date = row.birth ? birthDate(row.birth) : null
  return {
    fullName: row.fullName,
    birthDate: date,
    birthYear: row.birth ? birthYear(row.birth) : null,
    phone: row.phone ?? null,
    admittedOn: row.admittedOn ?? null,
    fullOn: row.fullOn ?? assumed,
  }
}

/** Accents are taken, never taken away; where the tone stands is no change. */
const betterName = (row: RosterRow, person: KnownPerson): boolean =>
  hasAccents(row.fullName) && !sameSpelling(row.fullName, person.fullName)

function birthChange(row: RosterRow, person: KnownPerson): Partial<PersonFields> {
  if (!row.birth) return {}
  const date = birthDate(row.birth)
  const year = birthYear(row.birth)
  if (date) return date === person.birthDate ? {} : { birthDate: date, birthYear: yearOf(date) }
  // A year alone never blots out a day in that year.
  return year === person.birthYear ? {} : { birthDate: null, birthYear: year }
}

/** What the row knows better. What it leaves blank stays as it is; an assumed day never overrides a recorded state. */
export function personChanges(row: RosterRow, person: KnownPerson, assumed: PlainDate | null): Partial<PersonFields> {
  const set: Partial<Mutable<PersonFields>> = birthChange(row, person)
  if (betterName(row, person)) set.fullName = row.fullName
  if (row.phone && row.phone !== person.phone) set.phone = row.phone
  if (row.admittedOn && row.admittedOn !== person.admittedOn) set.admittedOn = row.admittedOn
  const fullOn = row.fullOn ?? (person.admittedOn === null && person.fullOn === null ? assumed : null)
  // Of somebody known as probationary a decision alone makes a full member; it has a number and a date.
  const isProbationary = person.admittedOn !== null && person.fullOn === null
  if (fullOn && fullOn !== person.fullOn && !isProbationary) set.fullOn = fullOn
  return set
}

/** What the row means for the cell, over what is there. A blank role or note takes nothing away: rosters are rarely complete. */
export function cellEffects(row: RosterRow, person: KnownPerson | null, cellId: string): Effects {
  const belongs = person !== null && (person.homeCellId === cellId || person.temporaryCellIds.includes(cellId))
  const kind = row.temporary ? ('temporary' as const) : ('home' as const)
  const held = person?.roles.find((one) => one.unitId === cellId)?.role ?? null
  return {
    ...(belongs ? {} : { membership: { kind, section: row.section ?? null } }),
    ...(belongs && row.section && row.section !== person.sections[cellId] ? { section: row.section } : {}),
    ...(row.role && row.role !== held ? { role: { role: row.role, replaces: held } } : {}),
    ...(row.exempt && !person?.exempt ? { exempt: true as const } : {}),
  }
}

/** The names of what changes, for people to read. */
export function changedFields(set: Partial<PersonFields>, effects: Effects): PlanField[] {
  const own = Object.keys(set).map(
    (key): PlanField => (key === 'birthDate' || key === 'birthYear' ? 'birth' : (key as PlanField)),
  )
  return [...new Set([...own, ...(Object.keys(effects) as PlanField[])])]
}

/** The person as the plan leaves them, for the rows that are decided after. */
export const afterwards = (
  person: KnownPerson,
  set: Partial<PersonFields>,
  effects: Effects,
  cellId: string,
): KnownPerson => ({
  ...person,
  ...set,
  homeCellId: effects.membership?.kind === 'home' ? cellId : person.homeCellId,
  temporaryCellIds:
    effects.membership?.kind === 'temporary' ? [...person.temporaryCellIds, cellId] : person.temporaryCellIds,
  exempt: person.exempt || effects.exempt === true,
})
