import { AppError } from '../../core/errors.js'
import { SendError } from '../../messaging/vocabulary.js'

/** Where Zalo keeps what people send. The address comes with a message, so whoever writes one could name any. */
const HOSTS = ['zdn.vn', 'zadn.vn', 'zaloapp.com', 'zalo.me', 'dlfl.vn', 'dlmd.me']
const MEGABYTE = 1024 * 1024

/** Null: an address that is none of Zalo's. */
export function zaloAddress(href: string): URL | null {
  const url = URL.canParse(href) ? new URL(href) : null
  const isZalos = HOSTS.some((one) => url?.hostname === one || url?.hostname.endsWith(`.${one}`))
  return url?.protocol === 'https:' && isZalos ? url : null
}

/** Reads no further than the limit, whatever length the server announced. */
async function readAll(response: Response, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > most) throw new AppError('conversation.error.file-too-large', { megabytes: Math.floor(most / MEGABYTE) })
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks, size))
}

/**
 * The bytes of a file that somebody sent. `AppError` conversation.error.file-too-large or .file-gone when another try
 * cannot help, `SendError` transient when it can.
 */
export async function download(
  href: string,
  most: number,
  signal: AbortSignal,
  get: typeof fetch = fetch,
): Promise<Uint8Array> {
  const url = zaloAddress(href)
  if (!url) throw new AppError('conversation.error.file-gone')
  try {
    const response = await get(url, { signal, redirect: 'error' })
    if (response.status === 404 || response.status === 410) throw new AppError('conversation.error.file-gone')
    if (!response.ok) throw new SendError({ kind: 'transient', code: `http-${response.status}` })
    return await readAll(response, most)
  } catch (error) {
    if (error instanceof AppError || error instanceof SendError) throw error
    throw new SendError({ kind: 'transient', code: 'download' })
  }
}
