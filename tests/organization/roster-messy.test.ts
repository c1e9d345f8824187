import { expect, test } from 'vitest'
import type { PlainDate } from '../../src/core/dates.js'
import { readRoster } from '../../src/organization/roster/read-roster.js'
import { type MessyPerson, messyRosterXls } from '../support/roster-files.js'

const TODAY = '2026-12-03' as PlainDate

const PEOPLE: readonly MessyPerson[] = [
  {
    fullName: 'Nguyễn Thị Hồng Ánh',
    gender: 'female',
    birth: '1975-03-02',
    role: 'Bí thư',
    admittedOn: '1999-05-19',
    fullOn: '2000-05-19',
    phone: '0912345678',
    section: 'Tổ đảng 1',
  },
  {
    fullName: 'Trần Văn Dũng',
    gender: 'male',
    birth: '1980-11-25',
    role: 'Phó Bí thư',
    admittedOn: '2005-09-03',
    fullOn: '2006-09-03',
    phone: '0987654321',
    section: 'Tổ đảng 1',
  },
  {
    fullName: 'Lê Hoàng Phước',
    gender: 'male',
    birth: '1968',
    admittedOn: '1990-02-03',
    fullOn: '1991-02-03',
    phone: '0356789012',
    section: 'Tổ đảng 2',
    note: 'Được miễn sinh hoạt',
  },
  {
    fullName: 'Đặng Thuỳ Dương',
    gender: 'female',
    birth: '1999-07-08',
    admittedOn: '2026-06-01',
    phone: '0701234567',
    section: 'Tổ đảng 2',
  },
  {
    fullName: 'Trần Văn Dũng',
    gender: 'male',
    birth: '1991-01-30',
    admittedOn: '2015-01-05',
    fullOn: '2016-01-05',
    section: 'Tổ đảng 2',
    note: 'Sinh hoạt tạm thời',
  },
]

const expected = (person: MessyPerson) => ({
  fullName: person.fullName,
  gender: person.gender,
  birth: person.birth?.length === 4 ? { year: Number(person.birth) } : { date: person.birth },
  admittedOn: person.admittedOn,
  fullOn: person.fullOn,
  phone: person.phone,
  section: person.section,
  note: person.note,
})

test.each(['tcvn3', 'vni', 'unicode'] as const)('a roster kept for twenty years is read whole, in %s', (letters) => {
  const reading = readRoster(messyRosterXls(PEOPLE, letters), 'ds.xls', TODAY)
  expect(reading.problems).toEqual([])
  expect(reading.recognised).toMatchObject({ format: 'xls', letters, sheet: 'Sheet1', headerLines: [5, 6, 7] })
  const fields = ['fullName', 'gender', 'birth', 'admittedOn', 'fullOn', 'phone', 'section', 'note'] as const
  const read = reading.rows.map((row) => Object.fromEntries(fields.map((field) => [field, row[field]])))
  expect(read).toEqual(PEOPLE.map(expected))
  expect(reading.rows.map((row) => row.role)).toEqual(['secretary', 'deputy', undefined, undefined, undefined])
  expect(reading.rows.map((row) => row.exempt)).toEqual([undefined, undefined, true, undefined, undefined])
  expect(reading.rows.map((row) => row.temporary)).toEqual([undefined, undefined, undefined, undefined, true])
})
