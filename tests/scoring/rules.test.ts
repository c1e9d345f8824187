import { describe, expect, test } from 'vitest'
import type { PlainDate } from '../../src/core/dates.js'
import { bar, meanTenths } from '../../src/scoring/chart.js'
import { fill, type Known } from '../../src/scoring/known.js'
import { readPoints } from '../../src/scoring/read-points.js'
import { DEFAULT_SHEETS, gradeOf, sheetSchema } from '../../src/scoring/sheets.js'

const known = (some: Partial<Known> = {}): Known => ({
  schedule: { movedFrom: null, minutes: 90, least: 90 },
  attendance: null,
  materials: { inTime: 0, total: 0 },
  speakers: null,
  tasks: { done: 0, total: 0 },
  ...some,
})

describe('what is known fills a line, and says from what', () => {
  test.each([
    ['schedule', 5, known(), 5, 'schedule'],
    [
      'schedule',
      5,
      known({ schedule: { movedFrom: '2026-12-03' as PlainDate, minutes: 90, least: 90 } }),
      null,
      'moved',
    ],
    ['schedule', 5, known({ schedule: { movedFrom: null, minutes: 60, least: 90 } }), null, 'short'],
    ['attendance', 5, known({ attendance: { part: 18, whole: 20, unexcused: 0, points: 5 } }), 5, 'attendance'],
    [
      'attendance',
      5,
      known({ attendance: { part: 18, whole: 20, unexcused: 1, points: 2 } }),
      2,
      'attendance-unexcused',
    ],
    ['attendance', 20, known({ attendance: { part: 15, whole: 20, unexcused: 0, points: 4 } }), 16, 'attendance'],
    ['materials', 10, known({ materials: { inTime: 2, total: 2 } }), 10, 'materials'],
    ['materials', 10, known({ materials: { inTime: 1, total: 2 } }), null, 'materials'],
    ['materials', 10, known(), null, 'no-materials'],
    ['speakers', 10, known({ speakers: { spoke: 5, attended: 18 } }), 2, 'speakers'],
    ['tasks', 30, known({ tasks: { done: 4, total: 5 } }), 24, 'tasks'],
    ['tasks', 30, known({ tasks: { done: 299, total: 300 } }), 29, 'tasks'],
  ] as const)('%s of %i', (source, max, what, points, key) => {
    expect(fill(source, max, what)).toMatchObject({ points, from: { key } })
  })

  test.each(['attendance', 'speakers', 'tasks'] as const)('nothing known of %s: nothing is filled in', (source) => {
    expect(fill(source, 30, known())).toBeNull()
  })
})

test.each([
  [100, 'good'],
  [90, 'good'],
  [89, 'fair'],
  [70, 'fair'],
  [69, 'average'],
  [50, 'average'],
  [49, 'weak'],
  [0, 'weak'],
] as const)('%i points are %s', (total, grade) => {
  expect(gradeOf({ good: 90, fair: 70, average: 50 }, total)).toBe(grade)
})

test('every default sheet is a sheet', () => {
  for (const sheet of Object.values(DEFAULT_SHEETS)) expect(sheetSchema.safeParse(sheet).success).toBe(true)
})

describe('points as they are typed', () => {
  const lines = [
    { key: 'time', label: 'Thời gian sinh hoạt', max: 5, points: 5 },
    { key: 'conduct', label: 'Tiến hành sinh hoạt', max: 30, points: null },
    { key: 'chairing', label: 'Điều hành của chủ trì', max: 10, points: null },
  ]
  test.each([
    ['28 9', { conduct: 28, chairing: 9 }],
    ['28, 9.', { conduct: 28, chairing: 9 }],
    ['4 28 9', { time: 4, conduct: 28, chairing: 9 }],
    ['tien hanh 27', { conduct: 27 }],
    ['Tiến hành: 27 điểm; điều hành 8', { conduct: 27, chairing: 8 }],
    ['thời gian sinh hoạt 0', { time: 0 }],
  ])('%s', (text, given) => expect(readPoints(text, lines)).toEqual({ kind: 'points', given }))

  test.each([
    ['28', 'count'],
    ['1 2 3 4', 'count'],
    ['31 9', 'over'],
    ['tiến hành 31', 'over'],
    ['sinh hoạt 3', 'several'],
    ['xyz 3', 'unread'],
    ['tiến hành', 'unread'],
    ['tiến hành 27, xyz', 'unread'],
    ['-3', 'unread'],
  ])('%s gives nothing: %s', (text, kind) =>
    expect(readPoints(text, lines)).toMatchObject({ kind: 'problem', problem: { kind } }),
  )

  test('one open line takes its points with the word', () => {
    expect(readPoints('8 điểm', [{ key: 'chairing', label: 'Điều hành', max: 10, points: null }])).toEqual({
      kind: 'points',
      given: { chairing: 8 },
    })
  })
})

test.each([
  [100, '██████████'],
  [99, '█████████░'],
  [92, '█████████░'],
  [50, '█████░░░░░'],
  [3, '░░░░░░░░░░'],
])('a bar of %i', (total, text) => expect(bar(total)).toBe(text))

test('a mean is told to a tenth', () => {
  const of = (...totals: number[]) => meanTenths(totals.map((total) => ({ day: '2026-12-03' as PlainDate, total })))
  expect(of(90, 91, 91)).toBe(907)
  expect(of()).toBeNull()
})
