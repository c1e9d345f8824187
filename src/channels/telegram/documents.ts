import type { OutgoingFile, SendRequest } from '../../messaging/channel.js'
import { SendError } from '../../messaging/vocabulary.js'
import type { Calls, Sent } from './calls.js'
import type { DocumentSource } from './encode.js'
import { encodeDocument, upload } from './encode.js'
import { refusal } from './errors.js'

/** Sends a file, with the message as its caption or, `bare`, without a word. */
export type SendDocument = (
  request: SendRequest,
  file: OutgoingFile,
  bare: boolean,
  signal: AbortSignal,
) => Promise<Sent>

type Limits = Readonly<{ uploadBytes: number; uploadMs: number }>

export function createSendDocument(call: Calls, { uploadBytes, uploadMs }: Limits): SendDocument {
  const sendUpload: SendDocument = async (request, file, bare, signal) => {
    const bytes = await file.open()
    if (bytes.byteLength > uploadBytes) throw new SendError({ kind: 'rejected', code: 'file-too-large' })
    return call('send', encodeDocument(request, upload(bytes, file.fileName), bare), signal, uploadMs)
  }

  /** By the platform's id where there is one; an id that it no longer knows is replaced by a new upload. */
  return async (request, file, bare, signal) => {
    const known: DocumentSource | null = file.platformFileId
    if (!known) return sendUpload(request, file, bare, signal)
    try {
      return await call('send', encodeDocument(request, known, bare), signal)
    } catch (error) {
      if (refusal(error) !== 'wrong-file-id') throw error
      return sendUpload(request, file, bare, signal)
    }
  }
}
