import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countMoves, decideMoves, type Moving } from '../../../src/bots/rules.js'

const moving = (change: Partial<Moving> = {}): Moving => ({
  personId: 'p',
  fullName: 'Đỗ Văn Thử',
  unitId: 'u',
  unit: 'Chi bộ Thử',
  botId: 'old',
  chatId: 'c',
  open: true,
  elsewhere: true,
  linkedAt: ['old'],
  ...change,
})
const telegram = { id: 't', platform: 'telegram', username: 't_bot', own: false }
const zalo = { id: 'z', platform: 'zalo', username: 'z', own: true }
const decide = (people: Moving[], what: { speaks?: boolean; bots?: (typeof telegram)[]; platform?: string } = {}) =>
  decideMoves(people, {
    platform: what.platform ?? 'telegram',
    speaks: () => what.speaks ?? true,
    botsOf: () => what.bots ?? [zalo, telegram],
    hasLink: (bot) => bot.platform === 'telegram',
  })

describe('who is asked to link again, and how', () => {
  test.each([
    ['by the old bot while it speaks', moving(), true, 'old'],
    ['another way when the old bot is silent', moving(), false, 'other'],
    ['another way when they blocked the old bot', moving({ open: false }), true, 'other'],
    ['by hand when nothing else is left', moving({ open: false, elsewhere: false }), true, 'hand'],
    ['by hand when the old bot is silent and was all they had', moving({ elsewhere: false }), false, 'hand'],
  ] as const)('%s', (_, person, speaks, by) => {
    expect(decide([person], { speaks })).toEqual([{ person, to: telegram, by }])
  })

  test('to a bot of the platform they use, else to one with links, else to any', () => {
    expect(decide([moving()], { platform: 'zalo' })[0]?.to).toBe(zalo)
    expect(decide([moving()], { platform: 'else' })[0]?.to).toBe(telegram)
    expect(decide([moving()], { platform: 'else', bots: [zalo] })[0]?.to).toBe(zalo)
  })

  test('nobody where there is no bot to go to, or who is there already', () => {
    expect(decide([moving()], { bots: [] })).toEqual([])
    expect(decide([moving({ linkedAt: ['old', 't'] })])).toEqual([])
  })

  test('property: nobody is asked twice, and every way is counted', () => {
    const person = fc.record({ open: fc.boolean(), elsewhere: fc.boolean(), speaks: fc.boolean() })
    fc.assert(
      fc.property(fc.array(person), fc.boolean(), (rows, speaks) => {
        const moves = decide(
          rows.map((row, n) => moving({ ...row, personId: String(n) })),
          { speaks },
        )
        const counted = countMoves(moves) as Record<string, number>
        expect(new Set(moves.map((one) => one.person.personId)).size).toBe(rows.length)
        expect((counted.old ?? 0) + (counted.other ?? 0) + (counted.hand ?? 0)).toBe(counted.count)
      }),
    )
  })
})
