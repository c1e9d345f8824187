import type { PlainDate } from '../../core/dates.js'
import { type Header, shownAt } from './header.js'
import { type LineKind, lineKind } from './line-kind.js'
import { LineReader, type Place, readRow } from './read-row.js'
import type { Field, Grid, Problem, RosterRow, SheetRow } from './types.js'

export type TableReading = Readonly<{ rows: RosterRow[]; problems: Problem[]; ignoredLines: number[]; place: Place }>

const PARTICULARS: readonly Field[] = ['birth', 'birthMale', 'birthFemale', 'admittedOn', 'fullOn', 'phone']

/** A unit or a group written once over several people is theirs all; nothing else is ever meant for two people. */
function withMergedPlaces(grid: Grid, header: Header, row: number): SheetRow {
  const cells = [...(grid.rows[row] ?? [])]
  for (const field of ['unitName', 'section'] as const) {
    for (const column of header.columns.get(field) ?? []) {
      const text = cells[column] ? '' : shownAt(grid, row, column)
      if (text) cells[column] = { text }
    }
  }
  return cells
}

const textsOf = (cells: SheetRow): string[] => cells.flatMap((cell) => (cell ? [cell.text.trim()] : []))

function kindOf(reader: LineReader, cells: SheetRow): LineKind {
  return lineKind({
    texts: textsOf(cells),
    number: reader.text('number'),
    name: reader.name(),
    hasParticulars: reader.name() !== '' && PARTICULARS.some((field) => /\d/.test(reader.text(field))),
  })
}

/**
 * A name whose second half stands under no header at all: the merged "Họ và tên" of a file that lost its merges.
 * Taken as such when at least half of the people have a single word there.
 */
export function withNamelessColumn(grid: Grid, header: Header, end: number): Header {
  const columns = header.columns.get('fullName') ?? []
  const [column] = columns
  if (column === undefined || columns.length > 1 || header.columns.has('givenName')) return header
  const next = column + 1
  const lines = grid.rows.slice(header.end, end).filter((cells) => cells[column])
  const headed = Array.from({ length: header.end - header.first }, (_, i) => shownAt(grid, header.first + i, next))
  if (headed.some((text) => text !== '' && !/^\(?\d+\)?$/.test(text)) || lines.length === 0) return header
  const words = lines.filter((cells) => /^\p{L}+$/u.test(cells[next]?.text.trim() ?? ''))
  if (words.length * 2 < lines.length) return header
  return { ...header, columns: new Map([...header.columns, ['fullName', [column, next]]]) }
}

class Table {
  readonly reading: { rows: RosterRow[]; problems: Problem[]; ignoredLines: number[] } = {
    rows: [],
    problems: [],
    ignoredLines: [],
  }
  private signed = false
  private sinceTotal = 0

  constructor(
    private place: Place,
    private readonly today: PlainDate,
  ) {}

  take(kind: LineKind, reader: LineReader): void {
    if (kind.kind === 'unit') this.enter({ unitName: kind.name, section: null })
    else if (kind.kind === 'section') this.enter({ ...this.place, section: kind.name })
    else if (kind.kind === 'person') this.takePerson(reader)
    else this.pass(kind, reader.line)
  }

  end(): TableReading {
    return { ...this.reading, place: this.place }
  }

  private enter(place: Place): void {
    this.place = place
    this.signed = false
  }

  /** Names under the signatures are those who sign, not more members: only a numbered line is one again. */
  private takePerson(reader: LineReader): void {
    if (this.signed && !/\d/.test(reader.text('number'))) {
      this.reading.ignoredLines.push(reader.line)
      return
    }
    const row = readRow(reader, this.place, this.today)
    this.reading.problems.push(...reader.problems)
    this.sinceTotal += 1
    if (row) this.reading.rows.push(row)
  }

  private pass(kind: LineKind, line: number): void {
    if (kind.kind === 'blank') return
    this.reading.ignoredLines.push(line)
    if (kind.kind === 'signature') this.signed = true
    if (kind.kind === 'total') this.compare(kind.count, line)
  }

  /** A total that fits neither the people since the last one nor all of them: a line may have been lost. */
  private compare(count: number | null, line: number): void {
    const all = this.reading.rows.length
    if (count !== null && this.sinceTotal > 0 && count !== all && count !== this.sinceTotal) {
      const params = { stated: count, read: all }
      this.reading.problems.push({ line, code: 'roster.problem.total_differs', params, severity: 'warning' })
    }
    this.sinceTotal = 0
  }
}

/** The people between a header and `end` (exclusive). A section goes on under a repeated header, so `place` comes in and out. */
export function readTable(grid: Grid, found: Header, end: number, place: Place, today: PlainDate): TableReading {
  const header = withNamelessColumn(grid, found, end)
  const table = new Table(place, today)
  for (let row = header.end; row < end; row++) {
    const plain = new LineReader(row + 1, grid.rows[row] ?? [], header)
    const kind = kindOf(plain, grid.rows[row] ?? [])
    table.take(kind, new LineReader(row + 1, withMergedPlaces(grid, header, row), header))
  }
  return table.end()
}
