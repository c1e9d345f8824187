import { CFB } from '@e965/xlsx'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PlainDate } from '../../src/core/dates.js'
import { readRoster } from '../../src/organization/roster/read-roster.js'
import type { RosterReading } from '../../src/organization/roster/types.js'
import {
  type BookType,
  excelDate,
  rosterBook,
  rosterCsv,
  type SheetRows,
  type SheetValue,
} from '../support/roster-files.js'

const TODAY = '2026-12-03' as PlainDate
const read = (bytes: Uint8Array, name = 'ds.xlsx'): RosterReading => readRoster(bytes, name, TODAY)
const ofRows = (rows: SheetRows, type: BookType = 'xlsx', merges: readonly string[] = []): RosterReading =>
  read(rosterBook({ DS: rows }, type, merges))
const codes = (reading: RosterReading): string[] =>
  reading.problems.map((one) => one.code.replace('roster.problem.', ''))

const PLAIN: SheetRows = [
  ['STT', 'Họ và tên', 'Ngày sinh', 'Chức vụ', 'Ngày vào Đảng', 'Điện thoại', 'Ghi chú'],
  [1, 'Nguyễn Thị Hồng Ánh', '02/03/1975', 'Bí thư', '19/05/1999', '0912345678', 'a'],
  [2, 'Trần Văn Dũng', '1980', null, '03/09/2005', '0987 654 321', null],
]
const PLAIN_READ = [
  {
    line: 2,
    fullName: 'Nguyễn Thị Hồng Ánh',
    birth: { date: '1975-03-02' },
    role: 'secretary',
    roleText: 'Bí thư',
    admittedOn: '1999-05-19',
    phone: '0912345678',
    note: 'a',
  },
  { line: 3, fullName: 'Trần Văn Dũng', birth: { year: 1980 }, admittedOn: '2005-09-03', phone: '0987654321' },
]

describe('kinds of file', () => {
  test.each([
    ['xlsx', 'xlsx'],
    ['biff8', 'xls'],
    ['ods', 'ods'],
    ['html', 'html'],
  ] as const)('%s', (type, format) => {
    const reading = ofRows(PLAIN, type)
    expect(reading.recognised?.format).toBe(format)
    expect(reading.rows).toEqual(PLAIN_READ)
    expect(reading.problems).toEqual([])
  })

  const encodings = [
    'utf-8',
    'utf-8-bom',
    'utf-16le',
    'utf-16be',
    'utf-16le-bare',
    'windows-1258',
    'tcvn3',
    'vni',
  ] as const
  test.each(encodings.flatMap((encoding) => ([',', ';', '\t'] as const).map((mark) => [encoding, mark] as const)))(
    'CSV in %s with %j',
    (encoding, separator) => {
      const reading = read(rosterCsv(PLAIN, separator, encoding), 'ds.csv')
      expect(reading.rows).toEqual(PLAIN_READ)
      expect(reading.problems).toEqual([])
    },
  )

  test('a quoted comma, quotation mark and line break stay in their field', () => {
    const rows: SheetRows = [
      ['Họ và tên', 'Ghi chú'],
      ['Nguyễn Văn An', 'một, "hai"\nba'],
      ['Lê Thị Bình', 'x'],
    ]
    expect(read(rosterCsv(rows), 'ds.csv').rows.map((row) => [row.line, row.note])).toEqual([
      [2, 'một, "hai" ba'],
      [3, 'x'],
    ])
  })

  test('a CSV that begins with "ID" is a CSV', () => {
    expect(
      read(
        rosterCsv([
          ['ID', 'Họ và tên'],
          ['7', 'Nguyễn Văn An'],
        ]),
      ).rows,
    ).toHaveLength(1)
  })
})

const compound = (path: string, content: Buffer): Uint8Array => {
  const file = CFB.utils.cfb_new()
  CFB.utils.cfb_add(file, path, content)
  return new Uint8Array(CFB.write(file, { type: 'buffer' }) as Buffer)
}

/** An XLS with a FilePass record after its first one, as Excel writes for a password (MS-XLS 2.4.117). */
function xlsWithPassword(): Uint8Array {
  const file = CFB.read(rosterBook({ DS: PLAIN }, 'biff8'), { type: 'array' })
  const stream = CFB.find(file, '/Workbook')
  if (!stream) throw new Error('no workbook stream')
  const content = Buffer.from(stream.content as Uint8Array)
  const first = 4 + content.readUInt16LE(2)
  const record = Buffer.concat([Buffer.from([0x2f, 0, 0x36, 0, 1, 0, 1, 0, 1, 0]), Buffer.alloc(0x30, 7)])
  stream.content = Buffer.concat([content.subarray(0, first), record, content.subarray(first)])
  stream.size = stream.content.length
  return new Uint8Array(CFB.write(file, { type: 'buffer' }) as Buffer)
}

describe('files that are not what they say', () => {
  test.each([
    ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj'), 'not_a_roster_file'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), 'not_a_roster_file'],
    ['an RTF', Buffer.from('{\\rtf1 x}'), 'not_a_roster_file'],
    ['a zip without a workbook', Buffer.from('PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaaaaaa'), 'not_a_roster_file'],
    ['an old Word paper', compound('/WordDocument', Buffer.alloc(5000, 1)), 'not_a_roster_file'],
    ['noise', Buffer.from([1, 2, 3, 4, 5, 6, 7, 8, 9]), 'not_a_roster_file'],
    ['nothing', Buffer.alloc(0), 'empty'],
    ['spaces', Buffer.from(' \r\n \r\n'), 'empty'],
    ['an empty workbook', rosterBook({ DS: [] }), 'empty'],
    ['a letter', Buffer.from('Kính gửi đồng chí,\nmai họp nhé.'), 'no_header'],
    ['a header alone', rosterBook({ DS: [['STT', 'Họ và tên', 'Ngày sinh']] }), 'nobody'],
    ['an XLSX with a password', compound('/EncryptedPackage', Buffer.alloc(5000, 1)), 'password'],
    ['an XLS with a password', xlsWithPassword(), 'password'],
  ])('%s', (_, bytes, code) => {
    const reading = read(new Uint8Array(bytes), 'ds.xlsx')
    expect(reading.rows).toEqual([])
    expect(reading.problems).toMatchObject([{ line: 0, code: `roster.problem.${code}`, severity: 'error' }])
  })
})

describe('headers', () => {
  const born = (reading: RosterReading) => reading.rows.map((row) => [row.fullName, row.gender, row.birth])
  const twoRows: SheetRows = [
    ['DANH SÁCH ĐẢNG VIÊN'],
    ['STT', 'Họ và tên', 'Ngày sinh', null, 'Vào Đảng', null],
    [null, null, 'Nam', 'Nữ', 'Dự bị', 'Chính thức'],
    [1, 'Nguyễn Văn An', '01/02/1970', null, '03/02/1990', '03/02/1991'],
    [2, 'Lê Thị Bình', null, 1971, '03/02/1990', null],
  ]
  const merges = ['A1:F1', 'A2:A3', 'B2:B3', 'C2:D2', 'E2:F2']
  test.each([
    ['merged', ofRows(twoRows, 'xlsx', merges)],
    ['merged, ODS', ofRows(twoRows, 'ods', merges)],
    ['merged, XLS', ofRows(twoRows, 'biff8', merges)],
    ['as CSV without merges', read(rosterCsv(twoRows))],
  ])('two rows, %s: the side gives the gender', (_, reading) => {
    expect(born(reading)).toEqual([
      ['Nguyễn Văn An', 'male', { date: '1970-02-01' }],
      ['Lê Thị Bình', 'female', { year: 1971 }],
    ])
    expect(reading.rows.map((row) => [row.admittedOn, row.fullOn])).toEqual([
      ['1990-02-03', '1991-02-03'],
      ['1990-02-03', undefined],
    ])
    expect(reading.recognised).toMatchObject({ titles: ['DANH SÁCH ĐẢNG VIÊN'], headerLines: [2, 3] })
  })

  test.each([
    [
      'Họ đệm + Tên',
      [
        ['Họ đệm', 'Tên'],
        ['Nguyễn Văn', 'An'],
      ],
      [],
    ],
    [
      'Họ và tên over Họ, Tên',
      [
        ['Họ và tên', null],
        ['Họ', 'Tên'],
        ['Nguyễn Văn', 'An'],
      ],
      ['A1:B1'],
    ],
    [
      'Họ và tên merged over two',
      [
        ['Họ và tên', null],
        ['Nguyễn Văn', 'An'],
      ],
      ['A1:B1'],
    ],
    [
      'Họ và tên with a second column without a header',
      [
        ['Họ và tên', null, 'Ghi chú'],
        ['Nguyễn Văn', 'An', 'x'],
      ],
      [],
    ],
    [
      'HỌ TÊN ĐẢNG VIÊN',
      [
        ['HỌ TÊN ĐẢNG VIÊN', 'SĐT'],
        ['Nguyễn Văn An', null],
      ],
      [],
    ],
    [
      'ho va ten',
      [
        ['ho va ten', 'sdt'],
        ['Nguyễn Văn An', null],
      ],
      [],
    ],
  ] as [string, SheetRows, string[]][])('a name under %s', (_, rows, merged) => {
    expect(ofRows(rows, 'xlsx', merged).rows.map((row) => row.fullName)).toEqual(['Nguyễn Văn An'])
  })

  test.each([
    ['Năm sinh', '1970', 'birth', { year: 1970 }],
    ['Ngày, tháng, năm sinh', '01/02/1970', 'birth', { date: '1970-02-01' }],
    ['Ngày sinh (dd/mm/yyyy)', '01/02/1970', 'birth', { date: '1970-02-01' }],
    ['Giới tính', 'Nữ', 'gender', 'female'],
    ['Nữ', 'x', 'gender', 'female'],
    ['SĐT', '0912.345.678', 'phone', '0912345678'],
    ['Di động', '0912345678', 'phone', '0912345678'],
    ['Số điện thoại liên hệ', '0912345678', 'phone', '0912345678'],
    ['Chi bộ', 'Chi bộ 3', 'unitName', 'Chi bộ 3'],
    ['Đơn vị', 'Chi bộ 3', 'unitName', 'Chi bộ 3'],
    ['Tổ đảng', 'Tổ đảng 2', 'section', 'Tổ đảng 2'],
    ['Ngày vào Đảng', '03/02/1990', 'admittedOn', '1990-02-03'],
    ['Ngày kết nạp', '03/02/1990', 'admittedOn', '1990-02-03'],
    ['Ngày chính thức', '03/02/1991', 'fullOn', '1991-02-03'],
    ['Ngày vào Đảng chính thức', '03/02/1991', 'fullOn', '1991-02-03'],
    ['Ghi chú', 'x', 'note', 'x'],
    ['Chức vụ Đảng', 'PBT', 'role', 'deputy'],
    ['Chức vụ', 'Chi uỷ viên', 'role', 'cell_committee'],
    ['Chức vụ', 'Nguyên Bí thư', 'role', undefined],
    ['Chức vụ', 'Bí thư Đoàn thanh niên', 'role', undefined],
    ['Nơi sinh', '1970', 'birth', undefined],
    ['Đơn vị công tác', 'Trạm Y tế', 'unitName', undefined],
    ['Số QĐ kết nạp', '12/1990', 'admittedOn', undefined],
  ] as const)('%s: %s', (header, value, field, expected) => {
    const reading = ofRows([
      ['Họ và tên', header, 'STT'],
      ['Nguyễn Văn An', value, 1],
    ])
    expect(reading.rows[0]?.[field]).toEqual(expected)
    expect(reading.problems).toEqual([])
  })

  test('any order of columns reads the same', () =>
    fc.assert(
      fc.property(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 }),
        fc.constantFrom('xlsx', 'biff8', 'ods'),
        (order, type) => {
          const rows = PLAIN.map((row) => order.map((i) => row[i] ?? null))
          expect(ofRows(rows, type).rows).toEqual(PLAIN_READ)
        },
      ),
      { numRuns: 40 },
    ))

  test('of several sheets the one that looks like a roster; others of that look are named', () => {
    const reading = read(rosterBook({ Bìa: [['Kính gửi']], DS: PLAIN, 'DS cũ': PLAIN.slice(0, 2), Trống: [] }))
    expect(reading.recognised?.sheet).toBe('DS')
    expect(reading.problems).toMatchObject([{ code: 'roster.problem.other_sheets', params: { others: 'DS cũ' } }])
  })
})

describe('lines that are no people', () => {
  test('sections, units, totals, repeated headers and signatures', () => {
    const reading = ofRows([
      ['STT', 'Họ và tên', 'Ngày sinh'],
      ['CHI BỘ 3'],
      ['I', 'Tổ đảng 1 (2 đồng chí)'],
      [1, 'Tống Văn An', 1970],
      [2, 'Công Tằng Bình', 1971],
      ['II. Tổ đảng 2'],
      [3, 'Lê Cúc', 1972],
      [null, 'Tổng cộng: 3 đảng viên'],
      ['STT', 'Họ và tên', 'Ngày sinh'],
      ['CHI BỘ 4'],
      [1, 'Phạm Dung', 1973],
      [2, null, null],
      ['Tổng cộng', null, 1],
      [null, 'Người lập biểu', 'TM. CHI BỘ'],
      [null, 'Mai Văn Ký', null],
    ])
    expect(reading.rows.map((row) => [row.line, row.fullName, row.unitName, row.section])).toEqual([
      [4, 'Tống Văn An', 'CHI BỘ 3', 'Tổ đảng 1'],
      [5, 'Công Tằng Bình', 'CHI BỘ 3', 'Tổ đảng 1'],
      [7, 'Lê Cúc', 'CHI BỘ 3', 'Tổ đảng 2'],
      [11, 'Phạm Dung', 'CHI BỘ 4', undefined],
    ])
    expect(reading.problems).toEqual([])
    expect(reading.recognised?.ignoredLines).toEqual([8, 13, 14, 15])
  })

  test('a total that does not fit is named', () => {
    const reading = ofRows([...PLAIN, ['Tổng cộng: 25 đảng viên']])
    expect(reading.problems).toMatchObject([
      { line: 4, code: 'roster.problem.total_differs', params: { stated: 25, read: 2 } },
    ])
  })

  test('a unit written once over several people is theirs all', () => {
    const rows: SheetRows = [
      ['Chi bộ', 'Họ và tên'],
      ['Chi bộ 1', 'Nguyễn An'],
      [null, 'Lê Bình'],
      ['Chi bộ 2', 'Phạm Cúc'],
    ]
    expect(ofRows(rows, 'xlsx', ['A2:A3']).rows.map((row) => row.unitName)).toEqual([
      'Chi bộ 1',
      'Chi bộ 1',
      'Chi bộ 2',
    ])
  })
})

const value = (header: string, cell: SheetValue) =>
  ofRows([
    ['STT', 'Họ và tên', header],
    [1, 'Nguyễn Văn An', cell],
  ])

describe('values', () => {
  test.each([
    ['02/03/1975', '1975-03-02'],
    ['2/3/75', '1975-03-02'],
    ['2/3/07', '2007-03-02'],
    ['2/3/09', '1909-03-02'],
    ['02.03.1975', '1975-03-02'],
    ['02-03-1975', '1975-03-02'],
    ['1975-03-02', '1975-03-02'],
    ['ngày 2 tháng 3 năm 1975', '1975-03-02'],
    [excelDate('1975-03-02'), '1975-03-02'],
    [27455, '1975-03-02'],
    ["'02/03/1975", '1975-03-02'],
    [1975, 1975],
    ['1975', 1975],
    ['năm 1975', 1975],
    ['00/00/1975', 1975],
    ['3/1975', 1975],
    ['-', undefined],
  ] as [SheetValue, string | number | undefined][])('born %j', (cell, expected) => {
    const reading = value('Ngày sinh', cell)
    const birth = typeof expected === 'number' ? { year: expected } : expected && { date: expected }
    expect(reading.rows[0]?.birth).toEqual(birth)
    expect(reading.problems).toEqual([])
  })

  test.each([
    ['Ngày sinh', '31/02/1975', 'date_unreal'],
    ['Ngày sinh', '05/13/1975', 'date_unreal'],
    ['Ngày sinh', 'đầu xuân 75', 'date_unreadable'],
    ['Ngày sinh', '02/03/2020', 'date_implausible'],
    ['Ngày vào Đảng', '1999', 'date_incomplete'],
    ['Ngày vào Đảng', '31/02/1999', 'date_unreal'],
    ['Ngày vào Đảng', '04/12/2026', 'admitted_in_future'],
    ['SĐT', '12345', 'phone_unreadable'],
    ['Ghi chú', 'Sinh hoạt tạm thời tại Chi bộ 9', 'attached_elsewhere'],
    ['Ghi chú', 'Đảng viên dự bị', 'probationary_without_date'],
  ])('%s %s is named, and the person imported without it', (header, cell, code) => {
    const reading = value(header, cell)
    expect(reading.problems).toMatchObject([{ line: 2, code: `roster.problem.${code}`, severity: 'warning' }])
    expect(reading.rows).toHaveLength(1)
  })

  test('of 31/02/1975 the year is kept', () => {
    const reading = value('Ngày sinh', '31/02/1975')
    expect(reading.rows[0]?.birth).toEqual({ year: 1975 })
    expect(reading.problems[0]).toMatchObject({ column: 'C', params: { text: '31/02/1975' } })
  })

  test.each([
    ['0912.345.678', '0912345678'],
    ['0912 345 678', '0912345678'],
    ['+84 912 345 678', '0912345678'],
    ['84912345678', '0912345678'],
    ['(+84)0912345678', '0912345678'],
    [912345678, '0912345678'],
    ['912345678', '0912345678'],
    ['02773 851 234 ; 0912345678', '0912345678'],
    ['0277 385 1234', '02773851234'],
  ] as [SheetValue, string][])('phone %j', (cell, expected) => {
    expect(value('Điện thoại', cell).rows[0]?.phone).toBe(expected)
  })

  test.each([
    ['NGUYỄN VĂN AN', 'Nguyễn Văn An'],
    ['nguyễn văn an', 'Nguyễn Văn An'],
    ['  Nguyễn   Văn An ', 'Nguyễn Văn An'],
    ['Nguyễn Văn An'.normalize('NFD'), 'Nguyễn Văn An'],
    ["H'Hen Niê", "H'Hen Niê"],
    ["H'HEN NIÊ", "H'Hen Niê"],
    ['Y-BHĂM ÊBAN', 'Y-Bhăm Êban'],
    ['Đ/c Lê Bình', 'Lê Bình'],
    ['LÊ Ý', 'Lê Ý'],
    ['Nguyễn Văn A', 'Nguyễn Văn A'],
  ])('name %j', (name, expected) => {
    expect(
      ofRows([
        ['STT', 'Họ và tên'],
        [1, name],
      ]).rows[0]?.fullName,
    ).toBe(expected)
  })

  test.each([
    ['Miễn sinh hoạt', { exempt: true }],
    ['Được miễn SH từ 2024', { exempt: true }],
    ['Hết miễn sinh hoạt', {}],
    ['Sinh hoạt tạm thời', { temporary: true }],
    ['Đi công tác', {}],
  ])('note %s', (note, expected) => {
    const { exempt, temporary } = value('Ghi chú', note).rows[0] ?? {}
    expect({ ...(exempt ? { exempt } : {}), ...(temporary ? { temporary } : {}) }).toEqual(expected)
  })

  test('a line without a name and a name that is none are named, the rest is read', () => {
    const reading = ofRows([
      ['STT', 'Họ và tên', 'Ngày sinh'],
      [1, null, 1970],
      [2, 'A1 & B2', 1971],
      [3, 'Lê Bình', 1972],
    ])
    expect(reading.rows.map((row) => row.fullName)).toEqual(['Lê Bình'])
    expect(reading.problems).toMatchObject([
      { line: 2, code: 'roster.problem.name_missing', severity: 'error' },
      { line: 3, code: 'roster.problem.name_unreadable', severity: 'error' },
    ])
  })

  test('two people of one name are kept apart by birth or phone; those that cannot be are named', () => {
    const reading = ofRows([
      ['Họ và tên', 'Ngày sinh', 'SĐT'],
      ['Trần Văn Dũng', '25/11/1980', null],
      ['Trần Văn Dũng', '30/01/1991', null],
      ['Lê Hoà', null, '0912345678'],
      ['Lê Hòa', null, '0987654321'],
      ['Phạm Cúc', 1970, null],
      ['PHẠM CÚC', '02/03/1970', null],
      ['Phạm Cục', null, null],
    ])
    expect(reading.rows.map((row) => row.line)).toEqual([2, 3, 4, 5, 6, 8])
    expect(reading.problems).toMatchObject([
      { line: 7, code: 'roster.problem.duplicate', params: { other: 6 }, severity: 'error' },
    ])
  })
})

describe('size', () => {
  const many = (count: number): SheetRows => [
    ['STT', 'Họ và tên', 'Năm sinh'],
    ...Array.from({ length: count }, (_, i) => [
      i + 1,
      `Nguyễn Văn ${String.fromCharCode(65 + (i % 26))}${String.fromCharCode(97 + (Math.floor(i / 26) % 26))}`,
      1930 + (i % 70),
    ]),
  ]

  test('5,000 lines are read, the next one is named', () => {
    const reading = read(rosterCsv(many(5100)), 'ds.csv')
    expect(reading.problems.filter((one) => !one.code.endsWith('duplicate'))).toMatchObject([
      { line: 5001, code: 'roster.problem.too_many_lines', severity: 'error' },
    ])
    expect(Math.max(...reading.rows.map((row) => row.line))).toBeLessThanOrEqual(5000)
  })

  test('a range that reaches to the end of the sheet costs nothing', () => {
    const file = CFB.read(rosterBook({ DS: PLAIN }), { type: 'array' })
    const sheet = CFB.find(file, '/xl/worksheets/sheet1.xml')
    if (!sheet) throw new Error('no sheet')
    sheet.content = Buffer.from(
      Buffer.from(sheet.content as Uint8Array)
        .toString()
        .replace('ref="A1:G3"', 'ref="A1:XFD1048576"'),
    )
    expect(read(new Uint8Array(CFB.write(file, { type: 'buffer', fileType: 'zip' }) as Buffer)).rows).toEqual(
      PLAIN_READ,
    )
  })

  test('columns beyond 60 are said not to be read', () => {
    expect(codes(ofRows(PLAIN.map((row) => [...row, ...Array(60).fill('x')])))).toEqual(['too_many_columns'])
  })
})
