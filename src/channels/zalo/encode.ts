import { shorten } from '../../core/text.js'
import type { SendRequest } from '../../messaging/channel.js'
import type { OutgoingMessage } from '../../messaging/vocabulary.js'
import { BOT_PLATFORM } from './limits.js'

export type Call = Readonly<{ method: 'sendMessage'; payload: Readonly<{ chat_id: string; text: string }> }>

/** Plain text: without a parse_mode nothing in it means anything to the platform. What choices there are stand in it. */
function encodeText({ heading, text, link }: OutgoingMessage): string {
  const head = heading ? `${heading}\n` : ''
  const tail = link ? `\n\n${link.label}:\n${link.url}` : ''
  // Texts come split, with room for both; a link that is longer than that room is worth more than the text's end.
  return `${head}${shorten(text, BOT_PLATFORM.textLength - head.length - tail.length)}${tail}`
}

export const encodeMessage = ({ chatExternalId, message }: SendRequest): Call => ({
  method: 'sendMessage',
  payload: { chat_id: chatExternalId, text: encodeText(message) },
})
