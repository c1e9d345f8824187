import { expect, test } from 'vitest'
import { understand } from '../../src/attendance/understanding/understand.js'
import { type CollectionName, SENTENCES } from '../attendance/rules/collection/index.js'
import { type Count, count, type Judged, judge, VERDICTS } from '../attendance/rules/collection/judge.js'

const percent = (part: number, all: number): string => `${((part / all) * 100).toFixed(1)} %`

const row = (name: string, { all, ...counts }: Count): string =>
  `${name.padEnd(22)}${[all, ...VERDICTS.map((one) => counts[one])].map((n) => String(n).padStart(8)).join('')}` +
  `   right ${percent(counts.right, all)}, wrong ${percent(counts.wrong, all)}`

const HEAD = `${''.padEnd(22)}${['all', ...VERDICTS].map((name) => name.padStart(8)).join('')}`

function print(name: CollectionName, judged: readonly Judged[]): void {
  const kinds = [...new Set(judged.map(({ kind }) => kind))]
  const rows = kinds.map((kind) => row(`  ${kind}`, count(judged.filter((one) => one.kind === kind))))
  console.log([HEAD, row(name, count(judged)), ...rows, ''].join('\n'))
}

/** Of `sixth` and `held out` no sentence is printed: the reader is not to be fitted to them. */
function printMisses(judged: readonly Judged[]): void {
  for (const { verdict, labels, text, said } of judged.filter((one) => one.verdict !== 'right'))
    console.log(`${verdict} | ${labels.join(' or ')} | ${text} | ${JSON.stringify(said)}`)
}

function microseconds(): string {
  const texts = Object.values(SENTENCES).flatMap((sentences) => sentences.map(({ text }) => text))
  const from = performance.now()
  for (const text of texts) understand(text)
  return (((performance.now() - from) * 1000) / texts.length).toFixed(0)
}

test('typed answers: how many are understood', () => {
  for (const [name, sentences] of Object.entries(SENTENCES)) {
    const judged = sentences.map((one) => judge(one))
    print(name as CollectionName, judged)
    if (name !== 'sixth' && name !== 'held out') printMisses(judged)
    expect(judged.length).toBeGreaterThan(0)
  }
  console.log(`${microseconds()} µs a sentence`)
})
