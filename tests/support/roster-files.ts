import { type CellObject, utils, type WorkSheet, write } from '@e965/xlsx'
import iconv from 'iconv-lite'
import { toTcvn3, toVni, toWindows1258 } from './roster-letters.js'

export type SheetValue = string | number | null | CellObject
export type SheetRows = readonly (readonly SheetValue[])[]
export type BookType = 'xlsx' | 'biff8' | 'ods' | 'html'

/** An Excel day: the serial number of `YYYY-MM-DD`, formatted as a date. */
export const excelDate = (date: string): CellObject => ({
  t: 'n',
  v: (Date.parse(`${date}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000,
  z: 'dd/mm/yyyy',
})

const toSheet = (rows: SheetRows, merges: readonly string[]): WorkSheet => {
  const sheet = utils.aoa_to_sheet(rows.map((row) => [...row]))
  sheet['!merges'] = merges.map((range) => utils.decode_range(range))
  return sheet
}

/** A workbook of one or several sheets. `merges` as in "A1:C1", of the first sheet. */
export function rosterBook(
  sheets: Readonly<Record<string, SheetRows>>,
  bookType: BookType = 'xlsx',
  merges: readonly string[] = [],
): Uint8Array {
  const book = utils.book_new()
  Object.entries(sheets).forEach(([name, rows], i) => {
    utils.book_append_sheet(book, toSheet(rows, i === 0 ? merges : []), name)
  })
  return new Uint8Array(write(book, { type: 'buffer', bookType }) as Buffer)
}

export type CsvEncoding =
  | 'utf-8'
  | 'utf-8-bom'
  | 'utf-16le'
  | 'utf-16be'
  | 'utf-16le-bare'
  | 'windows-1258'
  | 'tcvn3'
  | 'vni'

const ENCODERS: Readonly<Record<CsvEncoding, (text: string) => Buffer>> = {
  'utf-8': (text) => Buffer.from(text),
  'utf-8-bom': (text) => Buffer.from(`\uFEFF${text}`),
  'utf-16le': (text) => iconv.encode(text, 'utf-16le', { addBOM: true }),
  'utf-16be': (text) => iconv.encode(text, 'utf-16be', { addBOM: true }),
  'utf-16le-bare': (text) => iconv.encode(text, 'utf-16le'),
  'windows-1258': toWindows1258,
  tcvn3: (text) => Buffer.from(toTcvn3(text), 'latin1'),
  vni: (text) => Buffer.from(toVni(text), 'latin1'),
}

const quoted = (value: SheetValue, separator: string): string => {
  const text = value === null ? '' : String(value)
  return text.includes(separator) || /["\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export function rosterCsv(
  rows: SheetRows,
  separator: ',' | ';' | '\t' = ',',
  encoding: CsvEncoding = 'utf-8',
): Uint8Array {
  const text = rows.map((row) => row.map((value) => quoted(value, separator)).join(separator)).join('\r\n')
  return new Uint8Array(ENCODERS[encoding](text))
}

/** Days as `YYYY-MM-DD`, a birth also as `YYYY`. `section` such as "Tổ đảng 1"; people of one section stand together. */
export type MessyPerson = Readonly<{
  fullName: string
  gender: 'male' | 'female'
  birth?: string
  role?: string
  admittedOn?: string
  fullOn?: string
  phone?: string
  section?: string
  note?: string
}>

const dayParts = (date: string): readonly [string, string, string] => {
  const [year = '', month = '', day = ''] = date.split('-')
  return [day, month, year]
}

const DAY_FORMS: readonly ((date: string) => SheetValue)[] = [
  (date) => dayParts(date).join('/'),
  (date) => excelDate(date),
  (date) =>
    dayParts(date)
      .map((part, i) => (i < 2 ? String(Number(part)) : part.slice(2)))
      .join('/'),
  (date) => dayParts(date).join('.'),
  (date) => dayParts(date).join('-'),
]

/** A day in one of the ways that offices mix in one column; a year alone as a number. */
const messyDay = (date: string | undefined, turn: number): SheetValue => {
  if (date === undefined) return null
  return date.length === 4 ? Number(date) : (DAY_FORMS[turn % DAY_FORMS.length]?.(date) ?? null)
}

const messyPhone = (phone: string | undefined, turn: number): SheetValue => {
  if (phone === undefined) return null
  const forms = [Number(phone), phone.replace(/(\d{4})(\d{3})(\d{3})/, '$1.$2.$3'), `+84 ${phone.slice(1)}`, phone]
  return forms[turn % forms.length] ?? phone
}

function messyRow(person: MessyPerson, turn: number): SheetValue[] {
  const name =
    turn % 3 === 0
      ? person.fullName.toUpperCase()
      : turn % 3 === 1
        ? ` ${person.fullName.replace(' ', '  ')} `
        : person.fullName
  const birth = messyDay(person.birth, turn)
  const sides = person.gender === 'male' ? [birth, null] : [null, birth]
  const joined = [messyDay(person.admittedOn, turn + 1), messyDay(person.fullOn, turn + 2)]
  return [turn + 1, name, ...sides, person.role ?? null, ...joined, messyPhone(person.phone, turn), person.note ?? null]
}

const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII']

const HEAD: SheetRows = [
  ['ĐẢNG BỘ XÃ TÂN LỘC', null, null, null, null, 'ĐẢNG CỘNG SẢN VIỆT NAM'],
  ['CHI BỘ', null, null, null, null, 'Tân Lộc, ngày 05 tháng 01 năm 2026'],
  [],
  ['DANH SÁCH ĐẢNG VIÊN'],
  ['STT', 'Họ và tên', 'Ngày tháng năm sinh', null, 'Chức vụ', 'Ngày vào Đảng', null, 'Số ĐT', 'Ghi chú'],
  [null, null, 'Nam', 'Nữ', null, 'Dự bị', 'Chính thức', null, null],
  [1, 2, 3, 4, 5, 6, 7, 8, 9],
]
const MERGES = ['A1:C1', 'F1:I1', 'A4:I4', 'A5:A6', 'B5:B6', 'C5:D5', 'E5:E6', 'F5:G5', 'H5:H6', 'I5:I6']

function body(people: readonly MessyPerson[]): SheetValue[][] {
  let section: string | undefined
  let sections = 0
  return people.flatMap((person, turn) => {
    const row = messyRow(person, turn)
    if (person.section === undefined || person.section === section) return [row]
    section = person.section
    return [[`${ROMAN[sections++]}. ${section}`], row]
  })
}

const tail = (count: number): SheetRows => [
  [null, `Tổng cộng: ${count} đảng viên`],
  [],
  [null, 'Người lập biểu', null, null, null, 'T/M CHI BỘ'],
  [null, '(Ký, ghi rõ họ tên)', null, null, null, 'BÍ THƯ'],
  [],
  [null, 'Người Ký Thử', null, null, null, 'Bí Thư Thử'],
]

const LETTERS = { tcvn3: toTcvn3, vni: toVni, unicode: (text: string) => text }

/**
 * An old XLS (BIFF8) as an office has kept it for twenty years: titles, a header of two rows with merged cells and
 * column numbers, sections, days and phones in every way of writing them, names in capitals or with stray spaces, a
 * total, signatures, and all of it typed in the font .VnTime unless `letters` says otherwise.
 */
export function messyRosterXls(people: readonly MessyPerson[], letters: keyof typeof LETTERS = 'tcvn3'): Uint8Array {
  const rows = [...HEAD, ...body(people), ...tail(people.length)]
  const typed = rows.map((row) => row.map((value) => (typeof value === 'string' ? LETTERS[letters](value) : value)))
  return rosterBook({ Sheet1: typed, Sheet2: [] }, 'biff8', MERGES)
}
