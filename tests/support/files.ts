import { crc32, deflateSync } from 'node:zlib'

const latin = (text: string): Buffer => Buffer.from(text, 'latin1')

/** One empty page, with a cross-reference table whose offsets are right. */
export function aPdf(words = ''): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>',
  ].map((body, n) => `${n + 1} 0 obj\n${body}\nendobj\n`)
  const head = `%PDF-1.4\n% ${words}\n`
  const offsets = objects.map((_, n) => (head + objects.slice(0, n).join('')).length)
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  const body = head + objects.join('')
  return latin(
    `${body}xref\n0 4\n0000000000 65535 f \n${table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`,
  )
}

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

/** A ZIP whose entries are stored as they are. */
function aZip(entries: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(entries)) {
    const data = Buffer.from(text)
    const sizes = Buffer.concat([u32(crc32(data)), u32(data.length), u32(data.length), u16(name.length), u16(0)])
    const common = Buffer.concat([u16(20), u16(0), u16(0), u16(0), u16(0x21)])
    const local = Buffer.concat([latin('PK\x03\x04'), common, sizes, latin(name), data])
    const tail = Buffer.concat([u16(0), u16(0), u16(0), u32(0), u32(at)])
    central.push(Buffer.concat([latin('PK\x01\x02'), u16(20), common, sizes, tail, latin(name)]))
    locals.push(local)
    at += local.length
  }
  const directory = Buffer.concat(central)
  const count = u16(central.length)
  const end = Buffer.concat([latin('PK\x05\x06'), u32(0), count, count, u32(directory.length), u32(at), u16(0)])
  return Buffer.concat([...locals, directory, end])
}

const TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'

/** A Word document of one paragraph. */
export const aDocx = (words = 'Tài liệu'): Buffer =>
  aZip({
    '[Content_Types].xml': `<Types xmlns="${TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="${MAIN}"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<w:document xmlns:w="${WORD}"><w:body><w:p><w:r><w:t>${words}</w:t></w:r></w:p></w:body></w:document>`,
  })

const u32be = (n: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(n)
  return bytes
}

/** A picture of one grey dot. */
export function aPng(): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([latin(type), data])
    return Buffer.concat([u32be(data.length), body, u32be(crc32(body))])
  }
  const header = Buffer.concat([u32be(1), u32be(1), Buffer.from([8, 0, 0, 0, 0])])
  return Buffer.concat([
    latin('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from([0, 128]))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
