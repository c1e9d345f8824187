import type { PlainDate } from '../../core/dates.js'
import { yearOf } from '../../core/dates.js'
import { fold } from '../../core/text.js'
import { sameName } from './same-name.js'
import type { Birth, Problem, RosterRow } from './types.js'

export const birthYear = (birth: Birth): number => ('date' in birth ? yearOf(birth.date) : birth.year)
export const birthDate = (birth: Birth): PlainDate | null => ('date' in birth ? birth.date : null)

/** Whether two births cannot be one person's. A year alone agrees with every day in it. */
export function birthsDiffer(a: Birth, b: Birth): boolean {
  const [one, other] = [birthDate(a), birthDate(b)]
  return one && other ? one !== other : birthYear(a) !== birthYear(b)
}

/** Two rows that cannot be told apart: one name, one cell, and neither birth nor (without one) phone says otherwise. */
function looksSame(a: RosterRow, b: RosterRow): boolean {
  if (!sameName(a.fullName, b.fullName)) return false
  if (a.birth && b.birth) return !birthsDiffer(a.birth, b.birth)
  return !(a.phone && b.phone && a.phone !== b.phone)
}

export const unitInText = (row: RosterRow): string => fold(row.unitName ?? '')

/** The rows without those that repeat an earlier one of the same unit, and what is said of each of these. */
export function withoutDuplicates(
  rows: readonly RosterRow[],
  unitOf: (row: RosterRow) => string,
): { rows: RosterRow[]; problems: Problem[] } {
  const kept = new Map<string, RosterRow[]>()
  const problems: Problem[] = []
  const unique = rows.filter((row) => {
    const key = `${fold(row.fullName)}|${unitOf(row)}`
    const others = kept.get(key) ?? []
    const twin = others.find((other) => looksSame(row, other))
    if (!twin) return kept.set(key, [...others, row])
    const params = { name: row.fullName, other: twin.line }
    problems.push({ line: row.line, code: 'roster.problem.duplicate', params, severity: 'error' })
    return false
  })
  return { rows: unique, problems }
}
