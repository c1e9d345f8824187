import type { PlainDate } from '../../core/dates.js'
import type { MessageKey } from '../../core/message-keys.js'

/** Lines and columns that are read; a roster has a few hundred and a dozen. */
export const MAX_LINES = 5000
export const MAX_COLUMNS = 60

/** One filled cell of a sheet. `number` where the sheet holds a number; `isDate` where its format shows it as a day. */
export type Cell = Readonly<{ text: string; number?: number; isDate?: boolean }>
export type SheetRow = readonly (Cell | undefined)[]
/** Half-open on neither side: both corners belong to the merged area. Zero-based. */
export type Merge = Readonly<{ top: number; left: number; bottom: number; right: number }>
/** A sheet as a person sees it: row index + 1 is the line number on the screen. */
export type Grid = Readonly<{ name: string; rows: readonly SheetRow[]; merges: readonly Merge[] }>

export type Gender = 'male' | 'female'
export type CellRole = 'secretary' | 'deputy' | 'cell_committee'
export type Birth = Readonly<{ date: PlainDate } | { year: number }>

export type RosterRow = Readonly<{
  /** The line in the sheet, counted from 1. */
  line: number
  fullName: string
  gender?: Gender
  birth?: Birth
  /** What the column says, and the role of a cell that was recognised in it. */
  roleText?: string
  role?: CellRole
  admittedOn?: PlainDate
  fullOn?: PlainDate
  /** National form, digits only: "0912345678". */
  phone?: string
  unitName?: string
  section?: string
  note?: string
  exempt?: true
  temporary?: true
  probationary?: true
}>

type RosterKey<Group extends string> = Extract<MessageKey, `roster.${Group}.${string}`>
export type ProblemCode = RosterKey<'problem'>
export type RemarkCode = RosterKey<'remark'>
export type Params = Readonly<Record<string, string | number>>

/**
 * `error`: the row (or with line 0 the whole file) is not imported.
 * `warning`: the row is imported without the value that could not be read.
 */
export type Problem = Readonly<{
  line: number
  /** As the sheet names it: "A", "AB". */
  column?: string
  code: ProblemCode
  params: Params
  severity: 'error' | 'warning'
}>

export type Letters = 'unicode' | 'tcvn3' | 'vni'
export type FileFormat = 'xlsx' | 'xls' | 'ods' | 'html' | 'xml' | 'csv'

export type Field =
  | 'number'
  | 'fullName'
  | 'familyName'
  | 'givenName'
  | 'birth'
  | 'birthMale'
  | 'birthFemale'
  | 'gender'
  | 'genderMale'
  | 'genderFemale'
  | 'role'
  | 'admittedOn'
  | 'fullOn'
  | 'phone'
  | 'unitName'
  | 'section'
  | 'note'

export type Recognised = Readonly<{
  format: FileFormat
  /** Only of text files: "utf-8", "utf-16le", "utf-16be", "windows-1258", "windows-1252". */
  encoding?: string
  letters: Letters
  sheet: string
  /** What stands above the first header. */
  titles: readonly string[]
  /** Lines that are headers, column numbers under them included. */
  headerLines: readonly number[]
  columns: readonly Readonly<{ column: string; field: Field; header: string }>[]
  /** Lines that hold neither a person nor a section: totals, signatures, remarks. */
  ignoredLines: readonly number[]
}>

/** `recognised` is null where nothing of the file could be read. */
export type RosterReading = Readonly<{
  rows: readonly RosterRow[]
  problems: readonly Problem[]
  recognised: Recognised | null
}>
