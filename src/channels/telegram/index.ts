import { AppError } from '../../core/errors.js'
import type { Log } from '../../core/log.js'
import { type Channel, type ChannelLimits, NO_QUOTA } from '../../messaging/channel.js'
import type { Receiver, StateCell } from '../../messaging/receiving.js'
import { createAcknowledge } from './acknowledge.js'
import { createTelegramClient, type TelegramClient } from './client.js'
import { decode } from './decode.js'
import { createDeliver } from './deliver.js'
import { download } from './download.js'
import { isUnauthorized } from './errors.js'
import { type TelegramTimes, telegramLimits, telegramTimes } from './limits.js'
import { telegramLink } from './link.js'
import { createPolling } from './polling.js'
import { createWebhook } from './webhook.js'

export type TelegramOptions = Readonly<{
  token: string
  /** Any Bot API server, with or without a path prefix, such as `https://api.telegram.org`. */
  apiRoot: string
  limits?: ChannelLimits
  times?: Partial<TelegramTimes>
}> &
  Readonly<{ mode: 'polling' } | { mode: 'webhook'; publicUrl: string }>

type Identity = Readonly<{ externalId: string; username: string | null }>

async function getIdentity(client: TelegramClient, state: StateCell, timeoutMs: number): Promise<Identity> {
  try {
    const me = await client.call<{ id: number; username?: string }>('getMe', {}, { lane: 'edit', timeoutMs })
    return { externalId: String(me.id), username: me.username ?? null }
  } catch (error) {
    const code = isUnauthorized(error) ? 'unauthorized' : 'unreachable'
    state.now = { state: 'failing', code }
    throw new AppError(`common.error.telegram-${code}`, {}, { cause: error })
  }
}

/**
 * Telegram as a channel: one bot, by long polling or by a webhook. Nothing happens before `identify` or `start`; once
 * stopped it receives no more, but still sends what the sender has left.
 */
export function createTelegramChannel(options: TelegramOptions, log: Log): Channel {
  const limits = options.limits ?? telegramLimits
  const times = { ...telegramTimes, ...options.times }
  const client = createTelegramClient(options.token, options.apiRoot)
  const state: StateCell = { now: { state: 'stopped' } }
  const { callTimeoutMs } = limits
  const shared = { client, acknowledge: createAcknowledge(client, times.ackMs), state, times, callTimeoutMs, log }
  const hook = options.mode === 'webhook' ? createWebhook({ ...shared, ...options, times }) : null
  let receiver: Receiver | null = null
  let username: string | null = null

  return {
    platform: 'telegram',
    limits,
    can: { buttons: true, edits: true, files: true, menus: true, push: true, deletes: true, toasts: true },
    quota: NO_QUOTA,
    polls: !hook,
    identify: async () => {
      const identity = await getIdentity(client, state, callTimeoutMs)
      username = identity.username
      return identity
    },
    start: async (receive) => {
      state.now = { state: 'starting' }
      receiver = hook ?? createPolling(shared)
      await receiver.start(receive)
    },
    stop: async () => {
      await receiver?.stop()
      if (state.now.code !== 'unauthorized') state.now = { state: 'stopped' }
    },
    state: () => state.now,
    decode: (payload) => decode(payload, username),
    ...createDeliver({ client, limits, times }),
    download: (fileRef, signal) =>
      download(client, fileRef, signal, { downloadBytes: limits.downloadBytes, timeoutMs: times.downloadMs }),
    groupLink: () => (username ? `https://t.me/${username}?startgroup=nhom` : null),
    deepLink: (code) => (username ? telegramLink(username, code) : null),
    ...(hook ? { webhook: hook.webhook } : {}),
  }
}
