import { inflateRawSync } from 'node:zlib'

/** A workbook has some dozens; the library copies the rest of the archive for each. */
const MOST_ENTRIES = 2_000

const END = 'PK\x05\x06'
const DEFLATED = 8

/** Where the entries' own headers begin, as the directory says (APPNOTE 6.3.10 §4.3.12); read just as the library reads it. */
function offsetsOf(data: Buffer): number[] {
  const end = data.lastIndexOf(END, data.length, 'latin1')
  const count = data.readUInt16LE(end + 8)
  const offsets: number[] = []
  let at = data.readUInt32LE(end + 16)
  for (let n = 0; n < Math.min(count, MOST_ENTRIES + 1); n += 1) {
    offsets.push(data.readUInt32LE(at + 42))
    at += 46 + data.readUInt16LE(at + 28) + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32)
  }
  return offsets
}

/** Unpacks one entry and throws the result away. Throws where it holds more than `most`. */
function sizeAt(data: Buffer, offset: number, most: number): number {
  if (data.readUInt16LE(offset + 8) !== DEFLATED) return data.readUInt32LE(offset + 18)
  const begin = offset + 30 + data.readUInt16LE(offset + 26) + data.readUInt16LE(offset + 28)
  return inflateRawSync(data.subarray(begin), { maxOutputLength: Math.max(1, most) }).length
}

/**
 * What a zip archive of at most `most` bytes is worth reading. Found by unpacking it, entry by entry: what it claims of
 * itself may be a lie, and a megabyte of blanks that claims to be small would fill the memory of the service.
 */
export function judgeArchive(bytes: Uint8Array, most: number): 'good' | 'too-large' | 'broken' {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const offsets = offsetsOf(data)
    if (offsets.length > MOST_ENTRIES) return 'too-large'
    let left = most
    for (const offset of offsets) if (left >= 0) left -= sizeAt(data, offset, left)
    return left >= 0 ? 'good' : 'too-large'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'broken'
  }
}
