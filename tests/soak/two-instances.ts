import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import { openEmbedded } from '../../src/database/embedded/index.js'
import { aDataDir, query, type Service, startProcess } from '../support/service.js'
import { startTelegramServer, type TelegramServer } from '../support/telegram/index.js'
import { gather } from './crowd.js'
import { readLeft } from './run.js'
import { seedCell, seedMeeting } from './seed.js'

const TOKEN = '7000000001:AAfictionalTokenForTests_0123456789'
const LATENCY_MS = 150
const CELL = 100
const DAY_MS = 86_400_000
/** The promise: what was in flight at a death may repeat, one message a chat, and nothing else. */
const SENDS_IN_FLIGHT = 8

/** A server for both: to them it is somebody else's, and its address their `DATABASE_URL`. */
async function openServerForTwo(settings: readonly string[]) {
  const { dataDir, remove } = await aDataDir()
  const server = await openEmbedded({ dataDir, settings: [...settings] })
  const files = await mkdtemp(join(tmpdir(), 'kyhop-two-'))
  const url = await server.ensureDatabase('kyhop')
  return {
    dataDir,
    settings: { DATABASE_URL: url, DATA_DIR: files },
    close: async () => {
      await server.stop()
      await remove()
      await rm(files, { recursive: true, force: true })
    },
  }
}

/** Two meetings for every member, so that each chat has an order to keep; the last of an odd number has one. */
async function seedBroadcast(server: TelegramServer, dataDir: string, messages: number): Promise<void> {
  const members = Math.ceil(messages / 2)
  const inTwo = Math.floor(messages / 2)
  for (let first = 0; first < members; first += first < inTwo ? Math.min(CELL, inTwo - first) : 1) {
    const count = first < inTwo ? Math.min(CELL, inTwo - first) : 1
    const chats = gather(server, 1_000 + first, count).map((one) => one.person.id)
    const { cellId } = await seedCell(dataDir, `${first}-A`, chats, DAY_MS)
    const again = { cellId, place: `Phòng ${first}-B`, now: new Date(), dueInMs: DAY_MS }
    if (first < inTwo) await seedMeeting(dataDir, again)
  }
  await query(dataDir, 'UPDATE reminder_step SET due_at = $1', [new Date()])
}

/** Which meeting a reminder speaks of. */
const placeIn = (text: string): string => /Phòng \d+-[AB]/.exec(text)?.[0] ?? ''

type Sent = Readonly<{ chat: string; place: string; at: number }>

const listReminders = (server: TelegramServer): Sent[] =>
  server
    .callsOf('sendMessage')
    .map(({ payload, at }) => ({ chat: String(payload.chat_id), place: placeIn(String(payload.text)), at }))
    .filter((one) => one.place !== '')

const byChat = (sent: readonly Omit<Sent, 'at'>[]): Map<string, string[]> => {
  const chats = new Map<string, string[]>()
  for (const { chat, place } of sent) chats.set(chat, [...(chats.get(chat) ?? []), place])
  return chats
}

/** What should have gone, each chat's in its order. */
const listMeant = (dataDir: string) =>
  query<{ chat: string; place: string; state: string }>(
    dataDir,
    `SELECT chat.external_id AS chat, m.place, d.state FROM delivery d JOIN chat ON chat.id = d.chat_id
     JOIN outbox o ON o.id = d.outbox_id JOIN meeting m ON m.id::text = o.subject
     WHERE o.kind = 'reminders.step' ORDER BY d.sequence, d.part`,
  )

async function untilSent(dataDir: string, ms: number): Promise<void> {
  const deadline = performance.now() + ms
  while ((await readLeft(dataDir)).waiting > 0 && performance.now() < deadline) await wait(250)
}

/** Every message once and in its chat's order, but for a few that were in flight at the death. */
function expectAll(server: TelegramServer, meant: Awaited<ReturnType<typeof listMeant>>, messages: number): number {
  expect(meant.map((one) => one.state)).toEqual(Array(messages).fill('sent'))
  const got = byChat(listReminders(server))
  const repeats = [...byChat(meant)].map(([chat, places]) => {
    const arrived = got.get(chat) ?? []
    expect([...new Set(arrived)]).toEqual(places)
    return arrived.length - places.length
  })
  expect(Math.max(...repeats)).toBeLessThanOrEqual(1)
  const total = repeats.reduce((a, b) => a + b, 0)
  expect(total).toBeLessThanOrEqual(SENDS_IN_FLIGHT)
  expect(server.calls.filter((call) => call.status === 429 || call.status === 409)).toEqual([])
  expect(server.violations).toEqual([])
  return total
}

/**
 * Two instances on one server; the one that sends is killed after a third of the broadcast. Returns how long it took
 * from the death to the other's first message, ms.
 */
export async function playTwoInstances(messages: number, databaseSettings: readonly string[] = []): Promise<number> {
  const server = await startTelegramServer({ token: TOKEN, latencyMs: LATENCY_MS, tapLifeMs: 600_000 })
  const shared = await openServerForTwo(databaseSettings)
  const { dataDir } = shared
  const services: Service[] = []
  const start = async (): Promise<Service> => {
    const settings = { ...shared.settings, TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: server.apiRoot }
    const service = await startProcess(settings)
    services.push(service)
    return service
  }
  try {
    const sender = await start()
    const other = await start()
    await seedBroadcast(server, dataDir, messages)
    // Whatever somebody says makes the service look at once for what is due.
    server.person({ id: 999, name: 'Đỗ Văn Lạ' }).says('xin chào')
    await server.until(() => listReminders(server).length > messages / 3 || undefined, 120_000)
    await sender.end('SIGKILL')
    const died = performance.now()
    // What it had in flight is answered within the latency: what comes later is the other's.
    const isOthers = ({ at }: { at: number }) => at > died + LATENCY_MS + 50
    const first = await server.until(() => listReminders(server).find(isOthers), 60_000)
    await untilSent(dataDir, messages * 60 + 60_000)
    const repeats = expectAll(server, await listMeant(dataDir), messages)
    const took = Math.round(first.at - died)
    console.table({ messages, 'ms from the death to the other’s first': took, repeats, refused: 0, lost: 0 })
    expect((await other.end('SIGTERM')).code).toBe(0)
    return took
  } finally {
    for (const { child } of services) child.kill('SIGKILL')
    await server.close()
    await shared.close()
  }
}
