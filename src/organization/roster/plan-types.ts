import type { PlainDate } from '../../core/dates.js'
import type { CellRole, Params, Problem, RemarkCode } from './types.js'

/** A person as the caller's rows have them today. Those of other cells are needed too: they show who is whose member. */
export type KnownPerson = Readonly<{
  id: string
  fullName: string
  birthDate: PlainDate | null
  /** The year of `birthDate`, or all that is known. */
  birthYear: number | null
  /** Digits only, national form. */
  phone: string | null
  admittedOn: PlainDate | null
  fullOn: PlainDate | null
  /** The cell of the home membership that holds today. */
  homeCellId: string | null
  temporaryCellIds: readonly string[]
  /** Group by cell id, for home and temporary memberships alike. */
  sections: Readonly<Record<string, string>>
  roles: readonly Readonly<{ unitId: string; role: CellRole }>[]
  exempt: boolean
}>

export type KnownUnit = Readonly<{ id: string; name: string }>
/** `units`: the cells that whoever imports may import into. */
export type Existing = Readonly<{ people: readonly KnownPerson[]; units: readonly KnownUnit[] }>
/** `unitId`: the cell that was chosen for rows that name none. */
export type PlanOptions = Readonly<{ today: PlainDate; unitId?: string }>

export type PlanField =
  | 'fullName'
  | 'birth'
  | 'phone'
  | 'admittedOn'
  | 'fullOn'
  | 'section'
  | 'membership'
  | 'role'
  | 'exempt'

export type PersonFields = Readonly<{
  fullName: string
  birthDate: PlainDate | null
  birthYear: number | null
  phone: string | null
  admittedOn: PlainDate | null
  fullOn: PlainDate | null
}>

/** What is to be written beside the person's own columns. Everything begins today. */
export type Effects = Readonly<{
  /** A membership to begin in the entry's cell. */
  membership?: Readonly<{ kind: 'home' | 'temporary'; section: string | null }>
  /** The group of a membership that exists already. */
  section?: string
  /** An appointment to begin in the entry's cell; `replaces` ends there. */
  role?: Readonly<{ role: CellRole; replaces: CellRole | null }>
  exempt?: true
}>

/** Somebody with an id, or who is created by the entry of that line of this very plan. */
export type PersonRef = Readonly<{ id: string } | { createdByLine: number }>

type Entry<Action extends string> = Readonly<{ action: Action; line: number; fullName: string; unitId: string }>
export type PlanEntry =
  | (Entry<'create'> & Readonly<{ person: PersonFields; effects: Effects }>)
  | (Entry<'update'> &
      Readonly<{ ref: PersonRef; set: Partial<PersonFields>; effects: Effects; changed: readonly PlanField[] }>)
  | (Entry<'unchanged'> & Readonly<{ ref: PersonRef }>)
  | Readonly<{ action: 'conflict'; line: number; fullName: string; problem: Problem }>

/** Something that was assumed; `lines` says for whom. */
export type Remark = Readonly<{ code: RemarkCode; params: Params; lines: readonly number[] }>

/** Rows by what happens to them; `unreadable`: lines that the reading could not take. */
export type Summary = Readonly<{
  create: number
  update: number
  unchanged: number
  conflict: number
  unreadable: number
}>

/** `problems`: those of the reading and of the plan, by line. Strict importing means: write nothing if there is one. */
export type RosterPlan = Readonly<{
  entries: readonly PlanEntry[]
  problems: readonly Problem[]
  remarks: readonly Remark[]
  summary: Summary
}>
