import { type CellObject, CFB, read, SSF, type WorkBook, type WorkSheet } from '@e965/xlsx'
import { judgeArchive } from './archive.js'
import { parseEveryWay } from './csv.js'
import { fileKind } from './file-kind.js'
import { decodeText } from './text-file.js'
import { type Cell, type FileFormat, type Grid, MAX_COLUMNS, MAX_LINES, type ProblemCode } from './types.js'

/** How far beyond the limit to look, in order to say that there was more. */
const MARGIN = 200
const MAX_UNPACKED = 100_000_000
/** Days between the two day counts that workbooks use, 1900 and 1904. */
const DAYS_1904 = 1462

export type OpenedFile = Readonly<{ format: FileFormat; encoding?: string; grids: readonly Grid[] }>
type Refusal = Readonly<{ refused: ProblemCode }>

const refuse = (refused: ProblemCode): Refusal => ({ refused })

function toCell(cell: CellObject | undefined, shift: number): Cell | undefined {
  if (!cell || cell.v === undefined || cell.t === 'z' || cell.t === 'e') return undefined
  if (typeof cell.v !== 'number') return String(cell.v).trim() === '' ? undefined : { text: String(cell.v) }
  const isDate = typeof cell.z === 'string' && SSF.is_date(cell.z)
  return { text: String(cell.v), number: isDate ? cell.v + shift : cell.v, ...(isDate ? { isDate } : {}) }
}

function toGrid(name: string, sheet: WorkSheet, shift: number): Grid {
  // In dense mode only cells that exist are there: a sheet that claims A1:XFD1048576 costs nothing.
  const data = (sheet as { '!data'?: (CellObject | undefined)[][] })['!data'] ?? []
  const rows = Array.from({ length: Math.min(data.length, MAX_LINES + MARGIN) }, (_, r) =>
    Array.from({ length: Math.min(data[r]?.length ?? 0, MAX_COLUMNS + MARGIN) }, (_, c) => toCell(data[r]?.[c], shift)),
  )
  const merges = (sheet['!merges'] ?? []).map(({ s, e }) => ({ top: s.r, left: s.c, bottom: e.r, right: e.c }))
  return { name, rows, merges }
}

function toGrids(book: WorkBook): Grid[] {
  const shift = book.Workbook?.WBProps?.date1904 ? DAYS_1904 : 0
  return book.SheetNames.flatMap((name) => {
    const sheet = book.Sheets[name]
    return sheet ? [toGrid(name, sheet, shift)] : []
  })
}

const OPTIONS = { dense: true, cellNF: true, cellText: false, cellFormula: false, raw: true } as const

const parse = (data: Uint8Array | string): WorkBook =>
  read(data, { ...OPTIONS, sheetRows: MAX_LINES + MARGIN, type: typeof data === 'string' ? 'string' : 'array' })

/** The library's words for a FilePass record and for an encrypted ODS; "ZIP encryption" it says of any broken archive. */
function speaksOfPassword(error: unknown): boolean {
  const message = error instanceof Error ? error.message : String(error)
  return /password|encrypt/i.test(message) && !/zip encryption/i.test(message)
}

/** A workbook with a password is a compound file that holds an encrypted package (MS-OFFCRYPTO 2.3.4.4). */
const isEncryptedPackage = (bytes: Uint8Array): boolean => {
  try {
    return CFB.find(CFB.read(bytes, { type: 'array' }), '/EncryptedPackage') !== null
  } catch {
    return false
  }
}

function openBinary(bytes: Uint8Array, kind: 'zip' | 'compound' | 'biff'): OpenedFile | Refusal {
  const archive = kind === 'zip' ? judgeArchive(bytes, MAX_UNPACKED) : 'good'
  if (archive === 'too-large') return refuse('roster.problem.too_large')
  if (archive === 'broken') return refuse('roster.problem.not_a_roster_file')
  if (kind === 'compound' && isEncryptedPackage(bytes)) return refuse('roster.problem.password')
  try {
    const book = parse(bytes)
    const format = kind !== 'zip' ? 'xls' : book.bookType === 'ods' ? 'ods' : 'xlsx'
    return { format, grids: toGrids(book) }
  } catch (error) {
    return refuse(speaksOfPassword(error) ? 'roster.problem.password' : 'roster.problem.not_a_roster_file')
  }
}

function openMarkup(bytes: Uint8Array): OpenedFile | Refusal {
  const { text, encoding } = decodeText(bytes)
  const format = /<table|<html/i.test(text.slice(0, 4096)) ? 'html' : 'xml'
  try {
    return { format, encoding, grids: toGrids(parse(text)) }
  } catch {
    return refuse('roster.problem.not_a_roster_file')
  }
}

/** Opens whatever the bytes are; the name is not asked, because offices rename files. */
export function openFile(bytes: Uint8Array): OpenedFile | Refusal {
  const kind = fileKind(bytes)
  if (kind === 'empty') return refuse('roster.problem.empty')
  if (kind === 'other') return refuse('roster.problem.not_a_roster_file')
  if (kind === 'markup') return openMarkup(bytes)
  if (kind !== 'text') return openBinary(bytes, kind)
  const { text, encoding } = decodeText(bytes)
  return { format: 'csv', encoding, grids: parseEveryWay(text, MAX_LINES + MARGIN) }
}
