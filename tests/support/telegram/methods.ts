import { BOT_API } from '../../../src/channels/telegram/limits.js'
import type { ChannelLimits } from '../../../src/messaging/channel.js'
import { readKeyboard, readText, toApi } from './content.js'
import { badRequest, type Chat, type ChatMessage, Refused, type StoredFile } from './types.js'
import type { Updates } from './updates.js'
import { getChat, type World } from './world.js'

export type Payload = Readonly<Record<string, unknown>>
export type Method = (payload: Payload, gone: AbortSignal) => unknown

type Parts = Readonly<{
  world: World
  updates: Updates
  limits: ChannelLimits
  spend: (chatId: number, now: number) => void
  bot: Readonly<{ id: number; is_bot: true; first_name: string; username: string }>
  tapLifeMs: number
}>

type Upload = Readonly<{ fileName: string; mime: string; bytes: Uint8Array }>

export function createMethods(parts: Parts): Readonly<Record<string, Method>> {
  const { world, updates, limits, bot } = parts

  const open = (payload: Payload): Chat => {
    const chat = getChat(world, payload.chat_id)
    parts.spend(chat.id, performance.now())
    return chat
  }

  const store = (chat: Chat, said: Partial<ChatMessage>) =>
    toApi(world.addMessage(chat, { from: 'bot', ...said }), chat, bot)

  function sendMessage(payload: Payload) {
    const words = readText(payload, 'text', BOT_API.textLength)
    const keyboard = readKeyboard(payload)
    return store(open(payload), { ...words, keyboard, isProtected: payload.protect_content === true })
  }

  function readDocument(document: unknown): StoredFile {
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

  function sendDocument(payload: Payload) {
    const words = readText(payload, 'caption', BOT_API.captionLength)
    const keyboard = readKeyboard(payload)
    const chat = open(payload)
    const file = readDocument(payload.document)
    return store(chat, { ...words, keyboard, file, isProtected: payload.protect_content === true })
  }

  function getEditable(payload: Payload): { chat: Chat; message: ChatMessage } {
    const chat = getChat(world, payload.chat_id)
    const message = chat.messages.get(Number(payload.message_id))
    if (!message) throw badRequest('message to edit not found')
    if (message.from !== 'bot') throw badRequest("message can't be edited")
    return { chat, message }
  }

  function change(payload: Payload, changes: Partial<Pick<ChatMessage, 'text' | 'entities'>>) {
    const { chat, message } = getEditable(payload)
    const wanted = { text: message.text, entities: message.entities, ...changes, keyboard: readKeyboard(payload) }
    const { text, entities, keyboard } = message
    if (JSON.stringify({ text, entities, keyboard }) === JSON.stringify(wanted))
      throw badRequest(
        'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
      )
    Object.assign(message, wanted, { edits: message.edits + 1 })
    world.events.emit('changed')
    return toApi(message, chat, bot)
  }

  function editMessageText(payload: Payload) {
    if (getEditable(payload).message.file) throw badRequest('there is no text in the message to edit')
    return change(payload, readText(payload, 'text', BOT_API.textLength))
  }

  function editMessageCaption(payload: Payload) {
    if (!getEditable(payload).message.file) throw badRequest('there is no caption in the message to edit')
    return change(payload, readText(payload, 'caption', BOT_API.captionLength))
  }

  function deleteMessage(payload: Payload) {
    if (!getChat(world, payload.chat_id).messages.delete(Number(payload.message_id)))
      throw badRequest('message to delete not found')
    world.events.emit('changed')
    return true
  }

  function answerCallbackQuery(payload: Payload) {
    const tap = world.taps.get(String(payload.callback_query_id))
    if (!tap || performance.now() - tap.at > parts.tapLifeMs)
      throw badRequest('query is too old and response timeout expired or query ID is invalid')
    tap.acknowledged = true
    world.events.emit('changed')
    return true
  }

  function setMyCommands(payload: Payload) {
    const commands = payload.commands as Chat['commands']
    if (commands.length > BOT_API.commands) throw badRequest('BOT_COMMANDS_TOO_MUCH')
    if (commands.some(({ command }) => !/^[a-z0-9_]{1,32}$/.test(command))) throw badRequest('BOT_COMMAND_INVALID')
    if (commands.some(({ description: d }) => d.length < 1 || d.length > BOT_API.commandDescription))
      throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
    const scope = payload.scope as { type: string; chat_id?: number } | undefined
    if (scope?.type === 'chat') getChat(world, scope.chat_id).commands = commands
    world.events.emit('changed')
    return true
  }

  function getFile({ file_id }: Payload) {
    const file = world.files.get(String(file_id))
    if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable')
    if (file.bytes.byteLength > limits.downloadBytes) throw badRequest('file is too big')
    return { file_id, file_unique_id: 'u', file_size: file.bytes.byteLength, file_path: file.path }
  }

  return {
    getMe: () => ({ ...bot, can_join_groups: true, can_read_all_group_messages: false }),
    getUpdates: updates.getUpdates,
    setWebhook: updates.setWebhook,
    deleteWebhook: updates.deleteWebhook,
    getWebhookInfo: updates.getWebhookInfo,
    sendMessage,
    sendDocument,
    editMessageText,
    editMessageCaption,
    editMessageReplyMarkup: (payload) => change(payload, {}),
    deleteMessage,
    answerCallbackQuery,
    setMyCommands,
    deleteMyCommands: (payload) => setMyCommands({ ...payload, commands: [] }),
    getFile,
    sendChatAction: (payload) => getChat(world, payload.chat_id) !== null,
  }
}
