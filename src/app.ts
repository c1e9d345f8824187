import { join } from 'node:path'
import { meetingSecretaryGrants } from './attendance/grants.js'
import { createBotDoor } from './bot-door.js'
import { type AddedBots, createBotKeeper, NO_ADDED_BOTS } from './bot-keeper.js'
import type { BotDoor } from './bots/adding.js'
import { choiceCommands, choiceRenderers } from './conversation/choice-commands.js'
import { courtesyInterpreter } from './conversation/courtesy.js'
import { type Conversation, createConversation } from './conversation/handle.js'
import { help, helpCommands, helpEntry } from './conversation/help.js'
import { menu, menuCommands } from './conversation/menu.js'
import { renderers as basics } from './conversation/messages.js'
import { muteCommands, muteList } from './conversation/mute.js'
import { printSweep } from './conversation/printing.js'
import { createRegistry } from './conversation/registry.js'
import type { Room } from './conversation/room.js'
import type { Abilities } from './conversation/types.js'
import { undoCommands } from './conversation/undo.js'
import { uploadCommands, uploadFollowUps, uploadSweep } from './conversation/uploads.js'
import type { Clock } from './core/clock.js'
import type { Zone } from './core/dates.js'
import type { Locale, Translations } from './core/i18n.js'
import type { Log } from './core/log.js'
import { type Db, inTransaction, openDatabase, type Tx } from './database/client.js'
import { createLockKeeper } from './database/lock-keeper.js'
import { type Blobs, openBlobs } from './messaging/blobs.js'
import type { Channel } from './messaging/channel.js'
import { createComposer } from './messaging/compose.js'
import { expiry } from './messaging/expiry.js'
import { createLine, type Line } from './messaging/line.js'
import { joinRenderers } from './messaging/renderer.js'
import { reroute } from './messaging/reroute.js'
import { retention } from './messaging/retention.js'
import { readTranscript, type TranscriptEntry } from './messaging/transcript.js'
import { revealCodes } from './organization/codes.js'
import { createIdentify, createMay } from './organization/identity.js'
import { createReplaceFiles, revealFileLinks } from './pages/file-links.js'
import { revealPages } from './pages/tokens.js'
import { deepLink } from './platforms.js'
import { createRooms } from './rooms.js'
import { createTicker } from './ticker.js'

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
  /** Absent: no bot can be added. */
  bots?: AddedBots
  log: Log
  /** Off where time is moved by hand: the sandbox and tests call `tick`. */
  cron: boolean
}>

export type App = Readonly<{
  db: Db
  blobs: Blobs
  bots: BotDoor
  /** One for each account, as they are now. */
  lines: readonly Line[]
  /** Opens a line to one more account while the house runs; resolves when the first attempt is over. */
  openLine: (channel: Channel) => Promise<Line>
  /** Ends a line; what waits for its bot stays in the tables. */
  closeLine: (line: Line) => Promise<void>
  /** Opens the bots that were added and closes those that are no more; resolves when that is done. Every tick begins it too. */
  lookAtBots: () => Promise<void>
  start: () => Promise<void>
  stop: () => Promise<void>
  /** Something that is done beside the chats (on a page of ours), in one transaction; `run`: as one person, in their chat. */
  act: <T>(work: (tx: Tx, now: Date, run: Conversation['run']) => Promise<T>) => Promise<T>
  /** Does whatever is due now. */
  tick: () => Promise<void>
  /** Resolves when everything that was said is handled, what is due is done and what can go out has gone. */
  settle: () => Promise<void>
  /** A chat as its person sees it: for the sandbox, personal pages and tests. `within`: the transaction that asks. */
  transcript: (chat: { id: string; botId: string; externalId: string }, within?: Tx) => Promise<TranscriptEntry[]>
  /** The next moment at which something happens by itself, or null. */
  nextDue: () => Promise<Date | null>
}>

/** A bot whose line is not open: nothing that it could not do is promised. */
const SILENT = { buttons: true, edits: true, files: true, menus: false, push: true, deletes: false, toasts: false }

const CONNECTIONS = 10
const HANDLERS = 8

/** Secrets in the place of their marks, at the last moment: one-time codes, links of pages and to files. */
function createReveal({ codeKey, publicUrl }: AppOptions): (text: string) => string {
  const codes = revealCodes(codeKey)
  const pages = revealPages(codeKey, publicUrl)
  const files = revealFileLinks(codeKey, publicUrl)
  return (text) => files(pages(codes(text)))
}

/** The rooms with what the conversation itself brings, joined: who is asked for what, and how it is said. */
function joinHouse(options: AppOptions, blobs: Blobs, channelOf: (botId: string) => Channel | null) {
  const { log, translations, defaultLocale } = options
  const rooms: Room[] = createRooms({
    ...options,
    blobs,
    hints: () => hints,
    forgets: () => forgets,
    deepLink,
    groupLink: (botId) => channelOf(botId)?.groupLink?.() ?? null,
    seal: (options.bots ?? NO_ADDED_BOTS).seal,
    personalZalo: options.bots?.signIn !== undefined,
    isOpen: (botId) => channelOf(botId) !== null,
  })
  const all = <K extends keyof Room>(part: K) =>
    rooms.flatMap((room) => (room[part] ?? []) as NonNullable<Room[K]>[number][])
  const hints = all('hints')
  const forgets = all('forgets')
  const takers = all('takers')
  const identify = createIdentify(options.zone, meetingSecretaryGrants)
  const renderers = joinRenderers([...basics, ...choiceRenderers, menu, help, muteList, ...all('renderers')])
  const registry = createRegistry([
    ...menuCommands([...all('menu'), helpEntry]),
    ...helpCommands(hints, all('menu')),
    ...choiceCommands,
    ...undoCommands(all('lastDone')),
    ...muteCommands(all('mutable')),
    ...uploadCommands(takers),
    ...uploadFollowUps(takers),
    ...all('commands'),
  ])
  const permissions = createMay(options.zone)
  // Courtesy last: whatever says more is read by the rooms.
  const interpreters = [...all('interpreters'), courtesyInterpreter]
  const abilitiesOf = (botId: string): Abilities => ({
    ...(channelOf(botId)?.can ?? SILENT),
    pages: options.publicUrl !== null,
  })
  const parts = { registry, interpreters, identify, permissions, renderers, translations, defaultLocale, log }
  const conversation = createConversation({ ...parts, abilitiesOf })
  const printing = printSweep({ ...options, blobs, papers: all('papers') })
  // Printing last: what another sweep asked for is made in the same look.
  return { conversation, renderers, takers, identify, sweeps: [...all('sweeps'), printing] }
}

/** Wires the house by plain parameters. Nothing runs before `start`. */
export function createApp(options: AppOptions): App {
  const { log, clock } = options
  const { url, directUrl } = options.database
  const { db, close } = openDatabase(url, { connections: CONNECTIONS, log, prepared: url === directUrl })
  const locks = createLockKeeper(directUrl, log)
  const blobs = openBlobs(join(options.dataDir, 'files'))
  const reveal = createReveal(options)
  const lines: Line[] = []
  const lineTo = (botId: string): Line | null => lines.find((line) => line.botId() === botId) ?? null
  const channelOf = (botId: string): Channel | null => lineTo(botId)?.channel ?? null
  const { conversation, renderers, takers, identify, sweeps } = joinHouse(options, blobs, channelOf)
  const replaceFiles = createReplaceFiles({ ...options, now: clock.now })

  const lineOf = (channel: Channel): Line =>
    createLine({
      channel,
      db,
      locks,
      handler: conversation,
      composer: createComposer({ ...options, now: clock.now, db, renderers, blobs, channel, reveal, replaceFiles }),
      now: clock.now,
      log,
      concurrency: HANDLERS,
      onHandled: () => ticker.soon(),
      isTaken: (botId) => lineTo(botId) !== null,
    })
  lines.push(...options.channels.map(lineOf))
  const uploads = uploadSweep({ channelOf, blobs, takers, conversation, identify, log })
  const ticker = createTicker({
    db,
    sweeps: [uploads, ...sweeps, expiry, reroute, retention],
    lines,
    look: () => keeper.look(),
    clock,
    log,
    cron: options.cron,
  })
  const openLine = async (channel: Channel): Promise<Line> => {
    const line = lineOf(channel)
    lines.push(line)
    await line.start()
    return line
  }
  const closeLine = async (line: Line): Promise<void> => {
    const at = lines.indexOf(line)
    if (at >= 0) lines.splice(at, 1)
    await line.stop()
  }
  const bots = options.bots ?? NO_ADDED_BOTS
  const door = createBotDoor(bots, { ...options, deepLink, isOpen: (botId) => channelOf(botId) !== null })
  const keeper = createBotKeeper({ db, bots, now: clock.now, lineTo, openLine, closeLine, log })

  return {
    db,
    blobs,
    bots: door,
    lines,
    openLine,
    closeLine,
    lookAtBots: async () => {
      await keeper.look()
      await keeper.idle()
    },
    act: async (work) => {
      const done = await inTransaction(db, (tx) => work(tx, clock.now(), conversation.run))
      for (const line of lines) line.wake()
      ticker.soon()
      return done
    },
    tick: ticker.tick,
    nextDue: ticker.nextDue,
    transcript: (chat, within) => readTranscript(within ?? db, chat, reveal),
    start: async () => {
      await Promise.all(lines.map((line) => line.start()))
      await ticker.tick()
      ticker.start()
    },
    stop: async () => {
      door.signIns?.stop()
      // Together: a look may wait for a download that hangs, and the lines must not wait for that.
      await Promise.all([ticker.stop(), keeper.stop(), ...lines.map((line) => line.stop())])
      await locks.close()
      await close()
    },
    settle: async () => {
      for (const line of lines) await line.settle()
      await ticker.tick()
      await keeper.idle()
      for (const line of lines) await line.settle()
    },
  }
}
