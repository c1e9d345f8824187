import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vi from '../../locales/vi/roster.json' with { type: 'json' }
import type { PlainDate } from '../../src/core/dates.js'
import { loadTranslations } from '../../src/core/i18n.js'
import { planRoster } from '../../src/organization/roster/plan-roster.js'
import type { KnownPerson, RosterPlan } from '../../src/organization/roster/plan-types.js'
import { readRoster } from '../../src/organization/roster/read-roster.js'
import { aPerson, applyPlan } from '../support/roster-apply.js'
import { rosterBook, type SheetRows, type SheetValue } from '../support/roster-files.js'

const TODAY = '2026-12-03' as PlainDate
const day = (text: string): PlainDate => text as PlainDate
const UNITS = [
  { id: 'c1', name: 'Chi bộ Ấp 1' },
  { id: 'c2', name: 'Chi bộ Ấp 2' },
]
const HEAD = ['STT', 'Họ và tên', 'Ngày sinh', 'Điện thoại', 'Chức vụ', 'Ghi chú', 'Chi bộ', 'Tổ đảng']

const read = (rows: SheetRows) => readRoster(rosterBook({ DS: rows }), 'ds.xlsx', TODAY)
const plan = (rows: SheetRows, people: readonly KnownPerson[] = [], unitId: string | undefined = 'c1'): RosterPlan =>
  planRoster(read(rows), { people, units: UNITS }, { today: TODAY, ...(unitId ? { unitId } : {}) })
const planOf = (people: readonly KnownPerson[], ...rows: SheetValue[][]): RosterPlan =>
  plan([HEAD, ...rows.map((row, i) => [i + 1, ...row])], people)
const codes = (made: RosterPlan): string[] => made.problems.map((one) => one.code.replace('roster.problem.', ''))
const actions = (made: RosterPlan): string[] => made.entries.map((entry) => entry.action)

const AN = aPerson('an', 'Nguyễn Văn An', { birthDate: day('1975-03-02'), birthYear: 1975, phone: '0912345678' })

describe('what a row does', () => {
  test('somebody new is created with a membership, a role and an exemption', () => {
    const made = planOf([], ['Lê Thị Bình', '1980', '0912345678', 'Bí thư', 'Miễn sinh hoạt', null, 'Tổ đảng 2'])
    expect(made.entries).toEqual([
      {
        action: 'create',
        line: 2,
        fullName: 'Lê Thị Bình',
        unitId: 'c1',
        person: {
          fullName: 'Lê Thị Bình',
          birthDate: null,
          birthYear: 1980,
          phone: '0912345678',
          admittedOn: null,
          fullOn: null,
        },
        effects: {
          membership: { kind: 'home', section: 'Tổ đảng 2' },
          role: { role: 'secretary', replaces: null },
          exempt: true,
        },
      },
    ])
    expect(made.summary).toEqual({ create: 1, update: 0, unchanged: 0, conflict: 0, unreadable: 0 })
    expect(made.remarks).toEqual([{ code: 'roster.remark.without_dates', params: { count: 1 }, lines: [2] }])
  })

  test.each([
    ['the same', ['Nguyễn Văn An', '02/03/1975', '0912345678'], []],
    ['less than is known', ['Nguyễn Văn An', null, null], []],
    ['a year where the day is known', ['Nguyễn Văn An', 1975, null], []],
    ['no accents', ['Nguyen Van An', '02/03/1975', null], []],
    ['another phone', ['Nguyễn Văn An', '02/03/1975', '0987654321'], ['phone']],
    ['a mistyped day, the phone agreeing', ['Nguyễn Văn An', '02/03/1957', '0912345678'], ['birth']],
    ['another day of that year', ['Nguyễn Văn An', '03/02/1975', null], ['birth']],
    ['a role and a group', ['Nguyễn Văn An', 1975, null, 'PBT', null, null, 'Tổ 2'], ['section', 'role']],
  ] as [string, SheetValue[], string[]][])('%s', (_, row, changed) => {
    const [entry] = planOf([AN], row).entries
    expect(entry).toMatchObject(
      changed.length === 0 ? { action: 'unchanged' } : { action: 'update', ref: { id: 'an' }, changed },
    )
  })

  test('what is missing is filled in', () => {
    const bare = aPerson('an', 'Nguyen Van An')
    const [entry] = planOf([bare], ['Nguyễn Văn An', '02/03/1975', '0912345678']).entries
    expect(entry).toMatchObject({
      set: { fullName: 'Nguyễn Văn An', birthDate: '1975-03-02', birthYear: 1975, phone: '0912345678' },
    })
  })

  test('a new role takes the place of the old one in that cell', () => {
    const deputy = { ...AN, roles: [{ unitId: 'c1', role: 'deputy' as const }] }
    expect(planOf([deputy], ['Nguyễn Văn An', null, null, 'Bí thư']).entries[0]).toMatchObject({
      effects: { role: { role: 'secretary', replaces: 'deputy' } },
    })
  })

  test('names that only differ by an accent are two people', () => {
    expect(actions(planOf([AN], ['Nguyễn Văn Ân', null, null]))).toEqual(['create'])
  })

  test('of two members of one name the row with a birth takes its own, the other what is left', () => {
    const other = aPerson('an2', 'Nguyễn Văn An')
    const made = planOf([other, AN], ['Nguyễn Văn An', '09/09/1990', null], ['Nguyễn Văn An', '02/03/1975', null])
    expect(made.entries).toMatchObject([
      { action: 'update', ref: { id: 'an2' } },
      { action: 'unchanged', ref: { id: 'an' } },
    ])
  })
})

describe('what is not decided for the office', () => {
  test('a home member of another cell is never transferred', () => {
    const elsewhere = { ...AN, homeCellId: 'c2' }
    expect(planOf([elsewhere], ['Nguyễn Văn An', '02/03/1975', null])).toMatchObject({
      entries: [{ action: 'conflict' }],
      problems: [
        { line: 2, code: 'roster.problem.other_cell', params: { name: 'Nguyễn Văn An', cell: 'Chi bộ Ấp 2' } },
      ],
      summary: { conflict: 1, create: 0 },
    })
    expect(codes(planOf([{ ...AN, homeCellId: 'c9' }], ['Nguyễn Văn An', '02/03/1975', null]))).toEqual([
      'other_cell_unnamed',
    ])
  })

  test('but is attached for a time where the note says so', () => {
    const elsewhere = { ...AN, homeCellId: 'c2' }
    expect(
      planOf([elsewhere], ['Nguyễn Văn An', '02/03/1975', null, null, 'Sinh hoạt tạm thời']).entries,
    ).toMatchObject([{ action: 'update', changed: ['membership'], effects: { membership: { kind: 'temporary' } } }])
  })

  test('a namesake in another cell, nothing more being known, is somebody else', () => {
    expect(actions(planOf([{ ...AN, homeCellId: 'c2' }], ['Nguyễn Văn An', 1975, null]))).toEqual(['create'])
  })

  test('somebody without a cell is taken in again', () => {
    expect(planOf([{ ...AN, homeCellId: null }], ['Nguyễn Văn An', '02/03/1975', null]).entries).toMatchObject([
      { action: 'update', ref: { id: 'an' }, changed: ['membership'] },
    ])
  })

  test('one name, another birth year, no phone: asked, not doubled', () => {
    expect(codes(planOf([AN], ['Nguyễn Văn An', '02/03/1990', null]))).toEqual(['birth_differs'])
  })

  test('and with both in the roster they are two people', () => {
    const made = planOf([AN], ['Nguyễn Văn An', '02/03/1990', null], ['Nguyễn Văn An', '02/03/1975', null])
    expect(actions(made)).toEqual(['create', 'unchanged'])
  })

  test('a row that could be either of two', () => {
    expect(
      codes(
        planOf(
          [AN, { ...AN, id: 'an2', birthYear: 1990, birthDate: day('1990-01-01') }],
          ['Nguyễn Văn An', null, null],
        ),
      ),
    ).toEqual(['ambiguous'])
  })

  test('a second secretary is named', () => {
    const secretary = aPerson('s', 'Lê Bình', { roles: [{ unitId: 'c1', role: 'secretary' }] })
    expect(codes(planOf([secretary], ['Nguyễn Văn An', null, null, 'Bí thư']))).toEqual(['several_secretaries'])
  })
})

describe('units', () => {
  const withUnit = (unit: SheetValue, header = 'Chi bộ'): SheetRows => [
    ['Họ và tên', header],
    ['Nguyễn Văn An', unit],
  ]
  test.each([
    ['Chi bộ Ấp 2', 'c2'],
    ['CHI BO AP 2', 'c2'],
    ['Ấp 02', 'c2'],
    ['CB Ấp 2', 'c2'],
    [null, 'c1'],
  ])('%s', (unit, id) => {
    expect(plan(withUnit(unit)).entries).toMatchObject([{ action: 'create', unitId: id }])
  })

  test('an unknown one is named, and so is none at all', () => {
    expect(codes(plan(withUnit('Chi bộ Ấp 7')))).toEqual(['unit_unknown'])
    expect(codes(plan(withUnit(null), [], ''))).toEqual(['unit_missing'])
  })

  test('a section "CHI BỘ ẤP 2" holds for the lines below', () => {
    const made = plan(
      [['STT', 'Họ và tên'], ['CHI BỘ ẤP 1'], [1, 'Nguyễn An'], ['CHI BỘ ẤP 2'], [1, 'Lê Bình']],
      [],
      '',
    )
    expect(made.entries).toMatchObject([{ unitId: 'c1' }, { unitId: 'c2' }])
  })

  test('the title names the cell where nothing else does', () => {
    const made = plan([['DANH SÁCH ĐẢNG VIÊN CHI BỘ ẤP 2'], ['STT', 'Họ và tên'], [1, 'Nguyễn An']], [], '')
    expect(made.entries).toMatchObject([{ unitId: 'c2' }])
    expect(made.remarks).toMatchObject([
      { code: 'roster.remark.without_dates' },
      { code: 'roster.remark.unit_from_title' },
    ])
  })

  test('a column "Đơn vị" of employers is no column of cells', () => {
    const made = plan(withUnit('Trường Tiểu học Tân Lộc', 'Đơn vị'))
    expect(made.entries).toMatchObject([{ unitId: 'c1' }])
    expect(made.remarks.map((one) => one.code)).toContain('roster.remark.unit_column_ignored')
  })

  test('one person under two writings of one cell is one person', () => {
    const rows: SheetRows = [
      ['Họ và tên', 'Năm sinh', 'Chi bộ'],
      ['Nguyễn An', 1970, 'Chi bộ Ấp 1'],
      ['Nguyễn An', 1970, 'Ấp 1'],
    ]
    expect(actions(plan(rows))).toEqual(['create', 'conflict'])
  })

  test('somebody may be a member of one cell and attached to another in one roster', () => {
    const rows: SheetRows = [
      ['Họ và tên', 'Ngày sinh', 'Chi bộ', 'Ghi chú'],
      ['Nguyễn An', '01/02/1970', 'Chi bộ Ấp 2', 'Sinh hoạt tạm thời'],
      ['Nguyễn An', '01/02/1970', 'Chi bộ Ấp 1', null],
    ]
    const made = plan(rows)
    expect(made.entries).toMatchObject([{ action: 'update', ref: { createdByLine: 3 } }, { action: 'create' }])
    expect(actions(plan(rows, applyPlan([], made)))).toEqual(['unchanged', 'unchanged'])
  })
})

describe('the day of full membership', () => {
  const joined = (admitted: string, note: string | null = null, people: readonly KnownPerson[] = []) =>
    plan(
      [
        ['Họ và tên', 'Ngày vào Đảng', 'Ghi chú'],
        ['Nguyễn Văn An', admitted, note],
      ],
      people,
    )

  test('is taken as 12 months after a single date, and said so', () => {
    const made = joined('29/02/2024')
    expect(made.entries[0]).toMatchObject({ person: { admittedOn: '2024-02-29', fullOn: '2025-02-28' } })
    expect(made.remarks).toEqual([{ code: 'roster.remark.full_on_assumed', params: { count: 1 }, lines: [2] }])
  })

  test('is open within 12 months, and for who is called probationary', () => {
    expect(joined('04/12/2025').entries[0]).toMatchObject({ person: { fullOn: null } })
    expect(joined('03/12/2025').entries[0]).toMatchObject({ person: { fullOn: '2026-12-03' } })
    expect(joined('03/12/2020', 'dự bị').entries[0]).toMatchObject({ person: { fullOn: null } })
  })

  test('is not assumed where the roster has a column for it, nor over a recorded probation', () => {
    const rows: SheetRows = [
      ['Họ và tên', 'Ngày vào Đảng', 'Ngày chính thức'],
      ['Nguyễn Văn An', '01/02/2020', null],
    ]
    expect(plan(rows).entries[0]).toMatchObject({ person: { fullOn: null } })
    const probationary = aPerson('an', 'Nguyễn Văn An', { admittedOn: day('2020-02-01') })
    expect(actions(joined('01/02/2020', null, [probationary]))).toEqual(['unchanged'])
  })

  test('of a known probationary member follows from a decision, never from a list', () => {
    const rows: SheetRows = [
      ['Họ và tên', 'Ngày vào Đảng', 'Ngày chính thức'],
      ['Nguyễn Văn An', '01/02/2020', '01/02/2021'],
    ]
    const probationary = aPerson('an', 'Nguyễn Văn An', { admittedOn: day('2020-02-01') })
    expect(actions(plan(rows, [probationary]))).toEqual(['unchanged'])
  })
})

const cell = (...values: SheetValue[]) => fc.constantFrom(...values)
const row = fc.tuple(
  cell('Nguyễn Văn An', 'NGUYỄN VĂN AN', 'Nguyen Van An', 'Nguyễn Văn Ân', 'Lê Hoà', 'Lê Hòa'),
  cell(null, '02/03/1975', '03/02/1975', 1975, 1980, '31/02/1980', '02/03/1990'),
  cell(null, '0912345678', '0987654321', '12'),
  cell(null, 'Bí thư', 'PBT'),
  cell(null, 'Miễn sinh hoạt', 'Sinh hoạt tạm thời', 'dự bị'),
  cell(null, 'Chi bộ Ấp 1', 'Ấp 2', 'Chi bộ 9'),
  cell(null, 'Tổ 1', 'Tổ 2'),
)

test('importing twice changes nothing', () =>
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 8 }),
      fc.subarray([AN, { ...AN, id: 'an2', homeCellId: 'c2', birthYear: 1980, birthDate: null }]),
      (rows, people) => {
        const first = planOf(people, ...rows)
        const after = applyPlan(people, first)
        const second = planOf(after, ...rows)
        expect(second.entries.filter((entry) => entry.action === 'create' || entry.action === 'update')).toEqual([])
        expect(applyPlan(after, second)).toEqual(after)
      },
    ),
    { numRuns: 300 },
  ))

test('every problem, remark and field has its words in both languages', () => {
  const translations = loadTranslations(join(import.meta.dirname, '../../locales'))
  const params = {
    file: 'a',
    text: 'a',
    name: 'a',
    other: 1,
    unit: 'a',
    cell: 'a',
    sheet: 'a',
    others: 'a',
    max: 1,
    stated: 1,
    read: 1,
    count: 2,
  }
  const { problem, remark, field } = vi
  const keys = Object.entries({ problem, remark, field }).flatMap(([group, texts]) =>
    Object.keys(texts).map((key) => `roster.${group}.${key.replace(/_other$/, '')}`),
  )
  for (const locale of ['vi', 'en'] as const) {
    for (const key of keys) expect(translations.for(locale).dynamic(key, params)).not.toMatch(/\{\{|undefined/)
  }
})
