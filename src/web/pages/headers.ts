import type { Context, MiddlewareHandler } from 'hono'
import type { Translate } from '../../core/i18n.js'
import { isLocale } from '../../core/i18n.js'
import type { PagesHouse } from './house.js'
import { PAGE_CSP } from './layout.js'

/** Nothing of a page is kept, indexed, framed or told to the next one: its address is a key. */
const HEADERS = {
  'Content-Security-Policy': PAGE_CSP,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex, nofollow',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

export const strict: MiddlewareHandler = async (c: Context, next) => {
  for (const [name, value] of Object.entries(HEADERS)) c.header(name, value)
  await next()
}

/** In the reader's language; of a stranger we know none. */
export const wordsFor = (house: PagesHouse, locale: string | null): Translate =>
  house.translations.for(locale && isLocale(locale) ? locale : house.defaultLocale)
