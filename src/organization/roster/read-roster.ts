import type { PlainDate } from '../../core/dates.js'
import { unitInText, withoutDuplicates } from './duplicates.js'
import { describeColumns, findHeaders, type Header } from './header.js'
import { detectLetters, toUnicode } from './letters/letters.js'
import type { Place } from './read-row.js'
import { readTable, type TableReading } from './read-table.js'
import {
  type Grid,
  type Letters,
  MAX_COLUMNS,
  MAX_LINES,
  type Params,
  type Problem,
  type ProblemCode,
  type Recognised,
  type RosterReading,
  type RosterRow,
} from './types.js'
import { type OpenedFile, openFile } from './workbook.js'

type Sheet = Readonly<{ grid: Grid; headers: readonly Header[]; worth: number }>

const failed = (code: ProblemCode, recognised: Recognised | null = null, params: Params = {}): RosterReading => ({
  rows: [],
  problems: [{ line: 0, code, params, severity: 'error' }],
  recognised,
})

const textsOf = (grids: readonly Grid[]): string[] =>
  grids.flatMap((grid) => [
    ...grid.rows.flat().flatMap((cell) => (cell && cell.number === undefined ? [cell.text] : [])),
  ])

const inUnicode = (grid: Grid, letters: Letters): Grid => ({
  ...grid,
  name: toUnicode(grid.name, letters),
  rows: grid.rows.map((row) =>
    row.map((cell) => (cell && cell.number === undefined ? { text: toUnicode(cell.text, letters) } : cell)),
  ),
})

const within = (grid: Grid): Grid => ({
  ...grid,
  rows: grid.rows.slice(0, MAX_LINES).map((row) => row.slice(0, MAX_COLUMNS)),
})

/** How much a sheet looks like a roster: first how well its header is understood, then how long it is. */
function examine(grid: Grid): Sheet {
  const headers = findHeaders(grid)
  const score = Math.max(0, ...headers.map((header) => header.score))
  return { grid, headers, worth: score * (MAX_LINES + 1) + (score > 0 ? grid.rows.length : 0) }
}

const isFilled = (row: Grid['rows'][number]): boolean => row.some((cell) => cell !== undefined)

function sizeProblems(grid: Grid): Problem[] {
  const warn = (line: number, code: ProblemCode, params: Params): Problem => ({
    line,
    code,
    params,
    severity: 'warning',
  })
  const long = grid.rows.findIndex((row, i) => i >= MAX_LINES && isFilled(row))
  const wide = grid.rows.findIndex((row) => row.slice(MAX_COLUMNS).some((cell) => cell !== undefined))
  return [
    ...(long >= 0
      ? [{ ...warn(long + 1, 'roster.problem.too_many_lines', { max: MAX_LINES }), severity: 'error' as const }]
      : []),
    ...(wide >= 0 ? [warn(wide + 1, 'roster.problem.too_many_columns', { max: MAX_COLUMNS })] : []),
  ]
}

function readTables({ grid, headers }: Sheet, today: PlainDate): TableReading[] {
  let place: Place = { unitName: null, section: null }
  return headers.map((header, i) => {
    const table = readTable(grid, header, headers[i + 1]?.first ?? grid.rows.length, place, today)
    place = table.place
    return table
  })
}

function titlesOf({ grid, headers }: Sheet): string[] {
  const above = grid.rows.slice(0, headers[0]?.first ?? 0)
  return above.flatMap((row) => row.flatMap((cell) => (cell ? [cell.text.replace(/\s+/g, ' ').trim()] : [])))
}

function describe(file: OpenedFile, letters: Letters, sheet: Sheet, tables: readonly TableReading[]): Recognised {
  const lines = sheet.headers.flatMap(({ first, end }) => Array.from({ length: end - first }, (_, i) => first + i + 1))
  return {
    format: file.format,
    ...(file.encoding ? { encoding: file.encoding } : {}),
    letters,
    sheet: sheet.grid.name,
    titles: titlesOf(sheet),
    headerLines: lines,
    columns: sheet.headers[0] ? describeColumns(sheet.headers[0]) : [],
    ignoredLines: tables.flatMap((table) => table.ignoredLines),
  }
}

function otherSheets(file: OpenedFile, sheets: readonly Sheet[], chosen: Sheet): Problem[] {
  if (file.format === 'csv') return []
  const names = sheets.filter((sheet) => sheet !== chosen && sheet.worth > 0).map((sheet) => sheet.grid.name)
  const params = { sheet: chosen.grid.name, others: names.join(', ') }
  return names.length > 0 ? [{ line: 0, code: 'roster.problem.other_sheets', params, severity: 'warning' }] : []
}

const byLine = (a: { line: number }, b: { line: number }): number => a.line - b.line

/**
 * Reads a roster as an office keeps it: XLSX, XLS, ODS, CSV or a table saved as HTML, in any of the usual encodings.
 * Never throws for what a file holds: a file that cannot be read gives no rows and one problem with line 0.
 *
 * @param fileName only said back in problems; what the file is, its bytes tell
 * @param today decides what "75" means, and that nobody was admitted tomorrow
 */
export function readRoster(bytes: Uint8Array, fileName: string, today: PlainDate): RosterReading {
  const file = openFile(bytes)
  if ('refused' in file) return failed(file.refused, null, { file: fileName })
  const letters = detectLetters(textsOf(file.grids))
  const converted = file.grids.map((grid) => inUnicode(grid, letters))
  const sheets = converted.map((grid) => examine(within(grid)))
  const index = sheets.reduce((best, sheet, i) => (sheet.worth > (sheets[best]?.worth ?? 0) ? i : best), 0)
  const [chosen, whole] = [sheets[index], converted[index]]
  if (!chosen || !whole || !converted.some((grid) => grid.rows.some(isFilled))) {
    return failed('roster.problem.empty', null, { file: fileName })
  }
  const tables = readTables(chosen, today)
  const recognised = describe(file, letters, chosen, tables)
  if (chosen.worth === 0) return failed('roster.problem.no_header', recognised, { file: fileName })
  return join(tables, recognised, [...otherSheets(file, sheets, chosen), ...sizeProblems(whole)])
}

function join(tables: readonly TableReading[], recognised: Recognised, ofFile: readonly Problem[]): RosterReading {
  const read: RosterRow[] = tables.flatMap((table) => table.rows)
  const problems = [...ofFile, ...tables.flatMap((table) => table.problems)]
  const { rows, problems: repeated } = withoutDuplicates(read, unitInText)
  if (rows.length === 0 && problems.length === 0) return failed('roster.problem.nobody', recognised)
  return { rows, problems: [...problems, ...repeated].sort(byLine), recognised }
}
