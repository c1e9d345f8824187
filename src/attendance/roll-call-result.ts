import { z } from 'zod'
import { dateIn, timeIn } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice } from '../messaging/vocabulary.js'
import { attendanceBand, formatPercent, hasAttended, tallyByStanding } from './counting.js'
import { meetingShape, meetingWords, REASONS, shapeOf } from './messages-answer.js'
import { countsLine, feesLine, MARKS } from './messages-roll-call.js'
import type { Sheet } from './roll-call-sheet.js'

const rate = z.object({ part: z.number(), whole: z.number() })
const names = z.array(z.string())

const schema = z.object({
  unitId: z.string(),
  meeting: meetingShape,
  because: z.enum(['confirmed', 'already', 'view']),
  states: z.array(z.enum(MARKS)),
  full: rate,
  probationary: rate,
  excused: z.array(z.object({ label: z.string(), reasonKind: z.enum(REASONS).nullable() })),
  unexcused: names,
  guests: names,
  feesPaid: z.number().default(0),
  by: z.string(),
  at: z.object({ day: meetingShape.shape.day, time: meetingShape.shape.time }),
  corrections: z.number(),
  manages: z.boolean(),
  /** Who says that their mark is wrong. */
  objections: z.array(z.object({ id: z.string(), label: z.string() })).default([]),
  /** How many may be told that they were absent; 0 where nobody is, or the cell does not want it. */
  release: z.number().default(0),
})
type Result = z.infer<typeof schema>

/** What a confirmed sheet comes to. Null while it is open. */
export function resultOf(sheet: Sheet, how: Pick<Result, 'because' | 'manages'>): Result | null {
  const { meeting, lines, confirmed } = sheet
  if (!confirmed) return null
  const { full, probationary } = tallyByStanding(lines)
  return {
    ...how,
    unitId: meeting.cellId,
    meeting: shapeOf(meeting),
    states: lines.map((one) => one.state),
    full: full.rate,
    probationary: probationary.rate,
    excused: lines.filter((one) => one.state === 'excused').map(({ label, reasonKind }) => ({ label, reasonKind })),
    unexcused: lines.filter((one) => one.state === 'unexcused').map((one) => one.label),
    guests: sheet.guests.map((one) => one.name),
    feesPaid: lines.filter((one) => one.feePaid).length,
    by: confirmed.by,
    at: { day: dateIn(confirmed.at, meeting.zone), time: timeIn(confirmed.at, meeting.zone) },
    corrections: sheet.corrections,
    objections: sheet.objections.map(({ id, label }) => ({ id, label })),
    release: sheet.tellsAbsent && !sheet.releasedAt ? lines.filter((one) => !hasAttended(one.state)).length : 0,
  }
}

/** The attendance points of the score sheet, with the reason: an unexcused absence weighs more than any rate. */
function bandLine(t: Translate, { states }: Result): string[] {
  const unexcused = states.filter((state) => state === 'unexcused').length
  const attended = states.filter((state) => state === 'present' || state === 'late' || state === 'online').length
  const band = attendanceBand({ part: attended, whole: states.length }, unexcused)
  if (band === null) return []
  return [t(unexcused > 0 ? 'attendance.rollcall.band.unexcused' : `attendance.rollcall.band.${band}`)]
}

const apart = (t: Translate, { full, probationary }: Result): string[] =>
  probationary.whole > 0
    ? [
        t('attendance.rollcall.apart', {
          full: `${full.part}/${full.whole}`,
          probationary: `${probationary.part}/${probationary.whole}`,
          fullRate: formatPercent(full, t.locale) ?? '–',
          probationaryRate: formatPercent(probationary, t.locale) ?? '–',
        }),
      ]
    : []

const excusedName = (t: Translate, { label, reasonKind }: Result['excused'][number]): string =>
  reasonKind ? `${label} (${t(`attendance.reason.${reasonKind}`)})` : label

const list = (head: string, all: readonly string[]): string[] =>
  all.length > 0 ? [head, ...all.map((name) => `– ${name}`)] : []

const buttons = (t: Translate, { unitId, meeting, manages, objections, release }: Result): Choice[][] => {
  const args = { unitId, meetingId: meeting.id }
  const mend = { label: t('attendance.rollcall.mend'), command: 'rollcall.reopen', args }
  const summary = { label: t('attendance.rollcall.to-summary'), command: 'attendance.summary', args }
  if (!manages) return [[mend]]
  return [
    ...objections.map(({ id, label }) => [
      {
        label: t('attendance.objection.open', { name: label }),
        command: 'rollcall.objection',
        args: { unitId, objectionId: id },
      },
    ]),
    ...(release > 0
      ? [[{ label: t('attendance.release.button', { count: release }), command: 'rollcall.release', args }]]
      : []),
    [mend, summary],
  ]
}

/** What the roll-call came to: for who confirmed it, and for secretary and deputy. */
export const resultMessage = renderer('rollcall.result', 1, schema, (data, t) => ({
  heading: t('attendance.rollcall.result'),
  text: [
    ...(data.because === 'view' ? [] : [t(`attendance.rollcall.${data.because}`, { by: data.by })]),
    `${meetingWords(t, data.meeting)}.`,
    countsLine(t, data.states),
    ...apart(t, data),
    ...bandLine(t, data),
    ...list(
      t('attendance.rollcall.excused-list'),
      data.excused.map((one) => excusedName(t, one)),
    ),
    ...list(t('attendance.rollcall.unexcused-list'), data.unexcused),
    ...list(t('attendance.rollcall.guests-list'), data.guests),
    ...feesLine(t, data.feesPaid, data.states.length),
    t('attendance.rollcall.confirmed-by', { by: data.by, when: t.dateTime(data.at.day, data.at.time) }),
    ...(data.objections.length > 0 ? [t('attendance.objection.line', { count: data.objections.length })] : []),
    ...(data.corrections > 0 ? [t('attendance.rollcall.corrected', { count: data.corrections })] : []),
  ].join('\n'),
  choices: buttons(t, data),
}))
