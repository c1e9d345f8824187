import { nfc } from '../../core/text.js'
import type { IncomingContent, IncomingMessage } from '../../messaging/vocabulary.js'
import { event } from './payload.js'

/** The platform has no deep links; a person who writes what they know from elsewhere is understood. */
const START = /^\/start(?:\s+(.*))?$/s

/** What nobody can read here. `unsupported` is what the platform makes of people whose words it keeps to itself. */
const UNREADABLE = ['image', 'sticker', 'voice', 'unsupported'].map((kind) => `message.${kind}.received`)

function decodeText(text: string): IncomingContent {
  const start = START.exec(text.trim())
  return start ? { kind: 'start', code: start[1]?.trim() || null } : { kind: 'text', text: nfc(text) }
}

function decodeContent(name: string, text: string | undefined): IncomingContent | null {
  if (name === 'message.text.received') return text === undefined ? null : decodeText(text)
  return UNREADABLE.includes(name) ? { kind: 'unreadable' } : null
}

/** A stored event as what a person did, or null: bots, events of a kind or shape that we do not know. Pure. */
export function decode(payload: unknown): IncomingMessage | null {
  const parsed = event.safeParse(payload)
  if (!parsed.success) return null
  const { event_name: name, message } = parsed.data
  const content = decodeContent(name, message.text)
  if (!content || message.from.is_bot) return null
  return {
    chat: { externalId: message.chat.id, kind: message.chat.chat_type === 'GROUP' ? 'group' : 'private' },
    senderExternalId: message.from.id,
    languageCode: null,
    messageId: message.message_id,
    content,
  }
}
