import { columnName } from './column-names.js'
import { fieldOf, isLowerHeader } from './header-words.js'
import { type Field, type Grid, MAX_COLUMNS, type Merge, type Recognised } from './types.js'

export type Header = Readonly<{
  /** Rows of the header, column numbers under it included: [first, end), zero-based. */
  first: number
  end: number
  /** Which columns hold a field; the name may stand in two. */
  columns: ReadonlyMap<Field, readonly number[]>
  texts: ReadonlyMap<number, string>
  score: number
}>

const MAX_DEPTH = 3
const NAME_FIELDS: readonly Field[] = ['fullName', 'familyName', 'givenName']

const textAt = (grid: Grid, row: number, column: number): string => {
  const cell = grid.rows[row]?.[column]
  return cell ? cell.text.replace(/\s+/g, ' ').trim() : ''
}

const covers = (merge: Merge, row: number, column: number): boolean =>
  row >= merge.top && row <= merge.bottom && column >= merge.left && column <= merge.right

/** What a person sees in a cell: a merged area shows the text of its corner everywhere. */
export function shownAt(grid: Grid, row: number, column: number): string {
  const merge = grid.merges.find((one) => covers(one, row, column))
  return merge ? textAt(grid, merge.top, merge.left) : textAt(grid, row, column)
}

/** A group's title in a file that lost its merges: it stands over its first column only. */
function groupTitle(grid: Grid, first: number, last: number, column: number): string {
  if (grid.merges.length > 0 || textAt(grid, last, column) === '') return ''
  for (let left = column - 1; left >= 0; left--) {
    if (textAt(grid, last, left) === '') return ''
    const title = textAt(grid, first, left)
    if (title !== '') return title
  }
  return ''
}

function pathAt(grid: Grid, first: number, depth: number, column: number): string[] {
  const texts = Array.from({ length: depth }, (_, i) => shownAt(grid, first + i, column))
  if (depth > 1 && texts[0] === '') texts[0] = groupTitle(grid, first, first + depth - 1, column)
  return texts.filter((text, i) => text !== '' && text !== texts[i - 1])
}

/** A merged cell may reach beyond the last filled one. */
function widthOf(grid: Grid, first: number, depth: number): number {
  const rows = Array.from({ length: depth }, (_, i) => grid.rows[first + i]?.length ?? 0)
  const merged = grid.merges.filter(({ top, bottom }) => top < first + depth && bottom >= first)
  return Math.min(MAX_COLUMNS, Math.max(0, ...rows, ...merged.map(({ right }) => right + 1)))
}

/** Of several columns for one thing the first counts, but a role in the Party before any other; a name keeps all its columns. */
function choose(field: Field, held: readonly number[], column: number, path: string): readonly number[] {
  if (NAME_FIELDS.includes(field)) return [...held, column]
  if (held.length === 0) return [column]
  const better = (field === 'role' && /đảng/i.test(path)) || (field === 'phone' && /di động|dđ/i.test(path))
  return better ? [column] : held
}

function readAt(grid: Grid, first: number, depth: number): Header {
  const columns = new Map<Field, readonly number[]>()
  const texts = new Map<number, string>()
  for (let column = 0; column < widthOf(grid, first, depth); column++) {
    const path = pathAt(grid, first, depth, column)
    const field = path.length > 0 ? fieldOf(path) : null
    if (field === null) continue
    columns.set(field, choose(field, columns.get(field) ?? [], column, path.join(' ')))
    texts.set(column, path.join(' / '))
  }
  const named = columns.has('fullName') || (columns.has('familyName') && columns.has('givenName'))
  return { first, end: first + depth, columns, texts, score: named ? columns.size + 2 : 0 }
}

/** A row that can only be the lower part of a header: words of that kind, and nothing else that stands on its own. */
function isLowerRow(grid: Grid, row: number): boolean {
  const texts = (grid.rows[row] ?? []).flatMap((cell) => (cell ? [cell.text] : []))
  return (
    texts.some(isLowerHeader) &&
    texts.every((text) => isLowerHeader(text) || fieldOf([text]) !== null || !/\d/.test(text))
  )
}

const isNumbering = (grid: Grid, row: number): boolean => {
  const texts = (grid.rows[row] ?? []).flatMap((cell) => (cell ? [cell.text.trim()] : []))
  return texts.length >= 3 && texts.every((text) => /^(\(?\d{1,2}\)?|\(?[A-Ha-h]\)?)(\s*=.*)?$/.test(text))
}

const withNumbering = (grid: Grid, header: Header): Header =>
  isNumbering(grid, header.end) ? { ...header, end: header.end + 1 } : header

function headerAround(grid: Grid, row: number): Header | null {
  const depths = Array.from({ length: MAX_DEPTH }, (_, i) => i + 1).filter((depth) =>
    Array.from({ length: depth - 1 }, (_, i) => row + 1 + i).every((lower) => isLowerRow(grid, lower)),
  )
  const tries = depths.map((depth) => readAt(grid, row, depth))
  // The name may stand in the lower row, under nothing, where a file lost its merges.
  if (row > 0) tries.push(readAt(grid, row - 1, 2))
  const best = tries.reduce((a, b) => (b.score > a.score ? b : a))
  return best.score > 0 ? withNumbering(grid, best) : null
}

const namesPeople = (grid: Grid, row: number): boolean =>
  (grid.rows[row] ?? []).some((cell) => cell !== undefined && NAME_FIELDS.includes(fieldOf([cell.text]) as Field))

/**
 * Every header of a sheet, from the top: a roster printed by pages or by cells repeats it.
 * A repeated one must be understood about as well as the best, so that no remark passes for a header.
 */
export function findHeaders(grid: Grid): Header[] {
  const found: Header[] = []
  for (let row = 0; row < grid.rows.length; row++) {
    if (row < (found.at(-1)?.end ?? 0) || !namesPeople(grid, row)) continue
    const header = headerAround(grid, row)
    if (header && header.first >= (found.at(-1)?.end ?? 0)) found.push(header)
  }
  const best = Math.max(0, ...found.map((header) => header.score))
  return found.filter((header) => header.score >= Math.max(3, best - 3))
}

export const describeColumns = (header: Header): Recognised['columns'] =>
  [...header.columns].flatMap(([field, columns]) =>
    columns.map((column) => ({ column: columnName(column), field, header: header.texts.get(column) ?? '' })),
  )
