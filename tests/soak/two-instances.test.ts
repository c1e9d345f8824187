import { test } from 'vitest'
import { playTwoInstances } from './two-instances.js'

/** The short version of the one in `npm run soak`: what was in flight at the death is tried again 15 s later. */
test('two instances, the one that sends is killed in a broadcast: nothing lost, in order, hardly anything twice', {
  timeout: 180_000,
}, async () => {
  await playTwoInstances(301, ['fsync=off'])
})
