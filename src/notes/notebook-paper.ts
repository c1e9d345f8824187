import { type Paper, printedPage } from '../conversation/printing.js'
import type { RoomDeps } from '../conversation/room.js'
import { dateIn } from '../core/dates.js'
import { outgoing } from '../messaging/outbox.js'
import { namesOf } from '../organization/people.js'
import { exported, meetingName } from './messages.js'
import { renderNotebook } from './notebook-sheet.js'
import { listNotes, meetingsOf } from './store.js'

/** One's own notes as one file, for nobody but the person who asked. */
export const notebookPaper = ({ zone }: Pick<RoomDeps, 'zone'>): Paper => ({
  name: 'notebook',
  failed: 'notes.export.failed',
  read: async (tx, now, { personId }) => {
    const notes = (await listNotes(tx, personId)).toReversed()
    const meetings = await meetingsOf(tx, notes)
    const name = (await namesOf(tx, [personId])).get(personId) ?? ''
    const today = dateIn(now, zone)
    return (t) => {
      const entries = notes.map(({ text, at, meetingId }) => ({
        title: meetingName(t, meetings.get(meetingId ?? '') ?? null),
        on: t.date(dateIn(at, zone), 'day-month-year'),
        text,
      }))
      return {
        ...printedPage(renderNotebook({ name, today, entries }, t)),
        fileName: `so-tay-${today}.html`,
        message: (file, rest) => outgoing(exported, { personId, ...file }, rest),
      }
    }
  },
})
