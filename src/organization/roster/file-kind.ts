import { utf16Order } from './text-file.js'

/** What a file is by its first bytes. `other`: something with a known signature that is no spreadsheet. */
export type FileKind = 'zip' | 'compound' | 'biff' | 'markup' | 'text' | 'other' | 'empty'

const SIGNATURES: readonly (readonly [FileKind, string])[] = [
  ['zip', 'PK\x03\x04'],
  ['compound', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['biff', '\x09\x08'],
  ['biff', '\x09\x04\x06\x00'],
  ['biff', '\x09\x02\x06\x00'],
  ['other', '%PDF'],
  ['other', '{\\rtf'],
  ['other', '\x89PNG'],
  ['other', 'GIF8'],
  ['other', '\xff\xd8\xff'],
  ['other', 'Rar!'],
  ['other', '7z\xbc\xaf'],
  ['other', '\x1f\x8b'],
  ['other', 'BM'],
  ['other', 'II*\x00'],
  ['other', 'MZ'],
  ['other', '\x7fELF'],
]

const latin1 = (bytes: Uint8Array, count: number): string => Buffer.from(bytes.subarray(0, count)).toString('latin1')

/** Control characters that no text holds, in any of the encodings offices use. UTF-16 is asked for apart. */
const looksBinary = (head: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  (head.match(/[\x01-\x08\x0e-\x1f]/g) ?? []).length > head.length / 50

/** The answer is synchronous and knows only what matters here; file-type answers with a promise. */
export function fileKind(bytes: Uint8Array): FileKind {
  const head = latin1(bytes, 1024)
  if (/^[\s\0]*$/.test(latin1(bytes, 4096))) return 'empty'
  const known = SIGNATURES.find(([, signature]) => head.startsWith(signature))
  // "BM" and "MZ" also begin words: only with binary behind them are they a picture or a program.
  if (known && (known[1].length > 2 || looksBinary(head) || known[0] === 'biff')) return known[0]
  if (/^(\xef\xbb\xbf)?\s*<(\?xml|!doctype|html|head|meta|table|style|!--|body|div)/i.test(head)) return 'markup'
  return looksBinary(head) && utf16Order(bytes) === null ? 'other' : 'text'
}
