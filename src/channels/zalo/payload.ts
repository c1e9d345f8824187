import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { RawUpdate } from '../../messaging/channel.js'
import { storable } from '../../messaging/storable.js'

/** The part of an event that we read; everything else in it is passed over. */
const message = z.object({
  message_id: z.string().min(1),
  from: z.object({ id: z.string().min(1), is_bot: z.boolean().optional() }),
  chat: z.object({ id: z.string().min(1), chat_type: z.enum(['PRIVATE', 'GROUP']) }),
  text: z.string().optional(),
})

export const event = z.object({ event_name: z.string(), message })

export type ZaloMessage = z.infer<typeof message>

/** Only what is needed to store an event; its meaning is `decode`'s. */
export type ZaloUpdate = Readonly<{
  event_name: string
  message?: { message_id?: string; chat?: { id?: string } }
}>

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The event in what was posted or polled, in its envelope or bare; null when there is none. */
export function readUpdate(body: unknown): ZaloUpdate | null {
  const inner = isObject(body) && isObject(body.result) ? body.result : body
  return isObject(inner) && typeof inner.event_name === 'string' ? (inner as ZaloUpdate) : null
}

/** There is no update id: a message's own id is what makes it this one; where that lacks, all that it says. */
export function toRaw(update: ZaloUpdate): RawUpdate {
  const payload = storable(update) as ZaloUpdate
  const { message_id: id, chat } = payload.message ?? {}
  return {
    externalId: id || createHash('sha256').update(JSON.stringify(payload)).digest('base64url'),
    chatExternalId: chat?.id ?? null,
    payload,
  }
}
