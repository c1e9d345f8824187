import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createTelegramChannel } from '../../src/channels/telegram/index.js'
import { telegramLimits } from '../../src/channels/telegram/limits.js'
import { createLog } from '../../src/core/log.js'
import { openTestDatabase } from '../support/database.js'
import { createTestApp } from '../support/house.js'
import { startTelegramServer } from '../support/telegram/index.js'
import { seedProvince } from './province.js'

const TOKEN = '7000000001:AAfictionalTokenForTheBench_0123456789'
const MEMBERS = 3_281
const ALLOWED = 30
const LATENCY_MS = 150
/** The stand-in lets 10 % more pass than its table says; here it must not. */
const STRICT = { ...telegramLimits, sendsPerSecond: ALLOWED / 1.1 }
/** Three days before the seeded meetings: the step to the silent, which is everybody. */
const NOW = new Date('2026-11-30T12:30:00Z')

test('3,281 reminders of 240 cells through a server that allows 30 a second', async () => {
  const database = await openTestDatabase()
  const server = await startTelegramServer({ token: TOKEN, limits: STRICT, latencyMs: LATENCY_MS })
  const channel = createTelegramChannel({ token: TOKEN, apiRoot: server.apiRoot, mode: 'polling' }, createLog('silent'))
  const clock = { moment: new Date(NOW.getTime() - 3_600_000) }
  const app = createTestApp({
    url: database.url,
    dataDir: await mkdtemp(join(tmpdir(), 'kyhop-bench-')),
    channels: [channel],
    clock: { now: () => clock.moment },
  })
  await app.start()
  const botId = app.lines[0]?.botId() ?? ''
  const members = await seedProvince(app.db, botId, { cells: 240, members: MEMBERS }, clock.moment)
  // A bot may write only to who has started it; unblocking it is the shortest way to have done so.
  for (const { handle } of members) server.person({ id: Number(handle), name: `Member ${handle}` }).unblocks()
  while (server.pendingUpdates() > 0) await wait(100)
  await app.settle()
  await app.tick()

  clock.moment = NOW
  const planning = performance.now()
  await app.tick()
  const planned = performance.now() - planning
  const queued = await app.db.outbox.count({ where: { causeKey: { startsWith: 'remind:' }, createdAt: NOW } })
  const before = server.callsOf('sendMessage').length
  const began = performance.now()
  const remaining = () => app.db.delivery.count({ where: { state: { in: ['queued', 'in_flight'] } } })
  while ((await remaining()) > 0) await wait(250)
  const seconds = (performance.now() - began) / 1000
  const calls = server.callsOf('sendMessage').length - before
  const refused = await app.db.delivery.count({ where: { failureCode: 'retry-after' } })
  const sent = await app.db.delivery.count({ where: { state: 'sent', outbox: { createdAt: NOW } } })
  await app.stop()
  await server.close()
  await database.close()
  expect(queued).toBe(MEMBERS)
  expect(sent).toBeGreaterThanOrEqual(MEMBERS)
  console.table({
    [`${MEMBERS} reminders, answered after ${LATENCY_MS} ms`]: {
      'written in ms': Math.round(planned),
      'sent in s': seconds.toFixed(1),
      'a second': (calls / seconds).toFixed(1),
      'share of the allowed rate': `${((calls / seconds / ALLOWED) * 100).toFixed(1)} %`,
      calls: calls,
      '429s': refused,
    },
  })
})
