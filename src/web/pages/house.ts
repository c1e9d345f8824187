import type { BotDoor } from '../../bots/adding.js'
import type { Conversation } from '../../conversation/handle.js'
import type { Identify, May } from '../../conversation/types.js'
import type { Zone } from '../../core/dates.js'
import type { Locale, Translations } from '../../core/i18n.js'
import type { Log } from '../../core/log.js'
import type { Db, Tx } from '../../database/client.js'
import type { Blobs } from '../../messaging/blobs.js'
import type { DeepLink } from '../../messaging/bots.js'
import type { TranscriptEntry } from '../../messaging/transcript.js'
import type { IncomingContent } from '../../messaging/vocabulary.js'

/** The line of the personal pages, as a page speaks into it. `botId`: null until the line is open. */
export type PersonalLine = Readonly<{
  channel: Readonly<{ inject: (chatExternalId: string, updateId: string, content: IncomingContent) => Promise<void> }>
  botId: () => string | null
}>

/** What the pages need of the house behind them. */
export type PagesHouse = Readonly<{
  db: Db
  now: () => Date
  /** One transaction; `run` does something as one person, in their chat. */
  act: <T>(work: (tx: Tx, now: Date, run: Conversation['run']) => Promise<T>) => Promise<T>
  /** A chat as its person sees it, in the caller's transaction: pages that waited for a second connection ended the pool. */
  transcript: (chat: { id: string; botId: string; externalId: string }, within: Tx) => Promise<TranscriptEntry[]>
  /** Null: no personal pages here. */
  personal: PersonalLine | null
  identify: Identify
  permissions: May
  blobs: Blobs
  bots: BotDoor
  translations: Translations
  defaultLocale: Locale
  codeKey: Uint8Array
  publicUrl: string
  deepLink: DeepLink
  zone: Zone
  log: Log
}>
