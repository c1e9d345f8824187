import type { Paper } from '../conversation/printing.js'
import type { RoomDeps } from '../conversation/room.js'
import type { Translate } from '../core/i18n.js'
import { findMeeting } from '../meetings/store.js'
import { outgoing } from '../messaging/outbox.js'
import { tableReady } from './messages.js'
import { XLSX_MIME } from './workbook.js'
import { readYear, type Year } from './year.js'
import { renderYearCsv } from './year-csv.js'
import { renderYearSheet } from './year-sheet.js'

type Form = Readonly<{
  mime: string
  render: (year: Year, t: Translate) => Uint8Array | Promise<Uint8Array>
}>

/** As which the attendance of a year is given. A contract with jobs that wait: `attendance-<form>`. */
export const TABLE_FORMS = ['xlsx', 'csv'] as const
export type TableForm = (typeof TABLE_FORMS)[number]

const FORMS: Readonly<Record<TableForm, Form>> = {
  xlsx: { mime: XLSX_MIME, render: renderYearSheet },
  csv: { mime: 'text/csv; charset=utf-8', render: renderYearCsv },
}

export const tablePaperName = (form: TableForm): string => `attendance-${form}`

/** The year of the job's meeting. Papers of the Party are in Vietnamese, and so is this one. */
const tablePaper = (form: TableForm, { translations }: Pick<RoomDeps, 'translations'>): Paper => ({
  name: tablePaperName(form),
  failed: 'papers.failed',
  read: async (tx, now, job) => {
    const meeting = await findMeeting(tx, job.subjectId ?? '')
    if (!meeting) return null
    const year = await readYear(tx, meeting, now)
    const { mime, render } = FORMS[form]
    return async () => ({
      mime,
      bytes: await render(year, translations.for('vi')),
      fileName: `diem-danh-${year.year}.${form}`,
      message: (file, rest) =>
        outgoing(
          tableReady,
          { unitId: meeting.cellId, form, year: year.year, meetings: year.meetings.length, ...file },
          rest,
        ),
    })
  },
})

export const yearPapers = (deps: Pick<RoomDeps, 'translations'>): Paper[] =>
  TABLE_FORMS.map((form) => tablePaper(form, deps))
