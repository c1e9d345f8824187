import { until } from '../until.js'
import type { Chat, ChatMessage, User } from './types.js'
import type { Updates } from './updates.js'
import type { World } from './world.js'

type Parts = Readonly<{ user: User; chat: Chat; world: World; updates: Updates }>

const describeChat = ({ messages }: Chat): string =>
  messages
    .slice(-5)
    .map(({ from, text }) => `${from === 'bot' ? 'bot' : 'person'}: ${text}`)
    .join('\n')

/** A person with Zalo on the phone: no buttons, only words. What they do arrives at the bot as events. */
export class Person {
  /** What it cost them: lines, stickers and voices sent. */
  readonly counts = { taps: 0, lines: 0 }

  constructor(readonly parts: Parts) {}

  get id(): string {
    return this.parts.user.id
  }

  get chat(): Chat {
    return this.parts.chat
  }

  #send(kind: string, content: object, text: string, where = this.chat): void {
    const { user, world, updates } = this.parts
    this.counts.lines += 1
    if (where.standing === 'never-wrote') where.standing = 'open'
    const { id: message_id, date } = world.addMessage(where, user.id, text)
    const chat = { id: where.id, chat_type: where.type }
    updates.push({
      event_name: `message.${kind}.received`,
      message: { message_id, from: user, chat, date, ...content },
    })
  }

  says(text: string, { in: where = this.chat }: Readonly<{ in?: Chat }> = {}): void {
    this.#send('text', { text }, text, where)
  }

  sendsSticker(): void {
    this.#send('sticker', { sticker: '0e078a2b', url: 'https://zalo.example/sticker.png' }, '(sticker)')
  }

  sendsVoice(): void {
    this.#send('voice', { voice_url: 'https://zalo.example/voice.aac' }, '(voice)')
  }

  sendsPhoto(caption?: string): void {
    const words = caption === undefined ? {} : { caption }
    this.#send('image', { photo: 'https://zalo.example/photo.jpg', ...words }, '(photo)')
  }

  /** A location, a file, a call: the platform says only that there was something. */
  sendsSomethingElse(): void {
    this.#send('unsupported', {}, '(something)')
  }

  /** The bot is told nothing of either. */
  blocks(): void {
    this.chat.standing = 'blocked'
  }

  unblocks(): void {
    this.chat.standing = 'open'
  }

  /** What the bot wrote, oldest first. */
  messages(where: Chat = this.chat): ChatMessage[] {
    return where.messages.filter(({ from }) => from === 'bot')
  }

  /** The newest message of the bot that contains this, as soon as there is one. */
  sees(part: string, { in: where = this.chat }: Readonly<{ in?: Chat }> = {}): Promise<ChatMessage> {
    const look = () => this.messages(where).findLast(({ text }) => text.includes(part))
    return until(this.parts.world, look, () => `never saw "${part}", but:\n${describeChat(where)}`)
  }
}
