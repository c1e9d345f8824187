import { AppError } from '../../core/errors.js'
import { fileTooLarge, readAtMost } from '../../messaging/reading-bytes.js'
import { SendError } from '../../messaging/vocabulary.js'
import type { TelegramClient } from './client.js'
import { ApiFailure, refusal, toSendError } from './errors.js'

type Limits = Readonly<{ downloadBytes: number; timeoutMs: number }>

async function findPath(client: TelegramClient, fileRef: string, signal: AbortSignal, limits: Limits) {
  try {
    const options = { lane: 'edit', signal, timeoutMs: limits.timeoutMs } as const
    return await client.call<{ file_path?: string; file_size?: number }>('getFile', { file_id: fileRef }, options)
  } catch (error) {
    if (refusal(error) === 'file-too-large') throw fileTooLarge()
    if (error instanceof ApiFailure && error.status === 400) throw new AppError('conversation.error.file-gone')
    throw toSendError(error, '')
  }
}

const transient = (code: string): SendError => new SendError({ kind: 'transient', code })

/**
 * The bytes of a file that somebody sent. `AppError` conversation.error.file-too-large or .file-gone when another try
 * cannot help, `SendError` transient when it can.
 */
export async function download(
  client: TelegramClient,
  fileRef: string,
  signal: AbortSignal,
  limits: Limits,
): Promise<Uint8Array> {
  const file = await findPath(client, fileRef, signal, limits)
  if ((file.file_size ?? 0) > limits.downloadBytes) throw fileTooLarge()
  if (!file.file_path) throw new AppError('conversation.error.file-gone')
  try {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(limits.timeoutMs)])
    const response = await fetch(client.fileUrl(file.file_path), { signal: deadline })
    if (response.status === 404) throw new AppError('conversation.error.file-gone')
    if (!response.ok) throw transient(`http-${response.status}`)
    return await readAtMost(response, limits.downloadBytes)
  } catch (error) {
    if (error instanceof AppError || error instanceof SendError) throw error
    // The cause would quote the address, and the token with it.
    throw transient('download')
  }
}
