import type { Db } from '../database/client.js'
import type { TranscriptEntry } from '../messaging/transcript.js'
import type { IncomingContent } from '../messaging/vocabulary.js'
import type { PlayClock } from './clock.js'

/** The second app as the playground uses it. */
export type World = Readonly<{
  db: Db
  botId: string
  clock: PlayClock
  settle: () => Promise<void>
  nextDue: () => Promise<Date | null>
  transcript: (chat: { id: string; botId: string; externalId: string }) => Promise<TranscriptEntry[]>
  inject: (chatExternalId: string, content: IncomingContent) => Promise<void>
  /** Leaves a file to be sent; returns its reference. */
  deposit: (bytes: Uint8Array) => string
  readFile: (sha256: string) => Promise<Uint8Array>
  keepFile: (bytes: Uint8Array) => Promise<string>
}>
