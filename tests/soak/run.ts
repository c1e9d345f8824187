import { setTimeout as wait } from 'node:timers/promises'
import { aDataDir, query, type Service, type Settings, startProcess } from '../support/service.js'
import { startTelegramServer, type TelegramServer } from '../support/telegram/index.js'
import { act, gather, type Soul } from './crowd.js'
import { type SoakCell, seedCell } from './seed.js'

const TOKEN = '7000000001:AAfictionalTokenForTests_0123456789'
/** As far away as the real server: some calls are always under way. */
const LATENCY_MS = 150

/** An installation in a folder of its own, a platform beside it, a crowd that talks to it. */
export type Run = Readonly<{
  server: TelegramServer
  dataDir: string
  start: () => Promise<Service>
  /** Two dozen people more in a cell of their own; their reminder falls due in `dueInMs`. */
  addCell: (dueInMs: number) => Promise<Crowd>
  close: () => Promise<void>
}>

export type Crowd = Readonly<{ cell: SoakCell; souls: readonly Soul[] }>

export async function openRun(cellSize: number): Promise<Run> {
  const server = await startTelegramServer({ token: TOKEN, latencyMs: LATENCY_MS, tapLifeMs: 600_000 })
  const { dataDir, remove } = await aDataDir()
  const settings: Settings = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: server.apiRoot, DATA_DIR: dataDir }
  let cells = 0
  const started: Service[] = []
  return {
    server,
    dataDir,
    start: async () => {
      const service = await startProcess(settings)
      started.push(service)
      return service
    },
    addCell: async (dueInMs) => {
      cells += 1
      const souls = gather(server, cells * 1_000, cellSize)
      const chats = souls.map((soul) => soul.person.id)
      return { cell: await seedCell(dataDir, `${cells}-${cellSize}`, chats, dueInMs), souls }
    },
    close: async () => {
      // A failed test leaves one running, perhaps one that no longer listens to SIGTERM.
      for (const { child } of started) child.kill('SIGKILL')
      await remove()
      await server.close()
    },
  }
}

/** Somebody does something every few dozen milliseconds, until told to stop. Resolves with how many things were done. */
export function chatter(souls: readonly Soul[], random: () => number): { stop: () => Promise<number> } {
  let isOver = false
  let done = 0
  const running = (async () => {
    while (!isOver) {
      const soul = souls[Math.floor(random() * souls.length)]
      if (soul && (await act(soul, random))) done += 1
      await wait(20 + random() * 60)
    }
    return done
  })()
  return {
    stop: () => {
      isOver = true
      return running
    },
  }
}

export type InFlight = Readonly<{ id: string; chat: string; operation: string }>

/** What the dead process had handed to the platform: all that may repeat. */
export const listInFlight = (dataDir: string): Promise<InFlight[]> =>
  query<InFlight>(
    dataDir,
    `SELECT delivery.id, chat.external_id AS chat, operation FROM delivery JOIN chat ON chat.id = chat_id
     WHERE delivery.state = 'in_flight'`,
  )

export type Left = Readonly<{ unhandled: number; aside: number; waiting: number; lost: number }>

/** What is not done: updates without an end, messages that wait or were given up. */
export async function readLeft(dataDir: string): Promise<Left> {
  const [left] = await query<Left>(
    dataDir,
    `SELECT (SELECT count(*)::int FROM inbound_update WHERE handled_at IS NULL AND set_aside_at IS NULL) AS unhandled,
      (SELECT count(*)::int FROM inbound_update WHERE set_aside_at IS NOT NULL) AS aside,
      (SELECT count(*)::int FROM reminder_step WHERE state = 'waiting')
        + (SELECT count(*)::int FROM delivery WHERE state IN ('queued', 'in_flight')) AS waiting,
      (SELECT count(*)::int FROM delivery WHERE state IN ('failed', 'expired')) AS lost`,
  )
  if (!left) throw new Error('no row')
  return left
}

/** Until nothing waits anywhere: what died in flight is tried again 15 s later, what fell due at the next full minute. */
export async function untilQuiet({ server, dataDir }: Run, ms = 120_000): Promise<Left> {
  const deadline = performance.now() + ms
  for (;;) {
    const left = await readLeft(dataDir)
    const done = server.pendingUpdates() === 0 && left.unhandled === 0 && left.waiting === 0
    if (done || performance.now() > deadline) return left
    await wait(250)
  }
}
