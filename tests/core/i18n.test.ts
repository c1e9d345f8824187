import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next from 'i18next'
import { describe, expect, test } from 'vitest'
import { LOCALES, type Locale, loadTranslations } from '../../src/core/i18n.js'

const DIRECTORY = join(import.meta.dirname, '../../locales')
const translations = loadTranslations(DIRECTORY)
const vi = translations.for('vi')

type Tree = { [key: string]: string | Tree }

const textsOf = (tree: Tree, prefix = ''): [key: string, text: string][] =>
  Object.entries(tree).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + name, value]] : textsOf(value, `${prefix}${name}.`),
  )

const readAll = (locale: Locale): Tree =>
  Object.fromEntries(
    readdirSync(join(DIRECTORY, locale)).map((file) => [
      file.slice(0, -5),
      JSON.parse(readFileSync(join(DIRECTORY, locale, file), 'utf8')),
    ]),
  )

describe.each(LOCALES)('%s', (locale) => {
  test('every text without forms is what i18next makes of it', async () => {
    const tree = readAll(locale)
    const theirs = i18next.createInstance()
    await theirs.init({
      lng: locale,
      resources: { [locale]: { translation: tree } },
      interpolation: { escapeValue: false },
    })
    const texts = textsOf(tree).filter(([, text]) => !text.includes('{{count}}'))
    expect(texts.length).toBeGreaterThan(500)
    for (const [key, text] of texts) {
      const params = Object.fromEntries([...text.matchAll(/{{(\w+)}}/g)].map(([, name = ''], n) => [name, `<${n}>`]))
      expect(translations.for(locale).dynamic(key, params)).toBe(theirs.t(key, params))
    }
  })
})

test('what a value says is not read again', () => {
  for (const name of ['{{name}}', '$t(common.addressed)', '$1 $& $`'])
    expect(vi('common.addressed', { name })).toBe(vi('common.addressed', { name: 'X' }).replace('X', () => name))
})

test('forms go by the count', () => {
  const en = translations.for('en')
  expect(en('attendance.rollcall.rest', { count: 1 })).not.toBe(en('attendance.rollcall.rest', { count: 2 }))
})

test('an unknown key is a mistake each time', () => {
  for (const _ of [1, 2]) expect(() => vi.dynamic('common.no-such-key')).toThrow('no text for common.no-such-key in vi')
  expect(() => vi.dynamic('common.no-such-key', { count: 1 })).toThrow()
})
