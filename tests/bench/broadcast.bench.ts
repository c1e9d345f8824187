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
import { startTelegramServer, type TelegramServer } from '../support/telegram/index.js'
import { seedProvince } from './province.js'
import { type Broadcast, grammyBroadcast, telegrafBroadcast } from './throttled-bots.js'

const TOKEN = '7000000001:AAfictionalTokenForTheBench_0123456789'
const MEMBERS = Number(process.env.BENCH_MESSAGES ?? 3_281)
const ALLOWED = 30
const LATENCY_MS = 150
/** The stand-in lets 10 % more pass than its table says; here it must not. */
const STRICT = { ...telegramLimits, sendsPerSecond: ALLOWED / 1.1 }
/** Three days before the seeded meetings: the step to the silent, which is everybody. */
const NOW = new Date('2026-11-30T12:30:00Z')

const openServer = () => startTelegramServer({ token: TOKEN, limits: STRICT, latencyMs: LATENCY_MS })

type Result = Readonly<{ calls: number; seconds: number; refused: number; lost: number }>

/** What the server saw from the first message to the last. */
function see(server: TelegramServer, lost: number): Result {
  const calls = server.callsOf('sendMessage')
  const taken = calls.filter((one) => one.status === 200)
  const seconds = ((taken.at(-1)?.at ?? 0) - (taken[0]?.at ?? 0)) / 1000
  return { calls: taken.length, seconds, refused: calls.filter((one) => one.status === 429).length, lost }
}

async function broadcastOurs(): Promise<Result> {
  const database = await openTestDatabase()
  const server = await openServer()
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
  // A bot may write only to who has started it.
  for (const { handle } of members) server.person({ id: Number(handle), name: `Member ${handle}` }).chat.refusal = null
  await app.tick()
  clock.moment = NOW
  await app.tick()
  const queued = await app.db.outbox.count({ where: { causeKey: { startsWith: 'remind:' }, createdAt: NOW } })
  const remaining = () => app.db.delivery.count({ where: { state: { in: ['queued', 'in_flight'] } } })
  while ((await remaining()) > 0) await wait(250)
  const sent = await app.db.delivery.count({ where: { state: 'sent', outbox: { createdAt: NOW } } })
  await app.stop()
  await server.close()
  await database.close()
  expect(queued).toBe(MEMBERS)
  return see(server, MEMBERS - sent)
}

async function broadcastBy(broadcast: Broadcast): Promise<Result> {
  const server = await openServer()
  const chats = Array.from({ length: MEMBERS }, (_, n) => 1_000_000 + n)
  for (const id of chats) server.person({ id, name: `Member ${id}` }).chat.refusal = null
  const text = 'Còn 3 ngày tới buổi sinh hoạt chi bộ: 19:30 thứ Năm 03/12/2026, tại Hội trường.'
  const lost = await broadcast({ token: TOKEN, apiRoot: server.apiRoot }, chats, text)
  await server.close()
  return see(server, lost)
}

const row = ({ calls, seconds, refused, lost }: Result) => ({
  'in s': seconds.toFixed(1),
  'a second': (calls / seconds).toFixed(1),
  'share of the allowed rate': `${((calls / seconds / ALLOWED) * 100).toFixed(1)} %`,
  '429s': refused,
  lost,
})

test(`${MEMBERS} messages through a server that allows 30 a second and answers after 150 ms`, async () => {
  const ours = await broadcastOurs()
  const telegraf = await broadcastBy(telegrafBroadcast)
  const grammy = await broadcastBy(grammyBroadcast)
  console.table({ ours: row(ours), 'telegraf-throttler': row(telegraf), 'grammY transformer-throttler': row(grammy) })
  expect({ refused: ours.refused, lost: ours.lost }).toEqual({ refused: 0, lost: 0 })
})
