import { z } from 'zod'

/** The part of Telegram's Update that we read (Bot API 10.1); everything else in it is passed over. */
const user = z.object({ id: z.number(), is_bot: z.boolean(), language_code: z.string().optional() })

const chat = z.object({ id: z.number(), type: z.string() })

const file = z.object({
  file_id: z.string(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
  file_size: z.number().optional(),
})

const photoSize = file.extend({ width: z.number(), height: z.number() })

/** Kinds of content that we cannot read. Anything else without text or file is a service message: nobody said it. */
const UNREADABLE = [
  'animation',
  'audio',
  'checklist',
  'contact',
  'dice',
  'game',
  'live_photo',
  'location',
  'paid_media',
  'poll',
  'sticker',
  'story',
  'venue',
  'video',
  'video_note',
  'voice',
] as const

const message = z.looseObject({
  message_id: z.number(),
  from: user.optional(),
  chat,
  text: z.string().optional(),
  caption: z.string().optional(),
  document: file.optional(),
  photo: z.array(photoSize).optional(),
  /** A group became another chat: said in the old one, and in the new one. */
  migrate_to_chat_id: z.number().optional(),
  migrate_from_chat_id: z.number().optional(),
})

const callbackQuery = z.object({
  id: z.string(),
  from: user,
  /** Absent for a button of an inline message; an old message keeps its chat. */
  message: z.object({ chat }).optional(),
  data: z.string().optional(),
})

const membership = z.object({ chat, from: user, new_chat_member: z.object({ status: z.string() }) })

export const update = z.object({
  update_id: z.number(),
  message: message.optional(),
  callback_query: callbackQuery.optional(),
  my_chat_member: membership.optional(),
})

export type TelegramUser = z.infer<typeof user>
export type TelegramChat = z.infer<typeof chat>
export type TelegramFile = z.infer<typeof file>
export type TelegramMessage = z.infer<typeof message>
export type TelegramCallback = z.infer<typeof callbackQuery>
export type TelegramMembership = z.infer<typeof membership>

/** Asked for at every poll and webhook: left out, the server keeps whatever was asked last. */
export const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member'] as const

export const isUnreadable = (said: TelegramMessage): boolean => UNREADABLE.some((kind) => said[kind] !== undefined)
