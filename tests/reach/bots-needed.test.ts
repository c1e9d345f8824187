import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packCells } from '../../src/reach/bots-needed.js'
import { markOf } from '../../src/reach/bots-rules.js'

const cells = fc
  .array(fc.integer({ min: 1, max: 130 }), { maxLength: 60 })
  .map((sizes) => sizes.map((people, n) => ({ cell: `Chi bộ ${n}`, people })))

describe('how many bots the members need', () => {
  test('whole cells, the largest first, each where it fills best', () => {
    const sizes = [20, 30, 25, 25, 8].map((people, n) => ({ cell: `Chi bộ ${n + 1}`, people }))
    expect(packCells(sizes, 50)).toEqual([
      {
        people: 50,
        cells: [
          { cell: 'Chi bộ 2', people: 30 },
          { cell: 'Chi bộ 1', people: 20 },
        ],
      },
      {
        people: 50,
        cells: [
          { cell: 'Chi bộ 3', people: 25 },
          { cell: 'Chi bộ 4', people: 25 },
        ],
      },
      { people: 8, cells: [{ cell: 'Chi bộ 5', people: 8 }] },
    ])
    expect(packCells([], 50)).toEqual([])
  })

  test('a cell larger than a bot fills as many as it needs', () => {
    const bots = packCells(
      [
        { cell: 'Lớn', people: 120 },
        { cell: 'Nhỏ', people: 30 },
      ],
      50,
    )
    expect(bots.map((one) => one.people)).toEqual([50, 50, 50])
  })

  test('no bot over its quota, nobody left out, no cell split unless it is larger than a bot', () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 1, max: 60 }), (sizes, perBot) => {
        const bots = packCells(sizes, perBot)
        for (const bot of bots) {
          expect(bot.people).toBeLessThanOrEqual(perBot)
          expect(bot.cells.reduce((sum, one) => sum + one.people, 0)).toBe(bot.people)
        }
        for (const { cell, people } of sizes) {
          const pieces = bots.flatMap((bot) => bot.cells).filter((one) => one.cell === cell)
          expect(pieces.reduce((sum, one) => sum + one.people, 0)).toBe(people)
          expect(pieces).toHaveLength(Math.ceil(people / perBot))
        }
        // At most one bot is not even half full, or two of them would have been one.
        expect(bots.filter((one) => one.people * 2 <= perBot).length).toBeLessThanOrEqual(1)
      }),
    )
  })
})

test.each([
  [79, 0, null],
  [80, 0, 80],
  [99, 80, null],
  [100, 80, 100],
  [100, 0, 100],
  [120, 100, null],
])('%i of 100 sent, told of %i: %s', (sent, warnedAt, mark) => {
  expect(markOf({ sent, monthlyQuota: 100, warnedAt })).toBe(mark)
  expect(markOf({ sent, monthlyQuota: null, warnedAt })).toBeNull()
})
