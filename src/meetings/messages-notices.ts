import { z } from 'zod'
import { wordsOf } from '../conversation/messages.js'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import type { OutgoingMessage } from '../messaging/vocabulary.js'
import { sealPage } from '../pages/tokens.js'
import { answerChoices } from './answer-choices.js'
import { capitalized, dayField, describedFields, linesOf, ruleWords, timeField, titleOf } from './describe.js'

const known = z.object({
  day: dayField,
  time: timeField,
  place: z.string(),
  onlineAllowed: z.boolean(),
  state: z.enum(['planned', 'cancelled']),
})

const noticeFields = {
  ...describedFields,
  meetingId: z.string(),
  cell: z.string(),
  /** Whether an answer is asked for: exempt members and guests are told only. */
  asked: z.boolean(),
  answered: z.enum(['present', 'late', 'online', 'absent']).nullable(),
}

type Asking = { meetingId: string; onlineAllowed: boolean; asked: boolean; answered: string | null }

/** The question under a notice, and its buttons; whoever answered before is shown their answer. */
function asking(data: Asking, t: Translate): { lines: string[]; choices?: OutgoingMessage['choices'] } {
  if (!data.asked) return { lines: [] }
  const question = data.answered
    ? t('meetings.ask.again', { answer: t.dynamic(`meetings.answered.${data.answered}`) })
    : t('meetings.ask.first')
  return { lines: ['', question], choices: answerChoices(t, data) }
}

/** A calendar file of this meeting: the same event after a move, taken away after a cancellation. */
const calendarLink = (meetingId: string, t: Translate): Pick<OutgoingMessage, 'link'> => ({
  link: { label: t('meetings.calendar.add'), url: sealPage('event', meetingId) },
})

const assemble = (heading: string, lines: string[], data: Asking, t: Translate): OutgoingMessage => {
  const { lines: question, choices } = asking(data, t)
  return {
    heading,
    text: [...lines, ...question].join('\n'),
    ...(choices ? { choices } : {}),
    ...calendarLink(data.meetingId, t),
  }
}

/** A meeting that is new to the reader, or that takes place after all. */
export const created = renderer(
  'meetings.created',
  1,
  z.object({ ...noticeFields, known: known.nullable() }),
  (data, t) => {
    const title = titleOf(data, t)
    const heading = data.known ? t('meetings.created.restored', { meeting: title }) : capitalized(title)
    return assemble(heading, [t('meetings.created.invites', { cell: data.cell }), ...linesOf(data, t)], data, t)
  },
)

type Where = { day: z.infer<typeof dayField>; time: z.infer<typeof timeField>; place: string; onlineAllowed: boolean }

/** What changed, old → new, in one line: all that somebody in a hurry reads. */
function changeLine(before: Where, after: Where, t: Translate): string {
  if (before.day !== after.day || before.time !== after.time)
    return t('meetings.moved.time', {
      from: t.dateTime(before.day, before.time),
      to: t.dateTime(after.day, after.time),
    })
  if (before.place !== after.place) return t('meetings.moved.place', { from: before.place, to: after.place })
  return after.onlineAllowed ? t('meetings.moved.online') : t('meetings.moved.not-online')
}

export const moved = renderer('meetings.moved', 1, z.object({ ...noticeFields, known }), (data, t) => {
  const lines = [
    t('meetings.moved.meeting', { meeting: capitalized(titleOf(data, t)), cell: data.cell }),
    ...linesOf(data, t),
  ]
  return assemble(changeLine(data.known, data, t), lines, data, t)
})

export const cancelled = renderer('meetings.cancelled', 1, z.object({ ...noticeFields, known }), (data, t) => ({
  heading: t('meetings.cancelled.heading', { when: t.dateTime(data.known.day, data.known.time) }),
  text: t('meetings.cancelled.text', { meeting: capitalized(titleOf(data, t)), cell: data.cell }),
  link: { label: t('meetings.calendar.remove'), url: sealPage('event', data.meetingId) },
}))

/** A new series, told once with its first date. */
export const seriesNotice = renderer(
  'meetings.series',
  1,
  z.object({ ...noticeFields, rrule: z.string(), replaces: z.boolean() }),
  (data, t) => {
    const { key, params } = ruleWords(data.rrule)
    const rule = t('meetings.series.rule', { rule: capitalized(t.dynamic(key, wordsOf(params, t))), time: data.time })
    const heading = t(data.replaces ? 'meetings.series.changed' : 'meetings.series.new', { cell: data.cell })
    return assemble(heading, [rule, t('meetings.series.first'), ...linesOf(data, t)], data, t)
  },
)

/** To the secretary, ten days ahead: a meeting of the series lies on a public holiday. */
export const holidayAhead = renderer(
  'meetings.holiday',
  1,
  z.object({
    ...describedFields,
    unitId: z.string(),
    meetingId: z.string(),
    revision: z.number(),
    holiday: z.object({ vi: z.string(), en: z.string() }),
    instead: z.array(dayField),
  }),
  (data, t) => ({
    heading: t('meetings.holiday.heading', { holiday: data.holiday[t.locale] }),
    text: [
      t('meetings.holiday.text', { meeting: capitalized(titleOf(data, t)), when: t.dateTime(data.day, data.time) }),
      t(data.instead.length > 0 ? 'meetings.holiday.propose' : 'meetings.holiday.no-proposal'),
    ].join('\n'),
    choices: [
      ...data.instead.map((day) => [
        {
          label: t('meetings.button.move-to', { day: t.date(day) }),
          command: 'meetings.move-to',
          args: { unitId: data.unitId, meetingId: data.meetingId, revision: data.revision, day, time: data.time },
        },
      ]),
      [
        {
          label: t('meetings.button.keep-day'),
          command: 'meetings.keep',
          args: { unitId: data.unitId, meetingId: data.meetingId },
        },
      ],
    ],
  }),
)
