import type { SendRequest } from '../../messaging/channel.js'

export type Call = Readonly<{ method: 'sendMessage'; payload: Readonly<{ chat_id: string; text: string }> }>

/**
 * Plain text: without a parse_mode nothing in it means anything to the platform. What a message offers (choices, a link)
 * stands in its text already, because this channel has no buttons.
 */
export const encodeMessage = ({ chatExternalId, message: { heading, text } }: SendRequest): Call => ({
  method: 'sendMessage',
  payload: { chat_id: chatExternalId, text: heading ? `${heading}\n${text}` : text },
})
