import type { Lane, TelegramClient } from './client.js'
import type { Call } from './encode.js'

/** The part that we read of a message which the bot sent. */
export type Sent = Readonly<{
  message_id: number
  document?: { file_id: string }
  video?: { file_id: string }
  animation?: { file_id: string }
  audio?: { file_id: string }
}>

export type Calls = (lane: Lane, call: Call, signal: AbortSignal, timeoutMs?: number) => Promise<Sent>

/** Encoded requests to the client; `callTimeoutMs` unless a call brings its own. */
export const createCalls =
  (client: TelegramClient, callTimeoutMs: number): Calls =>
  (lane, { method, payload }, signal, timeoutMs = callTimeoutMs) =>
    client.call<Sent>(method, payload, { lane, signal, timeoutMs })

/** Telegram files some documents under what they are, whatever method brought them. */
export const fileIdOf = (sent: Sent): string | undefined =>
  (sent.document ?? sent.video ?? sent.animation ?? sent.audio)?.file_id
