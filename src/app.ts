import { join } from 'node:path'
import { type ScheduledTask, schedule } from 'node-cron'
import { meetingSecretaryGrants } from './attendance/grants.js'
import { createConversation } from './conversation/handle.js'
import { help, helpCommands } from './conversation/help.js'
import { menu, menuCommands } from './conversation/menu.js'
import { renderers as basics } from './conversation/messages.js'
import { createRegistry } from './conversation/registry.js'
import type { Room } from './conversation/room.js'
import { nextSweep, runSweeps } from './conversation/sweeps.js'
import type { Sweep } from './conversation/types.js'
import { uploadCommands, uploadFollowUps, uploadSweep } from './conversation/uploads.js'
import type { Clock } from './core/clock.js'
import type { Zone } from './core/dates.js'
import type { Locale, Translations } from './core/i18n.js'
import type { Log } from './core/log.js'
import { type Db, openDatabase } from './database/client.js'
import { createLockKeeper } from './database/lock-keeper.js'
import { openBlobs } from './messaging/blobs.js'
import type { Channel } from './messaging/channel.js'
import { createComposer } from './messaging/compose.js'
import { expiry, nextDelivery } from './messaging/expiry.js'
import { createLine, type Line } from './messaging/line.js'
import { joinRenderers } from './messaging/renderer.js'
import { retention } from './messaging/retention.js'
import { readTranscript, type TranscriptEntry } from './messaging/transcript.js'
import { revealCodes } from './organization/codes.js'
import { createIdentify, createMay } from './organization/identity.js'
import { createRooms } from './rooms.js'

export type AppOptions = Readonly<{
  database: { url: string; directUrl: string }
  /** Files live in `files` below it. Instances that share a database share this folder. */
  dataDir: string
  channels: readonly Channel[]
  clock: Clock
  zone: Zone
  defaultLocale: Locale
  translations: Translations
  codeKey: Uint8Array
  publicUrl: string | null
  log: Log
  /** Off where time is moved by hand: the sandbox and tests call `tick`. */
  cron: boolean
}>

export type App = Readonly<{
  db: Db
  lines: readonly Line[]
  start: () => Promise<void>
  stop: () => Promise<void>
  /** Does whatever is due now. */
  tick: () => Promise<void>
  /** Resolves when everything that was said is handled, what is due is done and what can go out has gone. */
  settle: () => Promise<void>
  /** A chat as its person sees it: for the sandbox page and tests. */
  transcript: (chat: { id: string; botId: string; externalId: string }) => Promise<TranscriptEntry[]>
  /** The next moment at which something happens by itself, or null. */
  nextDue: () => Promise<Date | null>
}>

const CONNECTIONS = 10
const HANDLERS = 8
/** A handled update may leave something due at once (a file to fetch). */
const SOON_MS = 200

/** Wires the house by plain parameters. Nothing runs before `start`. */
export function createApp(options: AppOptions): App {
  const { log, clock } = options
  const { db, close } = openDatabase(options.database.url, {
    connections: CONNECTIONS,
    log,
    prepared: options.database.url === options.database.directUrl,
  })
  const locks = createLockKeeper(options.database.directUrl, log)
  const blobs = openBlobs(join(options.dataDir, 'files'))
  const reveal = revealCodes(options.codeKey)

  const rooms: Room[] = createRooms({
    ...options,
    blobs,
    hints: () => hints,
    deepLink: (code) => options.channels.map((one) => one.deepLink(code)).find((link) => link !== null) ?? null,
  })
  const all = <K extends keyof Room>(part: K) =>
    rooms.flatMap((room) => (room[part] ?? []) as NonNullable<Room[K]>[number][])
  const hints = all('hints')
  const takers = all('takers')

  const identify = createIdentify(options.zone, meetingSecretaryGrants)
  const renderers = joinRenderers([...basics, menu, help, ...all('renderers')])
  const conversation = createConversation({
    registry: createRegistry([
      ...menuCommands(all('menu')),
      ...helpCommands(hints),
      ...uploadCommands(takers),
      ...uploadFollowUps(takers),
      ...all('commands'),
    ]),
    interpreters: all('interpreters'),
    identify,
    permissions: createMay(options.zone),
    renderers,
    translations: options.translations,
    defaultLocale: options.defaultLocale,
    log,
  })

  const lines: Line[] = options.channels.map((channel) =>
    createLine({
      channel,
      db,
      locks,
      handler: conversation,
      composer: createComposer({ ...options, db, renderers, blobs, limits: channel.limits, reveal }),
      now: clock.now,
      log,
      concurrency: HANDLERS,
      onHandled: () => soon(),
    }),
  )

  const sweeps: Sweep[] = [
    uploadSweep({
      channelOf: (botId) => lines.find((line) => line.botId() === botId)?.channel ?? null,
      blobs,
      takers,
      conversation,
      identify,
      log,
    }),
    ...all('sweeps'),
    expiry,
    retention,
  ]

  let ticking: Promise<void> = Promise.resolve()
  const tick = (): Promise<void> => {
    ticking = ticking.then(async () => {
      await runSweeps(db, sweeps, clock.now(), log)
      for (const line of lines) line.wake()
    })
    return ticking
  }

  let timer: NodeJS.Timeout | null = null
  const soon = (): void => {
    if (!options.cron || timer) return
    timer = setTimeout(() => {
      timer = null
      void tick()
    }, SOON_MS)
  }

  let cron: ScheduledTask | null = null
  const everyMinute = async (): Promise<void> => {
    await tick()
    for (const line of lines) await line.recover()
  }

  return {
    db,
    lines,
    tick,
    start: async () => {
      await Promise.all(lines.map((line) => line.start()))
      await tick()
      if (options.cron)
        cron = schedule('* * * * *', () => everyMinute().catch((err) => log.error({ err }, 'a tick failed')), {
          noOverlap: true,
        })
    },
    stop: async () => {
      await cron?.stop()
      if (timer) clearTimeout(timer)
      await Promise.all(lines.map((line) => line.stop()))
      await ticking
      await locks.close()
      await close()
    },
    settle: async () => {
      for (const line of lines) await line.settle()
      await tick()
      for (const line of lines) await line.settle()
    },
    transcript: (chat) => readTranscript(db, chat, reveal),
    nextDue: async () => {
      const times = await Promise.all([nextSweep(db, sweeps), nextDelivery(db, clock.now())])
      return times.reduce((first, one) => (one && (!first || one < first) ? one : first), null)
    },
  }
}
