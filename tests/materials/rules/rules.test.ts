import { expect, test } from 'vitest'
import {
  checkFile,
  checkLink,
  isPlausibleName,
  kindOfBytes,
  parseTitle,
  titleFromFileName,
} from '../../../src/materials/rules.js'

const latin = (text: string): Buffer => Buffer.from(text, 'latin1')
const zip = (...names: string[]): Buffer => latin(`PK\x03\x04....[Content_Types].xml....${names.join('....')}`)
const compound = (stream: string): Buffer =>
  Buffer.concat([latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), Buffer.alloc(504), Buffer.from(stream, 'utf16le')])

const REAL = {
  pdf: latin('%PDF-1.7\n'),
  docx: zip('word/document.xml'),
  pptx: zip('ppt/presentation.xml'),
  xlsx: zip('xl/workbook.xml'),
  doc: compound('WordDocument'),
  ppt: compound('PowerPoint Document'),
  xls: compound('Workbook'),
  png: latin('\x89PNG\r\n\x1a\n'),
  jpeg: latin('\xff\xd8\xff\xe0'),
  gif: latin('GIF89a'),
  webp: latin('RIFF....WEBPVP8 '),
  heic: latin('....ftypheic'),
}

test.each(Object.entries(REAL))('%s is known by its bytes and accepted under its own name', (kind, bytes) => {
  expect(kindOfBytes(bytes)).toBe(kind)
  expect(checkFile(`Tài liệu.${kind}`, bytes)).toMatchObject({ kind: 'accepted', type: kind })
})

test('a picture may be called jpg, and a file without extension gets its own', () => {
  expect(checkFile('anh.JPG', REAL.jpeg)).toMatchObject({ kind: 'accepted', fileName: 'anh.JPG' })
  expect(checkFile('Nghị quyết', REAL.pdf)).toMatchObject({ kind: 'accepted', fileName: 'Nghị quyết.pdf' })
})

test('a file that is not what it says is told apart from a kind that is not taken', () => {
  expect(checkFile('bao-cao.pdf', REAL.docx)).toEqual({ kind: 'mismatch', claimed: 'pdf', real: 'docx' })
  expect(checkFile('bao-cao.pdf', latin('MZ\x90'))).toEqual({ kind: 'mismatch', claimed: 'pdf', real: null })
  expect(checkFile('phan-mem.exe', latin('MZ\x90'))).toEqual({ kind: 'unsupported', claimed: 'exe' })
  expect(checkFile('khong-ten', latin('MZ\x90'))).toEqual({ kind: 'unsupported', claimed: '' })
  expect(checkFile('a.pdf', Buffer.alloc(0))).toEqual({ kind: 'empty' })
  expect(isPlausibleName('phim.mp4')).toBe(false)
})

test('office files with macros or a password are not taken', () => {
  expect(checkFile('a.docx', zip('word/document.xml', 'word/vbaProject.bin'))).toMatchObject({
    kind: 'mismatch',
    real: null,
  })
  expect(checkFile('a.docx', compound('EncryptedPackage'))).toMatchObject({ kind: 'mismatch', real: null })
})

test.each([
  ['https://sotaydangvien.example.vn/tai-lieu/12', 'accepted'],
  [' https://drive.example.com/x?y=1 ', 'accepted'],
  ['http://example.vn/a', 'materials.error.link_not_https'],
  ['ftp://example.vn/a', 'materials.error.link_not_https'],
  ['javascript:alert(1)', 'materials.error.link_not_https'],
  ['https://user:pass@example.vn', 'materials.error.link_invalid'],
  ['https://127.0.0.1/a', 'materials.error.link_invalid'],
  ['https://[::1]/a', 'materials.error.link_invalid'],
  ['https://localhost/a', 'materials.error.link_invalid'],
  ['https://may.local/a', 'materials.error.link_invalid'],
  ['tài liệu', 'materials.error.link_invalid'],
  [`https://example.vn/${'a'.repeat(2000)}`, 'materials.error.link_invalid'],
])('the link %s: %s', (text, expected) => {
  const check = checkLink(text)
  expect(check.kind === 'accepted' ? 'accepted' : check.code).toBe(expected)
})

test('a title is one line of 3 to 200 characters with letters', () => {
  expect(parseTitle('  Nghị quyết\n tháng 12 ')).toBe('Nghị quyết tháng 12')
  expect(parseTitle('Nghị quyết'.normalize('NFD'))).toBe('Nghị quyết')
  for (const bad of ['', 'ab', '1234', '...', 'a'.repeat(201)]) expect(parseTitle(bad)).toBeNull()
  expect(titleFromFileName('Nghi_quyet-thang-12.docx')).toBe('Nghi quyet thang-12')
})
