import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { encodeCallback } from '../../src/channels/telegram/callback-data.js'
import { createTelegramChannel } from '../../src/channels/telegram/index.js'
import { createLog } from '../../src/core/log.js'
import type { Db } from '../../src/database/client.js'
import { openTestDatabase } from '../support/database.js'
import { createTestApp } from '../support/house.js'
import { startPlainBot } from './plain-bot.js'
import { type Member, seedProvince } from './province.js'
import { openStandIn, type StandIn } from './stand-in.js'

const TOKEN = '7000000001:AAfictionalTokenForTheBench_0123456789'
const NOW = new Date('2026-11-27T03:00:00Z')
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5)
/** Both go faster with every round until their code is compiled. */
const WARM_UP = 4
/** Taps a round; all of them come at once, as when a reminder has gone out to a province. */
const TAPS = Number(process.env.BENCH_TAPS ?? 500)
const LATENCIES = { 'answers at once': [0, 0], 'answers after 40–120 ms': [40, 120] } as const
const SIDES = Object.keys(LATENCIES).length

type Side = Readonly<{ tap: () => Promise<number>; latency: (ms: readonly [number, number]) => Promise<unknown> }>

/** Taps of people who have not tapped yet; how many a second are acknowledged and edited. */
function createSide(standIn: StandIn, ids: number[]): Side {
  return {
    tap: async () => {
      const { ms } = await standIn.ask<{ ms: number }>({ do: 'tap', ids: ids.splice(0, TAPS) })
      return Math.round((TAPS / ms) * 1000)
    },
    latency: (latencyMs) => standIn.ask({ do: 'latency', latencyMs }),
  }
}

async function openOurs(count: number) {
  const database = await openTestDatabase()
  const standIn = openStandIn()
  const { apiRoot } = await standIn.ask<{ apiRoot: string }>({ do: 'open', token: TOKEN, latencyMs: [0, 0] })
  const channel = createTelegramChannel({ token: TOKEN, apiRoot, mode: 'polling' }, createLog('silent'))
  const dataDir = await mkdtemp(join(tmpdir(), 'kyhop-bench-'))
  const app = createTestApp({ url: database.url, dataDir, channels: [channel], clock: { now: () => NOW } })
  await app.start()
  const members = await seedProvince(app.db, app.lines[0]?.botId() ?? '', { cells: 80, members: count }, NOW)
  await showReminders(app.db, standIn, members)
  return {
    ...createSide(
      standIn,
      members.map((one) => Number(one.handle)),
    ),
    answers: () => app.db.answerEvent.count(),
    close: async () => {
      await app.stop()
      await standIn.close()
      await database.close()
    },
  }
}

/** The reminders that are on record as sent stand in their chats. */
async function showReminders(db: Db, standIn: StandIn, members: readonly Member[]): Promise<void> {
  const people = members.map((one) => ({
    id: Number(one.handle),
    data: encodeCallback({ deliveryId: one.deliveryId, index: 0 }),
  }))
  const ids = await standIn.ask<number[]>({ do: 'people', people })
  const rows = JSON.stringify(members.map((one, n) => ({ id: one.deliveryId, message: String(ids[n]) })))
  await db.$executeRaw`UPDATE delivery d SET platform_message_id = r.message
    FROM jsonb_to_recordset(${rows}::jsonb) AS r(id uuid, message text) WHERE d.id = r.id`
  await db.$executeRaw`VACUUM ANALYZE`
}

async function openPlain(count: number) {
  const database = await openTestDatabase()
  const standIn = openStandIn()
  const { apiRoot } = await standIn.ask<{ apiRoot: string }>({ do: 'open', token: TOKEN, latencyMs: [0, 0] })
  const ids = Array.from({ length: count }, (_, n) => 1_000_000 + n)
  await standIn.ask({ do: 'people', people: ids.map((id) => ({ id, data: 'meeting:present' })) })
  const bot = await startPlainBot({ token: TOKEN, apiRoot, databaseUrl: database.url })
  return {
    ...createSide(standIn, ids),
    answers: bot.answers,
    close: async () => {
      await bot.stop()
      await standIn.close()
      await database.close()
    },
  }
}

const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

test('taps per second, acknowledged and edited, beside a plain telegraf + pg bot', async () => {
  const count = TAPS * (ROUNDS + WARM_UP) * SIDES
  const ours = await openOurs(count)
  const plain = await openPlain(count)
  const table: Record<string, object> = {}
  for (const [name, latency] of Object.entries(LATENCIES)) {
    const rounds: [number, number][] = []
    for (const side of [ours, plain]) await side.latency(latency)
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) rounds.push([await ours.tap(), await plain.tap()])
    const [mine, other] = [0, 1].map((side) => median(rounds.slice(WARM_UP).map((one) => one[side] ?? 0))) as [
      number,
      number,
    ]
    table[name] = {
      'ours, taps/s': mine,
      'telegraf + pg, taps/s': other,
      rounds: rounds.map(([a, b]) => `${a}:${b}`).join(' '),
      'ours to it': (mine / other).toFixed(2),
    }
  }
  expect(await ours.answers()).toBe(count)
  expect(await plain.answers()).toBe(count)
  console.table(table)
  await ours.close()
  await plain.close()
})
