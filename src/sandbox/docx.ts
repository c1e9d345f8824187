import { crc32 } from 'node:zlib'

type Part = Readonly<{ name: string; text: string }>

const u16 = (n: number): Buffer => {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(n)
  return bytes
}
const u32 = (n: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(n)
  return bytes
}

/** A day in DOS form (1 January 2026): a fixed one, so that the same text always makes the same file. */
const DOS_DAY = ((2026 - 1980) << 9) | (1 << 5) | 1
const UTF8_NAMES = 0x0800

/** The fields that stand both before a part and in the directory at the end (APPNOTE.TXT 4.3.7, 4.3.12). */
const fieldsOf = (name: Buffer, body: Buffer): Buffer =>
  Buffer.concat([
    u16(20),
    u16(UTF8_NAMES),
    u16(0),
    u16(0),
    u16(DOS_DAY),
    u32(crc32(body)),
    u32(body.length),
    u32(body.length),
    u16(name.length),
    u16(0),
  ])

/** A ZIP whose parts are stored as they are: enough for an office file of a few kilobytes. */
function zip(parts: readonly Part[]): Uint8Array {
  const before: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const name = Buffer.from(part.name)
    const body = Buffer.from(part.text)
    const fields = fieldsOf(name, body)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, name, body])
    before.push(local)
    directory.push(Buffer.from('PK\x01\x02'), u16(20), fields, Buffer.alloc(10), u32(offset), name)
    offset += local.length
  }
  const index = Buffer.concat(directory)
  const count = u16(parts.length)
  const end = [Buffer.from('PK\x05\x06'), u32(0), count, count, u32(index.length), u32(offset), u16(0)]
  return new Uint8Array(Buffer.concat([...before, index, ...end]))
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const paragraph = (text: string, bold: boolean): string =>
  `<w:p><w:r>${bold ? '<w:rPr><w:b/><w:sz w:val="30"/></w:rPr>' : ''}<w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`

/** The smallest Word file there is: a title and paragraphs. For the example organisation, not for papers. */
export const makeDocx = (title: string, paragraphs: readonly string[]): Uint8Array =>
  zip([
    {
      name: '[Content_Types].xml',
      text: `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      text: `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}" Target="word/document.xml"/></Relationships>`,
    },
    {
      name: 'word/document.xml',
      text: `${HEAD}<w:document xmlns:w="${WORD}"><w:body>${paragraph(title, true)}${paragraphs.map((one) => paragraph(one, false)).join('')}</w:body></w:document>`,
    },
  ])
