import { describe, expect, test } from 'vitest'
import type { PlainDate } from '../../src/core/dates.js'
import { readTaskLines } from '../../src/tasks/parse-line.js'

const TODAY = '2026-12-03' as PlainDate // a Thursday
const person = (fullName: string) => ({ personId: fullName, fullName })
const PEOPLE = {
  members: ['Lò Văn Hùng', 'Quàng Thị Lan', 'Cầm Văn Hùng', 'Vi Thị Thúy', 'Lường Văn Mai'].map(person),
  left: [person('Hà Văn Đi')],
}
const read = (text: string) => readTaskLines(text, PEOPLE, TODAY)
const only = (text: string) => {
  const { tasks, problems } = read(text)
  expect(problems).toEqual([])
  expect(tasks).toHaveLength(1)
  const [one] = tasks
  return one && { owner: one.owners.map((o) => o.fullName).join('|'), what: one.what, dueOn: one.dueOn }
}

describe('who, what, by when', () => {
  test.each([
    ['Lan: sửa loa nhà văn hóa, trước 20/12', 'sửa loa nhà văn hóa', '2026-12-20'],
    ['lan: sua loa nha van hoa truoc 20/12', 'sua loa nha van hoa', '2026-12-20'],
    ['- Đồng chí Lan: sửa loa (hạn 20/12/2026)', 'sửa loa', '2026-12-20'],
    ['1. Giao đ/c Quàng Thị Lan sửa loa, chậm nhất là ngày 20 tháng 12', 'sửa loa', '2026-12-20'],
    ['Lan – sửa loa – hoàn thành trước ngày 20/12', 'sửa loa', '2026-12-20'],
    ['Sửa loa nhà văn hóa: đồng chí Lan, hạn 20/12', 'Sửa loa nhà văn hóa', '2026-12-20'],
    ['Lan: sửa loa hết tháng 12', 'sửa loa', '2026-12-31'],
    ['Lan: sửa loa trong tuần này', 'sửa loa', '2026-12-06'],
    ['Lan: sửa loa, cuối tháng 1', 'sửa loa', '2027-01-31'],
    ['Lan: sửa loa trước thứ Hai', 'sửa loa', '2026-12-07'],
    ['Lan: chuẩn bị lễ 22/12 cho thiếu nhi, trước 20/12', 'chuẩn bị lễ 22/12 cho thiếu nhi', '2026-12-20'],
    ['Lan: chuẩn bị lễ 22/12 cho thiếu nhi', 'chuẩn bị lễ 22/12 cho thiếu nhi', '2026-12-22'],
    ['Lan: họp lúc 19:30 với tổ dân phố, by 20/12', 'họp lúc 19:30 với tổ dân phố', '2026-12-20'],
    ['Lan: đôn đốc đảng phí', 'đôn đốc đảng phí', null],
    ['Lan: rà soát 3 hộ nghèo trước mai', 'rà soát 3 hộ nghèo trước mai', null],
  ])('%s', (text, what, dueOn) => {
    expect(only(text)).toEqual({ owner: 'Quàng Thị Lan', what, dueOn })
  })

  test('several lines, and several names in one, are several tasks', () => {
    const { tasks, problems } = read('Lan: sửa loa, trước 20/12\n- Lan và Thúy: dọn vệ sinh; Mai: trồng cây')
    expect(problems).toEqual([])
    expect(tasks.map(({ owners, what }) => [owners.map((o) => o.fullName).join('|'), what])).toEqual([
      ['Quàng Thị Lan', 'sửa loa'],
      ['Quàng Thị Lan', 'dọn vệ sinh'],
      ['Vi Thị Thúy', 'dọn vệ sinh'],
      ['Lường Văn Mai', 'trồng cây'],
    ])
  })

  test('two of one given name are both kept, to be asked about', () => {
    expect(only('Hùng: sửa loa')?.owner).toBe('Lò Văn Hùng|Cầm Văn Hùng')
    expect(only('Cầm Văn Hùng: sửa loa')?.owner).toBe('Cầm Văn Hùng')
  })
})

test.each([
  ['Tuấn: sửa loa', 'nobody'],
  ['Hà Văn Đi: sửa loa trước 20/12', 'left'],
  ['Đồng chí Đi sửa loa', 'left'],
  ['Lan: trước 20/12', 'no-what'],
  ['Lan: sửa loa trước 31/2', 'day-wrong'],
  ['Lan: sửa loa trước 20/11/2026', 'day-past'],
  ['Lan: sửa loa trước 20/12/2036', 'day-far'],
  ['Lan: sửa loa trước thứ Năm 20/12', 'day-mismatch'],
  ['Lan: sửa loa trước 20/12, hạn 22/12', 'two-days'],
  [`Lan: ${'sửa loa '.repeat(50)}`, 'long'],
])('%s is asked back: %s', (text, kind) => {
  expect(read(text)).toEqual({ tasks: [], problems: [{ kind, words: text.trim() }] })
})

test('what is wrong in one line leaves the others', () => {
  const { tasks, problems } = read('Tuấn: sửa loa\nLan: dọn vệ sinh')
  expect(tasks).toHaveLength(1)
  expect(problems).toEqual([{ kind: 'nobody', words: 'Tuấn: sửa loa' }])
})
