import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { read, utils, type WorkSheet } from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import type { PlainDate, WallTime } from '../../src/core/dates.js'
import { loadTranslations } from '../../src/core/i18n.js'
import type { Year, YearMark } from '../../src/papers/year.js'
import { renderYearCsv } from '../../src/papers/year-csv.js'
import { renderYearSheet } from '../../src/papers/year-sheet.js'
import { readPart } from '../support/office-files.js'

const t = loadTranslations(join(import.meta.dirname, '../../locales')).for('vi')

/** `node scripts/papers.mjs` keeps every file, to be looked at. */
const keep = (name: string, bytes: Uint8Array): void => {
  if (process.env.PAPERS) writeFileSync(join(process.env.PAPERS, name), bytes)
}

const meeting = (day: string, kind: 'regular' | 'thematic' = 'regular') => ({
  kind,
  day: day as PlainDate,
  time: '19:30' as WallTime,
})
const MARKS: Readonly<Record<string, YearMark>> = {
  x: { state: 'present', reasonKind: null },
  m: { state: 'late', reasonKind: null },
  t: { state: 'online', reasonKind: null },
  p: { state: 'excused', reasonKind: 'health' },
  k: { state: 'unexcused', reasonKind: null },
  e: 'exempt',
  d: 'special_duty',
  ' ': null,
}
const row = (name: string, marks: string, standing: 'full' | 'probationary' = 'full') => ({
  name,
  standing,
  marks: [...marks].map((one) => MARKS[one] ?? null),
})

const SMALL: Year = {
  issuer: { unit: 'Chi bộ Tổ dân phố 5', superior: 'Đảng ủy phường Hoa Ban' },
  year: 2026,
  meetings: [meeting('2026-01-03'), meeting('2026-02-03'), meeting('2026-02-17', 'thematic'), meeting('2026-04-03')],
  rows: [
    row('Cầm Thị Miễn', 'eeee'),
    row('=HYPERLINK("x")', 'xmtx'),
    row('Đỗ Văn "Bi"; Thử', 'xpkx', 'probationary'),
    row('Hà Thị Mới', '  xd'),
  ],
}

const LETTERS = 'xxxxxxxxmxtxpxxkxxpx'
const of = (members: number, meetings: number): Year => ({
  ...SMALL,
  meetings: Array.from({ length: meetings }, (_, n) =>
    meeting(
      `2026-${String(Math.floor((n * 12) / meetings) + 1).padStart(2, '0')}-${n % 2 ? '17' : '03'}`,
      n % 5 === 4 ? 'thematic' : 'regular',
    ),
  ),
  rows: Array.from({ length: members }, (_, n) =>
    row(
      `Nguyễn Hoàng Phương Thảo ${n + 1}`,
      Array.from({ length: meetings }, (_, m) => LETTERS[(n * 7 + m * 3) % 20]).join(''),
    ),
  ),
})

const open = (bytes: Uint8Array) => read(bytes, { type: 'array', cellFormula: true, cellNF: true })
const sheetOf = async (year: Year, n: number): Promise<WorkSheet> => {
  const book = open(await renderYearSheet(year, t))
  return book.Sheets[book.SheetNames[n] ?? ''] as WorkSheet
}

describe('the workbook', () => {
  test('counts with formulas whose stored values are ours', async () => {
    const sheet = await sheetOf(SMALL, 0)
    const rowOf = (line: number) =>
      utils.sheet_to_json<unknown[]>(sheet, { header: 1, raw: true, defval: '' })[line - 1] as unknown[]
    expect(rowOf(4)?.slice(0, 8)).toEqual([
      'STT',
      'Họ và tên',
      'Đảng viên',
      'Tháng 1',
      'Tháng 2',
      '',
      'Tháng 4',
      'Phải dự',
    ])
    expect(rowOf(5)?.slice(3, 7)).toEqual(['03/01', '03/02', '17/02\nCĐ', '03/04'])
    expect(rowOf(6)).toEqual([1, 'Cầm Thị Miễn', 'chính thức', '–', '–', '–', '–', 0, 0, 0, 0, ''])
    expect(rowOf(7)).toEqual([2, '=HYPERLINK("x")', 'chính thức', 'x', 'm', 't', 'x', 4, 4, 0, 0, 1])
    expect(rowOf(8)).toEqual([3, 'Đỗ Văn "Bi"; Thử', 'dự bị', 'x', 'p', 'k', 'x', 4, 2, 1, 1, 0.5])
    expect(rowOf(9)).toEqual([4, 'Hà Thị Mới', 'chính thức', '', '', 'x', 'n', 1, 1, 0, 0, 1])
    expect(rowOf(10)?.slice(3, 8)).toEqual([2, 2, 3, 2, 9])
    expect(rowOf(14)?.slice(3, 8)).toEqual([1, 0.5, 2 / 3, 1, 7 / 9])
    expect(sheet.I8).toMatchObject({ f: 'COUNTIF(D8:G8,"x")+COUNTIF(D8:G8,"m")+COUNTIF(D8:G8,"t")', v: 2 })
    expect(sheet.L8).toMatchObject({ f: 'IF(H8=0,"",I8/H8)', v: 0.5, z: '0.0%' })
    expect(sheet.H14).toMatchObject({ f: 'IF(H10=0,"",H11/H10)' })
    // A name is a text, whatever it begins with.
    expect(sheet.B7).not.toHaveProperty('f')
  })

  test('sums the months from the meetings', async () => {
    const sheet = await sheetOf(SMALL, 1)
    const lines = utils.sheet_to_json<unknown[]>(sheet, { header: 1, raw: true, defval: '' })
    expect(lines[3]).toEqual(['Tháng 2', 2, 5, 3, 1, 1, 0.6])
    expect(lines[4]).toEqual(['Tháng 3', 0, 0, 0, 0, 0, ''])
    expect(lines[14]).toEqual(['Cả năm', 4, 9, 7, 1, 1, 7 / 9])
    expect(sheet.C4).toMatchObject({ f: "SUM('Điểm danh'!E10:F10)", v: 5 })
  })

  test('is frozen under its head, and prints on A4 on its side with the head on every page', async () => {
    const bytes = await renderYearSheet(of(60, 18), t)
    keep('attendance-60.xlsx', bytes)
    keep('attendance-25.xlsx', await renderYearSheet(of(25, 12), t))
    const xml = readPart(bytes, 'xl/worksheets/sheet1.xml')
    expect(xml).toContain('<pane ySplit="5" xSplit="2"')
    expect(xml).toContain('<pageSetUpPr fitToPage="1"/>')
    expect(xml).toContain('<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>')
    expect(xml.match(/<f>/g)?.length).toBe(xml.match(/<\/f><v>/g)?.length)
    const book = readPart(bytes, 'xl/workbook.xml')
    expect(book).toContain(`<definedName name="_xlnm.Print_Titles" localSheetId="0">'Điểm danh'!$4:$5</definedName>`)
    expect(readPart(bytes, 'xl/styles.xml')).toContain('Times New Roman')
  })
})

test('the raw table opens in Excel with Vietnamese settings, and runs nothing', () => {
  const bytes = renderYearCsv(SMALL, t)
  keep('attendance.csv', bytes)
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const lines = new TextDecoder().decode(bytes).split('\r\n')
  expect(lines[0]).toBe('Ngày;Giờ;Buổi;Họ và tên;Đảng viên;Điểm danh;Lý do')
  expect(lines).toContain('2026-01-03;19:30;Sinh hoạt thường kỳ;Cầm Thị Miễn;chính thức;miễn sinh hoạt;')
  expect(lines).toContain(`2026-02-03;19:30;Sinh hoạt thường kỳ;"'=HYPERLINK(""x"")";chính thức;đến muộn;`)
  expect(lines).toContain('2026-02-03;19:30;Sinh hoạt thường kỳ;"Đỗ Văn ""Bi""; Thử";dự bị;vắng có lý do;sức khỏe')
  // A line a member and meeting; who was not of the cell yet has none.
  expect(lines.filter(Boolean)).toHaveLength(1 + 14)
})
