import { z } from 'zod'
import type { Log } from '../../core/log.js'
import type { Webhook } from '../../messaging/channel.js'
import { createEntrance } from '../../messaging/entrance.js'
import { type Receiver, type StateCell, supervise } from '../../messaging/receiving.js'
import type { ZaloClient } from './client.js'
import { judge } from './errors.js'
import type { ZaloTimes } from './limits.js'
import { readUpdate, toRaw } from './payload.js'

type Parts = Readonly<{
  token: string
  publicUrl: string
  client: ZaloClient
  state: StateCell
  times: ZaloTimes
  callTimeoutMs: number
  log: Log
}>

/** The platform tries the address when it is set, and keeps it even when nobody answered there. */
const webhookSet = z.object({ verification: z.object({ ok: z.boolean() }).nullish() })

export function createWebhook(parts: Parts): Receiver & { webhook: Webhook } {
  const { state } = parts
  let isReached = true
  const entrance = createEntrance({
    ...parts,
    platform: 'zalo',
    secretHeader: 'x-bot-api-secret-token',
    read: readUpdate,
    toRaw,
    onStored: () => {
      if (!isReached && !stopping.signal.aborted) state.now = { state: 'running' }
      isReached = true
    },
  })
  const stopping = new AbortController()
  const { signal } = stopping
  let running: Promise<void> = Promise.resolve()

  async function announce(): Promise<boolean> {
    const payload = { url: entrance.urlAt(parts.publicUrl), secret_token: entrance.secret }
    const options = { signal, timeoutMs: parts.callTimeoutMs }
    const { verification } = await parts.client.call('setWebhook', payload, webhookSet, options)
    isReached = verification?.ok !== false
    return false
  }

  return {
    webhook: entrance.webhook,
    start: (take) =>
      new Promise((begun) => {
        // Before the announcement: the platform tries the address at once.
        entrance.open(take)
        const first = () => {
          if (!isReached) state.now = { state: 'failing', code: 'not-reached' }
          begun()
        }
        running = supervise({ ...parts, platform: 'zalo', turn: announce, judge, signal, begun: first })
      }),
    /** The webhook stays set: whatever the platform posts again arrives after the next start. */
    stop: async () => {
      stopping.abort()
      await Promise.all([running, entrance.close()])
    },
  }
}
