// `npm run learn`: learns from learning/sentences how likely a text means what, and writes learning/weights.txt.
// To be run after the sentences or anything under src/attendance/understanding has changed; `npm test` says when.
import { prepare } from './lib/prepare.mjs'
import { hashFiles, listFiles, readText, writeWhole } from './lib/stamp.mjs'

const say = (line) => console.log(line)
try {
  await prepare({ say, output: 'show' })
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
const { learn, lessonsIn } = await import('../dist/attendance/understanding/learning.js')
const { encodeWeights } = await import('../dist/attendance/understanding/meanings.js')
const sentences = listFiles('learning/sentences', /\.txt$/)
say('Reading the sentences…')
const lessons = sentences.flatMap((path) => lessonsIn(readText(path)))
say(`Learning from ${lessons.length}…`)
writeWhole('learning/weights.txt', encodeWeights(learn(lessons)))
void hashFiles
