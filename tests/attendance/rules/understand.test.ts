import { describe, expect, test } from 'vitest'
import type { Understanding } from '../../../src/attendance/understanding/types.js'
import { understand } from '../../../src/attendance/understanding/understand.js'
import { COLLECTIONS, type Label, labelled } from './sentences.js'

const STATES = ['present', 'late', 'online', 'absent']
type Verdict = 'right' | 'wrong' | 'asked' | 'off topic'

const sameDetail = (said: Extract<Understanding, { kind: 'answer' }>, detail: string | undefined): boolean =>
  detail === undefined || (said.state === 'late' ? said.minutesLate === Number(detail) : said.reasonKind === detail)

/** wrong: an answer was recorded that was not given. asked: an answer was given and the bot asks back. */
function judge(said: Understanding, label: Label): Verdict {
  const [state = '', detail] = label.split(':')
  if (said.kind === 'answer') return said.state === state && sameDetail(said, detail) ? 'right' : 'wrong'
  if (STATES.includes(state)) return 'asked'
  return state === 'question' && (said.kind !== 'question' || said.about !== detail) ? 'off topic' : 'right'
}

describe.each(Object.entries(COLLECTIONS))('the %s sentences', (_, collection) => {
  const judged = labelled(collection).map(({ text, label }) => ({
    text,
    label,
    verdict: judge(understand(text), label),
    said: understand(text),
  }))

  test('nothing is recorded wrongly', () => {
    expect(judged.filter(({ verdict }) => verdict === 'wrong')).toEqual([])
  })

  test('at least 90 % are right, the rest are asked back', () => {
    const notRight = judged.filter(({ verdict }) => verdict !== 'right')
    expect(notRight.length * 10, JSON.stringify(notRight, null, 1)).toBeLessThanOrEqual(judged.length)
  })
})

test('the collection is large and even enough to mean something', () => {
  const all = Object.values(COLLECTIONS).flatMap(labelled)
  expect(all.length).toBeGreaterThanOrEqual(200)
  expect(new Set(all.map(({ text }) => text)).size).toBe(all.length)
})
