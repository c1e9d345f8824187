import type { ChannelLimits } from '../../../src/messaging/channel.js'
import type { Fault } from '../faults.js'

export type { Fault }

export type Button = Readonly<{ text: string; callback_data?: string; url?: string }>

export type Entity = Readonly<{ type: string; offset: number; length: number; url?: string }>

export type StoredFile = Readonly<{ fileId: string; fileName: string; mime: string; bytes: Uint8Array; path: string }>

/** One bubble, as the people of a chat see it now. */
export type ChatMessage = {
  readonly id: number
  readonly chatId: number
  readonly from: 'bot' | number
  readonly date: number
  text: string
  entities: readonly Entity[]
  file: StoredFile | null
  keyboard: readonly (readonly Button[])[]
  readonly isProtected: boolean
  edits: number
}

export type User = Readonly<{ id: number; is_bot: boolean; first_name: string; language_code?: string }>

export type Chat = {
  readonly id: number
  readonly type: 'private' | 'group' | 'supergroup'
  readonly title: string
  readonly messages: Map<number, ChatMessage>
  /** The bot may write here; otherwise why not. */
  refusal: Refusal | null
  movedTo: number | null
  commands: readonly Readonly<{ command: string; description: string }>[]
}

export type Refusal = 'never-started' | 'blocked' | 'deactivated' | 'kicked'

export type Payload = Readonly<Record<string, unknown>>

/** What the bot did: every call, right or wrong, in order. */
export type RecordedCall = Readonly<{
  method: string
  payload: Payload
  status: number
  /** performance.now() when it was answered. */
  at: number
}>

export type TelegramServerOptions = Readonly<{
  token: string
  username?: string
  /** The channel's own table: scale both together. */
  limits?: ChannelLimits
  /** Before every answer but a poll's. */
  latencyMs?: number | (() => number)
  /** How long a "second" of long polling is. */
  pollSecondMs?: number
  /** How long a tap may be acknowledged. */
  tapLifeMs?: number
  /** How long `sees`, `taps` and `until` wait before they fail; 10 s unless said. */
  patienceMs?: number
  /** A path before `/bot<token>`, as behind a proxy. */
  prefix?: string
  /** Decides about each call; for random faults from a seed. */
  faults?: (method: string) => Fault | null
}>

/** A refusal as the Bot API words it. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly description: string,
    readonly parameters?: Readonly<Record<string, number>>,
  ) {
    super(description)
  }
}

export const badRequest = (what: string): Refused => new Refused(400, `Bad Request: ${what}`)
