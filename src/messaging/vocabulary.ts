/**
 * The words that channels and rooms share. No platform's name or limit appears here: a channel translates
 * between these and its platform, a room speaks only these.
 */

/** JSON as it travels in outbox rows and choices. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** Something a person may choose: a command with its arguments, under a label. */
export type Choice = Readonly<{
  label: string
  command: string
  args: JsonObject
  /** Answers to a meeting carry their fixed digit 1–4; nothing else does. */
  digit?: 1 | 2 | 3 | 4
  /** Leads to the page that follows: "tiếp" means it. */
  next?: true
}>

export type Attachment = Readonly<{
  sha256: string
  fileName: string
  /** Where else it can be had, as a sentence: said where neither the file nor a link to it can be sent. */
  elsewhere?: string
  /** It holds codes: a link to it ends within the hour. */
  brief?: true
}>

/** A file among others, with the word that tells it from them. */
export type NamedFile = Attachment & Readonly<{ label: string }>

/** What a renderer makes: plain text, escaped by the channel. `heading` stands out above it. */
export type OutgoingMessage = Readonly<{
  heading?: string
  text: string
  /** Rows as they should stand; a channel without buttons lists them. */
  choices?: readonly (readonly Choice[])[]
  /** A link that is opened outside the chat. */
  link?: Readonly<{ label: string; url: string }>
  attachment?: Attachment
  /** Several that belong together: each goes before the words as a part of its own, or is linked to in them. */
  files?: readonly NamedFile[]
  /** Ask the platform to stop forwarding and saving. */
  confidential?: boolean
  /** What stands in its place on a channel without buttons, where the same words would not do. */
  plain?: Readonly<{ text: string; choices: readonly (readonly Choice[])[] }>
  /** The place of the first choice to be listed in plain text: those before it were shown already and keep their numbers. */
  from?: number
  /** A change of a message in its place, of no use as a new one: where nothing can be changed, nothing is sent. */
  inPlaceOnly?: boolean
}>

/** The platform's own list of commands beside the text field. */
export type CommandMenu = readonly Readonly<{ command: string; description: string }>[]

export type IncomingContent =
  | Readonly<{ kind: 'text'; text: string }>
  /**
   * A button: the delivery it stood under, and its place among that message's choices. `tapId`: how a word can be
   * said to the presser alone (a toast), where the platform has that.
   */
  | Readonly<{ kind: 'choice'; deliveryId: string; index: number; tapId?: string }>
  /** A deep link was opened; `code` is what it carried. */
  | Readonly<{ kind: 'start'; code: string | null }>
  | Readonly<{ kind: 'file'; fileRef: string; fileName: string; size: number | null; caption: string | null }>
  /** A button of a page of ours that stood under no message; what it means was decided by that page, never by its reader. */
  | Readonly<{ kind: 'call'; label: string; command: string; args: JsonObject }>
  /** Sticker, voice, location …: nothing that we can read. */
  | Readonly<{ kind: 'unreadable' }>
  /** The person blocked or unblocked the bot. */
  | Readonly<{ kind: 'reachability'; reachable: boolean }>

export type IncomingMessage = Readonly<{
  /** `formerly`: what the platform called this chat before. */
  chat: Readonly<{ externalId: string; kind: 'private' | 'group'; formerly?: string }>
  /** Who acted; in a group not the chat itself. */
  senderExternalId: string
  /** What the platform says of the person's language, such as `vi`. */
  languageCode: string | null
  /** The platform's id of the message, where it can be taken away again (a pasted secret). */
  messageId?: string
  content: IncomingContent
}>

/** What a platform answered when it refused. Only adapters make these; nobody else reads a platform's error. */
export class SendError extends Error {
  constructor(
    readonly failure:
      | Readonly<{ kind: 'retry-after'; seconds: number; scope: 'bot' | 'chat' }>
      /** The address is dead until the person writes again. */
      | Readonly<{ kind: 'unreachable'; code: string }>
      /** The address moved: retry once there. */
      | Readonly<{ kind: 'moved'; externalId: string }>
      /** Our own mistake: never retried. */
      | Readonly<{ kind: 'rejected'; code: string }>
      | Readonly<{ kind: 'transient'; code: string }>
      /** The bot has sent as much as the platform allows it: another way is tried; without one it waits. */
      | Readonly<{ kind: 'quota'; code: string }>
      /** The account itself is refused (a revoked token): this bot stops. */
      | Readonly<{ kind: 'unauthorized'; code: string }>,
    options?: { cause?: unknown },
  ) {
    super(failure.kind, options)
    this.name = 'SendError'
  }
}
