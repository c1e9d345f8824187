import { EventEmitter } from 'node:events'
import { type Chat, type ChatMessage, type Plan, Refused } from './types.js'

export type World = ReturnType<typeof createWorld>

/** Everything that exists on the server. `changed` fires after each change. */
export function createWorld(patienceMs: number, plan: Plan) {
  const chats = new Map<string, Chat>()
  const events = new EventEmitter().setMaxListeners(0)
  const served = new Set<string>()
  let nextMessage = 1
  let sentThisMonth = 0

  const addMessage = (chat: Chat, from: string, text: string): ChatMessage => {
    const id = (0x2d758cb5e2220000n + BigInt(nextMessage++)).toString(16)
    const message = { id, from, text, date: Date.now() }
    chat.messages.push(message)
    events.emit('changed')
    return message
  }

  return {
    patienceMs,
    events,
    addMessage,
    addChat: (id: string, type: Chat['type'], standing: Chat['standing']): Chat => {
      const chat: Chat = { id, type, messages: [], standing }
      chats.set(id, chat)
      return chat
    },
    /** The chat that a call names, if the bot may write there. */
    getChat: (id: unknown): Chat => {
      const chat = chats.get(String(id))
      if (!chat || chat.standing === 'never-wrote') throw new Refused(400, 'Chat not found')
      if (chat.standing === 'blocked') throw new Refused(400, 'User has blocked the bot')
      return chat
    },
    /** Throws when the plan allows no more: messages of this month, or one more person. */
    spend: (chat: Chat): void => {
      const isNew = chat.type === 'PRIVATE' && !served.has(chat.id)
      if (sentThisMonth >= plan.messagesPerMonth || (isNew && served.size >= plan.people))
        throw new Refused(429, 'Quota exceeded')
      sentThisMonth += 1
      if (isNew) served.add(chat.id)
    },
    newMonth: (): void => {
      sentThisMonth = 0
    },
    sentThisMonth: () => sentThisMonth,
  }
}
