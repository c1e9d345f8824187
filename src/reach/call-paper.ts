import { type Paper, printedPage } from '../conversation/printing.js'
import { dateIn } from '../core/dates.js'
import { getCell } from '../meetings/cell.js'
import { getMeeting } from '../meetings/store.js'
import { outgoing } from '../messaging/outbox.js'
import { renderSheet } from './call-sheet.js'
import { listCalls } from './calls.js'
import { shapeOfFate, whyWords } from './fate-shape.js'
import { meetingLine, sheetReady } from './messages-calls.js'

/** The call list as it stands when it is made. */
export const callPaper: Paper = {
  name: 'call-list',
  failed: 'reach.sheet.failed',
  read: async (tx, now, job) => {
    const meeting = await getMeeting(tx, job.unitId, job.subjectId ?? '')
    const cell = await getCell(tx, meeting.cellId)
    const calls = await listCalls(tx, meeting, now)
    const today = dateIn(now, meeting.zone)
    return (t) => {
      const lines = calls.map(({ label, phone, because, fate, asked }) => ({
        name: label,
        phone,
        asked,
        why: whyWords(t, because, shapeOfFate(fate, meeting.zone), today),
      }))
      return {
        ...printedPage(renderSheet({ unit: cell.name, meeting: meetingLine(t, meeting), today, lines }, t)),
        fileName: `goi-dien-${meeting.day}.html`,
        message: (file, rest) => outgoing(sheetReady, { unitId: cell.id, count: lines.length, ...file }, rest),
      }
    }
  },
}
