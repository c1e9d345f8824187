import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const LOCALES = join(import.meta.dirname, '../../locales')

type Tree = { [key: string]: string | Tree }

/** Every text by its key; plural endings are one key, as a caller writes it. */
function textsOf(tree: Tree, prefix = ''): Map<string, string[]> {
  const texts = new Map<string, string[]>()
  for (const [name, value] of Object.entries(tree)) {
    const key = `${prefix}${name}`.replace(/_(one|other)$/, '')
    if (typeof value === 'string') texts.set(key, [...(texts.get(key) ?? []), value])
    else for (const [inner, all] of textsOf(value, `${prefix}${name}.`)) texts.set(inner, all)
  }
  return texts
}

const read = (language: string, file: string): Map<string, string[]> =>
  textsOf(JSON.parse(readFileSync(join(LOCALES, language, file), 'utf8')))

const placeholders = (texts: readonly string[]): string[] =>
  [...new Set(texts.flatMap((text) => text.match(/\{\{[^}]+\}\}/g) ?? []))].sort()

describe.each(readdirSync(join(LOCALES, 'vi')))('%s', (file) => {
  const vi = read('vi', file)
  const en = read('en', file)

  test('has the same keys in both languages', () => {
    expect([...en.keys()].sort()).toEqual([...vi.keys()].sort())
  })

  test('has the same placeholders in both languages', () => {
    const differing = [...vi].filter(([key, texts]) => {
      const other = placeholders(en.get(key) ?? [])
      return placeholders(texts).join() !== other.join()
    })
    expect(differing.map(([key]) => key)).toEqual([])
  })

  test('says nothing empty, and is composed Unicode', () => {
    for (const texts of [...vi.values(), ...en.values()].flat()) {
      expect(texts.trim()).not.toBe('')
      expect(texts).toBe(texts.normalize('NFC'))
    }
  })
})

test('both languages have the same files', () => {
  expect(readdirSync(join(LOCALES, 'en'))).toEqual(readdirSync(join(LOCALES, 'vi')))
})

const VIETNAMESE = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/iu
/** Names of things: the service, a language, a column of somebody's spreadsheet, the sign of a decision. */
const NAMES = /Kỳ Họp|Tiếng Việt|Ngôn ngữ|“Họ và tên”|“Đơn vị”|“Chi bộ”|“Nam”|“Nữ”|12-QĐ\/ĐU/gu

/** Whoever does not read Vietnamese would not know what to write in the place of an example. */
test('English texts hold no Vietnamese, but names of things', () => {
  const mixed = readdirSync(join(LOCALES, 'en')).flatMap((file) =>
    [...read('en', file)].flatMap(([key, texts]) =>
      texts.some((text) => VIETNAMESE.test(text.replace(NAMES, ''))) ? [`${file} ${key}: ${texts.join(' | ')}`] : [],
    ),
  )
  expect(mixed).toEqual([])
})
