import { z } from 'zod'
import { renderer } from '../messaging/renderer.js'
import { answerShape, answerWords, meetingShape, meetingWords } from './messages-answer.js'

/** Before secretary and deputy: an answer that came too late, with what counted so far. */
export const lateAnswer = renderer(
  'attendance.late',
  1,
  z.object({
    unitId: z.string(),
    eventId: z.string(),
    fullName: z.string(),
    meeting: meetingShape,
    answer: answerShape,
    before: answerShape.nullable(),
    because: z.enum(['deadline', 'started']),
  }),
  (data, t) => ({
    text: [
      t(`attendance.late.put-${data.because}`, { name: data.fullName, said: answerWords(t, data.answer) }),
      data.before
        ? t('attendance.late.before', { said: answerWords(t, data.before) })
        : t('attendance.late.before-silent'),
      `${meetingWords(t, data.meeting)}.`,
    ].join('\n'),
    choices: [
      [true, false].map((accept) => ({
        label: t(accept ? 'attendance.late.accept' : 'attendance.late.refuse'),
        command: 'attendance.decide-late',
        args: { unitId: data.unitId, eventId: data.eventId, accept },
      })),
    ],
  }),
)

/** What became of it, for whoever pressed: their own decision, or that somebody was first. */
export const lateDecided = renderer(
  'attendance.late-decided',
  1,
  z.object({
    fullName: z.string(),
    meeting: meetingShape,
    answer: answerShape,
    outcome: z.enum(['accepted', 'refused', 'newer']),
    /** Null: whoever reads this. */
    by: z.string().nullable(),
  }),
  (data, t) => ({
    text: [
      data.outcome !== 'newer' && data.by
        ? t(`attendance.late.${data.outcome}-by`, { name: data.fullName, by: data.by })
        : t(`attendance.late.${data.outcome}`, { name: data.fullName, said: answerWords(t, data.answer) }),
      `${meetingWords(t, data.meeting)}.`,
    ].join('\n'),
  }),
)

/** The outcome, for the member. */
export const lateOutcome = renderer(
  'attendance.late-outcome',
  1,
  z.object({ meeting: meetingShape, answer: answerShape, accepted: z.boolean() }),
  (data, t) => ({
    text: [
      t(data.accepted ? 'attendance.late.told-accepted' : 'attendance.late.told-refused', {
        said: answerWords(t, data.answer),
      }),
      `${meetingWords(t, data.meeting)}.`,
    ].join('\n'),
  }),
)

export const lateRenderers = [lateAnswer, lateDecided, lateOutcome]
