import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { learn, lessonsIn } from '../../src/attendance/understanding/learning.js'
import { readSentences } from '../attendance/rules/collection/index.js'
import { count, judge } from '../attendance/rules/collection/judge.js'

const FOLDER = new URL('../../learning/sentences/', import.meta.url)
/** Writers of every kind, region and length; each costs a minute. */
const LEFT_OUT = ['north.txt', 'south.txt', 'retired.txt', 'everyday.txt', 'rounds.txt', 'voices.txt']

/** Each is read by what was learned from all others: the reader has seen no sentence of that writer. */
test('typed answers of a writer who was not learned from', { timeout: 1_800_000 }, () => {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.txt'))
  const lessons = new Map(files.map((file) => [file, lessonsIn(readFileSync(new URL(file, FOLDER), 'utf8'))]))
  for (const file of LEFT_OUT) {
    const weights = learn(files.filter((other) => other !== file).flatMap((other) => lessons.get(other) ?? []))
    const counts = count(readSentences(new URL(file, FOLDER)).map((one) => judge(one, weights)))
    const percent = (part: number) => `${((part / counts.all) * 100).toFixed(1)} %`
    const { right, wrong, misnamed, vague, asked, missed } = counts
    console.log(
      `${file.padEnd(14)} ${counts.all}: right ${percent(right)}, wrong ${percent(wrong)}, another kind or minutes ${percent(misnamed)}, without kind or minutes ${percent(vague)}, asked ${percent(asked)}, topic missed ${percent(missed)}`,
    )
    expect(counts.all).toBeGreaterThan(1000)
  }
})
