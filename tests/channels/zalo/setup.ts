import { afterEach, expect } from 'vitest'
import { createZaloChannel, type ZaloOptions } from '../../../src/channels/zalo/index.js'
import { zaloLimits, zaloTimes } from '../../../src/channels/zalo/limits.js'
import { createLog } from '../../../src/core/log.js'
import type { Receive, SendRequest } from '../../../src/messaging/channel.js'
import type { OutgoingMessage } from '../../../src/messaging/vocabulary.js'
import { startZaloServer, type ZaloServer, type ZaloServerOptions } from '../../support/zalo/index.js'

export const TOKEN = '4000000001:fictionalTokenForTests-abcdefghijk'

export const times = { ...zaloTimes, pollSeconds: 2, backoffMs: 5, backoffMaxMs: 20 }

const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

export const whenDone = (close: () => Promise<unknown>): void => void closing.push(close)

/** The stand-in; at the end of the test it must have seen no call that the published API does not know. */
export async function aServer(options: Partial<ZaloServerOptions> = {}): Promise<ZaloServer> {
  const server = await startZaloServer({ token: TOKEN, pollSecondMs: 60, ...options })
  whenDone(async () => {
    await server.close()
    expect(server.violations).toEqual([])
  })
  return server
}

/** Everything that was logged, to look for what must not be there. */
export function aLog() {
  const lines: string[] = []
  return { lines, log: createLog('debug', { write: (line: string) => void lines.push(line) }) }
}

type Options = Readonly<Partial<Omit<ZaloOptions, 'mode'>> & { mode?: 'polling' | 'webhook'; publicUrl?: string }>

export function aChannel(server: ZaloServer, options: Options = {}, { log } = aLog()) {
  const defaults = { token: TOKEN, apiRoot: server.apiRoot, mode: 'polling', limits: zaloLimits }
  const quota = { messagesPerMonth: 3000, people: 50 }
  const whole = { ...defaults, quota, ...options, times: { ...times, ...options.times } } as ZaloOptions
  const channel = createZaloChannel(whole, log)
  whenDone(channel.stop)
  return channel
}

/** An inbox: keeps what it was given, once each, as the table does. */
export function anInbox() {
  const stored = new Map<string, unknown>()
  const receive: Receive = async (updates) => {
    for (const { externalId, payload } of updates) stored.set(externalId, payload)
  }
  return { stored, receive }
}

export function aGate() {
  let open = (): void => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open: () => open(), passed }
}

export const signal = new AbortController().signal

export const request = (chat: string, message: OutgoingMessage): SendRequest => ({
  deliveryId: '01920f3a-7b1c-7def-8123-456789abcdef',
  chatExternalId: chat,
  message,
  file: null,
})
