import iconv from 'iconv-lite'
import { nfc } from '../../core/text.js'
import { plausibility } from './letters/plausibility.js'
import { decodeTcvn3 } from './letters/tcvn3.js'
import { decodeVni } from './letters/vni.js'

export type TextFile = Readonly<{ text: string; encoding: string }>

const startsWith = (bytes: Uint8Array, ...mark: number[]): boolean => mark.every((byte, i) => bytes[i] === byte)

const decode = (bytes: Uint8Array, encoding: string): TextFile => ({
  text: iconv.decode(Buffer.from(bytes), encoding),
  encoding,
})

/** Its mark, or zero bytes at even or odd places: the upper halves of ASCII letters, which any list has plenty of. */
export function utf16Order(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le'
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be'
  const zeros = [0, 0]
  const end = Math.min(bytes.length, 4096)
  for (let i = 0; i < end; i++) if (bytes[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (even + odd < end / 8) return null
  return odd > even ? 'utf-16le' : 'utf-16be'
}

function utf8(bytes: Uint8Array): TextFile | null {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    return null
  }
}

/**
 * Bytes of one byte a letter. Statistical detectors do not know Windows-1258, so the one that reads as Vietnamese wins;
 * TCVN3 and VNI texts come out as their Windows-1252 characters, which is what their tables start from.
 */
function eightBit(bytes: Uint8Array): TextFile {
  const western = decode(bytes, 'windows-1252')
  const vietnamese = decode(bytes, 'windows-1258')
  const composed = nfc(vietnamese.text)
  const legacy = [western.text, decodeTcvn3(western.text), decodeVni(western.text)].map(plausibility)
  return plausibility(composed) >= Math.max(...legacy) ? { ...vietnamese, text: composed } : western
}

/** Text from bytes, by its mark, else by what it can be. */
export function decodeText(bytes: Uint8Array): TextFile {
  const order = utf16Order(bytes)
  return order ? decode(bytes, order) : (utf8(bytes) ?? eightBit(bytes))
}
