import { until } from '../until.js'
import { chatToApi, fileToApi, toApi } from './content.js'
import type { Button, Chat, ChatMessage, Refusal, User } from './types.js'
import type { Updates } from './updates.js'
import type { TapRecord, World } from './world.js'

/** What one `says` may hold in the platform's own clients; a longer text goes out as several messages. */
const CLIENT_TEXT = 4096

type In = Readonly<{ in?: Chat }>

export type Tap = Readonly<{
  /** The bot stopped the spinner. */
  acknowledged: () => Promise<void>
  /** What their own screen shows because of it: a word, or a chat that opens. */
  answer: () => Promise<TapRecord['answer']>
  /** The client asks again, with a new update and query id, as it does when nobody answered. */
  again: () => Tap
}>

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

/** The newest button with this label: one that says exactly this before one that only begins so. */
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

type Parts = Readonly<{ user: User; chat: Chat; world: World; updates: Updates; bot: object }>

/** A person with the platform's app in the hand: what they do arrives at the bot as updates, what it sends they see. */
export class Person {
  /** What it cost them: buttons and links pressed; lines, files and stickers sent. */
  readonly counts = { taps: 0, lines: 0 }
  #nextTap = 1

  constructor(readonly parts: Parts) {}

  get id(): number {
    return this.parts.user.id
  }

  get chat(): Chat {
    return this.parts.chat
  }

  #post(where: Chat, content: object, seen: Partial<ChatMessage>): void {
    const { user, world, updates } = this.parts
    if (where === this.chat) where.refusal = null
    const { id: message_id, date } = world.addMessage(where, { from: user.id, ...seen })
    updates.push('message', { message_id, from: user, chat: chatToApi(where), date, ...content })
  }

  says(text: string, { in: where = this.chat }: In = {}): void {
    this.counts.lines += 1
    for (let at = 0; at < text.length; at += CLIENT_TEXT) {
      const part = text.slice(at, at + CLIENT_TEXT)
      const command = /^\/\w+(@\w+)?/.exec(part)?.[0]
      const entities = command ? { entities: [{ type: 'bot_command', offset: 0, length: command.length }] } : {}
      this.#post(where, { text: part, ...entities }, { text: part })
    }
  }

  opens(code: string): void {
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(code)) throw new Error('Telegram would cut this deep link')
    this.counts.taps += 1
    const text = `/start ${code}`
    this.#post(this.chat, { text, entities: [{ type: 'bot_command', offset: 0, length: 6 }] }, { text })
  }

  sendsFile(fileName: string, bytes: Uint8Array, caption?: string, mime = 'application/octet-stream'): void {
    this.counts.lines += 1
    const file = this.parts.world.addFile(fileName, mime, bytes)
    const words = caption === undefined ? {} : { caption }
    this.#post(this.chat, { document: fileToApi(file), ...words }, { file, text: caption ?? '' })
  }

  sendsSticker(): void {
    this.counts.lines += 1
    const sticker = { file_id: 'CAAC', file_unique_id: 'u', type: 'regular', width: 512, height: 512, emoji: '👍' }
    this.#post(this.chat, { sticker: { ...sticker, is_animated: false, is_video: false } }, {})
  }

  #pushTap(where: Chat, message: ChatMessage, data: string): Tap {
    const { user, world, updates, bot } = this.parts
    const tap: TapRecord = {
      id: `${user.id}${this.#nextTap++}`,
      at: performance.now(),
      acknowledged: false,
      answer: { text: null, url: null },
    }
    world.taps.set(tap.id, tap)
    const shown = toApi(message, where, bot)
    updates.push('callback_query', { id: tap.id, from: user, message: shown, chat_instance: '1', data })
    const told = () => 'the tap was never acknowledged'
    const acknowledged = async (): Promise<void> => {
      await until(world, () => tap.acknowledged || undefined, told)
    }
    return {
      acknowledged,
      answer: async () => {
        await acknowledged()
        return tap.answer
      },
      again: () => this.#pushTap(where, message, data),
    }
  }

  /** Presses the newest button with this label, once it is there; `on` names the message instead. */
  async taps(label: string, { in: where = this.chat, on }: In & { on?: ChatMessage } = {}): Promise<Tap> {
    const told = () => `no button "${label}" in:\n${describeChat(where)}`
    const { message, data } = await until(this.parts.world, () => findButton(label, where, on), told)
    this.counts.taps += 1
    return this.#pushTap(where, message, data)
  }

  #changesMembership(refusal: Refusal | null, from: string, to: string, where = this.chat): void {
    const { user, bot, updates } = this.parts
    where.refusal = refusal
    const member = (status: string) => ({ user: bot, status, ...(status === 'kicked' ? { until_date: 0 } : {}) })
    const change = { chat: chatToApi(where), from: user, date: Math.floor(Date.now() / 1000) }
    updates.push('my_chat_member', { ...change, old_chat_member: member(from), new_chat_member: member(to) })
  }

  blocks(): void {
    this.#changesMembership('blocked', 'member', 'kicked')
  }

  unblocks(): void {
    this.#changesMembership(null, 'kicked', 'member')
  }

  /** As an administrator of the group. */
  putsOut(group: Chat): void {
    this.#changesMembership('kicked', 'member', 'kicked', group)
  }

  takesIn(group: Chat): void {
    this.#changesMembership(null, 'kicked', 'member', group)
  }

  /** The account is gone; the bot is told nothing. */
  leavesTelegram(): void {
    this.chat.refusal = 'deactivated'
  }

  /** What the bot wrote, as it stands now, oldest first. */
  messages(where: Chat = this.chat): ChatMessage[] {
    return [...where.messages.values()].filter((message) => message.from === 'bot')
  }

  /** The newest message of the bot that contains this, as soon as there is one. */
  sees(part: string, { in: where = this.chat, within }: In & { within?: number } = {}): Promise<ChatMessage> {
    const look = () => this.messages(where).findLast((message) => message.text.includes(part))
    return until(this.parts.world, look, () => `never saw "${part}", but:\n${describeChat(where)}`, within)
  }

  /** The commands offered beside their text field. */
  commands(): Chat['commands'] {
    return this.chat.commands
  }
}
