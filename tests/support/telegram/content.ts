import { BOT_API } from '../../../src/channels/telegram/limits.js'
import { parseHtml } from './html.js'
import { type Button, badRequest, type Chat, type ChatMessage, type Entity, type Payload } from './types.js'

/** A text or caption with its entities, refused when empty or longer than `max` characters. */
export function readText(
  payload: Payload,
  field: 'text' | 'caption',
  max: number,
): { text: string; entities: Entity[] } {
  const given = String(payload[field] ?? '')
  const mode = payload.parse_mode
  if (mode !== undefined && mode !== 'HTML') throw badRequest('unsupported parse_mode')
  const parsed = mode === 'HTML' ? parseHtml(given) : { text: given, entities: [] }
  if (parsed.text.length > max)
    throw badRequest(field === 'text' ? 'message is too long' : 'message caption is too long')
  if (field === 'text' && parsed.text.trim() === '') throw badRequest('message text is empty')
  return parsed
}

const isButtonUrl = (url: string): boolean => URL.canParse(url) && new URL(url).hostname.includes('.')

function checkButton({ text, callback_data: data, url }: Button): void {
  if (text.trim() === '') throw badRequest('inline keyboard button text must be non-empty')
  if ((data === undefined) === (url === undefined))
    throw badRequest('text buttons are unallowed in the inline keyboard')
  const bytes = Buffer.byteLength(data ?? '-')
  if (bytes < 1 || bytes > BOT_API.callbackDataBytes) throw badRequest('BUTTON_DATA_INVALID')
  if (url !== undefined && !isButtonUrl(url))
    throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong host`)
}

export function readKeyboard(payload: Payload): readonly (readonly Button[])[] {
  const markup = payload.reply_markup as { inline_keyboard?: Button[][] } | undefined
  const rows = markup?.inline_keyboard ?? []
  rows.flat().forEach(checkButton)
  const size = Buffer.byteLength(JSON.stringify(rows))
  const tooWide = rows.some((row) => row.length > BOT_API.buttonsPerRow)
  if (rows.flat().length > BOT_API.buttons || tooWide || size > BOT_API.markupBytes)
    throw badRequest('reply markup is too long')
  return rows
}

/** A chat as the API describes it. */
export const chatToApi = ({ id, type, title }: Chat) => ({
  id,
  type,
  ...(type === 'private' ? { first_name: title } : { title }),
})

/** A message as the API describes it. */
export const toApi = (message: ChatMessage, chat: Chat, bot: object) => ({
  message_id: message.id,
  date: message.date,
  chat: chatToApi(chat),
  ...(message.from === 'bot' ? { from: bot } : {}),
  ...(message.file
    ? { document: fileToApi(message.file), ...(message.text ? { caption: message.text } : {}) }
    : { text: message.text, ...(message.entities.length > 0 ? { entities: message.entities } : {}) }),
  ...(message.keyboard.length > 0 ? { reply_markup: { inline_keyboard: message.keyboard } } : {}),
})

export const fileToApi = (file: NonNullable<ChatMessage['file']>) => ({
  file_id: file.fileId,
  file_unique_id: `u${file.fileId.slice(-8)}`,
  file_name: file.fileName,
  mime_type: file.mime,
  file_size: file.bytes.byteLength,
})
