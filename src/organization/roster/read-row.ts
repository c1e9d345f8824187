import { addMonths, type PlainDate, yearOf } from '../../core/dates.js'
import { nfc } from '../../core/text.js'
import { columnName } from './column-names.js'
import type { Header } from './header.js'
import { type ReadDate, readDate } from './read-date.js'
import { isName, readName } from './read-name.js'
import { readPhone } from './read-phone.js'
import { readGender, readNote, readRole } from './read-words.js'
import type { Birth, Cell, Field, Gender, Params, Problem, ProblemCode, RosterRow, SheetRow } from './types.js'

/** Nobody is admitted before 18 (Charter of the Party, article 1): the latest year of birth, and what "07" means. */
const LEAST_AGE = 18

export type Place = Readonly<{ unitName: string | null; section: string | null }>
type Report = (code: ProblemCode, field: Field | null, params?: Params, severity?: Problem['severity']) => void

/** A line with its columns named. */
export class LineReader {
  readonly problems: Problem[] = []

  constructor(
    readonly line: number,
    private readonly cells: SheetRow,
    private readonly header: Header,
  ) {}

  cell(field: Field): Cell | undefined {
    return (this.header.columns.get(field) ?? []).map((column) => this.cells[column]).find((cell) => cell !== undefined)
  }

  /** All columns of the field, joined: a name may stand in two. */
  text(field: Field): string {
    const columns = this.header.columns.get(field) ?? []
    const texts = columns.map((column) => nfc(this.cells[column]?.text ?? '').trim())
    return texts.filter(Boolean).join(' ').replace(/\s+/g, ' ')
  }

  name(): string {
    return [this.text('fullName'), this.text('familyName'), this.text('givenName')].filter(Boolean).join(' ')
  }

  report: Report = (code, field, params = {}, severity = 'warning') => {
    const index = field ? this.header.columns.get(field)?.[0] : undefined
    const column = index === undefined ? {} : { column: columnName(index) }
    this.problems.push({ line: this.line, ...column, code, params, severity })
  }
}

const BIRTH_FIELDS: readonly (readonly [Field, Gender | null])[] = [
  ['birth', null],
  ['birthMale', 'male'],
  ['birthFemale', 'female'],
]

const isMark = (text: string): boolean => text !== '' && !/^(-|0|không)$/i.test(text)

function genderOf(reader: LineReader): Gender | null {
  const stated = readGender(reader.text('gender'))
  if (stated) return stated
  const marks = (['Male', 'Female'] as const).filter(
    (side) => isMark(reader.text(`birth${side}`)) || isMark(reader.text(`gender${side}`)),
  )
  return marks.length === 1 ? (marks[0] === 'Male' ? 'male' : 'female') : null
}

function birthOf(reader: LineReader, today: PlainDate): Birth | null {
  const filled = BIRTH_FIELDS.filter(([field]) => isMark(reader.text(field)))
  if (filled.length > 1) reader.report('roster.problem.two_births', filled[1]?.[0] ?? null)
  const field = filled[0]?.[0]
  if (!field || filled.length > 1) return null
  const read = readDate(reader.cell(field), yearOf(today) - LEAST_AGE)
  if (read.kind === 'date') return { date: read.date }
  if (read.kind === 'year') return { year: read.year }
  if (read.kind === 'blank') return null
  reader.report(`roster.problem.${read.why}`, field, { text: reader.text(field) })
  // 31/02/1975 was no day, but the year is still known.
  return read.year === undefined ? null : { year: read.year }
}

function dayOfJoining(reader: LineReader, field: 'admittedOn' | 'fullOn', today: PlainDate): PlainDate | null {
  const read: ReadDate = readDate(reader.cell(field), yearOf(today) + 1)
  if (read.kind === 'date') return read.date
  if (read.kind === 'year') reader.report('roster.problem.date_incomplete', field, { text: reader.text(field) })
  if (read.kind === 'bad') reader.report(`roster.problem.${read.why}`, field, { text: reader.text(field) })
  return null
}

function joining(reader: LineReader, today: PlainDate): Pick<RosterRow, 'admittedOn' | 'fullOn'> {
  const admittedOn = dayOfJoining(reader, 'admittedOn', today)
  const fullOn = dayOfJoining(reader, 'fullOn', today)
  if (admittedOn && admittedOn > today) reader.report('roster.problem.admitted_in_future', 'admittedOn')
  const reversed = admittedOn !== null && fullOn !== null && fullOn < admittedOn
  if (reversed) reader.report('roster.problem.dates_reversed', 'fullOn')
  return {
    ...(admittedOn && admittedOn <= today ? { admittedOn } : {}),
    ...(fullOn && !reversed && fullOn <= addMonths(today, 12) ? { fullOn } : {}),
  }
}

function phoneOf(reader: LineReader): string | null {
  const text = reader.text('phone')
  const phone = readPhone(text)
  if (!phone && /\d/.test(text)) reader.report('roster.problem.phone_unreadable', 'phone', { text })
  return phone
}

function noteOf(reader: LineReader): Pick<RosterRow, 'note' | 'exempt' | 'temporary' | 'probationary'> {
  const note = reader.text('note')
  const { away, ...facts } = readNote(`${note} ${reader.text('role')}`.trim())
  if (away) reader.report('roster.problem.attached_elsewhere', 'note')
  return { ...(note ? { note } : {}), ...facts }
}

/** A person's row; null where there is no name to import (said in the reader's problems). */
export function readRow(reader: LineReader, place: Place, today: PlainDate): RosterRow | null {
  const fullName = readName(reader.name())
  if (!isName(fullName)) {
    const code = fullName === '' ? 'roster.problem.name_missing' : 'roster.problem.name_unreadable'
    reader.report(code, 'fullName', { text: fullName }, 'error')
    return null
  }
  const roleText = reader.text('role')
  const optional = {
    gender: genderOf(reader),
    birth: birthOf(reader, today),
    roleText: roleText || null,
    role: readRole(roleText),
    phone: phoneOf(reader),
    unitName: reader.text('unitName') || place.unitName,
    section: reader.text('section') || place.section,
  }
  const known = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null))
  const row: RosterRow = { line: reader.line, fullName, ...known, ...joining(reader, today), ...noteOf(reader) }
  if (row.probationary && !row.admittedOn) reader.report('roster.problem.probationary_without_date', null)
  return row
}
