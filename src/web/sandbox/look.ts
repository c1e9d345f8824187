import type { Locale, Translate } from '../../core/i18n.js'
import type { Assets } from './assets.js'
import type { Moment } from './types.js'

/** How a page is drawn for one reader. `lang`: set where it is not the default, and carried on in every address. */
export type Look = Readonly<{ t: Translate; lang: Locale | null; assets: Assets }>

function query(look: Look, person: string | null, extra: Readonly<Record<string, string>>): string {
  const params = new URLSearchParams({
    ...(person ? { person } : {}),
    ...(look.lang ? { lang: look.lang } : {}),
    ...extra,
  })
  return params.size > 0 ? `?${params}` : ''
}

/** The page with this person chosen. */
export const addressOf = (look: Look, person: string | null, extra: Readonly<Record<string, string>> = {}): string =>
  `/sandbox${query(look, person, extra)}`

/** Where a form goes: the chosen person travels in the address. */
export const actionOf = (
  look: Look,
  action: 'say' | 'clock' | 'reset',
  person: string | null,
  extra: Readonly<Record<string, string>> = {},
): string => `/sandbox/${action}${query(look, person, extra)}`

/** "19:30 · thứ Năm 03/12". */
export const momentWords = ({ t }: Look, at: Moment): string => `${at.time} · ${t.date(at.day)}`
