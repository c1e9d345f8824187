import type { Log } from '../../core/log.js'
import type { Webhook } from '../../messaging/channel.js'
import { createEntrance } from '../../messaging/entrance.js'
import { type Receiver, type StateCell, supervise } from '../../messaging/receiving.js'
import type { Acknowledge } from './acknowledge.js'
import type { TelegramClient } from './client.js'
import { judge } from './errors.js'
import type { TelegramTimes } from './limits.js'
import { ALLOWED_UPDATES } from './payload.js'
import { readUpdate, toRaw } from './raw.js'

type Parts = Readonly<{
  token: string
  publicUrl: string
  client: TelegramClient
  acknowledge: Acknowledge
  state: StateCell
  times: TelegramTimes
  callTimeoutMs: number
  log: Log
}>

/** How many updates the server may post at once: what the inbox takes without a queue. */
const CONNECTIONS = 20

export function createWebhook(parts: Parts): Receiver & { webhook: Webhook } {
  const { client, acknowledge, publicUrl } = parts
  const entrance = createEntrance({
    ...parts,
    platform: 'telegram',
    secretHeader: 'x-telegram-bot-api-secret-token',
    read: readUpdate,
    toRaw,
    onStored: (update) => acknowledge.taps([update]),
  })
  const stopping = new AbortController()
  const { signal } = stopping
  let running: Promise<void> = Promise.resolve()

  async function announce(): Promise<boolean> {
    const payload = {
      url: entrance.urlAt(publicUrl),
      secret_token: entrance.secret,
      allowed_updates: ALLOWED_UPDATES,
      max_connections: CONNECTIONS,
    }
    await client.call('setWebhook', payload, { lane: 'poll', signal, timeoutMs: parts.callTimeoutMs })
    return false
  }

  return {
    webhook: entrance.webhook,
    start: (take) =>
      new Promise((begun) => {
        entrance.open(take)
        running = supervise({ ...parts, platform: 'telegram', turn: announce, judge, signal, begun: () => begun() })
      }),
    /** The webhook stays set: what arrives meanwhile waits at the server and is posted again. */
    stop: async () => {
      stopping.abort()
      await Promise.all([running, entrance.close()])
      await acknowledge.settled()
    },
  }
}
