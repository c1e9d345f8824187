import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp } from '../../src/app.js'
import type { AddedBots } from '../../src/bot-keeper.js'
import { createPageChannel, type PageChannel } from '../../src/channels/page/index.js'
import { createSandboxChannel, type SandboxChannel } from '../../src/channels/sandbox/index.js'
import type { Clock } from '../../src/core/clock.js'
import { instantOf, parsePlainDate, parseWallTime } from '../../src/core/dates.js'
import { loadTranslations } from '../../src/core/i18n.js'
import { newId } from '../../src/core/ids.js'
import { createLog, type Log } from '../../src/core/log.js'
import type { Db } from '../../src/database/client.js'
import type { Channel, ChannelAbilities } from '../../src/messaging/channel.js'
import type { TranscriptEntry } from '../../src/messaging/transcript.js'
import type { IncomingContent } from '../../src/messaging/vocabulary.js'
import { openTestDatabase } from './database.js'

export const CODE_KEY = new Uint8Array(32).fill(7)
export const ZONE = 'Asia/Ho_Chi_Minh'

/** `2026-12-02 08:00` in the house's zone. */
export function at(text: string, zone = ZONE): Date {
  const day = parsePlainDate(text.slice(0, 10))
  const time = parseWallTime(text.slice(11))
  if (!day || !time) throw new Error(`not a moment: ${text}`)
  return instantOf(day, time, zone)
}

/** The service on a test's database, with whatever channels it is given; time is moved by hand. */
export const createTestApp = (
  options: Readonly<{
    url: string
    dataDir: string
    clock: Clock
    channels: readonly Channel[]
    log?: Log
    publicUrl?: string
    bots?: AddedBots
  }>,
): App =>
  createApp({
    database: { url: options.url, directUrl: options.url },
    dataDir: options.dataDir,
    channels: options.channels,
    clock: options.clock,
    zone: ZONE,
    defaultLocale: 'vi',
    translations: loadTranslations(join(import.meta.dirname, '../../locales')),
    codeKey: CODE_KEY,
    publicUrl: options.publicUrl ?? null,
    ...(options.bots ? { bots: options.bots } : {}),
    log: options.log ?? createLog(process.env.TEST_LOG ?? 'silent'),
    cron: false,
  })

/** A platform where people can only write: no buttons, no edits, no files, short messages. */
const PLAIN = {
  can: { buttons: false, edits: false, files: false, menus: false },
  limits: { textLength: 2_000 },
}

/**
 * The whole service on a database of its own, with the sandbox channel and a clock that the test moves: dialogues run
 * the production path from the stored update to the rendered message.
 */
export async function openHouse(options: {
  now: string
  log?: Log
  /** On a channel where people can only write. */
  plain?: true
  /** Where pages of ours are said to be; nowhere unless it is given. */
  publicUrl?: string
  /** What the platform of the dialogues lacks. */
  can?: Partial<ChannelAbilities>
  /** How bots are added; none can be unless it is given. */
  bots?: AddedBots
}): Promise<House> {
  const database = await openTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'kyhop-house-'))
  const { can = {}, limits = {} } = options.plain ? PLAIN : {}
  const channel = createSandboxChannel({ limits, can: { ...can, ...options.can } })
  const page = options.publicUrl ? createPageChannel() : null
  const clock = { moment: at(options.now) }
  const app = createTestApp({
    ...options,
    url: database.url,
    dataDir,
    clock: { now: () => clock.moment },
    channels: page ? [channel, page] : [channel],
  })
  await app.start()
  return new House(
    app,
    channel,
    clock,
    database.url,
    async () => {
      await app.stop()
      await database.close()
      await rm(dataDir, { recursive: true, force: true })
    },
    dataDir,
    page,
  )
}

export class House {
  constructor(
    readonly app: App,
    readonly channel: SandboxChannel,
    readonly clock: { moment: Date },
    /** Of its database. */
    readonly url: string,
    readonly close: () => Promise<void>,
    /** Where its files lie, below `files`. */
    readonly dataDir: string,
    /** Of the personal pages, where there are any. */
    readonly page: PageChannel | null,
  ) {}

  get db(): Db {
    return this.app.db
  }

  get botId(): string {
    const id = this.app.lines[0]?.botId()
    if (!id) throw new Error('the sandbox line is not open')
    return id
  }

  get now(): Date {
    return this.clock.moment
  }

  /** Lets time pass up to `text`, stopping at everything that falls due on the way. */
  async to(text: string): Promise<void> {
    const target = at(text)
    for (let steps = 0; steps < 1_000; steps += 1) {
      const due = await this.app.nextDue()
      if (!due || due > target) break
      if (due > this.clock.moment) this.clock.moment = due
      await this.app.settle()
    }
    this.clock.moment = target
    await this.app.settle()
  }

  /** Time passes while the service is down: nothing runs until `text`. */
  async sleepsUntil(text: string): Promise<void> {
    this.clock.moment = at(text)
    await this.app.settle()
  }

  /** Somebody with a phone and nothing else: not linked to anyone. */
  stranger(handle: string): Player {
    return new Player(this, handle)
  }

  /** A phone that is linked to these people already. */
  async phoneOf(handle: string, ...personIds: string[]): Promise<Player> {
    const chat = await this.db.chat.upsert({
      where: { botId_externalId: { botId: this.botId, externalId: handle } },
      create: { id: newId(), botId: this.botId, externalId: handle, kind: 'private', createdAt: this.now },
      update: {},
    })
    for (const personId of personIds)
      await this.db.chatLink.create({ data: { id: newId(), personId, chatId: chat.id, linkedAt: this.now } })
    return new Player(this, handle)
  }
}

type BotEntry = Extract<TranscriptEntry, { from: 'bot' }>

/** One phone. What it sees is what the sender recorded as sent. */
export class Player {
  readonly #read = new Set<string>()

  constructor(
    readonly house: House,
    readonly handle: string,
  ) {}

  async #send(content: IncomingContent): Promise<void> {
    await this.house.channel.inject(this.handle, content)
    await this.house.app.settle()
  }

  says(text: string): Promise<void> {
    return this.#send({ kind: 'text', text })
  }

  opens(code: string | null): Promise<void> {
    return this.#send({ kind: 'start', code })
  }

  sendsFile(fileName: string, bytes: Uint8Array, caption: string | null = null): Promise<void> {
    const fileRef = this.house.channel.deposit(bytes)
    return this.#send({ kind: 'file', fileRef, fileName, size: bytes.byteLength, caption })
  }

  sendsSticker(): Promise<void> {
    return this.#send({ kind: 'unreadable' })
  }

  /** Types the number that stands before `label` in the newest message that lists it. */
  async picks(label: string): Promise<void> {
    for (const { content } of (await this.#entries()).reverse()) {
      const line = content.below?.split('\n').find((one) => /^\d+\. /.test(one) && one.includes(label))
      if (line) return this.says(line.slice(0, line.indexOf('.')))
    }
    throw new Error(`${this.handle} has no number for "${label}":\n${await this.screen()}`)
  }

  /** Presses the button whose label contains `label`, on the newest message that has one. */
  async taps(label: string): Promise<void> {
    if (!this.house.channel.can.buttons) throw new Error('there are no buttons here')
    const button = (await this.#entries()).reverse().flatMap((entry) => {
      const index = entry.content.choices.flat().findIndex((choice) => choice.label.includes(label))
      return index < 0 ? [] : [{ deliveryId: entry.deliveryId, index }]
    })[0]
    if (!button) throw new Error(`${this.handle} has no button "${label}":\n${await this.screen()}`)
    await this.#send({ kind: 'choice', ...button })
  }

  /** Presses a button of a message as it once stood: an old one, or somebody else's. */
  tapsRaw(deliveryId: string, index: number): Promise<void> {
    return this.#send({ kind: 'choice', deliveryId, index })
  }

  async #chat() {
    const botId = this.house.botId
    return this.house.db.chat.findUnique({ where: { botId_externalId: { botId, externalId: this.handle } } })
  }

  async #entries(): Promise<BotEntry[]> {
    const chat = await this.#chat()
    const entries = chat ? await this.house.app.transcript(chat) : []
    return entries.filter((entry): entry is BotEntry => entry.from === 'bot')
  }

  /** Everything in the chat, for error messages and for reading aloud. */
  async screen(): Promise<string> {
    return (await this.#entries()).map(print).join('\n---\n')
  }

  async last(): Promise<BotEntry> {
    const entry = (await this.#entries()).at(-1)
    if (!entry) throw new Error(`${this.handle} has got nothing`)
    return entry
  }

  async #unread(): Promise<BotEntry[]> {
    return (await this.#entries()).filter((entry) => !this.#read.has(entry.deliveryId))
  }

  /** There is a message (or a change of one) not seen before that contains every one of `parts`; it counts as seen. */
  async sees(...parts: string[]): Promise<BotEntry> {
    const unread = await this.#unread()
    const found = unread.find((entry) => parts.every((part) => print(entry).includes(part)))
    if (!found)
      throw new Error(
        `${this.handle} does not see ${JSON.stringify(parts)} in what is new:\n${unread.map(print).join('\n---\n') || '(nothing)'}`,
      )
    this.#read.add(found.deliveryId)
    return found
  }

  async seesNothingMore(): Promise<void> {
    const unread = await this.#unread()
    if (unread.length > 0) throw new Error(`${this.handle} sees more:\n${unread.map(print).join('\n---\n')}`)
  }

  /** Whatever is there counts as seen. */
  async reads(): Promise<void> {
    for (const entry of await this.#unread()) this.#read.add(entry.deliveryId)
  }
}

const print = ({ content }: BotEntry): string =>
  [
    content.heading ? `*${content.heading}*` : '',
    content.text,
    content.fileName ? `(${content.fileName})` : '',
    ...(content.below
      ? [content.below]
      : content.choices.map((row) => row.map((choice) => `[${choice.label}]`).join(' '))),
  ]
    .filter(Boolean)
    .join('\n')
