import type { Fault } from '../faults.js'

export type User = Readonly<{ id: string; display_name: string; is_bot: boolean }>

/** One bubble, as the people of a chat see it. Nothing ever changes or goes away. */
export type ChatMessage = Readonly<{ id: string; from: 'bot' | string; text: string; date: number }>

export type Chat = {
  readonly id: string
  readonly type: 'PRIVATE' | 'GROUP'
  readonly messages: ChatMessage[]
  /** Whether the bot may write here: only whoever wrote first can be reached. */
  standing: 'never-wrote' | 'open' | 'blocked'
}

export type Payload = Readonly<Record<string, unknown>>

/** What the bot did: every call, right or wrong, in order. `code`: 200, or the refusal's error_code. */
export type RecordedCall = Readonly<{ method: string; payload: Payload; code: number; at: number }>

/** What the account's plan allows. */
export type Plan = Readonly<{ messagesPerMonth: number; people: number }>

export type ZaloServerOptions = Readonly<{
  token: string
  accountName?: string
  plan?: Plan
  /** Before every answer but a poll's. */
  latencyMs?: number
  /** How long a "second" of long polling is. */
  pollSecondMs?: number
  /** How long `sees` and `until` wait before they fail; 10 s unless said. */
  patienceMs?: number
  /** A path before `/bot<token>`, as behind a proxy. */
  prefix?: string
  /** Decides about each call; for random faults from a seed. */
  faults?: (method: string) => Fault | null
}>

/** A refusal as the platform words it; it comes under HTTP 200 unless `http` says otherwise. */
export class Refused extends Error {
  constructor(
    readonly code: number,
    readonly description: string,
    readonly http = 200,
  ) {
    super(description)
  }
}
