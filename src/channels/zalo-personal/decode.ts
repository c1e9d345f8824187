import { nfc } from '../../core/text.js'
import type { IncomingContent, IncomingMessage } from '../../messaging/vocabulary.js'
import { chatOf, type Said, said } from './payload.js'

/** The platform has no deep links; a person who writes what they know from elsewhere is understood. */
const START = /^\/start(?:\s+(.*))?$/s

function decodeContent({ text, file }: Said): IncomingContent {
  if (file) return { kind: 'file', fileRef: file.href, fileName: nfc(file.name), size: file.size, caption: null }
  // Sticker, voice, a card, a place.
  if (text === undefined) return { kind: 'unreadable' }
  const start = START.exec(text.trim())
  return start ? { kind: 'start', code: start[1]?.trim() || null } : { kind: 'text', text: nfc(text) }
}

/** A stored message as what a person did; null: of no known shape. Pure. */
export function decode(payload: unknown): IncomingMessage | null {
  const parsed = said.safeParse(payload)
  if (!parsed.success) return null
  const { data } = parsed
  return {
    chat: { externalId: chatOf(data), kind: data.group ? 'group' : 'private' },
    senderExternalId: data.from,
    languageCode: null,
    messageId: data.id,
    content: decodeContent(data),
  }
}
