import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Log } from '../../core/log.js'
import type { Receive, Webhook } from '../../messaging/channel.js'
import type { Acknowledge } from './acknowledge.js'
import type { TelegramClient } from './client.js'
import type { TelegramTimes } from './limits.js'
import { ALLOWED_UPDATES } from './payload.js'
import type { Receiver } from './polling.js'
import { isUpdate, toRaw } from './raw.js'
import { type StateCell, supervise } from './supervise.js'

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

const derive = (token: string, purpose: string): string =>
  createHmac('sha256', token).update(purpose).digest('base64url')

/** Equal length first by hashing, so that neither length nor place of a difference shows in the time. */
const same = (given: string, expected: string): boolean =>
  timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(expected).digest())

export function createWebhook(parts: Parts): Receiver & { webhook: Webhook } {
  const { client, acknowledge, state, log } = parts
  const secret = derive(parts.token, 'webhook-secret')
  const path = `/hook/telegram/${derive(parts.token, 'webhook-path')}`
  const stopping = new AbortController()
  const busy = new Set<Promise<unknown>>()
  let receive: Receive | null = null
  let running: Promise<void> = Promise.resolve()

  async function announce(): Promise<boolean> {
    const payload = {
      url: `${parts.publicUrl.replace(/\/+$/, '')}${path}`,
      secret_token: secret,
      allowed_updates: ALLOWED_UPDATES,
      max_connections: CONNECTIONS,
    }
    const { callTimeoutMs: timeoutMs } = parts
    await client.call('setWebhook', payload, { lane: 'poll', signal: stopping.signal, timeoutMs })
    return false
  }

  async function store(body: unknown, take: Receive): Promise<200 | 503> {
    // Nothing that another try would mend.
    if (!isUpdate(body)) return 200
    try {
      await take([toRaw(body)])
    } catch (error) {
      log.warn({ err: error }, 'telegram: an update was not stored')
      return 503
    }
    acknowledge.taps([body])
    return 200
  }

  async function handle(body: unknown, secretHeader: string | undefined): Promise<200 | 401 | 503> {
    if (!same(secretHeader ?? '', secret)) return 401
    if (!receive || stopping.signal.aborted) return 503
    const stored = store(body, receive)
    busy.add(stored)
    return stored.finally(() => busy.delete(stored))
  }

  return {
    webhook: { path, secretHeader: 'x-telegram-bot-api-secret-token', handle },
    start: (take) =>
      new Promise((begun) => {
        receive = take
        const { times } = parts
        running = supervise({ turn: announce, signal: stopping.signal, state, times, log, begun })
      }),
    /** The webhook stays set: what arrives meanwhile waits at the server and is posted again. */
    stop: async () => {
      stopping.abort()
      await Promise.all([running, ...busy])
      await acknowledge.settled()
    },
  }
}
