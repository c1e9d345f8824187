import { type CommandMenu, type IncomingMessage, type OutgoingMessage, SendError } from './vocabulary.js'

/** What a platform allows: data beside the adapter, read by the sender. Seconds and characters. */
export type ChannelLimits = Readonly<{
  /** Characters of one message's text; longer ones are split at sentence ends. */
  textLength: number
  /** Largest file that can be sent and fetched, bytes. */
  uploadBytes: number
  downloadBytes: number
  /** Messages a second over all chats, and to one chat (with a short burst). */
  sendsPerSecond: number
  /** Up to so much longer between two sends, at random, milliseconds: where an even rhythm looks like a machine. */
  sendJitterMs?: number
  sendsPerSecondPerChat: number
  chatBurst: number
  sendsPerMinutePerGroup: number
  /** Calls in flight at once. Edits may be repeated harmlessly, sends may not. */
  sendWindow: number
  editWindow: number
  /** After this a call is given up and counts as not answered. */
  callTimeoutMs: number
  /** How long the platform keeps what people write while nobody listens; absent: nothing is ever lost. */
  keepsUnheardMs?: number
  /** False: words do not go with a file; they follow as a message of their own. */
  captions?: false
}>

/** What a platform can do. What it cannot is made up for by the composer: numbered choices, links instead of files. */
export type ChannelAbilities = Readonly<{
  buttons: boolean
  edits: boolean
  files: boolean
  menus: boolean
  /** A message rings: false for a page that somebody must open. */
  push: boolean
  /** Takes away what somebody else wrote. */
  deletes: boolean
  /** A word that only the presser of a button sees. */
  toasts: boolean
  /** The account is a person's own: whoever is not linked writes to that person, and is answered only once they send a code. */
  ownersChats?: true
}>

/** What a platform allows one account; null: no limit that we know. */
export type ChannelQuota = Readonly<{
  messagesPerMonth: number | null
  people: number | null
  /** People who never wrote to the account, in any 24 hours. */
  strangersPerDay?: number | null
}>

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

/** `text`: at most 200 characters. `url`: opened by the tap itself, where the platform allows that link. */
export type Toast = Readonly<{ text: string; url: string | null }>

/** For a channel that has neither: nothing calls them, because its `can` says so. */
export const NEITHER_DELETES_NOR_TOASTS: Pick<Channel, 'delete' | 'toast'> = {
  delete: () => Promise.reject(new SendError({ kind: 'rejected', code: 'not-possible' })),
  toast: () => Promise.reject(new SendError({ kind: 'rejected', code: 'not-possible' })),
}

/** No limit that we know. */
export const NO_QUOTA: ChannelQuota = { messagesPerMonth: null, people: null }

export type ChannelState = Readonly<{
  state: 'starting' | 'running' | 'stopped' | 'failing'
  /** Why it does not run well: `unauthorized`, `taken-over`, `conflict`, `unreachable`, `not-stored`. */
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
 * What goes out (`send`, `edit`, `setMenu`, `delete`, `toast`) rejects with `SendError` only.
 */
export type Channel = Readonly<{
  platform: string
  limits: ChannelLimits
  can: ChannelAbilities
  quota: ChannelQuota
  /**
   * It asks for what people say, and the platform tells one asker: it receives only where the bot's lock is held. False:
   * people's words come to whichever instance they come to.
   */
  polls: boolean
  /** Who we are there. Throws `AppError` with what to do when the account is refused. */
  identify: () => Promise<{ externalId: string; username: string | null }>
  /** Begins to receive; resolves when it does, or when the first try has failed. May be stopped and started again. */
  start: (receive: Receive) => Promise<void>
  /** Ends receiving; what was received is stored by then. */
  stop: () => Promise<void>
  state: () => ChannelState
  /** Null: nothing for us (an edit of somebody's own message, a foreign update type). */
  decode: (payload: unknown) => IncomingMessage | null
  send: (request: SendRequest, signal: AbortSignal) => Promise<SendReceipt>
  edit: (request: SendRequest & { messageId: string }, signal: AbortSignal) => Promise<void>
  setMenu: (chatExternalId: string, menu: CommandMenu, signal: AbortSignal) => Promise<void>
  /** Takes away a message that somebody wrote. Only where `can.deletes`. */
  delete: (chatExternalId: string, messageId: string, signal: AbortSignal) => Promise<void>
  /** A word for the presser of a button alone, with a link to open. Only where `can.toasts`. */
  toast: (tapId: string, toast: Toast, signal: AbortSignal) => Promise<void>
  /** The bytes of a file that somebody sent. Throws `AppError('file.too-large' | 'file.gone')`. */
  download: (fileRef: string, signal: AbortSignal) => Promise<Uint8Array>
  /** A link that opens the chat with this code, where the platform has such links. */
  deepLink: (code: string) => string | null
  /** A link that lets its opener choose a group to add us to; absent: there is none. */
  groupLink?: () => string | null
  /** There where the platform posts to us: the web server hands on what comes to its path. */
  webhook?: Webhook
}>

/** A channel's own entrance. */
export type Webhook = Readonly<{
  /** Below the public address: not to be guessed, the same after every start. */
  path: string
  /** The header in which the platform proves who it is. */
  secretHeader: string
  /** One posted update. 200 means stored; after 401 and 503 the platform tries again. */
  handle: (body: unknown, secret: string | undefined) => Promise<200 | 401 | 503>
}>
