import { fold } from '../../core/text.js'
import { birthDate, birthYear } from './duplicates.js'
import type { KnownPerson } from './plan-types.js'
import { sameName } from './same-name.js'
import type { RosterRow } from './types.js'

/** `same`: their birth or phone says so. `maybe`: nothing speaks against it. `different`: their births do. */
export type Likeness = 'same' | 'maybe' | 'different'

/** 03/02/1975 and 02/03/1975, or another day of the same year: more likely one person mistyped than two people. */
const birthLikeness = (row: RosterRow, person: KnownPerson): Likeness => {
  if (!row.birth || person.birthYear === null) return 'maybe'
  if (birthYear(row.birth) !== person.birthYear) return 'different'
  const date = birthDate(row.birth)
  return date && person.birthDate && date !== person.birthDate ? 'maybe' : 'same'
}

/** How sure it is that a row is this person, whose name it bears. */
export function likeness(row: RosterRow, person: KnownPerson): Likeness {
  const birth = birthLikeness(row, person)
  if (birth === 'same') return 'same'
  return row.phone !== undefined && row.phone === person.phone ? 'same' : birth
}

/** Beyond the cell a year is not enough: names are few, and a full date or a phone number makes the person. */
export const isCertain = (row: RosterRow, person: KnownPerson): boolean => {
  const date = row.birth ? birthDate(row.birth) : null
  if (date && person.birthDate) return date === person.birthDate
  return row.phone !== undefined && row.phone === person.phone && likeness(row, person) !== 'different'
}

export const belongsTo = (person: KnownPerson, cellId: string): boolean =>
  person.homeCellId === cellId || person.temporaryCellIds.includes(cellId)

export type PeopleIndex = Readonly<{
  named: (fullName: string) => readonly KnownPerson[]
  add: (person: KnownPerson) => void
}>

/** People by folded name: a roster of 3,000 is compared with 3,000 people. */
export function indexPeople(people: readonly KnownPerson[]): PeopleIndex {
  const byName = new Map<string, KnownPerson[]>()
  const add = (person: KnownPerson): void => {
    const key = fold(person.fullName)
    byName.set(key, [...(byName.get(key) ?? []), person])
  }
  people.forEach(add)
  return { named: (name) => (byName.get(fold(name)) ?? []).filter((one) => sameName(one.fullName, name)), add }
}

export type Match =
  | Readonly<{ kind: 'person'; person: KnownPerson }>
  | Readonly<{ kind: 'nobody' | 'ambiguous' | 'birth_differs' }>

export type Placed = Readonly<{ row: RosterRow; cellId: string }>

const only = (people: readonly KnownPerson[]): Match => {
  const [person, ...more] = people
  if (!person) return { kind: 'nobody' }
  return more.length > 0 ? { kind: 'ambiguous' } : { kind: 'person', person }
}

/** Of several, those whose day of birth it is; else those whose birth agrees at all (a couple may share a phone). */
const exactFirst = (row: RosterRow, people: readonly KnownPerson[]): readonly KnownPerson[] => {
  const date = row.birth ? birthDate(row.birth) : null
  const exact = people.filter((person) => date !== null && date === person.birthDate)
  const agreeing = people.filter((person) => birthLikeness(row, person) === 'same')
  return [exact, agreeing, people].find((some) => some.length > 0) ?? []
}

/**
 * Which member of its own cell each row is. The sure ones are settled first, so that of two people of one name the row
 * without particulars is whoever is left; two such rows for one person are not guessed at.
 */
export function matchInCells(placed: readonly Placed[], index: PeopleIndex): Map<RosterRow, Match> {
  const matches = new Map<RosterRow, Match>()
  const claimed = new Set<string>()
  const local = ({ row, cellId }: Placed, wanted: Likeness): KnownPerson[] =>
    index
      .named(row.fullName)
      .filter((one) => belongsTo(one, cellId) && !claimed.has(one.id) && likeness(row, one) === wanted)
  for (const one of placed) {
    const match = only(exactFirst(one.row, local(one, 'same')))
    if (match.kind === 'nobody') continue
    matches.set(one.row, match)
    if (match.kind === 'person') claimed.add(match.person.id)
  }
  for (const [row, match] of weakMatches(
    placed.filter(({ row }) => !matches.has(row)),
    local,
  ))
    matches.set(row, match)
  return matches
}

function weakMatches(
  open: readonly Placed[],
  local: (one: Placed, wanted: Likeness) => KnownPerson[],
): [RosterRow, Match][] {
  const found = open.map((one) => ({ one, match: only(local(one, 'maybe')) }))
  const idOf = (match: Match): string | null => (match.kind === 'person' ? match.person.id : null)
  return found.map(({ one, match }) => {
    const wantedTwice = found.filter((other) => idOf(match) !== null && idOf(other.match) === idOf(match)).length > 1
    if (wantedTwice) return [one.row, { kind: 'ambiguous' }]
    const mistaken = match.kind === 'nobody' && local(one, 'different').length > 0 && !claimedByWeak(one, found, local)
    return [one.row, mistaken ? { kind: 'birth_differs' } : match]
  })
}

/** Whether the people of that name with another birth are all somebody else's rows. */
function claimedByWeak(
  one: Placed,
  found: readonly Readonly<{ one: Placed; match: Match }>[],
  local: (one: Placed, wanted: Likeness) => KnownPerson[],
): boolean {
  const taken = new Set(found.flatMap(({ match }) => (match.kind === 'person' ? [match.person.id] : [])))
  return local(one, 'different').every((person) => taken.has(person.id))
}
