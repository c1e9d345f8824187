import { toToken } from '../../../src/channels/zalo-personal/credentials.js'
import { createPersonalZaloChannel, type PersonalOptions } from '../../../src/channels/zalo-personal/index.js'
import { createLog } from '../../../src/core/log.js'
import type { Channel, RawUpdate, SendRequest } from '../../../src/messaging/channel.js'
import { credentials, PersonalZalo } from '../../support/zalo-personal/index.js'

export const FAST = { connectMs: 300, quietMs: 30, answerMs: 30, keepAliveMs: 0, backoffMs: 5, backoffMaxMs: 20 }

/** An account at a Zalo of its own, and what was received. */
export function anAccount(options: Partial<PersonalOptions> = {}): {
  zalo: PersonalZalo
  channel: Channel
  received: RawUpdate[]
  begin: () => Promise<void>
} {
  const zalo = new PersonalZalo()
  const times = { ...FAST, ...options.times }
  const token = toToken(credentials())
  const channel = createPersonalZaloChannel({ token, load: zalo.load, ...options, times }, createLog('silent'))
  const received: RawUpdate[] = []
  const begin = async (): Promise<void> => {
    await channel.identify()
    await channel.start(async (updates) => {
      received.push(...updates)
    })
    await zalo.until(() => channel.state().state !== 'starting')
  }
  return { zalo, channel, received, begin }
}

export const request = (chatExternalId: string, text = 'Chào đồng chí', heading?: string): SendRequest => ({
  deliveryId: 'd',
  chatExternalId,
  message: { text, ...(heading ? { heading } : {}) },
  file: null,
})

export const signal = (): AbortSignal => AbortSignal.timeout(5_000)
