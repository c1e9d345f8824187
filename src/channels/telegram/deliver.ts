import type { ChannelLimits, OutgoingFile, SendReceipt, SendRequest } from '../../messaging/channel.js'
import { type CommandMenu, SendError } from '../../messaging/vocabulary.js'
import type { Lane, TelegramClient } from './client.js'
import {
  type Call,
  type DocumentSource,
  encodeCaptionEdit,
  encodeDocument,
  encodeEdit,
  encodeMenu,
  encodeText,
  fitsCaption,
  upload,
} from './encode.js'
import { NO_TEXT, NOT_EDITABLE, refusal, toSendError } from './errors.js'
import type { TelegramTimes } from './limits.js'

type Sent = Readonly<{
  message_id: number
  document?: { file_id: string }
  video?: { file_id: string }
  animation?: { file_id: string }
  audio?: { file_id: string }
}>

export type Deliver = Readonly<{
  send: (request: SendRequest, signal: AbortSignal) => Promise<SendReceipt>
  edit: (request: SendRequest & { messageId: string }, signal: AbortSignal) => Promise<void>
  setMenu: (chatExternalId: string, menu: CommandMenu, signal: AbortSignal) => Promise<void>
}>

/** Of a file whose words did not follow yet; more than this are never between two tries. */
const REMEMBERED_FILES = 200

/** Telegram files some documents under what they are, whatever method brought them. */
const fileIdOf = (sent: Sent): string | undefined =>
  (sent.document ?? sent.video ?? sent.animation ?? sent.audio)?.file_id

const rejected = (code: string): SendError => new SendError({ kind: 'rejected', code })

type Parts = Readonly<{ client: TelegramClient; limits: ChannelLimits; times: TelegramTimes }>

/** Outgoing calls: one message is one call, or two where a file's words do not fit its caption. */
export function createDeliver({ client, limits, times }: Parts): Deliver {
  /** Delivery → file id: a second try after a failure between file and words does not send the file twice. */
  const filesSent = new Map<string, string>()

  const call = (lane: Lane, { method, payload }: Call, signal: AbortSignal, timeoutMs = limits.callTimeoutMs) =>
    client.call<Sent>(method, payload, { lane, signal, timeoutMs })

  async function sendUpload(request: SendRequest, file: OutgoingFile, bare: boolean, signal: AbortSignal) {
    const bytes = await file.open()
    if (bytes.byteLength > limits.uploadBytes) throw rejected('file-too-large')
    return call('send', encodeDocument(request, upload(bytes, file.fileName), bare), signal, times.uploadMs)
  }

  /** By the platform's id where there is one; an id that it no longer knows is replaced by a new upload. */
  async function sendDocument(request: SendRequest, file: OutgoingFile, bare: boolean, signal: AbortSignal) {
    const known: DocumentSource | null = file.platformFileId
    if (!known) return sendUpload(request, file, bare, signal)
    try {
      return await call('send', encodeDocument(request, known, bare), signal)
    } catch (error) {
      if (refusal(error) !== 'wrong-file-id') throw error
      return sendUpload(request, file, bare, signal)
    }
  }

  function remember(deliveryId: string, fileId: string) {
    const oldest = filesSent.keys().next().value
    if (filesSent.size >= REMEMBERED_FILES && oldest !== undefined) filesSent.delete(oldest)
    filesSent.set(deliveryId, fileId)
  }

  /** The file first, so that the buttons stand under the words, last in the chat. */
  async function sendFileThenWords(request: SendRequest, file: OutgoingFile, signal: AbortSignal) {
    let fileId = filesSent.get(request.deliveryId)
    if (fileId === undefined) {
      fileId = fileIdOf(await sendDocument(request, file, true, signal)) ?? ''
      remember(request.deliveryId, fileId)
    }
    const sent = await call('send', encodeText(request), signal)
    filesSent.delete(request.deliveryId)
    return receipt(sent, fileId)
  }

  async function send(request: SendRequest, signal: AbortSignal): Promise<SendReceipt> {
    const { file } = request
    if (!file) return receipt(await call('send', encodeText(request), signal))
    if (!fitsCaption(request.message)) return sendFileThenWords(request, file, signal)
    const sent = await sendDocument(request, file, false, signal)
    return receipt(sent, fileIdOf(sent))
  }

  /** A message that is a file keeps it; only its words change. */
  async function edit(request: SendRequest & { messageId: string }, signal: AbortSignal): Promise<void> {
    if (request.file) throw rejected(NOT_EDITABLE)
    try {
      await call('edit', encodeEdit(request), signal)
    } catch (error) {
      if (refusal(error) === 'not-modified') return
      if (refusal(error) !== NO_TEXT || !fitsCaption(request.message)) throw error
      await editCaption(request, signal)
    }
  }

  const editCaption = (request: SendRequest & { messageId: string }, signal: AbortSignal) =>
    call('edit', encodeCaptionEdit(request), signal).catch((error: unknown) => {
      if (refusal(error) !== 'not-modified') throw error
    })

  return {
    send: (request, signal) => translated(request.chatExternalId, send(request, signal)),
    edit: (request, signal) => translated(request.chatExternalId, edit(request, signal)),
    setMenu: async (chat, menu, signal) => {
      await translated(chat, call('edit', encodeMenu(chat, menu), signal))
    },
  }
}

const receipt = (sent: Sent, fileId?: string): SendReceipt => ({
  messageId: String(sent.message_id),
  ...(fileId ? { platformFileId: fileId } : {}),
})

async function translated<T>(chatExternalId: string, call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw toSendError(error, chatExternalId)
  }
}
