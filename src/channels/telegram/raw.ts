import type { RawUpdate } from '../../messaging/channel.js'

type Chat = Readonly<{ id: number }>

/** Only what is needed to store an update; its meaning is `decode`'s. */
export type TelegramUpdate = Readonly<{
  update_id: number
  message?: { chat: Chat }
  callback_query?: { id: string; message?: { chat: Chat }; data?: string }
  my_chat_member?: { chat: Chat }
}>

export const isUpdate = (body: unknown): body is TelegramUpdate =>
  typeof body === 'object' && body !== null && Number.isSafeInteger((body as TelegramUpdate).update_id)

/**
 * PostgreSQL's jsonb refuses NUL and half surrogates; one such text would keep its whole batch, and every later one,
 * from being stored.
 */
function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd')
  if (Array.isArray(value)) return value.map(storable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, storable(inner)]))
}

export function toRaw(update: TelegramUpdate): RawUpdate {
  const chat = (update.message ?? update.callback_query?.message ?? update.my_chat_member)?.chat
  return {
    externalId: String(update.update_id),
    chatExternalId: chat ? String(chat.id) : null,
    payload: storable(update),
  }
}
