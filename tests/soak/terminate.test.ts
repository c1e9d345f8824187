import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createRandom } from './crowd.js'
import { countReminders, countRepeats, countUpdates, listLost } from './reckon.js'
import { chatter, openRun, untilQuiet } from './run.js'

test('SIGTERM in the middle of a broadcast: over within 10 s, nothing lost, nothing twice', {
  timeout: 240_000,
}, async () => {
  const run = await openRun(100)
  try {
    await (await run.start()).end('SIGTERM')
    const service = await run.start()
    const crowd = await run.addCell(0)
    const talk = chatter(crowd.souls, createRandom(7))
    await run.server.until(() => countReminders(run, [crowd]).filter((count) => count > 0).length > 20 || undefined)
    const { code, ms } = await Promise.race([service.end('SIGTERM'), wait(12_000, { code: null, ms: 12_000 })])
    await talk.stop()
    const sentBefore = countReminders(run, [crowd]).filter((count) => count > 0).length
    expect(code).toBe(0)
    expect(ms).toBeLessThan(10_000)
    expect(sentBefore).toBeLessThan(100)
    const again = await run.start()
    expect(await untilQuiet(run, 45_000)).toEqual({ unhandled: 0, aside: 0, waiting: 0, lost: 0 })
    expect(await listLost(run, [crowd])).toEqual([])
    expect(countReminders(run, [crowd])).toEqual(Array(100).fill(1))
    expect(await countRepeats(run)).toEqual(new Map())
    expect(await countUpdates(run)).toBe(crowd.souls.reduce((sum, soul) => sum + soul.said.length, 0))
    // Nothing was left to wait for: a stop that is asked for at rest is quick.
    await wait(100)
    expect((await again.end('SIGTERM')).ms).toBeLessThan(3_000)
  } finally {
    await run.close()
  }
})
