import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'

export type Blobs = Readonly<{
  /** Keeps the bytes; returns their SHA-256 in hex. Keeping the same bytes again changes nothing. */
  put: (bytes: Uint8Array) => Promise<string>
  get: (sha256: string) => Promise<Uint8Array>
  /** The same bytes, a piece at a time. Rejects where there are none. */
  stream: (sha256: string) => Promise<ReadableStream<Uint8Array<ArrayBuffer>>>
  /** Forgets the bytes; does nothing where there are none. */
  remove: (sha256: string) => Promise<void>
}>

/** Files by their content, in `directory`, for nobody else of this machine. A half-written file never has its final name. */
export function openBlobs(directory: string): Blobs {
  const pathOf = (sha256: string): string => join(directory, sha256.slice(0, 2), sha256)
  return {
    put: async (bytes) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const path = pathOf(sha256)
      if (await exists(path)) return sha256
      await mkdir(join(directory, sha256.slice(0, 2)), { recursive: true, mode: 0o700 })
      const partial = `${path}.${randomUUID()}`
      try {
        await writeFile(partial, bytes, { flush: true, mode: 0o600 })
        await rename(partial, path)
      } catch (error) {
        // A full disk does not get fuller by what could not be written.
        await rm(partial, { force: true })
        throw error
      }
      return sha256
    },
    get: (sha256) => readFile(pathOf(sha256)),
    stream: async (sha256) => {
      await stat(pathOf(sha256))
      return Readable.toWeb(createReadStream(pathOf(sha256))) as ReadableStream<Uint8Array<ArrayBuffer>>
    },
    remove: (sha256) => rm(pathOf(sha256), { force: true }),
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
