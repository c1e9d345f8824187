import { fileToApi, toApi } from './content.js'
import type { Button, Chat, ChatMessage, Refusal, User } from './types.js'
import type { Updates } from './updates.js'
import type { TapRecord, World } from './world.js'

/** What one `says` may hold in the platform's own clients; a longer text goes out as several messages. */
const CLIENT_TEXT = 4096
const PATIENCE_MS = 10_000

type In = Readonly<{ in?: Chat }>

export type Tap = Readonly<{
  /** The bot stopped the spinner. */
  acknowledged: () => Promise<void>
  /** The client asks again, with a new update and query id, as it does when nobody answered. */
  again: () => Tap
}>

export type Person = ReturnType<typeof createPerson>

/** Waits for something to become true on the server, looking after each change; rejects with what was seen instead. */
export async function until<T>(
  world: World,
  look: () => T | undefined,
  told: () => string,
  ms = PATIENCE_MS,
): Promise<T> {
  const first = look()
  if (first !== undefined) return first
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(() => reject(new Error(told()))), ms)
    const check = () => {
      const found = look()
      if (found !== undefined) end(() => resolve(found))
    }
    const end = (settle: () => void) => {
      clearTimeout(timer)
      world.events.off('changed', check)
      settle()
    }
    world.events.on('changed', check)
  })
}

const describeChat = (chat: Chat): string =>
  [...chat.messages.values()]
    .slice(-5)
    .map(
      (m) =>
        `${m.from === 'bot' ? 'bot' : 'person'}: ${m.text} ${m.keyboard
          .flat()
          .map((b) => `[${b.text}]`)
          .join(' ')}`,
    )
    .join('\n')

/** Labels are shortened on buttons, so the beginning is enough when nothing fits exactly. */
const labelFits = (button: Button, label: string): boolean => {
  const shown = button.text.replace(/…$/, '')
  return button.text !== shown ? label.startsWith(shown) : button.text.startsWith(label)
}

/** A person with the platform's app in the hand: what they do arrives at the bot as updates, what it sends they see. */
export function createPerson(user: User, chat: Chat, world: World, updates: Updates, bot: object) {
  const counts = { taps: 0, lines: 0 }
  let nextTap = 1

  const about = (where: Chat) => ({
    id: where.id,
    type: where.type,
    ...(where.type === 'private' ? { first_name: where.title } : { title: where.title }),
  })

  function post(where: Chat, content: object, seen: Partial<ChatMessage>): void {
    if (where === chat) chat.refusal = null
    const message = world.addMessage(where, { from: user.id, ...seen })
    updates.push('message', { message_id: message.id, from: user, chat: about(where), date: message.date, ...content })
  }

  function says(text: string, { in: where = chat }: In = {}): void {
    counts.lines += 1
    for (let at = 0; at < text.length; at += CLIENT_TEXT) {
      const part = text.slice(at, at + CLIENT_TEXT)
      const command = /^\/\w+(@\w+)?/.exec(part)?.[0]
      const entities = command ? { entities: [{ type: 'bot_command', offset: 0, length: command.length }] } : {}
      post(where, { text: part, ...entities }, { text: part })
    }
  }

  function opens(code: string): void {
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(code)) throw new Error('Telegram would cut this deep link')
    counts.taps += 1
    const text = `/start ${code}`
    post(chat, { text, entities: [{ type: 'bot_command', offset: 0, length: 6 }] }, { text })
  }

  function sendsFile(fileName: string, bytes: Uint8Array, caption?: string, mime = 'application/octet-stream'): void {
    counts.lines += 1
    const file = world.addFile(fileName, mime, bytes)
    const words = caption === undefined ? {} : { caption }
    post(chat, { document: fileToApi(file), ...words }, { file, text: caption ?? '' })
  }

  function sendsSticker(): void {
    counts.lines += 1
    const sticker = { file_id: 'CAAC', file_unique_id: 'u', type: 'regular', width: 512, height: 512, emoji: '👍' }
    post(chat, { sticker: { ...sticker, is_animated: false, is_video: false } }, {})
  }

  function findButton(label: string, where: Chat, on?: ChatMessage) {
    const newestFirst = on ? [on] : [...where.messages.values()].reverse().filter((m) => m.keyboard.length > 0)
    for (const fits of [(b: Button) => b.text === label, (b: Button) => labelFits(b, label)]) {
      for (const message of newestFirst) {
        const button = message.keyboard.flat().find((b) => b.callback_data !== undefined && fits(b))
        if (button) return { message, data: button.callback_data ?? '' }
      }
    }
    return undefined
  }

  function pushTap(where: Chat, message: ChatMessage, data: string): Tap {
    const tap: TapRecord = { id: `${user.id}${nextTap++}`, at: performance.now(), acknowledged: false }
    world.taps.set(tap.id, tap)
    const shown = { ...toApi(message, where, bot), chat: about(where) }
    updates.push('callback_query', { id: tap.id, from: user, message: shown, chat_instance: '1', data })
    return {
      acknowledged: async () => {
        await until(
          world,
          () => tap.acknowledged || undefined,
          () => 'the tap was never acknowledged',
        )
      },
      again: () => pushTap(where, message, data),
    }
  }

  /** Presses the newest button with this label, once it is there; `on` names the message instead. */
  async function taps(label: string, { in: where = chat, on }: In & { on?: ChatMessage } = {}): Promise<Tap> {
    const told = () => `no button "${label}" in:\n${describeChat(where)}`
    const { message, data } = await until(world, () => findButton(label, where, on), told)
    counts.taps += 1
    return pushTap(where, message, data)
  }

  function changesMembership(refusal: Refusal | null, from: string, to: string): void {
    chat.refusal = refusal
    const member = (status: string) => ({ user: bot, status, ...(status === 'kicked' ? { until_date: 0 } : {}) })
    const change = { chat: about(chat), from: user, date: Math.floor(Date.now() / 1000) }
    updates.push('my_chat_member', { ...change, old_chat_member: member(from), new_chat_member: member(to) })
  }

  /** What the bot wrote, as it stands now, oldest first. */
  const messages = (where: Chat = chat): ChatMessage[] =>
    [...where.messages.values()].filter((message) => message.from === 'bot')

  /** The newest message of the bot that contains this, as soon as there is one. */
  const sees = (part: string, { in: where = chat, within }: In & { within?: number } = {}): Promise<ChatMessage> =>
    until(
      world,
      () => messages(where).findLast((message) => message.text.includes(part)),
      () => `never saw "${part}", but:\n${describeChat(where)}`,
      within,
    )

  return {
    id: user.id,
    chat,
    counts,
    says,
    opens,
    sendsFile,
    sendsSticker,
    taps,
    blocks: () => changesMembership('blocked', 'member', 'kicked'),
    unblocks: () => changesMembership(null, 'kicked', 'member'),
    /** The account is gone; the bot is told nothing. */
    leavesTelegram: () => {
      chat.refusal = 'deactivated'
    },
    messages,
    sees,
    /** The commands offered beside their text field. */
    commands: () => chat.commands,
  }
}
