import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, Pool } from 'pg'
import { expect, test } from 'vitest'
import { createSandboxChannel } from '../../src/channels/sandbox/index.js'
import { newId } from '../../src/core/ids.js'
import type { Receive } from '../../src/messaging/channel.js'
import { openTestDatabase } from '../support/database.js'
import { createTestApp } from '../support/house.js'
import { type Member, seedProvince } from './province.js'

const NOW = new Date('2026-11-27T03:00:00Z')
const SIZE = { cells: 80, members: 2_000 }
const ROUNDS = 4
const BATCH = 100
const WORKERS = 8
const DEADLOCK = '40P01'

type Statement = { text: string; values: unknown[] }

/** Every statement of this process while `work` runs, in order. */
async function record(work: () => Promise<void>): Promise<Statement[]> {
  const statements: Statement[] = []
  const original = Client.prototype.query
  Client.prototype.query = function (this: Client, ...args: unknown[]) {
    const [first, second] = args as [string | { text: string; values?: unknown[] }, unknown[]?]
    const text = typeof first === 'string' ? first : first.text
    const values = (typeof first === 'string' ? second : first.values) ?? []
    statements.push({ text, values: [...values] })
    return original.apply(this, args as never)
  } as never
  await work().finally(() => {
    Client.prototype.query = original
  })
  return statements
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** The statements of one member's answer with another member's ids; rows that were new get new ids. */
function retarget(statements: readonly Statement[], from: Member, to: Member, fixed: ReadonlySet<string>): Statement[] {
  const ids = new Map<string, string>()
  for (const key of ['personId', 'chatId', 'deliveryId', 'meetingId'] as const) ids.set(from[key], to[key])
  const swap = (text: string): string =>
    text.replaceAll(UUID, (id) => {
      if (fixed.has(id)) return id
      const known = ids.get(id) ?? newId()
      ids.set(id, known)
      return known
    })
  const value = (one: unknown): unknown => {
    if (typeof one === 'string')
      return one === from.handle ? to.handle : swap(one).replaceAll(`"${from.handle}"`, `"${to.handle}"`)
    return Array.isArray(one) ? one.map(value) : one
  }
  return statements.map((one) => ({ text: one.text, values: one.values.map(value) }))
}

/** Where the time goes: each recorded statement with its own. */
async function explain(url: string, statements: readonly Statement[]): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  for (const { text, values } of statements) {
    const began = performance.now()
    await client.query(text, values)
    console.log((performance.now() - began).toFixed(1).padStart(7), text.replaceAll(/\s+/g, ' ').slice(0, 110))
  }
  await client.end()
}

const perSecond = (count: number, ms: number): number => Math.round((count / ms) * 1000)
const median = (numbers: number[]): number => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

test('answers per second: the whole path beside raw pg doing the same statements', async () => {
  const database = await openTestDatabase()
  const sandbox = createSandboxChannel()
  let receive: Receive = async () => {}
  const channel = {
    ...sandbox,
    start: async (handler: Receive) => {
      receive = handler
      await sandbox.start(handler)
    },
  }
  const app = createTestApp({
    url: database.url,
    dataDir: await mkdtemp(join(tmpdir(), 'kyhop-bench-')),
    channels: [channel],
    clock: { now: () => NOW },
  })
  await app.start()
  const line = app.lines[0]
  const botId = line?.botId() ?? ''
  const members = await seedProvince(app.db, botId, SIZE, NOW)

  const tap = (member: Member) => ({
    externalId: newId(),
    chatExternalId: member.handle,
    payload: {
      chat: { externalId: member.handle, kind: 'private' },
      senderExternalId: member.handle,
      languageCode: null,
      content: { kind: 'choice', deliveryId: member.deliveryId, index: 0 },
    },
  })
  const answer = async (some: readonly Member[]): Promise<void> => {
    for (let n = 0; n < some.length; n += BATCH) await receive(some.slice(n, n + BATCH).map(tap))
    await line?.settle()
  }

  const [first, second, ...rest] = members
  if (!first || !second) throw new Error('nobody was seeded')
  await answer([first])
  const statements = await record(() => answer([second]))
  const pool = new Pool({ connectionString: database.url, max: WORKERS })
  const names = new Map(statements.map((one, n) => [one.text, `replay_${n}`]))
  const replay = async (some: readonly Member[], prepared: boolean): Promise<void> => {
    const queue = [...some]
    const worker = async (): Promise<void> => {
      const client = await pool.connect()
      for (let member = queue.pop(); member; member = queue.pop())
        for (const { text, values } of retarget(statements, second, member, new Set([botId]))) {
          const query = { text, values, ...(prepared && values.length > 0 ? { name: names.get(text) } : {}) }
          await client.query(query).catch((error: { code?: string }) => {
            // The house's own sender meets what is replayed here; two senders of one bot are nowhere else.
            if (error.code !== DEADLOCK) throw error
            return client.query(query)
          })
        }
      client.release()
    }
    await Promise.all(Array.from({ length: WORKERS }, worker))
  }

  if (process.env.BENCH_STATEMENTS)
    await explain(database.url, retarget(statements, second, rest[0] ?? second, new Set([botId])))
  const size = Math.floor(rest.length / ROUNDS / 3)
  const waiting = [...rest]
  const timed = async (work: (some: readonly Member[]) => Promise<void>): Promise<number> => {
    const began = performance.now()
    await work(waiting.splice(0, size))
    return perSecond(size, performance.now() - began)
  }
  const ours: number[] = []
  const raw: number[] = []
  const prepared: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await timed(answer))
    raw.push(await timed((some) => replay(some, false)))
    prepared.push(await timed((some) => replay(some, true)))
  }
  const recorded = await app.db.answer.count({ where: { state: 'present' } })
  const edited = await app.db.delivery.count({ where: { operation: 'edit', state: 'sent' } })
  await pool.end()
  await app.stop()
  await database.close()
  expect(recorded).toBeGreaterThanOrEqual(2 + 3 * size * ROUNDS - 1)
  expect(edited).toBeGreaterThanOrEqual(2 + size * ROUNDS)
  const row = (rounds: number[]) => ({
    rounds: rounds.join(' '),
    'answers/s': median(rounds),
    'ours to it': (median(ours) / median(rounds)).toFixed(2),
  })
  console.table({
    'whole path: stored, handled, answered, sent': row(ours),
    [`raw pg, ${WORKERS} connections, the same ${statements.length} statements`]: row(raw),
    'the same, prepared': row(prepared),
  })
})
