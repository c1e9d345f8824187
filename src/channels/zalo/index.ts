import { z } from 'zod'
import { AppError } from '../../core/errors.js'
import type { Log } from '../../core/log.js'
import type { Channel, ChannelLimits, ChannelQuota } from '../../messaging/channel.js'
import type { Receiver, StateCell } from '../../messaging/receiving.js'
import { createZaloClient, type ZaloClient } from './client.js'
import { decode } from './decode.js'
import { createDeliver } from './deliver.js'
import { isUnauthorized } from './errors.js'
import { type ZaloTimes, zaloLimits, zaloTimes } from './limits.js'
import { createPolling } from './polling.js'
import { createWebhook } from './webhook.js'

export type ZaloOptions = Readonly<{
  token: string
  /** The Bot Platform's server, with or without a path, such as `https://bot-api.zaloplatforms.com`. */
  apiRoot: string
  /** What the account's plan allows. */
  quota: ChannelQuota
  limits?: ChannelLimits
  times?: Partial<ZaloTimes>
}> &
  Readonly<{ mode: 'polling' } | { mode: 'webhook'; publicUrl: string }>

type Identity = Awaited<ReturnType<Channel['identify']>>

const me = z.object({ id: z.string().min(1), account_name: z.string().nullish() })

async function getIdentity(client: ZaloClient, state: StateCell, timeoutMs: number): Promise<Identity> {
  try {
    const { id, account_name: name } = await client.call('getMe', {}, me, { timeoutMs })
    return { externalId: id, username: name ?? null }
  } catch (error) {
    const code = isUnauthorized(error) ? 'unauthorized' : 'unreachable'
    state.now = { state: 'failing', code }
    throw new AppError(`common.error.zalo-${code}`, {}, { cause: error })
  }
}

/**
 * Zalo's official Bot Platform as a channel: one bot, by polling or by a webhook. Nothing happens before `identify` or
 * `start`; once stopped it receives no more, but still sends what the sender has left.
 */
export function createZaloChannel(options: ZaloOptions, log: Log): Channel {
  const limits = options.limits ?? zaloLimits
  const times = { ...zaloTimes, ...options.times }
  const client = createZaloClient(options.token, options.apiRoot)
  const state: StateCell = { now: { state: 'stopped' } }
  const { callTimeoutMs } = limits
  const shared = { client, state, times, callTimeoutMs, log }
  const hook = options.mode === 'webhook' ? createWebhook({ ...shared, ...options, times }) : null
  let receiver: Receiver | null = null

  return {
    platform: 'zalo',
    limits,
    can: { buttons: false, edits: false, files: false, menus: false, push: true, deletes: false, toasts: false },
    quota: options.quota,
    polls: !hook,
    identify: () => getIdentity(client, state, callTimeoutMs),
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
    decode,
    ...createDeliver(client, limits),
    // No file comes in that could be asked for.
    download: () => Promise.reject(new AppError('conversation.error.file-gone')),
    deepLink: () => null,
    ...(hook ? { webhook: hook.webhook } : {}),
  }
}
