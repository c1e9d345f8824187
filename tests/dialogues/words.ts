import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LOCALES, type Locale } from '../../src/core/i18n.js'

type Tree = { readonly [key: string]: string | Tree }

const directory = join(import.meta.dirname, '../../locales')

const read = (locale: Locale): Tree =>
  Object.fromEntries(
    readdirSync(join(directory, locale)).map((file) => [
      file.slice(0, -5),
      JSON.parse(readFileSync(join(directory, locale, file), 'utf8')) as Tree,
    ]),
  )

const trees = Object.fromEntries(LOCALES.map((locale) => [locale, read(locale)])) as Record<Locale, Tree>

/** A key's text as it stands in the file, in all its forms of number. */
function textsOf(locale: Locale, key: string): string[] {
  const parts = key.split('.')
  const last = parts.pop() ?? ''
  const branch = parts.reduce<string | Tree | undefined>(
    (tree, part) => (typeof tree === 'object' ? tree[part] : undefined),
    trees[locale],
  )
  const texts = ['', '_one', '_other'].flatMap((form) => {
    const text = typeof branch === 'object' ? branch[last + form] : undefined
    return typeof text === 'string' ? [text] : []
  })
  if (texts.length === 0) throw new Error(`no text ${key} in ${locale}`)
  return texts
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const sourceOf = (text: string): string =>
  text
    .split(/{{\s*\w+\s*}}/)
    .map(escaped)
    .join('[\\s\\S]*?')

/** Finds a key's sentence with whatever stands in its gaps. */
export const sentence = (locale: Locale, key: string): RegExp =>
  new RegExp(textsOf(locale, key).map(sourceOf).join('|'))

/** The whole of a label; a long one may be cut. */
export function label(locale: Locale, key: string): (shown: string) => boolean {
  const whole = new RegExp(`^(?:[1-4] )?(?:${textsOf(locale, key).map(sourceOf).join('|')})$`)
  const beginnings = textsOf(locale, key).map((text) => text.split('{{')[0] ?? '')
  return (shown) =>
    whole.test(shown) ||
    (shown.endsWith('…') && beginnings.some((text) => text !== '' && text.startsWith(shown.slice(0, -1))))
}
