import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, addMonths, type PlainDate } from '../../src/core/dates.js'
import { parseDecision } from '../../src/milestones/parse-decision.js'
import { milestoneOn, refuseChange, refuseDecision } from '../../src/milestones/rules.js'

const d = (text: string) => text as PlainDate
const probationary = (admittedOn: string) => ({ admittedOn: d(admittedOn), fullOn: null })
const full = (admittedOn: string) => ({ admittedOn: d(admittedOn), fullOn: addMonths(d(admittedOn), 12) })

describe('what the secretary should hear on a day', () => {
  test.each([
    ['61 days before: nothing yet', probationary('2026-01-15'), '2026-11-15', null],
    ['60 days before', probationary('2026-01-15'), '2026-11-16', 'probation_60 2027-01-15'],
    ['30 days before', probationary('2026-01-15'), '2026-12-16', 'probation_30 2027-01-15'],
    ['the day itself', probationary('2026-01-15'), '2027-01-15', 'probation_0 2027-01-15'],
    ['found a month late: it still helps', probationary('2026-01-15'), '2027-02-15', 'probation_0 2027-01-15'],
    ['years late: the roster lacks a day', probationary('2022-01-15'), '2027-02-15', null],
    ['admitted on 29 February: the 28th', probationary('2024-02-29'), '2025-02-28', 'probation_0 2025-02-28'],
    ['decided with a day to come', { ...probationary('2026-01-15'), fullOn: d('2027-01-20') }, '2027-01-15', null],
    ['30 years, a month ahead', full('1997-02-03'), '2027-01-03', 'badge 2027-02-03'],
    ['a day earlier: nothing yet', full('1997-02-03'), '2027-01-02', null],
    ['35 years: no badge', full('1992-02-03'), '2027-01-20', null],
    ['90 years', full('1937-02-03'), '2027-02-03', 'badge 2027-02-03'],
    ['over: nothing', full('1997-02-03'), '2027-02-04', null],
  ])('%s', (_, person, today, expected) => {
    const found = milestoneOn(person, d(today))
    expect(found && `${found.kind} ${found.day}`).toBe(expected)
  })

  test('however days are missed, nobody is told of the same twice and the twelve months are told of', () => {
    const days = fc.integer({ min: 0, max: 8_000 }).map((n) => addDays(d('2005-01-01'), n))
    fc.assert(
      fc.property(
        days,
        fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 20, maxLength: 60 }),
        (admittedOn, steps) => {
          const told: string[] = []
          let today = addMonths(admittedOn, 9)
          for (const step of steps) {
            today = addDays(today, step)
            const found = milestoneOn({ admittedOn, fullOn: null }, today)
            if (found && told.at(-1) !== found.kind) told.push(found.kind)
          }
          expect(new Set(told).size).toBe(told.length)
          if (today > addMonths(admittedOn, 16)) expect(told).toContain('probation_0')
        },
      ),
    )
  })
})

describe('what a decision may say', () => {
  const person = probationary('2026-01-15')
  const decision = { number: '12-QĐ/ĐU', decidedOn: d('2027-01-20'), fullOn: d('2027-01-15') }
  test.each([
    ['right', {}, null],
    ['dated after today', { decidedOn: d('2027-03-01') }, 'milestones.error.decided-later'],
    ['last year, by a slip', { decidedOn: d('2026-01-20') }, 'milestones.error.decided-early'],
    ['full before the twelve months', { fullOn: d('2027-01-14') }, 'milestones.error.full-early'],
    ['full in two years', { fullOn: d('2029-01-14') }, 'milestones.error.full-far'],
  ])('%s', (_, change, expected) => {
    expect(refuseDecision(person, { ...decision, ...change }, d('2027-02-01'))).toBe(expected)
  })

  test('who may be decided about', () => {
    expect(refuseChange(person, false, d('2027-01-14'))).toBe('milestones.error.early')
    expect(refuseChange(person, false, d('2027-01-15'))).toBeNull()
    expect(refuseChange(full('2020-01-15'), false, d('2027-01-15'))).toBe('milestones.error.full')
    expect(refuseChange(full('2020-01-15'), true, d('2027-01-15'))).toBeNull()
  })
})

describe('a decision as it is typed', () => {
  test.each([
    ['số 12-QĐ/ĐU ngày 15/3/2027', '12-QĐ/ĐU 2027-03-15 null'],
    ['Quyết định số: 12-QĐ/ĐU, ngày 15 tháng 3 năm 2027', '12-QĐ/ĐU 2027-03-15 null'],
    ['so 7 QD-DU ngay 01.03.2027 chinh thuc tu 20-3-2027', '7 QD-DU 2027-03-01 2027-03-20'],
    ['12-QĐ/ĐU 15/3/2027', '12-QĐ/ĐU 2027-03-15 null'],
    ['QĐ 45-QĐ/TU ký ngày 5/9/2027, chính thức từ ngày 1/9/2027', 'QĐ 45-QĐ/TU 2027-09-05 2027-09-01'],
    ['ngày 15/3/2027', 'milestones.parse.number'],
    ['số 12-QĐ/ĐU', 'milestones.parse.date'],
    ['số 12-QĐ/ĐU ngày 15/3', 'milestones.parse.date'],
    ['số 12-QĐ/ĐU ngày 31/2/2027', 'milestones.parse.day'],
    ['số 12-QĐ/ĐU ngày 15/3/2027'.normalize('NFD'), '12-QĐ/ĐU 2027-03-15 null'],
  ])('%s', (text, expected) => {
    const read = parseDecision(text)
    expect(read.ok ? `${read.number} ${read.decidedOn} ${read.fullOn}` : read.code).toBe(expected)
  })
})
