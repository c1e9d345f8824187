import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { Log } from '../../core/log.js'
import type { Receive } from '../../messaging/channel.js'
import { type Receiver, type StateCell, supervise } from '../../messaging/receiving.js'
import { storeFirmly } from '../../messaging/storing.js'
import type { ZaloClient } from './client.js'
import { isEmptyPoll, judge } from './errors.js'
import type { ZaloTimes } from './limits.js'
import { readUpdate, toRaw, type ZaloUpdate } from './payload.js'

type Parts = Readonly<{
  client: ZaloClient
  state: StateCell
  times: ZaloTimes
  callTimeoutMs: number
  log: Log
}>

const webhookInfo = z.object({ url: z.string().nullish() })

/** A webhook that is set refuses every poll. */
async function leaveWebhook(client: ZaloClient, signal: AbortSignal, timeoutMs: number): Promise<void> {
  const options = { signal, timeoutMs }
  const { url } = await client.call('getWebhookInfo', {}, webhookInfo, options)
  if (url) await client.call('deleteWebhook', {}, z.unknown(), options)
}

/** One update, or none: the server gives up an empty poll with 408. (A list is not documented, and would not be lost.) */
async function poll(client: ZaloClient, times: ZaloTimes, signal: AbortSignal): Promise<ZaloUpdate[]> {
  try {
    const options = { signal, timeoutMs: times.pollGiveUpMs }
    const answer = await client.call('getUpdates', { timeout: String(times.pollSeconds) }, z.unknown(), options)
    return [answer].flat().flatMap((one) => readUpdate(one) ?? [])
  } catch (error) {
    if (isEmptyPoll(error)) return []
    throw error
  }
}

/**
 * Our own getUpdates loop. An update is gone from the server once it was given, so it is kept here, and nothing else is
 * asked for, until it is stored; at a stop there is one last try.
 */
export function createPolling({ client, state, times, callTimeoutMs, log }: Parts): Receiver {
  const stopping = new AbortController()
  const { signal } = stopping
  let ready = false
  let running: Promise<void> = Promise.resolve()

  const storing = { platform: 'zalo', state, times, signal, log }

  const rest = (ms: number): Promise<void> => pause(ms, undefined, { signal }).catch(() => {})

  async function ask(receive: Receive): Promise<void> {
    const asked = performance.now()
    const updates = await poll(client, times, signal)
    for (const update of updates) await storeFirmly(receive, [toRaw(update)], storing)
    // A server that does not wait must not be asked without end.
    if (updates.length === 0 && performance.now() - asked < times.backoffMs) await rest(times.backoffMs)
  }

  async function turn(receive: Receive): Promise<boolean> {
    try {
      await (ready ? ask(receive) : leaveWebhook(client, signal, callTimeoutMs))
      ready = true
      return true
    } catch (error) {
      // It may be a webhook that somebody set.
      ready = false
      throw error
    }
  }

  return {
    start: (receive) =>
      new Promise((begun) => {
        const once = () => turn(receive)
        running = supervise({ platform: 'zalo', turn: once, judge, signal, state, times, log, begun })
      }),
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
