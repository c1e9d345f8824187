// node scripts/lib/learned.mjs: whether learning/weights.txt was learned from the sentences and by the reader that are here.
import { pathToFileURL } from 'node:url'
import { hashFiles, listFiles, readText } from './stamp.mjs'

export const SENTENCES = 'learning/sentences'
export const WEIGHTS = 'learning/weights.txt'
export const STAMP = '# from '

/** Of all that the weights follow from. */
export const learnedFrom = () =>
  hashFiles([
    ...listFiles(SENTENCES, /\.txt$/),
    ...listFiles('src/attendance/understanding', /\.ts$/),
    'src/core/text.ts',
  ])

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const stamp = readText(WEIGHTS)
    ?.split('\n')
    .find((line) => line.startsWith(STAMP))
  if (stamp !== STAMP + learnedFrom()) {
    console.log(`${WEIGHTS} is older than the sentences or the reader that it is learned from: npm run learn`)
    process.exit(1)
  }
}
