import { afterEach, expect } from 'vitest'
import { createTelegramChannel, type TelegramOptions } from '../../../src/channels/telegram/index.js'
import { telegramLimits, telegramTimes } from '../../../src/channels/telegram/limits.js'
import { createLog } from '../../../src/core/log.js'
import type { ChannelLimits, Receive, SendRequest } from '../../../src/messaging/channel.js'
import type { OutgoingMessage } from '../../../src/messaging/vocabulary.js'
import { startTelegramServer, type TelegramServer, type TelegramServerOptions } from '../../support/telegram/index.js'

export const TOKEN = '7000000001:AAfictionalTokenForTests_0123456789'
export const DELIVERY = '01920f3a-7b1c-7def-8123-456789abcdef'

/** A second of the real times is about a millisecond here. */
const times = { ...telegramTimes, pollSeconds: 1, pollGiveUpMs: 400, ackMs: 200, backoffMs: 5, backoffMaxMs: 20 }

export const limits: ChannelLimits = {
  ...telegramLimits,
  callTimeoutMs: 500,
  uploadBytes: 300_000,
  downloadBytes: 100_000,
}

const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** The stand-in; at the end of the test it must have seen no call that the published API does not know. */
export async function aServer(options: Partial<TelegramServerOptions> = {}): Promise<TelegramServer> {
  const server = await startTelegramServer({ token: TOKEN, limits, pollSecondMs: 60, ...options })
  closing.push(async () => {
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

type Options = Readonly<Partial<Omit<TelegramOptions, 'mode'>> & { mode?: 'polling' | 'webhook'; publicUrl?: string }>

export function aChannel(server: TelegramServer, options: Options = {}, { log } = aLog()) {
  const defaults = { token: TOKEN, apiRoot: server.apiRoot, mode: 'polling', limits }
  const whole = { ...defaults, ...options, times: { ...times, ...options.times } } as TelegramOptions
  const channel = createTelegramChannel(whole, log)
  closing.push(channel.stop)
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

/** Lets a test hold somebody up, or know that they arrived. */
export function aGate() {
  let open = (): void => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open: () => open(), passed }
}

export const signal = new AbortController().signal

export const request = (chat: number, message: OutgoingMessage, rest: Partial<SendRequest> = {}): SendRequest => ({
  deliveryId: DELIVERY,
  chatExternalId: String(chat),
  message,
  file: null,
  ...rest,
})

export const choices = (...labels: string[]) => labels.map((label) => [{ label, command: 'x', args: {} }])
