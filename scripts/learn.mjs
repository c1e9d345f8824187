// `npm run learn`: learns from learning/sentences how likely a text means what, and writes learning/weights.txt. To be run
// after the sentences or anything the reader is made of has changed; `npm test` says when (scripts/lib/learned.mjs).
import { learnedFrom, SENTENCES, STAMP, WEIGHTS } from './lib/learned.mjs'
import { prepare } from './lib/prepare.mjs'
import { listFiles, readText, writeWhole } from './lib/stamp.mjs'

const say = (line) => console.log(line)
try {
  await prepare({ say, output: 'show' })
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
const { learn, lessonsIn } = await import('../dist/attendance/understanding/learning.js')
const { encodeWeights } = await import('../dist/attendance/understanding/meanings.js')
say('Reading the sentences…')
const lessons = listFiles(SENTENCES, /\.txt$/).flatMap((path) => lessonsIn(readText(path)))
say(`Learning from ${lessons.length}…`)
const weights = learn(lessons)
const head = `# What each piece of evidence says for each meaning (src/attendance/understanding/meanings.ts), in tenths.\n# Written by npm run learn from ${lessons.length} sentences.\n${STAMP}${learnedFrom()}\n`
writeWhole(WEIGHTS, head + encodeWeights(weights))
say(`${WEIGHTS}: ${weights.places.size} pieces of evidence.`)
