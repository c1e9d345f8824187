import { randomInt } from 'node:crypto'
import { test } from 'vitest'
import { playKills } from './play-kills.js'

/** The short version of `npm run soak`. SOAK_SEED plays a run again. */
test('kill -9 three times: nothing lost, nothing missed, repeats within the promise', { timeout: 240_000 }, () =>
  playKills(3, Number(process.env.SOAK_SEED ?? randomInt(1_000_000))),
)
