import { fold } from '../../core/text.js'
import { birthDate, birthYear } from './duplicates.js'
import type { KnownPerson } from './plan-types.js'
import { sameName } from './same-name.js'
import type { RosterRow } from './types.js'

/**
 * How a row resembles a person whose name it bears, the surest first. "phone": the number agrees and no birth speaks
 * against it; "maybe": nothing speaks against it; "phone-only": the number agrees although the year of birth does not.
 */
const TIERS = ['date', 'year', 'phone', 'maybe', 'phone-only', 'different'] as const
type Likeness = (typeof TIERS)[number]

/** Another day of the same year is more likely one person mistyped than two people. */
const birthLikeness = (row: RosterRow, person: KnownPerson): 'date' | 'year' | 'maybe' | 'different' => {
  if (!row.birth || person.birthYear === null) return 'maybe'
  if (birthYear(row.birth) !== person.birthYear) return 'different'
  const date = birthDate(row.birth)
  if (!date || !person.birthDate) return 'year'
  return date === person.birthDate ? 'date' : 'maybe'
}

function likeness(row: RosterRow, person: KnownPerson): Likeness {
  const birth = birthLikeness(row, person)
  if (birth === 'date' || birth === 'year' || row.phone === undefined || row.phone !== person.phone) return birth
  return birth === 'maybe' ? 'phone' : 'phone-only'
}

/** Beyond the cell a year is not enough: names are few, and a full date or a phone number makes the person. */
export function isCertain(row: RosterRow, person: KnownPerson): boolean {
  const birth = birthLikeness(row, person)
  if (birth === 'date') return true
  const datesDiffer = row.birth && birthDate(row.birth) && person.birthDate
  return !datesDiffer && birth !== 'different' && row.phone !== undefined && row.phone === person.phone
}

export const belongsTo = (person: KnownPerson, cellId: string): boolean =>
  person.homeCellId === cellId || person.temporaryCellIds.includes(cellId)

/** People by folded name: a roster of 3,000 is compared with 3,000 people. `put` adds a person or the newer state of one. */
export type PeopleIndex = Readonly<{
  named: (fullName: string) => readonly KnownPerson[]
  put: (person: KnownPerson) => void
}>

export function indexPeople(people: readonly KnownPerson[]): PeopleIndex {
  const byName = new Map<string, Map<string, KnownPerson>>()
  const put = (person: KnownPerson): void => {
    const key = fold(person.fullName)
    const namesakes = byName.get(key) ?? new Map<string, KnownPerson>()
    byName.set(key, namesakes.set(person.id, person))
  }
  people.forEach(put)
  const named = (name: string): KnownPerson[] =>
    [...(byName.get(fold(name))?.values() ?? [])].filter((one) => sameName(one.fullName, name))
  return { named, put }
}

export type Match =
  | Readonly<{ kind: 'person'; person: KnownPerson }>
  | Readonly<{ kind: 'nobody' | 'ambiguous' | 'birth_differs' }>

export type Placed = Readonly<{ row: RosterRow; cellId: string }>

/** By cell: somebody may stand in the rows of two, as a member of one and attached to the other. */
const claim = (person: KnownPerson, cellId: string): string => `${cellId}|${person.id}`

type Round = Readonly<{ one: Placed; candidates: readonly KnownPerson[] }>

/** A candidate alone, whom no other row of this round wants; null where the round says nothing of the row. */
function settle({ one, candidates }: Round, round: readonly Round[]): Match | null {
  const [person, ...more] = candidates
  if (!person) return null
  const rivals = round.filter((other) => other.one.cellId === one.cellId && other.candidates.includes(person))
  return more.length > 0 || rivals.length > 1 ? { kind: 'ambiguous' } : { kind: 'person', person }
}

/**
 * Which member of its own cell each row is. The surest likeness is settled first, so that of two people of one name the
 * row without particulars is whoever is left; where two rows or two people are alike, nothing is guessed.
 */
export function matchInCells(placed: readonly Placed[], index: PeopleIndex): Map<RosterRow, Match> {
  const matches = new Map<RosterRow, Match>()
  const claimed = new Set<string>()
  for (const tier of TIERS) {
    const open = placed.filter(({ row }) => !matches.has(row))
    const round = open.map((one): Round => {
      const here = index.named(one.row.fullName).filter((person) => belongsTo(person, one.cellId))
      const free = here.filter((person) => !claimed.has(claim(person, one.cellId)))
      return { one, candidates: free.filter((person) => likeness(one.row, person) === tier) }
    })
    for (const item of round) {
      const match = tier === 'different' ? otherBirth(item) : settle(item, round)
      if (!match) continue
      matches.set(item.one.row, match)
      if (match.kind === 'person') claimed.add(claim(match.person, item.one.cellId))
    }
  }
  return matches
}

/** Somebody of that name is a member, is nobody else's row, and was born in another year: one person or two, who knows. */
const otherBirth = ({ candidates }: Round): Match | null => (candidates.length > 0 ? { kind: 'birth_differs' } : null)
