import { expect, test } from 'vitest'
import { playTwoInstances } from './two-instances.js'

const MESSAGES = Number(process.env.SOAK_MESSAGES ?? 3_281)
/** Promised: another instance sends within this after a death. */
const TAKE_OVER_MS = 5_000

test(`two instances, one killed in the middle of ${MESSAGES} messages`, { timeout: 600_000 }, async () => {
  expect(await playTwoInstances(MESSAGES)).toBeLessThan(TAKE_OVER_MS)
})
