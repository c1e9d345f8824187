import { BOT_API } from '../../../src/channels/telegram/limits.js'
import type { ChannelLimits } from '../../../src/messaging/channel.js'
import { readKeyboard, readText, toApi } from './content.js'
import { badRequest, type Chat, type ChatMessage, type Payload, Refused, type StoredFile } from './types.js'
import type { Updates } from './updates.js'
import { getChat, type World } from './world.js'

export type Parts = Readonly<{
  world: World
  updates: Updates
  limits: ChannelLimits
  /** Throws 429 when the chat or the bot has sent too much. */
  spend: (chatId: number, now: number) => void
  bot: Readonly<{ id: number; is_bot: true; first_name: string; username: string }>
  tapLifeMs: number
}>

type Method = (parts: Parts, payload: Payload, gone: AbortSignal) => unknown

type Upload = Readonly<{ fileName: string; mime: string; bytes: Uint8Array }>

const openChat = ({ world, spend }: Parts, payload: Payload): Chat => {
  const chat = getChat(world, payload.chat_id)
  spend(chat.id, performance.now())
  return chat
}

const post = ({ world, bot }: Parts, chat: Chat, said: Partial<ChatMessage>) =>
  toApi(world.addMessage(chat, { from: 'bot', ...said }), chat, bot)

const sendMessage: Method = (parts, payload) => {
  const words = readText(payload, 'text', BOT_API.textLength)
  const keyboard = readKeyboard(payload)
  return post(parts, openChat(parts, payload), { ...words, keyboard, isProtected: payload.protect_content === true })
}

function readDocument({ world, limits }: Parts, document: unknown): StoredFile {
  if (typeof document === 'string') {
    const known = world.files.get(document)
    if (!known) throw badRequest('wrong file identifier/HTTP URL specified')
    return known
  }
  const { fileName, mime, bytes } = document as Upload
  if (bytes.byteLength === 0) throw badRequest('file must be non-empty')
  if (bytes.byteLength > limits.uploadBytes) throw new Refused(413, 'Request Entity Too Large')
  return world.addFile(fileName, mime, bytes)
}

const sendDocument: Method = (parts, payload) => {
  const words = readText(payload, 'caption', BOT_API.captionLength)
  const keyboard = readKeyboard(payload)
  const chat = openChat(parts, payload)
  const file = readDocument(parts, payload.document)
  return post(parts, chat, { ...words, keyboard, file, isProtected: payload.protect_content === true })
}

function getEditable({ world }: Parts, payload: Payload): { chat: Chat; message: ChatMessage } {
  const chat = getChat(world, payload.chat_id)
  const message = chat.messages.get(Number(payload.message_id))
  if (!message) throw badRequest('message to edit not found')
  if (message.from !== 'bot') throw badRequest("message can't be edited")
  return { chat, message }
}

const UNCHANGED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'

function change(parts: Parts, payload: Payload, changes: Partial<Pick<ChatMessage, 'text' | 'entities'>>) {
  const { chat, message } = getEditable(parts, payload)
  const { text, entities, keyboard } = message
  const wanted = { text, entities, ...changes, keyboard: readKeyboard(payload) }
  if (JSON.stringify({ text, entities, keyboard }) === JSON.stringify(wanted)) throw badRequest(UNCHANGED)
  Object.assign(message, wanted, { edits: message.edits + 1 })
  return toApi(message, chat, parts.bot)
}

const editMessageText: Method = (parts, payload) => {
  if (getEditable(parts, payload).message.file) throw badRequest('there is no text in the message to edit')
  return change(parts, payload, readText(payload, 'text', BOT_API.textLength))
}

const editMessageCaption: Method = (parts, payload) => {
  if (!getEditable(parts, payload).message.file) throw badRequest('there is no caption in the message to edit')
  return change(parts, payload, readText(payload, 'caption', BOT_API.captionLength))
}

const deleteMessage: Method = ({ world }, payload) => {
  const gone = getChat(world, payload.chat_id).messages.delete(Number(payload.message_id))
  if (!gone) throw badRequest('message to delete not found')
  return true
}

/** A tap opens no page of anybody's: only a start of the bot itself. */
const isOwnStart = (url: string, username: string): boolean =>
  new RegExp(`^https://t\\.me/${username}\\?start=[A-Za-z0-9_-]{1,64}$`).test(url)

const answerCallbackQuery: Method = ({ world, tapLifeMs, bot }, payload) => {
  const tap = world.taps.get(String(payload.callback_query_id))
  if (!tap || performance.now() - tap.at > tapLifeMs)
    throw badRequest('query is too old and response timeout expired or query ID is invalid')
  const { text = null, url = null } = payload as { text?: string; url?: string }
  if (text !== null && text.length > BOT_API.toastLength) throw badRequest('MESSAGE_TOO_LONG')
  if (url !== null && !isOwnStart(url, bot.username)) throw badRequest('URL_INVALID')
  // Whoever answers twice is not heard the second time.
  if (!tap.acknowledged) tap.answer = { text, url }
  tap.acknowledged = true
  return true
}

const setMyCommands: Method = ({ world }, payload) => {
  const commands = payload.commands as Chat['commands']
  if (commands.length > BOT_API.commands) throw badRequest('BOT_COMMANDS_TOO_MUCH')
  if (commands.some(({ command }) => !/^[a-z0-9_]{1,32}$/.test(command))) throw badRequest('BOT_COMMAND_INVALID')
  if (commands.some(({ description: d }) => d.length < 1 || d.length > BOT_API.commandDescription))
    throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
  const scope = payload.scope as { type: string; chat_id?: number } | undefined
  if (scope?.type === 'chat') getChat(world, scope.chat_id).commands = commands
  return true
}

const getFile: Method = ({ world, limits }, { file_id }) => {
  const file = world.files.get(String(file_id))
  if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable')
  if (file.bytes.byteLength > limits.downloadBytes) throw badRequest('file is too big')
  return { file_id, file_unique_id: 'u', file_size: file.bytes.byteLength, file_path: file.path }
}

export const METHODS: Readonly<Record<string, Method>> = {
  getMe: ({ bot }) => ({ ...bot, can_join_groups: true, can_read_all_group_messages: false }),
  getUpdates: ({ updates }, payload, gone) => updates.getUpdates(payload, gone),
  setWebhook: ({ updates }, payload) => updates.setWebhook(payload),
  deleteWebhook: ({ updates }, payload) => updates.deleteWebhook(payload),
  getWebhookInfo: ({ updates }) => updates.getWebhookInfo(),
  sendMessage,
  sendDocument,
  editMessageText,
  editMessageCaption,
  editMessageReplyMarkup: (parts, payload) => change(parts, payload, {}),
  deleteMessage,
  answerCallbackQuery,
  setMyCommands,
  deleteMyCommands: (parts, payload, gone) => setMyCommands(parts, { ...payload, commands: [] }, gone),
  getFile,
  sendChatAction: ({ world }, payload) => getChat(world, payload.chat_id) !== null,
}
