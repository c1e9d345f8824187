import { AppError } from '../../core/errors.js'
import { readAtMost } from '../../messaging/reading-bytes.js'
import { SendError } from '../../messaging/vocabulary.js'

/** Where Zalo keeps what people send. The address comes with a message, so whoever writes one could name any. */
const HOSTS = ['zdn.vn', 'zadn.vn', 'zaloapp.com', 'zalo.me', 'dlfl.vn', 'dlmd.me']

/** Null: an address that is none of Zalo's. */
export function zaloAddress(href: string): URL | null {
  const url = URL.canParse(href) ? new URL(href) : null
  const isZalos = HOSTS.some((one) => url?.hostname === one || url?.hostname.endsWith(`.${one}`))
  return url?.protocol === 'https:' && isZalos ? url : null
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
    return await readAtMost(response, most)
  } catch (error) {
    if (error instanceof AppError || error instanceof SendError) throw error
    throw new SendError({ kind: 'transient', code: 'download' })
  }
}
