import { z } from 'zod'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice } from '../messaging/vocabulary.js'
import { sealPage } from '../pages/tokens.js'

const renewing = (unitId: string | null, t: Translate): Choice => ({
  label: t('calendar.feed.renew'),
  ...(unitId ? { command: 'calendar.renew-cell', args: { unitId } } : { command: 'calendar.renew', args: {} }),
})

/** The address of a calendar: in the text, because a phone wants it typed or pasted. */
export const feedMessage = renderer(
  'calendar.feed',
  1,
  z.object({ feedId: z.string(), cell: z.object({ unitId: z.string(), name: z.string() }).nullable() }),
  ({ feedId, cell }, t) => ({
    heading: cell ? t('calendar.feed.of-cell', { cell: cell.name }) : t('calendar.feed.own'),
    text: [t('calendar.feed.how'), '', sealPage('feed', feedId), '', t('calendar.feed.secret')].join('\n'),
    choices: [[renewing(cell?.unitId ?? null, t)]],
  }),
)

/** The calendar as a file, for those whose phone fetches nothing. */
export const calendarFile = renderer(
  'calendar.file',
  1,
  z.object({ sha256: z.string(), fileName: z.string() }),
  ({ sha256, fileName }, t) => ({
    text: t('calendar.file.text'),
    attachment: { sha256, fileName },
  }),
)
