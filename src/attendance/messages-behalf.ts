import { z } from 'zod'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice, JsonObject } from '../messaging/vocabulary.js'
import {
  answerRows,
  answerShape,
  answerWords,
  inPairs,
  meetingShape,
  meetingWords,
  REASONS,
  STATES,
} from './messages-answer.js'
import { offeredAnswers } from './rules.js'

/** What was chosen so far; every button of these messages carries it on. */
const chosen = z.record(z.string(), z.json())

const choose = (label: string, args: JsonObject): Choice => ({ label, command: 'attendance.on-behalf', args })

const personLine = z.object({ personId: z.string(), label: z.string(), answered: z.enum(STATES).nullable() })

const personChoice = (t: Translate, one: z.infer<typeof personLine>, args: JsonObject): Choice => {
  const label = one.answered
    ? t('attendance.behalf.answered', { name: one.label, state: t(`attendance.answer.label.${one.answered}`) })
    : one.label
  return choose(label, { ...args, personId: one.personId })
}

const pages = (t: Translate, page: number, last: number, args: JsonObject): Choice[][] => {
  const before = page > 0 ? [choose(t('attendance.behalf.before'), { ...args, page: page - 1 })] : []
  const after =
    page < last ? [{ ...choose(t('attendance.behalf.after'), { ...args, page: page + 1 }), next: true as const }] : []
  return before.length + after.length > 0 ? [[...before, ...after]] : []
}

/** Whom the secretary answers for: the silent first, eight a page. */
export const behalfList = renderer(
  'attendance.behalf-list',
  1,
  z.object({
    meeting: meetingShape,
    because: z.enum(['silent', 'unknown', 'several']),
    silent: z.number(),
    page: z.number(),
    last: z.number(),
    people: z.array(personLine),
    args: chosen,
  }),
  (data, t) => ({
    text: [
      `${meetingWords(t, data.meeting)}.`,
      t(`attendance.behalf.list.${data.because}`, { count: data.silent }),
      t('attendance.behalf.whom'),
    ].join('\n'),
    choices: [
      ...inPairs(data.people.map((one) => personChoice(t, one, data.args as JsonObject))),
      ...pages(t, data.page, data.last, data.args as JsonObject),
    ],
  }),
)

/** What that member answers; for an absence, which kind of reason. */
export const behalfState = renderer(
  'attendance.behalf-state',
  1,
  z.object({
    meeting: meetingShape,
    name: z.string(),
    because: z.enum(['state', 'online', 'reason']),
    args: chosen,
  }),
  (data, t) => {
    const args = data.args as JsonObject
    const states = offeredAnswers(data.meeting.onlineAllowed).map((state) =>
      choose(t(`attendance.answer.label.${state}`), { ...args, state }),
    )
    const reasons = [
      ...REASONS.map((kind) => choose(t(`attendance.reason.${kind}`), { ...args, state: 'absent', reasonKind: kind })),
      choose(t('attendance.behalf.no-reason'), { ...args, state: 'absent', reasonKind: 'unknown' }),
    ]
    return {
      text: [t(`attendance.behalf.ask-${data.because}`, { name: data.name }), `${meetingWords(t, data.meeting)}.`].join(
        '\n',
      ),
      choices: inPairs(data.because === 'reason' ? reasons : states),
    }
  },
)

/** Said back to the secretary. */
export const behalfRecorded = renderer(
  'attendance.behalf-recorded',
  1,
  z.object({
    meeting: meetingShape,
    name: z.string(),
    answer: answerShape,
    how: z.enum(['told', 'untold', 'repeat']),
    args: z.object({ unitId: z.string(), meetingId: z.string(), personId: z.string() }),
  }),
  (data, t) => {
    const { personId, ...another } = data.args
    return {
      text: [
        `${t(data.how === 'repeat' ? 'attendance.behalf.repeat' : 'attendance.behalf.recorded', {
          name: data.name,
          said: answerWords(t, data.answer),
        })} ${meetingWords(t, data.meeting)}.`,
        ...(data.how === 'repeat' ? [] : [t(`attendance.behalf.${data.how}`)]),
      ].join('\n'),
      choices: [
        [choose(t('attendance.behalf.next'), another)],
        [choose(t('attendance.behalf.mend'), { ...another, personId })],
      ],
    }
  },
)

/** Told to the member, with a way to put it right. */
export const behalfTold = renderer(
  'attendance.behalf-told',
  1,
  z.object({ meeting: meetingShape, by: z.enum(['secretary', 'deputy']), answer: answerShape }),
  (data, t) => ({
    text: [
      `${t(`attendance.behalf.told-by.${data.by}`, { said: answerWords(t, data.answer) })} ${meetingWords(t, data.meeting)}.`,
      t('attendance.behalf.if-wrong'),
    ].join('\n'),
    choices: answerRows(t, data.meeting),
  }),
)

export const behalfRenderers = [behalfList, behalfState, behalfRecorded, behalfTold]
