import { readFileSync } from 'node:fs'
import { decodeWeights, type Weights } from './meanings.js'

/** As learned from `learning/sentences` by `npm run learn`. */
export const WEIGHTS: Weights = decodeWeights(
  readFileSync(new URL('../../../learning/weights.txt', import.meta.url), 'utf8'),
)
