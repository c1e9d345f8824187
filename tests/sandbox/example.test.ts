import { fileTypeFromBuffer } from 'file-type'
import { describe, expect, test } from 'vitest'
import { addDays, dateIn, daysBetween, HOUR, instantOf, type PlainDate } from '../../src/core/dates.js'
import { kindOfBytes } from '../../src/materials/rules.js'
import { expandRule } from '../../src/meetings/recurrence.js'
import { exampleSeries } from '../../src/sandbox/dates.js'
import { makeDocx } from '../../src/sandbox/docx.js'
import { makeExample } from '../../src/sandbox/example.js'
import { createRandom, isKnownName, makeNames } from '../../src/sandbox/names.js'
import { ZONE } from '../support/house.js'

describe('the example organisation', () => {
  const cells = makeExample()
  const people = cells.flatMap((cell) => cell.people)

  test('is a committee with three cells and about sixty people, the same every time', () => {
    expect(cells).toHaveLength(3)
    expect(people.length).toBeGreaterThanOrEqual(55)
    expect(people.length).toBeLessThanOrEqual(65)
    expect(makeExample()).toEqual(cells)
  })

  test('has in it what a month needs', () => {
    for (const cell of cells) {
      expect(cell.people.filter((one) => one.role === 'secretary')).toHaveLength(1)
      expect(cell.people.filter((one) => one.role === 'deputy')).toHaveLength(1)
      expect(cell.people.some((one) => one.unlinked)).toBe(true)
      expect(cell.people.some((one) => one.probationary)).toBe(true)
    }
    expect(people.filter((one) => one.exempt).length).toBeGreaterThan(1)
    expect(people.filter((one) => one.above === 'committee_member')).toHaveLength(2)
    expect(people.filter((one) => one.above === 'office')).toHaveLength(2)
    expect(people.some((one) => one.follows === 0)).toBe(true)
    const names = cells[0]?.people.map((one) => one.fullName) ?? []
    expect(new Set(names).size).toBe(names.length - 1)
  })

  test('nobody holds two of the states that exclude each other', () => {
    const states = people.map((one) =>
      [one.role, one.above, one.unlinked, one.probationary, one.exempt].filter(Boolean),
    )
    expect(states.filter((held) => held.length > 1)).toEqual([])
  })
})

test('no name of a known leader comes out, whatever the seed', () => {
  expect(isKnownName('HỒ CHÍ MINH')).toBe(true)
  expect(isKnownName('Vo Nguyen Giap')).toBe(true)
  for (let seed = 0; seed < 200; seed += 1) {
    const names = makeNames(createRandom(seed), 61).map((one) => one.fullName)
    expect(names.filter(isKnownName)).toEqual([])
    expect(new Set(names).size).toBe(61)
  }
})

test('whatever the day, both series meet six to eight days ahead, with the first reminder still to come', () => {
  for (let day = 0; day < 380; day += 3) {
    for (const hour of [8, 17, 18]) {
      const date = addDays('2026-01-01' as PlainDate, day)
      const now = new Date(instantOf(date, '00:30' as never, ZONE).getTime() + hour * HOUR)
      for (const series of exampleSeries(now, ZONE)) {
        const ahead = daysBetween(dateIn(now, ZONE), series.next)
        expect(ahead).toBeGreaterThanOrEqual(6)
        expect(ahead).toBeLessThanOrEqual(8)
        expect(expandRule(series.rrule, addDays(date, 1), addDays(date, 10))).toEqual([series.next])
        expect(instantOf(addDays(series.next, -7), series.time, ZONE) > now).toBe(true)
        expect(series.last < date).toBe(true)
        expect(daysBetween(series.last, series.next)).toBeLessThanOrEqual(62)
      }
    }
  }
})

test('the made-up paper is a Word file, by its name parts and by its bytes', async () => {
  const file = makeDocx('Tài liệu <1> & 2', ['Dòng một'])
  expect(kindOfBytes(file)).toBe('docx')
  expect((await fileTypeFromBuffer(file))?.ext).toBe('docx')
  expect(Buffer.from(file).toString()).toContain('Tài liệu &lt;1&gt; &amp; 2')
})
