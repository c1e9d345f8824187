import type { Role } from '../database/generated/enums.js'
import { createRandom, type MadeUpName, makeNames } from './names.js'

/** A made-up commune committee with three cells. Everything here is fictional; the place does not exist. */
export const COMMITTEE = 'Đảng bộ xã Suối Sương'

export type ExamplePerson = Readonly<{
  fullName: string
  birthYear: number
  phone: string
  /** Admitted less than a year ago. */
  probationary: boolean
  exempt: boolean
  section: string | null
  /** Has no chat yet: somebody to play the first meeting with the bot. */
  unlinked: boolean
  /** Held in the own cell. */
  role: Role | null
  /** Held in the committee. */
  above: Role | null
  /** Number of the cell that the person follows for the committee. */
  follows: number | null
}>

export type ExampleCell = Readonly<{ name: string; place: string; people: readonly ExamplePerson[] }>

type Shape = Readonly<{
  name: string
  place: string
  size: number
  exempt: number
  probationary: number
  unlinked: number
}>

const SHAPES: readonly Shape[] = [
  { name: 'Chi bộ thôn Đồi Chè', place: 'Nhà văn hóa thôn Đồi Chè', size: 22, exempt: 2, probationary: 2, unlinked: 2 },
  { name: 'Chi bộ thôn Bến Lau', place: 'Nhà văn hóa thôn Bến Lau', size: 19, exempt: 1, probationary: 1, unlinked: 1 },
  {
    name: 'Chi bộ Trường Tiểu học',
    place: 'Phòng họp nhà trường',
    size: 20,
    exempt: 0,
    probationary: 1,
    unlinked: 1,
  },
]

const SEED = 20_260_203
const LAST_CELL = SHAPES.length - 1
/** The last people of the school's cell work for the committee as well. */
const ABOVE: readonly (Role | null)[] = ['committee_member', 'committee_member', 'office', 'office']
const CELL_ROLES: readonly (Role | null)[] = ['secretary', 'deputy', 'cell_committee']

const plain = (name: MadeUpName, number: number, random: () => number): ExamplePerson => ({
  fullName: name.fullName,
  birthYear: 1956 + Math.floor(random() * 44),
  // No Vietnamese mobile number begins with 010.
  phone: `0100${String(number).padStart(6, '0')}`,
  probationary: false,
  exempt: false,
  section: null,
  unlinked: false,
  role: null,
  above: null,
  follows: null,
})

function shaped(person: ExamplePerson, place: number, cell: number): ExamplePerson {
  const shape = SHAPES[cell] as Shape
  const fromEnd = shape.size - 1 - place
  const above = cell === LAST_CELL ? (ABOVE[fromEnd] ?? null) : null
  const exemptFrom = shape.unlinked + shape.probationary
  return {
    ...person,
    role: CELL_ROLES[place] ?? null,
    section: cell === 0 ? `Tổ đảng ${1 + (place % 2)}` : null,
    above,
    follows: above === 'committee_member' ? fromEnd : null,
    unlinked: above === null && fromEnd >= ABOVE.length && fromEnd < ABOVE.length + shape.unlinked,
    probationary: fromEnd >= ABOVE.length + shape.unlinked && fromEnd < ABOVE.length + exemptFrom,
    exempt: fromEnd >= ABOVE.length + exemptFrom && fromEnd < ABOVE.length + exemptFrom + shape.exempt,
  }
}

/** The same three cells every time: deterministic, so that two readers of a manual see the same people. */
export function makeExample(): ExampleCell[] {
  const random = createRandom(SEED)
  const total = SHAPES.reduce((sum, shape) => sum + shape.size, 0)
  const everyone = makeNames(random, total).map((name, i) => plain(name, i + 1, random))
  let begin = 0
  return SHAPES.map((shape, cell) => {
    const people = everyone.slice(begin, begin + shape.size).map((one, place) => shaped(one, place, cell))
    begin += shape.size
    return { name: shape.name, place: shape.place, people: cell === 0 ? withNamesake(people) : people }
  })
}

/** Two people of one name in one cell, as happens: the birth year tells them apart. */
const withNamesake = (people: readonly ExamplePerson[]): ExamplePerson[] =>
  people.map((one, place) =>
    place === 6 ? { ...one, fullName: people[5]?.fullName ?? one.fullName, birthYear: 1990 } : one,
  )
