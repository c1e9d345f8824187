import type { CommandMenu, IncomingMessage, OutgoingMessage } from './vocabulary.js'

/** What a platform allows: data beside the adapter, read by the sender. Seconds and characters. */
export type ChannelLimits = Readonly<{
  /** Characters of one message's text; longer ones are split at sentence ends. */
  textLength: number
  /** Largest file that can be sent and fetched, bytes. */
  uploadBytes: number
  downloadBytes: number
  /** Messages a second over all chats, and to one chat (with a short burst). */
  sendsPerSecond: number
  sendsPerSecondPerChat: number
  chatBurst: number
  sendsPerMinutePerGroup: number
  /** Calls in flight at once. Edits may be repeated harmlessly, sends may not. */
  sendWindow: number
  editWindow: number
  /** After this a call is given up and counts as not answered. */
  callTimeoutMs: number
}>

export type ChannelAbilities = Readonly<{ buttons: boolean; edits: boolean; files: boolean; menus: boolean }>

/** One choice as it goes out: its label and where it points back to. */
export type OutgoingFile = Readonly<{
  fileName: string
  mime: string
  /** What the platform already holds, if anything. */
  platformFileId: string | null
  open: () => Promise<Uint8Array>
}>

export type SendRequest = Readonly<{
  /** Stands behind the buttons, so that a tap finds its delivery. */
  deliveryId: string
  chatExternalId: string
  message: OutgoingMessage
  file: OutgoingFile | null
}>

export type SendReceipt = Readonly<{ messageId: string; platformFileId?: string }>

export type ChannelState = Readonly<{
  state: 'starting' | 'running' | 'stopped' | 'failing'
  /** A key below `health` in the locales, when not running well: `unauthorized`, `conflict`, `unreachable`. */
  code?: string
}>

/** One update as the platform delivered it; stored before the platform is told that we have it. */
export type RawUpdate = Readonly<{
  externalId: string
  chatExternalId: string | null
  payload: unknown
}>

/** Stores a batch in one statement; resolves when it is committed. */
export type Receive = (updates: readonly RawUpdate[]) => Promise<void>

/**
 * A platform account. It translates and decides nothing.
 * `send`, `edit` and `setMenu` reject with `SendError` only.
 */
export type Channel = Readonly<{
  platform: string
  limits: ChannelLimits
  can: ChannelAbilities
  /** Who we are there. Throws `AppError` with what to do when the account is refused. */
  identify: () => Promise<{ externalId: string; username: string | null }>
  /** Begins to receive; resolves when it does. */
  start: (receive: Receive) => Promise<void>
  /** Ends receiving; what was received is stored by then. */
  stop: () => Promise<void>
  state: () => ChannelState
  /** Null: nothing for us (an edit of somebody's own message, a foreign update type). */
  decode: (payload: unknown) => IncomingMessage | null
  send: (request: SendRequest, signal: AbortSignal) => Promise<SendReceipt>
  edit: (request: SendRequest & { messageId: string }, signal: AbortSignal) => Promise<void>
  setMenu: (chatExternalId: string, menu: CommandMenu, signal: AbortSignal) => Promise<void>
  /** The bytes of a file that somebody sent. Throws `AppError('file.too-large' | 'file.gone')`. */
  download: (fileRef: string, signal: AbortSignal) => Promise<Uint8Array>
  /** A link that opens the chat with this code, where the platform has such links. */
  deepLink: (code: string) => string | null
}>
