import { shorten } from '../../core/text.js'
import type { SendRequest, Toast } from '../../messaging/channel.js'
import type { Choice, CommandMenu, OutgoingMessage } from '../../messaging/vocabulary.js'
import { encodeCallback } from './callback-data.js'
import { BOT_API, HEADING_ROOM } from './limits.js'

export type Call = Readonly<{ method: string; payload: Readonly<Record<string, unknown>> }>

/** How many characters of a label stand on a phone's button, by the number of buttons in its row. */
const LABEL_LENGTH = [48, 24, 16, 12] as const

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A number wherever it is one: a name (`@channel`) stays text. */
const chatId = (externalId: string): number | string => (/^-?\d+$/.test(externalId) ? Number(externalId) : externalId)

/** Telegram refuses a button to a host without a dot (`http://localhost:3000`): such a link is written out instead. */
const isButtonUrl = (url: string): boolean =>
  URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && new URL(url).hostname.includes('.')

type Button = Readonly<{ text: string; callback_data: string } | { text: string; url: string }>

const inRows = <T>(row: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(row.length / BOT_API.buttonsPerRow) }, (_, n) =>
    row.slice(n * BOT_API.buttonsPerRow, (n + 1) * BOT_API.buttonsPerRow),
  )

/** Places run over all rows: a choice keeps its number however the rows are broken. */
function numbered(rows: readonly (readonly Choice[])[]): Readonly<{ choice: Choice; index: number }>[][] {
  const starts = rows.map((_, n) => rows.slice(0, n).flat().length)
  return rows.map((row, n) => row.map((choice, place) => ({ choice, index: (starts[n] ?? 0) + place })))
}

const encodeChoices = (deliveryId: string, rows: readonly (readonly Choice[])[]): Button[][] =>
  numbered(rows)
    // One of the hundred is kept for the link.
    .map((row) => row.filter(({ index }) => index < BOT_API.buttons - 1))
    .flatMap(inRows)
    .map((row) =>
      row.map(({ choice, index }) => ({
        text: shorten(choice.label, LABEL_LENGTH[row.length - 1] ?? 12),
        callback_data: encodeCallback({ deliveryId, index }),
      })),
    )

function encodeKeyboard(deliveryId: string, message: OutgoingMessage): Button[][] {
  const rows = encodeChoices(deliveryId, message.choices ?? [])
  const { link } = message
  return link && isButtonUrl(link.url) ? [...rows, [{ text: shorten(link.label, 48), url: link.url }]] : rows
}

const plainLink = ({ link }: OutgoingMessage): string =>
  link && !isButtonUrl(link.url) ? `${link.label}: ${link.url}` : ''

/** Heading, text and a link that cannot be a button, as the reader sees them; `dress` makes HTML of the parts. */
function compose(message: OutgoingMessage, bold: (text: string) => string, plain: (text: string) => string): string {
  const heading = message.heading ? bold(shorten(message.heading, HEADING_ROOM - 16)) : ''
  return [heading, plain(message.text), plain(plainLink(message))].filter((part) => part !== '').join('\n')
}

const html = (message: OutgoingMessage): string => compose(message, (text) => `<b>${escapeHtml(text)}</b>`, escapeHtml)

/** Telegram counts a caption's characters without its markup. */
export const fitsCaption = (message: OutgoingMessage): boolean =>
  compose(
    message,
    (text) => text,
    (text) => text,
  ).length <= BOT_API.captionLength

type Addressed = Pick<SendRequest, 'deliveryId' | 'chatExternalId' | 'message'>

const markup = ({ deliveryId, message }: Addressed): object => {
  const keyboard = encodeKeyboard(deliveryId, message)
  return keyboard.length > 0 ? { reply_markup: { inline_keyboard: keyboard } } : {}
}

const protection = ({ message }: Addressed): object => (message.confidential ? { protect_content: true } : {})

const noPreview = { link_preview_options: { is_disabled: true } }

export const encodeText = (request: Addressed): Call => ({
  method: 'sendMessage',
  payload: {
    chat_id: chatId(request.chatExternalId),
    text: html(request.message),
    parse_mode: 'HTML',
    ...noPreview,
    ...protection(request),
    ...markup(request),
  },
})

/** A file that the platform holds already (its id), or bytes to upload. */
export type DocumentSource = string | Readonly<{ source: Buffer; filename: string }>

/** A quote or a line end in a name would break the form that telegraf builds. */
export const upload = (bytes: Uint8Array, fileName: string): DocumentSource => ({
  source: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  filename: fileName.replace(/["\r\n\\]/g, '_'),
})

/** The file with everything the message says as its caption, or bare when the words follow in a message of their own. */
export function encodeDocument(request: Addressed, document: DocumentSource, bare: boolean): Call {
  const caption = bare ? '' : html(request.message)
  return {
    method: 'sendDocument',
    payload: {
      chat_id: chatId(request.chatExternalId),
      document,
      ...(caption ? { caption, parse_mode: 'HTML' } : {}),
      ...protection(request),
      ...(bare ? {} : markup(request)),
    },
  }
}

type Edit = Addressed & Readonly<{ messageId: string }>

/** An edit without a keyboard takes the old one away. */
export const encodeEdit = (request: Edit): Call => ({
  method: 'editMessageText',
  payload: {
    chat_id: chatId(request.chatExternalId),
    message_id: Number(request.messageId),
    text: html(request.message),
    parse_mode: 'HTML',
    ...noPreview,
    ...markup(request),
  },
})

/** For a message that turned out to be a file. */
export const encodeCaptionEdit = (request: Edit): Call => ({
  method: 'editMessageCaption',
  payload: {
    chat_id: chatId(request.chatExternalId),
    message_id: Number(request.messageId),
    caption: html(request.message),
    parse_mode: 'HTML',
    ...markup(request),
  },
})

export const encodeDelete = (chatExternalId: string, messageId: string): Call => ({
  method: 'deleteMessage',
  payload: { chat_id: chatId(chatExternalId), message_id: Number(messageId) },
})

/** Telegram opens a link from a tap only where it starts the bot itself: `t.me/<bot>?start=…`. */
export const encodeToast = (tapId: string, { text, url }: Toast): Call => ({
  method: 'answerCallbackQuery',
  payload: {
    callback_query_id: tapId,
    ...(url ? { url } : { text: shorten(text, BOT_API.toastLength), show_alert: true }),
  },
})

export const encodeMenu = (chatExternalId: string, menu: CommandMenu): Call => ({
  method: 'setMyCommands',
  payload: {
    commands: menu.slice(0, BOT_API.commands).map(({ command, description }) => ({
      command: command.replace(/^\//, '').toLowerCase(),
      description: shorten(description, BOT_API.commandDescription),
    })),
    scope: { type: 'chat', chat_id: chatId(chatExternalId) },
  },
})
