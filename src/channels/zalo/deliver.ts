import { z } from 'zod'
import { type Channel, type ChannelLimits, NEITHER_DELETES_NOR_TOASTS } from '../../messaging/channel.js'
import { SendError } from '../../messaging/vocabulary.js'
import type { ZaloClient } from './client.js'
import { encodeMessage } from './encode.js'
import { toSendError } from './errors.js'

const sent = z.object({ message_id: z.string() })

export type Deliver = Pick<Channel, 'send' | 'edit' | 'setMenu' | 'delete' | 'toast'>

const notPossible = (): Promise<never> => Promise.reject(new SendError({ kind: 'rejected', code: 'not-possible' }))

/** Outgoing calls: one message is one call. What the platform has not is never asked for, because `can` says so. */
export const createDeliver = (client: ZaloClient, { callTimeoutMs }: ChannelLimits): Deliver => ({
  send: async (request, signal) => {
    try {
      const { method, payload } = encodeMessage(request)
      const { message_id: messageId } = await client.call(method, payload, sent, { signal, timeoutMs: callTimeoutMs })
      return { messageId }
    } catch (error) {
      throw toSendError(error)
    }
  },
  edit: notPossible,
  setMenu: notPossible,
  ...NEITHER_DELETES_NOR_TOASTS,
})
