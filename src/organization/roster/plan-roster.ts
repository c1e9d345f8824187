import { withoutDuplicates } from './duplicates.js'
import { afterwards, assumedFullOn, cellEffects, changedFields, newPerson, personChanges } from './plan-changes.js'
import { indexPeople, isCertain, type Match, matchInCells, type PeopleIndex, type Placed } from './plan-match.js'
import type {
  Effects,
  Existing,
  KnownPerson,
  KnownUnit,
  PersonFields,
  PersonRef,
  PlanEntry,
  PlanOptions,
  Remark,
  RosterPlan,
  Summary,
} from './plan-types.js'
import { type UnitsOfRoster, unitsOfRoster } from './plan-units.js'
import type { Params, Problem, ProblemCode, RosterReading, RosterRow } from './types.js'

type Context = Readonly<{
  options: PlanOptions
  units: readonly KnownUnit[]
  index: PeopleIndex
  matches: ReadonlyMap<RosterRow, Match>
  oneDateOnly: boolean
}>

const CREATED = 'line:'
const refOf = (person: KnownPerson): PersonRef =>
  person.id.startsWith(CREATED) ? { createdByLine: Number(person.id.slice(CREATED.length)) } : { id: person.id }

function conflict(row: RosterRow, code: ProblemCode, params: Params): PlanEntry {
  const problem: Problem = { line: row.line, code, params, severity: 'error' }
  return { action: 'conflict', line: row.line, fullName: row.fullName, problem }
}

const assumedFor = (row: RosterRow, context: Context) =>
  context.oneDateOnly ? assumedFullOn(row, context.options.today) : null

type Touching = Extract<PlanEntry, { action: 'update' | 'unchanged' }>

function touching(base: Omit<Touching, 'action'>, set: Partial<PersonFields>, effects: Effects): Touching {
  const changed = changedFields(set, effects)
  return changed.length === 0 ? { action: 'unchanged', ...base } : { action: 'update', ...base, set, effects, changed }
}

function update(row: RosterRow, person: KnownPerson, cellId: string, context: Context): PlanEntry {
  const set = personChanges(row, person, assumedFor(row, context))
  const effects = cellEffects(row, person, cellId)
  context.index.put(afterwards(person, set, effects, cellId))
  return touching({ line: row.line, fullName: row.fullName, unitId: cellId, ref: refOf(person) }, set, effects)
}

/**
 * One person may stand in two cells' rows. One of them, the home row, tells the particulars: a second one that
 * contradicts it would change them back and forth with every import, so it speaks only for its own cell.
 */
function speakOnce(entries: readonly PlanEntry[], existing: Existing, placed: readonly Placed[], context: Context) {
  const rows = new Map(placed.map(({ row }) => [row.line, row]))
  const people = new Map(existing.people.map((person) => [person.id, person]))
  const speaker = new Map<string, number>()
  const isTemporary = (entry: PlanEntry): number => (rows.get(entry.line)?.temporary ? 1 : 0)
  for (const entry of [...entries].sort((a, b) => isTemporary(a) - isTemporary(b) || a.line - b.line)) {
    if ('ref' in entry && 'id' in entry.ref && !speaker.has(entry.ref.id)) speaker.set(entry.ref.id, entry.line)
  }
  return entries.map((entry): PlanEntry => {
    if (!('ref' in entry)) return entry
    const { line, fullName, unitId, ref } = entry
    const row = rows.get(line)
    const person = 'id' in ref && speaker.get(ref.id) === line ? people.get(ref.id) : undefined
    const set = row && person ? personChanges(row, person, assumedFor(row, context)) : {}
    return touching({ line, fullName, unitId, ref }, set, entry.action === 'update' ? entry.effects : {})
  })
}

/** Creates the person and lets later rows of the same roster find them: one may be attached to a second cell in it. */
function create(row: RosterRow, cellId: string, context: Context): PlanEntry {
  const person = newPerson(row, assumedFor(row, context))
  const temporaryCellIds = row.temporary ? [cellId] : []
  const homeCellId = row.temporary ? null : cellId
  const state = { temporaryCellIds, homeCellId, sections: {}, roles: [], exempt: row.exempt === true }
  const id = `${CREATED}${row.line}`
  context.index.put({ ...person, ...state, id })
  const effects = cellEffects(row, null, cellId)
  return { action: 'create', line: row.line, fullName: row.fullName, unitId: cellId, person, effects }
}

function otherCell(row: RosterRow, person: KnownPerson, units: readonly KnownUnit[]): PlanEntry {
  const cell = units.find((unit) => unit.id === person.homeCellId)
  return cell
    ? conflict(row, 'roster.problem.other_cell', { name: row.fullName, cell: cell.name })
    : conflict(row, 'roster.problem.other_cell_unnamed', { name: row.fullName })
}

/** A row that is nobody in its own cell: somebody of another cell, somebody without one, or somebody new. */
function fromOutside({ row, cellId }: Placed, context: Context): PlanEntry {
  const elsewhere = context.index.named(row.fullName).filter((one) => one.homeCellId !== cellId && isCertain(row, one))
  const [person, ...more] = elsewhere
  if (!person) return create(row, cellId, context)
  if (more.length > 0) return conflict(row, 'roster.problem.ambiguous', { name: row.fullName })
  if (person.homeCellId !== null && !row.temporary) return otherCell(row, person, context.units)
  return update(row, person, cellId, context)
}

function decide(placed: Placed, context: Context): PlanEntry {
  const { row, cellId } = placed
  const match = context.matches.get(row) ?? { kind: 'nobody' }
  if (match.kind === 'nobody') return fromOutside(placed, context)
  if (match.kind !== 'person') return conflict(row, `roster.problem.${match.kind}`, { name: row.fullName })
  const latest = context.index.named(row.fullName).find((one) => one.id === match.person.id)
  return update(row, latest ?? match.person, cellId, context)
}

/**
 * Members of their cells first, so that whoever comes from outside is compared with what this plan makes of them; home
 * rows before temporary ones, so that somebody attached to a second cell is found.
 */
const inOrder = (placed: readonly Placed[], matches: ReadonlyMap<RosterRow, Match>): Placed[] => {
  const rank = ({ row }: Placed): number => (matches.has(row) ? 0 : 2) + (row.temporary ? 1 : 0)
  return [...placed].sort((a, b) => rank(a) - rank(b))
}

/** Several secretaries in one cell after the plan: either the roster or what is recorded is out of date. */
function secretaryProblems(placed: readonly Placed[], entries: readonly PlanEntry[], existing: Existing): Problem[] {
  const named = new Map(placed.map(({ row }) => [row.line, row.role]))
  return existing.units.flatMap((unit) => {
    const here = entries.filter((entry) => entry.action !== 'conflict' && entry.unitId === unit.id)
    const lines = here.filter((entry) => named.get(entry.line) === 'secretary').map((entry) => entry.line)
    const touched = new Set(here.flatMap((entry) => ('ref' in entry && 'id' in entry.ref ? [entry.ref.id] : [])))
    const rowless = existing.people.filter(
      (one) => !touched.has(one.id) && one.roles.some((role) => role.unitId === unit.id && role.role === 'secretary'),
    )
    const count = lines.length + rowless.length
    if (lines.length === 0 || count < 2) return []
    const params = { unit: unit.name, count }
    return [
      { line: lines.at(-1) ?? 0, code: 'roster.problem.several_secretaries', params, severity: 'warning' as const },
    ]
  })
}

const remark = (code: Remark['code'], lines: readonly number[], params: Params = {}): Remark[] =>
  lines.length > 0 ? [{ code, params: { count: lines.length, ...params }, lines }] : []

function remarksOf(placed: readonly Placed[], entries: readonly PlanEntry[], units: UnitsOfRoster): Remark[] {
  const lines = placed.map(({ row }) => row.line)
  const rows = new Map(placed.map(({ row }) => [row.line, row]))
  const assumed = entries.filter((entry) => {
    const fullOn = entry.action === 'create' ? entry.person.fullOn : entry.action === 'update' ? entry.set.fullOn : null
    return Boolean(fullOn) && rows.get(entry.line)?.fullOn === undefined
  })
  const undated = entries.filter(
    (entry) => entry.action === 'create' && !entry.person.admittedOn && !entry.person.fullOn,
  )
  return [
    ...remark(
      'roster.remark.full_on_assumed',
      assumed.map((entry) => entry.line),
    ),
    ...remark(
      'roster.remark.without_dates',
      undated.map((entry) => entry.line),
    ),
    ...(units.fromTitle ? remark('roster.remark.unit_from_title', lines, { unit: units.fromTitle.name }) : []),
    ...(units.columnIgnoredFor
      ? remark('roster.remark.unit_column_ignored', lines, { unit: units.columnIgnoredFor.name })
      : []),
  ]
}

function summarize(entries: readonly PlanEntry[], reading: RosterReading): Summary {
  const count = (action: PlanEntry['action']): number => entries.filter((entry) => entry.action === action).length
  const unreadable = new Set(reading.problems.filter((one) => one.severity === 'error').map((one) => one.line)).size
  const [create, update, unchanged, conflicts] = (['create', 'update', 'unchanged', 'conflict'] as const).map(count)
  return { create: create ?? 0, update: update ?? 0, unchanged: unchanged ?? 0, conflict: conflicts ?? 0, unreadable }
}

const byLine = (a: { line: number }, b: { line: number }): number => a.line - b.line

/** Rows with their cells. Two texts may name one cell, so repeated people are looked for once more. */
function placeRows(rows: readonly RosterRow[], units: UnitsOfRoster): { placed: Placed[]; refused: PlanEntry[] } {
  const choices = new Map(rows.map((row) => [row, units.of(row)]))
  const cellOf = (row: RosterRow): string | null => {
    const choice = choices.get(row)
    return choice && 'unit' in choice ? choice.unit.id : null
  }
  const lost = rows.flatMap((row) => {
    const choice = choices.get(row)
    return choice && 'code' in choice ? [conflict(row, choice.code, choice.params)] : []
  })
  const found = rows.filter((row) => cellOf(row) !== null)
  const unique = withoutDuplicates(found, (row) => cellOf(row) ?? '')
  const repeated = unique.problems.flatMap((problem) =>
    found.filter((row) => row.line === problem.line).map((row) => conflict(row, problem.code, problem.params)),
  )
  return { placed: unique.rows.map((row) => ({ row, cellId: cellOf(row) ?? '' })), refused: [...lost, ...repeated] }
}

/**
 * What importing a roster would do to what is recorded, row by row; nobody is transferred or removed, and a second
 * import of the same roster changes nothing.
 */
export function planRoster(reading: RosterReading, existing: Existing, options: PlanOptions): RosterPlan {
  const units = unitsOfRoster(reading, existing.units, options)
  const { placed, refused } = placeRows(reading.rows, units)
  const index = indexPeople(existing.people)
  const columns = reading.recognised?.columns.map(({ field }) => field) ?? []
  const oneDateOnly = columns.includes('admittedOn') && !columns.includes('fullOn')
  const context = {
    options,
    units: existing.units,
    index,
    matches: matchInCells(placed, index),
    oneDateOnly,
  }
  const decided = inOrder(placed, context.matches).map((one) => decide(one, context))
  const entries = [...refused, ...speakOnce(decided, existing, placed, context)].sort(byLine)
  const conflicts = entries.flatMap((entry) => (entry.action === 'conflict' ? [entry.problem] : []))
  const problems = [...reading.problems, ...conflicts, ...secretaryProblems(placed, entries, existing)].sort(byLine)
  return { entries, problems, remarks: remarksOf(placed, entries, units), summary: summarize(entries, reading) }
}
