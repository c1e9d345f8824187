import { AppError } from '../core/errors.js'

/** Said to whoever sent a file that is too large to be fetched. */
export const fileTooLarge = (): AppError => new AppError('conversation.error.file-too-large')

/** Reads no further than `most`, whatever length the server announced. Throws `fileTooLarge`. */
export async function readAtMost(response: Response, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > most) throw fileTooLarge()
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks, size))
}
