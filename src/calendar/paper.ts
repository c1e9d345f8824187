import type { Paper } from '../conversation/printing.js'
import type { Zone } from '../core/dates.js'
import { outgoing } from '../messaging/outbox.js'
import { feedText } from './calendar-text.js'
import { calendarFile } from './messages.js'
import { readFeed } from './store.js'

/** Somebody's own meetings as a file: the calendar as it stands, where no address can be given. */
export const calendarPaper = (zone: Zone): Paper => ({
  name: 'calendar',
  failed: 'calendar.file.failed',
  read: async (tx, now, { personId }) => {
    const feed = await readFeed(tx, now, { personId, cellId: null }, zone)
    return (t) => ({
      mime: 'text/calendar',
      bytes: new TextEncoder().encode(feedText({ ...feed, name: t('calendar.name') }, t, now)),
      fileName: 'lich-hop.ics',
      message: (file, rest) => outgoing(calendarFile, file, rest),
    })
  },
})
