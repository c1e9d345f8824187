import { AppError } from '../../core/errors.js'
import {
  type Channel,
  type ChannelLimits,
  NEITHER_DELETES_NOR_TOASTS,
  NO_QUOTA,
  type Receive,
} from '../../messaging/channel.js'
import type { IncomingContent, IncomingMessage } from '../../messaging/vocabulary.js'

/** Nothing leaves the house: what is "sent" is recorded with its delivery and read from there when the page is opened. */
const LIMITS: ChannelLimits = {
  textLength: 20_000,
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

export const PAGE_PLATFORM = 'page'

export type PageChannel = Channel &
  Readonly<{
    /**
     * What somebody did on their page; resolves when it is stored. `updateId`: the same again (a button pressed twice, a
     * page sent again) is taken once.
     */
    inject: (chatExternalId: string, updateId: string, content: IncomingContent) => Promise<void>
  }>

/** Personal pages as a platform like any other: their forms are what comes in, their page is what goes out. It rings no bell. */
export function createPageChannel(): PageChannel {
  let receive: Receive | null = null
  return {
    platform: PAGE_PLATFORM,
    limits: LIMITS,
    can: { buttons: true, edits: true, files: true, menus: false, push: false, deletes: false, toasts: false },
    quota: NO_QUOTA,
    polls: false,
    identify: async () => ({ externalId: PAGE_PLATFORM, username: null }),
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
    // The bytes of what is sent on a page are here before it says so.
    download: async () => {
      throw new AppError('conversation.error.file-gone')
    },
    deepLink: () => null,
    inject: async (chatExternalId, updateId, content) => {
      if (!receive) throw new AppError('pages.error.closed')
      const message: IncomingMessage = {
        chat: { externalId: chatExternalId, kind: 'private' },
        senderExternalId: chatExternalId,
        languageCode: null,
        content,
      }
      await receive([{ externalId: updateId, chatExternalId, payload: message }])
    },
  }
}
