import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next, { type TOptions } from 'i18next'
import { type DateStyle, formatDate, formatDateTime } from './date-words.js'
import type { PlainDate, WallTime } from './dates.js'
import type { MessageKey } from './message-keys.js'

export const LOCALES = ['vi', 'en'] as const
export type Locale = (typeof LOCALES)[number]

export const isLocale = (value: string): value is Locale => (LOCALES as readonly string[]).includes(value)

/** Words bound to one recipient's language. `t('meetings.moved', {...})`: the first segment is the room's file. */
export type Translate = {
  (key: MessageKey, params?: TOptions): string
  readonly locale: Locale
  /** The one place that prints dates. */
  date: (date: PlainDate, style?: DateStyle) => string
  /** "19:30 thứ Năm 03/12/2026" as the reader's language orders it. */
  dateTime: (date: PlainDate, time: WallTime) => string
  /** For keys that are made of data (a state, a role): checked at run time, throws on an unknown one. */
  dynamic: (key: string, params?: TOptions) => string
}

export type Translations = Readonly<{ for: (locale: Locale) => Translate }>

const readLocale = (directory: string): Record<string, unknown> =>
  Object.fromEntries(
    readdirSync(directory)
      .filter((file) => file.endsWith('.json'))
      .map((file) => [file.slice(0, -5), JSON.parse(readFileSync(join(directory, file), 'utf8'))]),
  )

/** A text between its placeholders: words, name, words, name, …, words. */
type Pieces = readonly string[]

const piecesOf = (text: string): Pieces => text.split(/{{\s*(\w+)\s*}}/)

/** What a value says is not read again: a name with braces stays what it is. */
const fill = (pieces: Pieces, params: Readonly<Record<string, unknown>>): string =>
  pieces.map((one, n) => (n % 2 === 0 ? one : one in params ? String(params[one] ?? '') : `{{${one}}}`)).join('')

/** What chooses between forms of a text: only i18next knows how. */
const isOfForms = (params: TOptions): boolean => 'count' in params || 'context' in params

/** Reads `locales/<language>/<room>.json`. A key that is missing in a language falls back to Vietnamese, the base. */
export function loadTranslations(directory: string): Translations {
  const instance = i18next.createInstance({
    fallbackLng: 'vi',
    initAsync: false,
    interpolation: { escapeValue: false },
    resources: Object.fromEntries(
      LOCALES.map((locale) => [locale, { translation: readLocale(join(directory, locale)) }]),
    ),
  })
  void instance.init()
  const bind = (locale: Locale): Translate => {
    const fixed = instance.getFixedT(locale)
    // i18next reads a text anew at every use: that is most of what wording a message costs.
    const known = new Map<string, Pieces>()
    const checked = (key: string, text: unknown): string => {
      if (typeof text !== 'string' || text === key) throw new Error(`no text for ${key} in ${locale}`)
      return text
    }
    const learn = (key: string): Pieces => {
      const pieces = piecesOf(checked(key, fixed(key, { skipInterpolation: true })))
      known.set(key, pieces)
      return pieces
    }
    const plain = (key: string, params: TOptions = {}): string =>
      isOfForms(params) ? checked(key, fixed(key, params)) : fill(known.get(key) ?? learn(key), params)
    return Object.assign(plain as (key: MessageKey, params?: TOptions) => string, {
      locale,
      dynamic: plain,
      date: (date: PlainDate, style: DateStyle = 'weekday-day-month') => formatDate(date, style, locale),
      dateTime: (date: PlainDate, time: WallTime) => formatDateTime(date, time, locale),
    })
  }
  const bound = { vi: bind('vi'), en: bind('en') }
  return { for: (locale) => bound[locale] }
}
