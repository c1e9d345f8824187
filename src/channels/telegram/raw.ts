import type { RawUpdate } from '../../messaging/channel.js'
import { storable } from '../../messaging/storable.js'

type Chat = Readonly<{ id: number }>

/** Only what is needed to store an update; its meaning is `decode`'s. */
export type TelegramUpdate = Readonly<{
  update_id: number
  message?: { chat: Chat }
  callback_query?: { id: string; message?: { chat: Chat }; data?: string }
  my_chat_member?: { chat: Chat }
}>

const isUpdate = (body: unknown): body is TelegramUpdate =>
  typeof body === 'object' && body !== null && Number.isSafeInteger((body as TelegramUpdate).update_id)

/** What was posted, or null when it is no update. */
export const readUpdate = (body: unknown): TelegramUpdate | null => (isUpdate(body) ? body : null)

export function toRaw(update: TelegramUpdate): RawUpdate {
  const chat = (update.message ?? update.callback_query?.message ?? update.my_chat_member)?.chat
  return {
    externalId: String(update.update_id),
    chatExternalId: chat ? String(chat.id) : null,
    payload: storable(update),
  }
}
