import { fold } from '../../core/text.js'
import type { KnownUnit, PlanOptions } from './plan-types.js'
import type { Params, ProblemCode, RosterReading, RosterRow } from './types.js'

export type UnitChoice = Readonly<{ unit: KnownUnit }> | Readonly<{ code: ProblemCode; params: Params }>

/** "Chi bộ Ấp 03", "CB ấp 3" and "Ấp 3" name one cell. */
const key = (name: string): string =>
  fold(name)
    .replace(/^(chi bo|cb|cbo)\b\s*/, '')
    .replace(/\b0+(\d)/g, '$1')

function byName(name: string, units: readonly KnownUnit[]): UnitChoice {
  const exact = units.filter((unit) => fold(unit.name) === fold(name))
  const near = exact.length > 0 ? exact : units.filter((unit) => key(unit.name) !== '' && key(unit.name) === key(name))
  const [unit, ...more] = near
  if (!unit) return { code: 'roster.problem.unit_unknown', params: { unit: name } }
  return more.length > 0 ? { code: 'roster.problem.unit_ambiguous', params: { unit: name } } : { unit }
}

/** The one unit whose name stands in the titles above the table, such as "DANH SÁCH ĐẢNG VIÊN CHI BỘ ẤP 3". */
function inTitles(titles: readonly string[], units: readonly KnownUnit[]): KnownUnit | null {
  const text = ` ${titles.map(fold).join(' | ')} `
  const named = units.filter((unit) => text.includes(` ${fold(unit.name)} `))
  const longest = named.filter(
    (unit) => !named.some((other) => other !== unit && fold(other.name).includes(fold(unit.name))),
  )
  return longest.length === 1 ? (longest[0] ?? null) : null
}

export type UnitsOfRoster = Readonly<{
  of: (row: RosterRow) => UnitChoice
  fromTitle: KnownUnit | null
  /** Set where a column "Đơn vị" turned out to hold places of work. */
  columnIgnoredFor: KnownUnit | null
}>

/** A column "Đơn vị" may hold employers. It does where a cell was chosen and no row's text is a cell's name or says "chi bộ". */
const holdsEmployers = (rows: readonly RosterRow[], units: readonly KnownUnit[]): boolean => {
  const names = rows.flatMap((row) => (row.unitName ? [row.unitName] : []))
  return (
    names.length > 0 &&
    names.every((name) => !('unit' in byName(name, units)) && !/\b(chi bo|dang bo)\b/.test(fold(name)))
  )
}

/** How the rows of a reading find their units: by their own text, else the chosen one, else the one in the title. */
export function unitsOfRoster(
  reading: RosterReading,
  units: readonly KnownUnit[],
  options: PlanOptions,
): UnitsOfRoster {
  const chosen = units.find((unit) => unit.id === options.unitId) ?? null
  const fromTitle = chosen ? null : inTitles(reading.recognised?.titles ?? [], units)
  const fallback = chosen ?? fromTitle
  const ignored = fallback !== null && holdsEmployers(reading.rows, units)
  return {
    of: (row) => {
      if (row.unitName && !ignored) return byName(row.unitName, units)
      return fallback ? { unit: fallback } : { code: 'roster.problem.unit_missing', params: {} }
    },
    fromTitle: reading.rows.some((row) => ignored || !row.unitName) ? fromTitle : null,
    columnIgnoredFor: ignored ? fallback : null,
  }
}
