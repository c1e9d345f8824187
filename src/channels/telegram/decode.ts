import { nfc } from '../../core/text.js'
import type { IncomingContent, IncomingMessage } from '../../messaging/vocabulary.js'
import { decodeCallback } from './callback-data.js'
import {
  isUnreadable,
  type TelegramCallback,
  type TelegramChat,
  type TelegramFile,
  type TelegramMembership,
  type TelegramMessage,
  type TelegramUser,
  update,
} from './payload.js'

const COMMAND = /^\/(\w+)(?:@(\w+))?(?=\s|$)/

/** Names that a phone or an office PC can store: no path, no control characters, composed letters. */
const cleanName = (name: string): string =>
  nfc(name)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
    .replace(/[\\/:*?"<>|\u0000-\u001f]/g, '_')
    .trim()
    .slice(-120)

const extensionOf = (mime: string | undefined): string => /\/([a-z0-9]{2,5})$/.exec(mime ?? '')?.[1] ?? 'bin'

function decodeFile(said: TelegramMessage, file: TelegramFile, fallbackName: string): IncomingContent {
  return {
    kind: 'file',
    fileRef: file.file_id,
    fileName: cleanName(file.file_name ?? '') || fallbackName,
    size: file.file_size ?? null,
    caption: said.caption === undefined ? null : nfc(said.caption),
  }
}

/** Telegram offers a photo in several sizes, named by nobody. */
function decodePhoto(said: TelegramMessage): IncomingContent | null {
  const largest = said.photo?.toSorted((a, b) => b.width * b.height - a.width * a.height)[0]
  return largest ? decodeFile(said, largest, `anh-${said.message_id}.jpg`) : null
}

/** `/cmd@ourbot x` → `/cmd x`; null when it names another bot of the group. */
function decodeText(text: string, username: string | null): IncomingContent | null {
  const command = COMMAND.exec(text)
  if (!command) return { kind: 'text', text: nfc(text) }
  const [whole, name, addressee] = command
  if (addressee && username && addressee.toLowerCase() !== username.toLowerCase()) return null
  const rest = text.slice(whole.length)
  if (name === 'start') return { kind: 'start', code: rest.trim() || null }
  return { kind: 'text', text: nfc(`/${name}${rest}`) }
}

function decodeContent(said: TelegramMessage, username: string | null): IncomingContent | null {
  if (said.text !== undefined) return decodeText(said.text, username)
  // A GIF carries a document for old clients as well.
  if (isUnreadable(said)) return { kind: 'unreadable' }
  if (said.document)
    return decodeFile(said, said.document, `tep-${said.message_id}.${extensionOf(said.document.mime_type)}`)
  return decodePhoto(said)
}

/** In a private chat the tap is acknowledged at once; in a group its answer is for the presser alone, and comes later. */
const decodeTap = (tap: TelegramCallback): IncomingContent => {
  const target = decodeCallback(tap.data ?? '')
  if (!target) return { kind: 'unreadable' }
  return { kind: 'choice', ...target, ...(tap.message?.chat.type === 'private' ? {} : { tapId: tap.id }) }
}

const decodeMembership = (change: TelegramMembership): IncomingContent => ({
  kind: 'reachability',
  reachable: !['kicked', 'left'].includes(change.new_chat_member.status),
})

/** A group that became another chat; whoever signs it, nobody said anything. */
function decodeMove({
  chat,
  migrate_to_chat_id: to,
  migrate_from_chat_id: from,
}: TelegramMessage): IncomingMessage | null {
  const now = to ?? (from === undefined ? undefined : chat.id)
  if (now === undefined) return null
  return {
    chat: { externalId: String(now), kind: 'group', formerly: String(from ?? chat.id) },
    senderExternalId: String(now),
    languageCode: null,
    content: { kind: 'reachability', reachable: true },
  }
}

function envelope(
  chat: TelegramChat,
  from: TelegramUser,
  content: IncomingContent | null,
  messageId?: number,
): IncomingMessage | null {
  if (!content || from.is_bot || chat.type === 'channel') return null
  return {
    chat: { externalId: String(chat.id), kind: chat.type === 'private' ? 'private' : 'group' },
    senderExternalId: String(from.id),
    languageCode: from.language_code ?? null,
    ...(messageId === undefined ? {} : { messageId: String(messageId) }),
    content,
  }
}

/**
 * A stored Update as what a person did, or null: other bots, edits, service messages, channels, commands for another
 * bot, payloads of no known shape. Pure; `username` is ours, null while unknown.
 */
export function decode(payload: unknown, username: string | null = null): IncomingMessage | null {
  const parsed = update.safeParse(payload)
  if (!parsed.success) return null
  const { message, callback_query: tap, my_chat_member: change } = parsed.data
  const move = message ? decodeMove(message) : null
  if (move) return move
  if (message?.from) return envelope(message.chat, message.from, decodeContent(message, username), message.message_id)
  if (tap?.message) return envelope(tap.message.chat, tap.from, decodeTap(tap))
  if (change) return envelope(change.chat, change.from, decodeMembership(change))
  return null
}
