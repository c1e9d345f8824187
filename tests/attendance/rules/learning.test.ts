import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Lesson, learn, lessonsIn } from '../../../src/attendance/understanding/learning.js'
import { decodeWeights, encodeWeights, likelihoods, MEANINGS } from '../../../src/attendance/understanding/meanings.js'
import { fold } from '../../../src/core/text.js'
import { FRESH, SENTENCES } from './collection/index.js'

const repeated = (evidence: readonly string[], meaning: Lesson['meaning']): Lesson[] =>
  Array.from({ length: 5 }, () => ({ evidence, meaning }))
const LESSONS = [...repeated(['đi', 'em'], 'present'), ...repeated(['vắng', 'em'], 'absent')]

const likeliest = (weights: ReturnType<typeof learn>, evidence: readonly string[]) => {
  const shares = likelihoods(weights, evidence)
  return MEANINGS[shares.indexOf(Math.max(...shares))]
}

test('what stands in the texts of one meaning speaks for it; what stands in all speaks for none', () => {
  const weights = learn(LESSONS)
  expect(likeliest(weights, ['đi'])).toBe('present')
  expect(likeliest(weights, ['vắng', 'em'])).toBe('absent')
  expect(Math.max(...likelihoods(weights, ['em']))).toBeLessThan(0.6)
})

test('a text without anything known may mean everything alike', () => {
  const shares = likelihoods(learn(LESSONS), ['gì đó'])
  expect(new Set(shares).size).toBe(1)
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
})

test('what stands in two texts only is chance', () => {
  const lessons: Lesson[] = [
    { evidence: ['hiếm'], meaning: 'late' },
    { evidence: ['hiếm'], meaning: 'late' },
    ...LESSONS,
  ]
  expect(learn(lessons).places.has('hiếm')).toBe(false)
})

test('the same lessons give the same weights, and what is written down is read as it was, to a tenth', () => {
  const weights = learn(LESSONS)
  expect(learn(LESSONS)).toEqual(weights)
  const read = decodeWeights(`# for people\n${encodeWeights(weights)}# phút\t12 0\n`)
  expect([...read.places.keys()].toSorted()).toEqual([...weights.places.keys(), '# phút'].toSorted())
  for (const evidence of weights.places.keys())
    for (const [at, share] of likelihoods(weights, [evidence]).entries())
      expect(likelihoods(read, [evidence])[at]).toBeCloseTo(share, 1)
})

test('of two labels that are both right the one is learned that records nothing; an unknown one is refused', () => {
  expect(
    lessonsIn('# a heading | of nothing\nabsent:health or unsure | em ốm\nlate:15 | em trễ 15p').map(
      (one) => one.meaning,
    ),
  ).toEqual(['unsure', 'late'])
  expect(() => lessonsIn('lazy | em lười')).toThrow('lazy')
})

test('what is learned from is written in labels that are known, and holds no sentence that the reader is measured with', () => {
  const folder = new URL('../../../learning/sentences/', import.meta.url)
  const texts = readdirSync(folder).flatMap((file) => readFileSync(new URL(file, folder), 'utf8').split('\n'))
  const learned = new Set(texts.filter((line) => !line.startsWith('#')).map((line) => fold(line.split(' | ')[1] ?? '')))
  expect(learned.size).toBeGreaterThan(60_000)
  const { eleventh, twelfth, thirteenth, fourteenth, fifteenth, sixteenth, seventeenth, eighteenth } = SENTENCES
  const older = [eleventh, twelfth, thirteenth, fourteenth, fifteenth, sixteenth, seventeenth, eighteenth]
  const measured = [...older, ...FRESH.map((name) => SENTENCES[name])].flat().map(({ text }) => fold(text))
  expect(measured.filter((text) => text !== '' && learned.has(text))).toEqual([])
})
