import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { AppError } from './errors.js'

/** Keeps secrets that must be read again (tokens of bots, sessions): AES-256-GCM under a key of the environment. */
export type Seal = Readonly<{
  /** False: the environment has no key, and nothing can be sealed or opened. */
  isReady: boolean
  /** `about` (a bot's id) is bound to the secret: moved to another row it does not open. Throws `bots.error.no-key`. */
  seal: (secret: string, about: string) => string
  /** Throws `bots.error.no-key`, or `bots.error.wrong-key` where it was sealed under another key. */
  open: (sealed: string, about: string) => string
}>

const ALGORITHM = 'aes-256-gcm'
const NONCE = 12
const TAG = 16

/** `key`: 32 bytes, or null. */
export function createSeal(key: Uint8Array | null): Seal {
  const keyOrRefuse = (): Uint8Array => {
    if (!key) throw new AppError('bots.error.no-key')
    return key
  }
  return {
    isReady: key !== null,
    seal: (secret, about) => {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv(ALGORITHM, keyOrRefuse(), nonce).setAAD(Buffer.from(about))
      const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')
    },
    open: (sealed, about) => {
      const bytes = Buffer.from(sealed, 'base64')
      const secret = keyOrRefuse()
      try {
        const decipher = createDecipheriv(ALGORITHM, secret, bytes.subarray(0, NONCE), { authTagLength: TAG })
          .setAAD(Buffer.from(about))
          .setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
        return decipher.update(bytes.subarray(NONCE + TAG), undefined, 'utf8') + decipher.final('utf8')
      } catch (cause) {
        throw new AppError('bots.error.wrong-key', {}, { cause })
      }
    },
  }
}
