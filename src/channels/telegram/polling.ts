import type { Log } from '../../core/log.js'
import type { Receive } from '../../messaging/channel.js'
import { type Receiver, type StateCell, StoreFailure, supervise } from '../../messaging/receiving.js'
import type { Acknowledge } from './acknowledge.js'
import type { TelegramClient } from './client.js'
import { judge } from './errors.js'
import { BOT_API, type TelegramTimes } from './limits.js'
import { ALLOWED_UPDATES } from './payload.js'
import { type TelegramUpdate, toRaw } from './raw.js'

type Parts = Readonly<{
  client: TelegramClient
  acknowledge: Acknowledge
  state: StateCell
  times: TelegramTimes
  callTimeoutMs: number
  log: Log
}>

/** A webhook that is set refuses every poll. What waits there is kept: drop_pending_updates is never sent. */
async function leaveWebhook(client: TelegramClient, signal: AbortSignal, timeoutMs: number): Promise<void> {
  const options = { lane: 'poll', signal, timeoutMs } as const
  const { url } = await client.call<{ url: string }>('getWebhookInfo', {}, options)
  if (url) await client.call('deleteWebhook', {}, options)
}

/**
 * Our own getUpdates loop. A batch is confirmed by the next call's offset, so that offset advances only after `receive`
 * has committed the batch; a death in between brings it again, and the inbox knows it by its update id.
 * (telegraf's own polling confirms a batch whose handling failed and notices a dead link after 500 s.)
 */
export function createPolling({ client, acknowledge, state, times, callTimeoutMs, log }: Parts): Receiver {
  const stopping = new AbortController()
  const { signal } = stopping
  let offset = 0
  let ready = false
  let running: Promise<void> = Promise.resolve()

  async function poll(timeout: number): Promise<TelegramUpdate[]> {
    const payload = { offset, limit: BOT_API.updatesPerPoll, timeout, allowed_updates: ALLOWED_UPDATES }
    return client.call('getUpdates', payload, { lane: 'poll', signal, timeoutMs: times.pollGiveUpMs })
  }

  async function store(receive: Receive, batch: readonly TelegramUpdate[]) {
    try {
      await receive(batch.map(toRaw))
    } catch (error) {
      throw new StoreFailure(error)
    }
    // One above the last, not the highest: ids start anew after a week without updates.
    offset = (batch.at(-1)?.update_id ?? offset - 1) + 1
    acknowledge.taps(batch)
  }

  async function turn(receive: Receive): Promise<boolean> {
    if (!ready) await leaveWebhook(client, signal, callTimeoutMs)
    // The first poll answers at once: it tells whether we are the only one.
    const batch = await poll(ready ? times.pollSeconds : 0)
    ready = true
    if (batch.length > 0) await store(receive, batch)
    return true
  }

  return {
    start: (receive) =>
      new Promise((begun) => {
        const once = async () => {
          try {
            return await turn(receive)
          } catch (error) {
            // After a conflict it may be a webhook that somebody set.
            ready = false
            throw error
          }
        }
        running = supervise({ platform: 'telegram', turn: once, judge, signal, state, times, log, begun })
      }),
    stop: async () => {
      stopping.abort()
      await running
      await acknowledge.settled()
    },
  }
}
