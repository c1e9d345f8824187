import fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { detectLetters, toUnicode } from '../../src/organization/roster/letters/letters.js'
import { decodeTcvn3 } from '../../src/organization/roster/letters/tcvn3.js'
import { decodeVni } from '../../src/organization/roster/letters/vni.js'
import { readName } from '../../src/organization/roster/read-name.js'
import { decodeText } from '../../src/organization/roster/text-file.js'
import { toTcvn3, toVni, toWindows1258, VIETNAMESE_LETTERS } from '../support/roster-letters.js'

test('there are 67 small letters with marks', () => expect(VIETNAMESE_LETTERS).toHaveLength(67))

test.each(VIETNAMESE_LETTERS)('%s comes back from TCVN3, VNI and Windows-1258', (letter) => {
  const capital = letter.toUpperCase()
  expect(decodeTcvn3(toTcvn3(letter))).toBe(letter)
  expect(decodeTcvn3(toTcvn3(capital)).toUpperCase()).toBe(capital)
  expect(decodeVni(toVni(letter))).toBe(letter)
  expect(decodeVni(toVni(capital))).toBe(capital)
  expect(iconv.decode(toWindows1258(letter + capital), 'windows-1258').normalize('NFC')).toBe(letter + capital)
})

const NAMES =
  'Nguyễn Thị Hồng Ánh|Trần Văn Dũng|Lê Hoàng Phước|Đặng Thuỳ Dương|Huỳnh Quốc Việt|Phạm Ngọc Bích|Võ Thành Đạt|Bùi Xuân Trường'.split(
    '|',
  )

const names = fc.array(fc.constantFrom(...NAMES), { minLength: 3, maxLength: 30 })

test('a list of names tells its own encoding', () =>
  fc.assert(
    fc.property(names, (list) => {
      const text = list.join('\n')
      expect(detectLetters(list)).toBe('unicode')
      expect(detectLetters(list.map(toTcvn3))).toBe('tcvn3')
      expect(detectLetters(list.map(toVni))).toBe('vni')
      expect(list.map((name) => toUnicode(toVni(name), 'vni'))).toEqual(list)
      expect(list.map((name) => readName(toUnicode(toTcvn3(name), 'tcvn3')))).toEqual(list)
      expect(decodeText(toWindows1258(text))).toEqual({ text, encoding: 'windows-1258' })
      expect(decodeText(Buffer.from(text)).text).toBe(text)
    }),
  ))

test('a Unicode text in a TCVN3 file stays', () => {
  expect(toUnicode('Đặng Thuỳ Dương', 'tcvn3')).toBe('Đặng Thuỳ Dương')
})
