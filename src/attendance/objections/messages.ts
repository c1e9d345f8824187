import { z } from 'zod'
import type { PlainDate } from '../../core/dates.js'
import { renderer } from '../../messaging/renderer.js'
import { meetingShape, meetingWords, REASONS } from '../messages-answer.js'
import { markState, markWords } from '../messages-roll-call.js'

const mark = { state: markState, reasonKind: z.enum(REASONS).nullable() }
const day = z.string().transform((text) => text as PlainDate)

/** A member's own marks; each recent one can be objected to by one choice. */
export const ownMarks = renderer(
  'rollcall.mine',
  1,
  z.object({
    marks: z.array(z.object({ meetingId: z.string(), day, objected: z.boolean(), ...mark })),
  }),
  ({ marks }, t) => ({
    heading: t('attendance.mine.title'),
    text: [
      ...marks.map((one) =>
        t(one.objected ? 'attendance.mine.line-objected' : 'attendance.mine.line', {
          day: t.date(one.day),
          said: markWords(t, one),
        }),
      ),
      t('attendance.mine.if-wrong'),
    ].join('\n'),
    choices: marks
      .filter((one) => !one.objected)
      .map((one) => [
        {
          label: t('attendance.mine.object', { day: t.date(one.day, 'day-month') }),
          command: 'rollcall.object',
          args: { meetingId: one.meetingId },
        },
      ]),
  }),
)

/** Before secretary and deputy: one choice opens that member's mark, another keeps it. */
export const objectionPut = renderer(
  'rollcall.objection',
  1,
  z.object({ objectionId: z.string(), unitId: z.string(), fullName: z.string(), meeting: meetingShape, ...mark }),
  ({ objectionId, unitId, fullName, meeting, ...said }, t) => ({
    text: [
      t('attendance.objection.put', { name: fullName, said: markWords(t, said) }),
      `${meetingWords(t, meeting)}.`,
    ].join('\n'),
    choices: [
      [
        { label: t('attendance.objection.mend'), command: 'rollcall.objection-mend', args: { unitId, objectionId } },
        { label: t('attendance.objection.keep'), command: 'rollcall.objection-keep', args: { unitId, objectionId } },
      ],
    ],
    confidential: true,
  }),
)

/** What came of it, for the member, once. */
export const objectionOutcome = renderer(
  'rollcall.objection-outcome',
  1,
  z.object({ meeting: meetingShape, kept: z.boolean(), ...mark }),
  ({ meeting, kept, ...said }, t) => ({
    text: [
      t(kept ? 'attendance.objection.told-kept' : 'attendance.objection.told-mended', { said: markWords(t, said) }),
      `${meetingWords(t, meeting)}.`,
    ].join('\n'),
  }),
)

/** What was noted of an absent member, in a cell that wants it said; also after a correction. */
export const absenceTold = renderer(
  'rollcall.absence-told',
  1,
  z.object({ meeting: meetingShape, corrected: z.boolean(), ...mark }),
  ({ meeting, corrected, ...said }, t) => ({
    text: [
      t(corrected ? 'attendance.release.told-corrected' : 'attendance.release.told', { said: markWords(t, said) }),
      `${meetingWords(t, meeting)}.`,
      t('attendance.mine.if-wrong'),
    ].join('\n'),
    choices: [
      [{ label: t('attendance.mine.object-this'), command: 'rollcall.object', args: { meetingId: meeting.id } }],
    ],
  }),
)

export const objectionRenderers = [ownMarks, objectionPut, objectionOutcome, absenceTold]
