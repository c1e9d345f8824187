import type { Conversation } from '../../conversation/handle.js'
import type { Identify, May } from '../../conversation/types.js'
import type { Zone } from '../../core/dates.js'
import type { Locale, Translations } from '../../core/i18n.js'
import type { Log } from '../../core/log.js'
import type { Db, Tx } from '../../database/client.js'
import type { Blobs } from '../../messaging/blobs.js'

/** What the pages need of the house behind them. */
export type PagesHouse = Readonly<{
  db: Db
  now: () => Date
  /** One transaction; `run` does something as one person, in their chat. */
  act: <T>(work: (tx: Tx, now: Date, run: Conversation['run']) => Promise<T>) => Promise<T>
  identify: Identify
  permissions: May
  blobs: Blobs
  translations: Translations
  defaultLocale: Locale
  codeKey: Uint8Array
  zone: Zone
  log: Log
}>
