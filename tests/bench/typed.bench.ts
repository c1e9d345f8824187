import { expect, test } from 'vitest'
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

/** Of `unseen` and `held out` no sentence is printed: the reader is not to be fitted to them. */
function printMisses(judged: readonly Judged[]): void {
  for (const { verdict, label, text, said } of judged.filter((one) => one.verdict !== 'right'))
    console.log(`${verdict} | ${label} | ${text} | ${JSON.stringify(said)}`)
}

test('typed answers: how many are understood', () => {
  for (const [name, sentences] of Object.entries(SENTENCES)) {
    const judged = sentences.map(judge)
    print(name as CollectionName, judged)
    if (name === 'seen' || name === 'developed') printMisses(judged)
    expect(judged.length).toBeGreaterThan(0)
  }
})
