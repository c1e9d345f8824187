import { EventEmitter } from 'node:events'
import { badRequest, type Chat, type ChatMessage, type Refusal, Refused, type StoredFile } from './types.js'

/** `answer`: what the presser alone was shown, or where the tap led them. */
export type TapRecord = {
  readonly id: string
  readonly at: number
  acknowledged: boolean
  answer: Readonly<{ text: string | null; url: string | null }>
}

const REFUSALS: Record<Refusal, string> = {
  'never-started': "bot can't initiate conversation with a user",
  blocked: 'bot was blocked by the user',
  deactivated: 'user is deactivated',
  kicked: 'bot was kicked from the group chat',
}

export type World = ReturnType<typeof createWorld>

/**
 * Everything that exists on the server: chats, their messages, files, taps. `changed` fires after each change;
 * `patienceMs` is how long people wait for what they expect.
 */
export function createWorld(patienceMs: number) {
  const chats = new Map<number, Chat>()
  const files = new Map<string, StoredFile>()
  const taps = new Map<string, TapRecord>()
  const events = new EventEmitter().setMaxListeners(0)
  let nextMessage = 1
  let nextFile = 1

  const addChat = (id: number, type: Chat['type'], title: string, refusal: Refusal | null): Chat => {
    const chat: Chat = { id, type, title, messages: new Map(), refusal, movedTo: null, commands: [] }
    chats.set(id, chat)
    return chat
  }

  const addMessage = (chat: Chat, said: Partial<ChatMessage> & Pick<ChatMessage, 'from'>): ChatMessage => {
    const message: ChatMessage = {
      id: nextMessage++,
      chatId: chat.id,
      date: Math.floor(Date.now() / 1000),
      text: '',
      entities: [],
      file: null,
      keyboard: [],
      isProtected: false,
      edits: 0,
      ...said,
    }
    chat.messages.set(message.id, message)
    events.emit('changed')
    return message
  }

  const addFile = (fileName: string, mime: string, bytes: Uint8Array): StoredFile => {
    const n = nextFile++
    const file = { fileId: `BQACAgUAAxkBAAI${n}`, fileName, mime, bytes, path: `documents/file_${n}` }
    files.set(file.fileId, file)
    return file
  }

  return { patienceMs, chats, files, taps, events, addChat, addMessage, addFile }
}

/** The chat that a call names, if the bot may write there. */
export function getChat(world: World, chatId: unknown): Chat {
  const chat = world.chats.get(Number(chatId))
  if (!chat) throw badRequest('chat not found')
  if (chat.movedTo !== null)
    throw new Refused(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: chat.movedTo,
    })
  if (chat.refusal) throw new Refused(403, `Forbidden: ${REFUSALS[chat.refusal]}`)
  return chat
}
