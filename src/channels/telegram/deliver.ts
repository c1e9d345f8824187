import type { ChannelLimits, OutgoingFile, SendReceipt, SendRequest, Toast } from '../../messaging/channel.js'
import { type CommandMenu, SendError } from '../../messaging/vocabulary.js'
import { type Calls, createCalls, fileIdOf, type Sent } from './calls.js'
import type { TelegramClient } from './client.js'
import { createSendDocument, type SendDocument } from './documents.js'
import {
  encodeCaptionEdit,
  encodeDelete,
  encodeEdit,
  encodeMenu,
  encodeText,
  encodeToast,
  fitsCaption,
} from './encode.js'
import { NO_TEXT, NOT_EDITABLE, refusal, toSendError } from './errors.js'
import type { TelegramTimes } from './limits.js'

type EditRequest = SendRequest & { messageId: string }

export type Deliver = Readonly<{
  send: (request: SendRequest, signal: AbortSignal) => Promise<SendReceipt>
  edit: (request: EditRequest, signal: AbortSignal) => Promise<void>
  setMenu: (chatExternalId: string, menu: CommandMenu, signal: AbortSignal) => Promise<void>
  delete: (chatExternalId: string, messageId: string, signal: AbortSignal) => Promise<void>
  toast: (tapId: string, toast: Toast, signal: AbortSignal) => Promise<void>
}>

/** Of a file whose words did not follow yet; more than this are never between two tries. */
const REMEMBERED_FILES = 200

const receipt = (sent: Sent, fileId?: string): SendReceipt => ({
  messageId: String(sent.message_id),
  ...(fileId ? { platformFileId: fileId } : {}),
})

type SendWithFile = (request: SendRequest, file: OutgoingFile, signal: AbortSignal) => Promise<SendReceipt>

/**
 * For words that no caption holds: the file first, so that the buttons stand under the words, last in the chat.
 * A second try after a failure between the two does not send the file twice.
 */
function createFileThenWords(call: Calls, sendDocument: SendDocument): SendWithFile {
  const filesSent = new Map<string, string>()

  async function sendOnce(request: SendRequest, file: OutgoingFile, signal: AbortSignal): Promise<string> {
    const before = filesSent.get(request.deliveryId)
    if (before !== undefined) return before
    const fileId = fileIdOf(await sendDocument(request, file, true, signal)) ?? ''
    const oldest = filesSent.keys().next().value
    if (filesSent.size >= REMEMBERED_FILES && oldest !== undefined) filesSent.delete(oldest)
    filesSent.set(request.deliveryId, fileId)
    return fileId
  }

  return async (request, file, signal) => {
    const fileId = await sendOnce(request, file, signal)
    const sent = await call('send', encodeText(request), signal)
    filesSent.delete(request.deliveryId)
    return receipt(sent, fileId)
  }
}

function createSend(call: Calls, sendDocument: SendDocument): Deliver['send'] {
  const sendFileThenWords = createFileThenWords(call, sendDocument)
  return async (request, signal) => {
    const { file } = request
    if (!file) return receipt(await call('send', encodeText(request), signal))
    if (!fitsCaption(request.message)) return sendFileThenWords(request, file, signal)
    const sent = await sendDocument(request, file, false, signal)
    return receipt(sent, fileIdOf(sent))
  }
}

/** Edits the text; where the message turns out to be a file, its caption. The file itself stays. */
async function edit(call: Calls, request: EditRequest, signal: AbortSignal): Promise<void> {
  if (request.file) throw new SendError({ kind: 'rejected', code: NOT_EDITABLE })
  try {
    await call('edit', encodeEdit(request), signal)
  } catch (error) {
    if (refusal(error) !== NO_TEXT || !fitsCaption(request.message)) throw error
    await call('edit', encodeCaptionEdit(request), signal)
  }
}

async function editOnce(call: Calls, request: EditRequest, signal: AbortSignal): Promise<void> {
  try {
    await edit(call, request, signal)
  } catch (error) {
    // It says already what it should: a repeated edit.
    if (refusal(error) !== 'not-modified') throw error
  }
}

async function translated<T>(chatExternalId: string, call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw toSendError(error, chatExternalId)
  }
}

type Parts = Readonly<{ client: TelegramClient; limits: ChannelLimits; times: TelegramTimes }>

/** Outgoing calls: one message is one call, or two where a file's words do not fit its caption. */
export function createDeliver({ client, limits, times }: Parts): Deliver {
  const call = createCalls(client, limits.callTimeoutMs)
  const send = createSend(call, createSendDocument(call, { ...limits, ...times }))
  return {
    send: (request, signal) => translated(request.chatExternalId, send(request, signal)),
    edit: (request, signal) => translated(request.chatExternalId, editOnce(call, request, signal)),
    setMenu: async (chat, menu, signal) => {
      await translated(chat, call('edit', encodeMenu(chat, menu), signal))
    },
    delete: async (chat, messageId, signal) => {
      await translated(chat, call('edit', encodeDelete(chat, messageId), signal))
    },
    toast: async (tapId, toast, signal) => {
      await translated('', call('ack', encodeToast(tapId, toast), signal))
    },
  }
}
