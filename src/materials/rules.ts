/** What a file really is, by its bytes. */
export type FileKind =
  | 'pdf'
  | 'docx'
  | 'pptx'
  | 'xlsx'
  | 'doc'
  | 'ppt'
  | 'xls'
  | 'png'
  | 'jpeg'
  | 'gif'
  | 'webp'
  | 'heic'

const OFFICE = 'application/vnd.openxmlformats-officedocument'

export const MIME: Readonly<Record<FileKind, string>> = {
  pdf: 'application/pdf',
  docx: `${OFFICE}.wordprocessingml.document`,
  pptx: `${OFFICE}.presentationml.presentation`,
  xlsx: `${OFFICE}.spreadsheetml.sheet`,
  doc: 'application/msword',
  ppt: 'application/vnd.ms-powerpoint',
  xls: 'application/vnd.ms-excel',
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  heic: 'image/heic',
}

const KIND_OF_EXTENSION: Readonly<Record<string, FileKind>> = {
  ...Object.fromEntries(Object.keys(MIME).map((kind) => [kind, kind as FileKind])),
  jpg: 'jpeg',
  heif: 'heic',
}

const starts = (bytes: Buffer, text: string, at = 0): boolean =>
  bytes.subarray(at, at + text.length).toString('latin1') === text

/** Names inside a ZIP are not compressed; a package with macros is none of ours. */
function kindOfZip(bytes: Buffer): FileKind | null {
  if (!bytes.includes('[Content_Types].xml') || bytes.includes('vbaProject.bin')) return null
  if (bytes.includes('word/document.xml')) return 'docx'
  if (bytes.includes('ppt/presentation.xml')) return 'pptx'
  return bytes.includes('xl/workbook.xml') ? 'xlsx' : null
}

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le')

/** Old office files are compound files (MS-CFB): the name of the main stream tells which. */
function kindOfCompound(bytes: Buffer): FileKind | null {
  if (bytes.includes(utf16('EncryptedPackage'))) return null
  if (bytes.includes(utf16('WordDocument'))) return 'doc'
  if (bytes.includes(utf16('PowerPoint Document'))) return 'ppt'
  return bytes.includes(utf16('Workbook')) || bytes.includes(utf16('Book')) ? 'xls' : null
}

/** The kind of a whole file, or null for what is not taken (also encrypted or macro-carrying office files). */
export function kindOfBytes(content: Uint8Array): FileKind | null {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  // PDF readers accept the header anywhere in the first 1024 bytes (ISO 32000-1, annex H)
  if (bytes.subarray(0, 1024).includes('%PDF-')) return 'pdf'
  if (starts(bytes, '\x89PNG\r\n\x1a\n')) return 'png'
  if (starts(bytes, '\xff\xd8\xff')) return 'jpeg'
  if (starts(bytes, 'GIF8')) return 'gif'
  if (starts(bytes, 'RIFF') && starts(bytes, 'WEBP', 8)) return 'webp'
  if (starts(bytes, 'ftyp', 4) && /^(?:heic|heix|mif1|msf1|heif)/.test(bytes.subarray(8, 12).toString('latin1')))
    return 'heic'
  if (starts(bytes, 'PK\x03\x04')) return kindOfZip(bytes)
  return starts(bytes, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') ? kindOfCompound(bytes) : null
}

/** Lower case, without the dot; empty where the name has none. */
export const extensionOf = (fileName: string): string => /\.([^.\s/\\]{1,8})$/.exec(fileName)?.[1]?.toLowerCase() ?? ''

/** Whether a name promises a kind that is taken, before anything is fetched. A name without extension may be anything. */
export const isPlausibleName = (fileName: string): boolean => {
  const extension = extensionOf(fileName)
  return extension === '' || extension in KIND_OF_EXTENSION
}

export type FileCheck =
  /** `fileName`: with an extension, where the sender's had none. */
  | Readonly<{ kind: 'accepted'; type: FileKind; mime: string; fileName: string }>
  /** The bytes are another kind than the name says; `real` null: none that is taken. */
  | Readonly<{ kind: 'mismatch'; claimed: string; real: FileKind | null }>
  | Readonly<{ kind: 'unsupported'; claimed: string }>
  | Readonly<{ kind: 'empty' }>

export function checkFile(fileName: string, content: Uint8Array): FileCheck {
  if (content.byteLength === 0) return { kind: 'empty' }
  const extension = extensionOf(fileName)
  if (!isPlausibleName(fileName)) return { kind: 'unsupported', claimed: extension }
  const real = kindOfBytes(content)
  if (!real && extension === '') return { kind: 'unsupported', claimed: '' }
  if (!real || (extension !== '' && KIND_OF_EXTENSION[extension] !== real))
    return { kind: 'mismatch', claimed: extension, real }
  return { kind: 'accepted', type: real, mime: MIME[real], fileName: extension ? fileName : `${fileName}.${real}` }
}

export type LinkRefusal = 'materials.error.link_invalid' | 'materials.error.link_not_https'
export type LinkCheck = Readonly<{ kind: 'accepted'; url: string }> | Readonly<{ kind: 'refused'; code: LinkRefusal }>

const MAX_LINK = 2000

const isPublicHost = (host: string): boolean =>
  /^[\p{L}\d.-]+\.[\p{L}][\p{L}\d-]+$/u.test(host) && !/\.(?:local|internal|localhost)$/.test(host)

/**
 * A link that members may be sent: https, a public host by name, no user or password in it.
 * The national app's links are links like any other: as good as a file.
 */
export function checkLink(text: string): LinkCheck {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null
  if (!url || text.length > MAX_LINK) return { kind: 'refused', code: 'materials.error.link_invalid' }
  if (url.protocol !== 'https:') return { kind: 'refused', code: 'materials.error.link_not_https' }
  const isClean = url.username === '' && url.password === '' && isPublicHost(url.hostname)
  return isClean ? { kind: 'accepted', url: url.href } : { kind: 'refused', code: 'materials.error.link_invalid' }
}

const MIN_TITLE = 3
const MAX_TITLE = 200

/** One line, NFC, 3–200 characters with at least two letters; or null. */
export function parseTitle(text: string): string | null {
  const title = text
    .normalize('NFC')
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const isTitle = title.length >= MIN_TITLE && title.length <= MAX_TITLE && /\p{L}.*\p{L}/u.test(title)
  return isTitle ? title : null
}

/** What to offer as a title where none was given: the file's name as words. */
export const titleFromFileName = (fileName: string): string | null =>
  parseTitle(fileName.replace(/\.[^.\s]{1,8}$/, '').replace(/[_]+|(?<=\p{L})-+(?=\p{L})/gu, ' '))
