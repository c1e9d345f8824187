import type { GroupMessage, UserMessage } from 'zca-js'
import { z } from 'zod'
import { firstOf } from '../../core/text.js'
import type { RawUpdate } from '../../messaging/channel.js'
import { storable } from '../../messaging/storable.js'

export type Message = UserMessage | GroupMessage

/** What is kept of a message: nothing of it that we do not read. */
export const said = z.object({
  id: z.string().min(1),
  /** The group it was said in; null: to the account alone. */
  group: z.string().nullable(),
  from: z.string().min(1),
  /** The library's `msgType`. */
  kind: z.string(),
  text: z.string().optional(),
  file: z.object({ href: z.string(), name: z.string(), size: z.number().nullable() }).optional(),
})

export type Said = z.infer<typeof said>

/** Longer than anything that we read. */
const MOST_TEXT = 4_000

/** Groups and people are numbered alike, and a chat is known by its name alone. */
const GROUP = 'g'

export const chatOf = ({ group, from }: Pick<Said, 'group' | 'from'>): string => (group ? `${GROUP}${group}` : from)

/** Where a chat's messages go; `type` is the library's `ThreadType`. */
export const threadOf = (chatExternalId: string): { id: string; type: 0 | 1 } =>
  chatExternalId.startsWith(GROUP)
    ? { id: chatExternalId.slice(GROUP.length), type: 1 }
    : { id: chatExternalId, type: 0 }

type Mention = Readonly<{ uid: string; pos: number; len: number }>

/** "@Kỳ Họp lịch" → "@ lịch": how the account is called in that group may be of any length. */
function behindMention(text: string, mentions: readonly Mention[], own: string): string | null {
  const mine = mentions.find((one) => one.uid === own)
  return mine ? `@bot ${text.slice(0, mine.pos)}${text.slice(mine.pos + mine.len)}`.replace(/\s+/g, ' ').trim() : null
}

/** In a group only what is meant for us; the account hears everything there, and it is none of ours. */
function textOf(message: Message, own: string): string | null {
  const { content } = message.data
  if (typeof content !== 'string') return null
  if (message.type === 0) return firstOf(content, MOST_TEXT)
  const mentions = 'mentions' in message.data ? (message.data.mentions ?? []) : []
  const text = behindMention(content, mentions, own) ?? (content.startsWith('/') ? content : null)
  return text === null ? null : firstOf(text, MOST_TEXT)
}

const attachment = z.object({ href: z.string(), title: z.string().catch(''), params: z.string().catch('') })
const params = z.object({ fileSize: z.coerce.number() })

function sizeIn(text: string): number | null {
  try {
    const read = params.safeParse(JSON.parse(text))
    return read.success ? read.data.fileSize : null
  } catch {
    return null
  }
}

/** A document or a photo; a photo has no name of its own. */
function fileOf({ data }: Message): Said['file'] {
  const read = attachment.safeParse(data.content)
  if (!read.success || !read.data.href) return undefined
  const { href, title } = read.data
  if (data.msgType === 'share.file') return { href, name: title || `tep-${data.msgId}`, size: sizeIn(read.data.params) }
  return data.msgType === 'chat.photo' ? { href, name: `anh-${data.msgId}.jpg`, size: null } : undefined
}

/** A message as it is stored; null: our own, or between people in a group. `own`: the account's id. */
export function toRaw(message: Message, own: string): RawUpdate | null {
  const { data } = message
  if (message.isSelf || data.uidFrom === own) return null
  const isGroup = message.type === 1
  const text = textOf(message, own)
  if (isGroup && text === null) return null
  const file = isGroup ? undefined : fileOf(message)
  const payload: Said = {
    id: String(data.msgId),
    group: isGroup ? message.threadId : null,
    from: String(data.uidFrom),
    kind: String(data.msgType),
    ...(text === null ? {} : { text }),
    ...(file ? { file } : {}),
  }
  return { externalId: payload.id, chatExternalId: chatOf(payload), payload: storable(payload) }
}
