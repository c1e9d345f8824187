import { AppError } from '../../core/errors.js'
import { newId } from '../../core/ids.js'
import {
  type Channel,
  type ChannelAbilities,
  type ChannelLimits,
  NEITHER_DELETES_NOR_TOASTS,
  NO_QUOTA,
  type Receive,
} from '../../messaging/channel.js'
import {
  type IncomingContent,
  type IncomingMessage,
  type OutgoingMessage,
  SendError,
} from '../../messaging/vocabulary.js'

/** A made-up platform inside the process: nothing is limited, nothing is lost. */
const LIMITS: ChannelLimits = {
  textLength: 4096,
  uploadBytes: 50 * 1024 * 1024,
  downloadBytes: 20 * 1024 * 1024,
  sendsPerSecond: 1_000_000,
  sendsPerSecondPerChat: 1_000_000,
  chatBurst: 1_000,
  sendsPerMinutePerGroup: 60_000_000,
  sendWindow: 64,
  editWindow: 64,
  callTimeoutMs: 10_000,
}

const ABILITIES: ChannelAbilities = {
  buttons: true,
  edits: true,
  files: true,
  menus: true,
  push: true,
  deletes: false,
  toasts: false,
}

export const sandboxLink = (code: string): string => `/sandbox?start=${code}`

export type SandboxChannel = Channel &
  Readonly<{
    /** Somebody writes, taps or sends a file in their private chat; resolves when it is stored. */
    inject: (chatExternalId: string, content: IncomingContent) => Promise<void>
    /** Somebody does it in a group; their private chat bears their own name. */
    injectInGroup: (groupExternalId: string, senderExternalId: string, content: IncomingContent) => Promise<void>
    /** Leaves a file to be sent; returns its reference. */
    deposit: (bytes: Uint8Array) => string
    /** Makes a chat refuse us, as somebody who blocked the bot does, or accept us again. */
    block: (chatExternalId: string, blocked: boolean) => Promise<void>
  }>

/**
 * The channel of the sandbox page and of the dialogue tests; `kind` makes it one that can or allows less. What it
 * "sends" is what the sender records with the delivery, so a chat is read back from the database and nowhere else.
 */
export function createSandboxChannel(
  kind: Readonly<{ can?: Partial<ChannelAbilities>; limits?: Partial<ChannelLimits> }> = {},
): SandboxChannel {
  const can = { ...ABILITIES, ...kind.can }
  const limits = { ...LIMITS, ...kind.limits }
  const files = new Map<string, Uint8Array>()
  let receive: Receive | null = null

  /** Refuses what a platform of this kind would refuse. */
  const check = ({ heading, text, choices, link }: OutgoingMessage): void => {
    const length = text.length + (heading ? heading.length + 2 : 0)
    if (length > limits.textLength) throw new SendError({ kind: 'rejected', code: 'too-long' })
    if (!can.buttons && (choices || link)) throw new SendError({ kind: 'rejected', code: 'no-buttons' })
  }

  const receiveFrom = async (
    chat: IncomingMessage['chat'],
    senderExternalId: string,
    content: IncomingContent,
  ): Promise<void> => {
    if (!receive) throw new AppError('web.sandbox.not-running')
    const message: IncomingMessage = { chat, senderExternalId, languageCode: null, content }
    await receive([{ externalId: newId(), chatExternalId: chat.externalId, payload: message }])
  }

  const inject = (chatExternalId: string, content: IncomingContent): Promise<void> =>
    receiveFrom({ externalId: chatExternalId, kind: 'private' }, chatExternalId, content)

  return {
    platform: 'sandbox',
    limits,
    can,
    quota: NO_QUOTA,
    polls: false,
    identify: async () => ({ externalId: 'sandbox', username: null }),
    start: async (handler) => {
      receive = handler
    },
    stop: async () => {
      receive = null
    },
    state: () => ({ state: receive ? 'running' : 'stopped' }),
    decode: (payload) => payload as IncomingMessage,
    send: async ({ deliveryId, message }) => {
      check(message)
      return { messageId: deliveryId }
    },
    edit: async ({ message }) => {
      if (!can.edits) throw new SendError({ kind: 'rejected', code: 'no-edits' })
      check(message)
    },
    setMenu: async () => {},
    ...NEITHER_DELETES_NOR_TOASTS,
    ...(can.toasts ? { toast: async () => {} } : {}),
    download: async (fileRef) => {
      const bytes = files.get(fileRef)
      if (!bytes) throw new AppError('conversation.error.file-gone')
      return bytes
    },
    deepLink: sandboxLink,
    inject,
    injectInGroup: (group, sender, content) => receiveFrom({ externalId: group, kind: 'group' }, sender, content),
    deposit: (bytes) => {
      const reference = newId()
      files.set(reference, bytes)
      return reference
    },
    block: (chatExternalId, blocked) => inject(chatExternalId, { kind: 'reachability', reachable: !blocked }),
  }
}
