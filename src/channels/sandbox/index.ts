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
import type { IncomingContent, IncomingMessage } from '../../messaging/vocabulary.js'

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

const CAN: ChannelAbilities = {
  buttons: true,
  edits: true,
  files: true,
  menus: true,
  push: true,
  deletes: false,
  toasts: false,
}

export type SandboxChannel = Channel &
  Readonly<{
    /** Somebody writes, taps or sends a file in their private chat; resolves when it is stored. */
    inject: (chatExternalId: string, content: IncomingContent) => Promise<void>
    /** Leaves a file to be sent; returns its reference. */
    deposit: (bytes: Uint8Array) => string
    /** Makes a chat refuse us, as somebody who blocked the bot does, or accept us again. */
    block: (chatExternalId: string, blocked: boolean) => Promise<void>
  }>

/**
 * The channel of the sandbox page and of the dialogue tests. What it "sends" is what the sender records with the
 * delivery, so a chat is read back from the database and nowhere else. `kind` makes it one that can less.
 */
export function createSandboxChannel(kind: Readonly<{ can?: Partial<ChannelAbilities> }> = {}): SandboxChannel {
  const files = new Map<string, Uint8Array>()
  let receive: Receive | null = null

  const inject = async (chatExternalId: string, content: IncomingContent): Promise<void> => {
    if (!receive) throw new AppError('web.sandbox.not-running')
    const message: IncomingMessage = {
      chat: { externalId: chatExternalId, kind: 'private' },
      senderExternalId: chatExternalId,
      languageCode: null,
      content,
    }
    await receive([{ externalId: newId(), chatExternalId, payload: message }])
  }

  return {
    platform: 'sandbox',
    limits: LIMITS,
    can: { ...CAN, ...kind.can },
    quota: NO_QUOTA,
    identify: async () => ({ externalId: 'sandbox', username: null }),
    start: async (handler) => {
      receive = handler
    },
    stop: async () => {
      receive = null
    },
    state: () => ({ state: receive ? 'running' : 'stopped' }),
    decode: (payload) => payload as IncomingMessage,
    send: async ({ deliveryId }) => ({ messageId: deliveryId }),
    edit: async () => {},
    setMenu: async () => {},
    ...NEITHER_DELETES_NOR_TOASTS,
    download: async (fileRef) => {
      const bytes = files.get(fileRef)
      if (!bytes) throw new AppError('conversation.error.file-gone')
      return bytes
    },
    deepLink: (code) => `/sandbox?start=${code}`,
    inject,
    deposit: (bytes) => {
      const reference = newId()
      files.set(reference, bytes)
      return reference
    },
    block: (chatExternalId, blocked) => inject(chatExternalId, { kind: 'reachability', reachable: !blocked }),
  }
}
