import {
  type Channel,
  type ChannelLimits,
  NEITHER_DELETES_NOR_TOASTS,
  NO_QUOTA,
  type SendRequest,
} from '../../src/messaging/channel.js'
import type { IncomingMessage } from '../../src/messaging/vocabulary.js'

const FREE: ChannelLimits = {
  textLength: 4096,
  uploadBytes: 1_000_000,
  downloadBytes: 1_000_000,
  sendsPerSecond: 100_000,
  sendsPerSecondPerChat: 100_000,
  chatBurst: 1_000,
  sendsPerMinutePerGroup: 1_000_000,
  sendWindow: 8,
  editWindow: 8,
  callTimeoutMs: 300,
}

export type Call = { what: 'send' | 'edit'; chat: string; text: string; request: SendRequest; aborted: () => boolean }

/**
 * A platform whose every answer the test decides: `answer` gets each call and resolves or rejects as the platform
 * would. For what the sender does with answers; the real protocol is tested over a socket elsewhere.
 */
export function scriptedChannel(
  answer: (call: Call, n: number) => Promise<void> | void,
  limits: Partial<ChannelLimits> = {},
) {
  const calls: Call[] = []
  let highest = 0
  let under = 0
  const perform = async (what: Call['what'], request: SendRequest, signal: AbortSignal): Promise<void> => {
    const call = {
      what,
      chat: request.chatExternalId,
      text: request.message.text,
      request,
      aborted: () => signal.aborted,
    }
    calls.push(call)
    under += 1
    highest = Math.max(highest, under)
    try {
      await answer(call, calls.length)
    } finally {
      under -= 1
    }
  }
  const channel: Channel = {
    platform: 'scripted',
    limits: { ...FREE, ...limits },
    can: { buttons: true, edits: true, files: true, menus: true, push: true, deletes: false, toasts: false },
    quota: NO_QUOTA,
    polls: false,
    identify: async () => ({ externalId: 'scripted', username: null }),
    start: async () => {},
    stop: async () => {},
    state: () => ({ state: 'running' }),
    decode: (payload) => payload as IncomingMessage,
    send: async (request, signal) => {
      await perform('send', request, signal)
      return { messageId: `m${calls.length}` }
    },
    edit: (request, signal) => perform('edit', request, signal),
    setMenu: async () => {},
    ...NEITHER_DELETES_NOR_TOASTS,
    download: async () => new Uint8Array(),
    deepLink: () => null,
  }
  return { channel, calls, highest: () => highest, texts: () => calls.map((one) => one.text) }
}
