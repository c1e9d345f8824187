import { z } from 'zod'
import type { PlainDate, WallTime } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import type { Meeting } from '../meetings/store.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice, JsonObject } from '../messaging/vocabulary.js'
import { ANSWER_DIGITS, type GivenAnswer, offeredAnswers } from './rules.js'

export const STATES = ['present', 'late', 'online', 'absent'] as const
export const REASONS = ['work', 'health', 'family', 'clash', 'other'] as const
const MINUTES = [10, 15, 30] as const

/** What a message says of a meeting: wall time in the meeting's own zone. */
export const meetingShape = z.object({
  id: z.string(),
  kind: z.enum(['regular', 'thematic', 'cell_committee']),
  day: z.string().transform((text) => text as PlainDate),
  time: z.string().transform((text) => text as WallTime),
  onlineAllowed: z.boolean(),
})
export type MeetingShape = z.infer<typeof meetingShape>

export const shapeOf = ({ id, kind, day, time, onlineAllowed }: Meeting): MeetingShape => ({
  id,
  kind,
  day,
  time,
  onlineAllowed,
})

/** An answer without its words: those stay in the answer's row, for the secretary's eyes, and are not copied about. */
export const answerShape = z.object({
  state: z.enum(STATES),
  reasonKind: z.enum(REASONS).nullable(),
  minutesLate: z.number().nullable(),
  worded: z.boolean(),
})
export type AnswerShape = z.infer<typeof answerShape>

export const shapeOfAnswer = ({ state, reasonKind, reasonText, minutesLate }: GivenAnswer): AnswerShape => ({
  state,
  reasonKind,
  minutesLate,
  worded: reasonText !== null,
})

/** "Sinh hoạt thường kỳ 19:30 thứ Năm 03/12/2026". */
export const meetingWords = (t: Translate, meeting: MeetingShape): string =>
  t('attendance.answer.meeting', {
    kind: t(`attendance.answer.kind.${meeting.kind}`),
    when: t.dateTime(meeting.day, meeting.time),
  })

/** "đến muộn khoảng 15 phút", "vắng mặt, lý do sức khỏe". */
export function answerWords(t: Translate, answer: AnswerShape): string {
  const state =
    answer.state === 'late' && answer.minutesLate
      ? t('attendance.state.late-by', { minutes: answer.minutesLate })
      : t(`attendance.state.${answer.state}`)
  if (!answer.reasonKind) return state
  return t('attendance.answer.because', { state, reason: t(`attendance.reason.${answer.reasonKind}`) })
}

const choose = (label: string, meeting: MeetingShape, args: JsonObject): Choice => ({
  label,
  command: 'attendance.answer',
  args: { meetingId: meeting.id, ...args },
})

export const inPairs = (choices: readonly Choice[]): Choice[][] =>
  choices.reduce<Choice[][]>((rows, one, at) => {
    if (at % 2 === 0) rows.push([one])
    else rows.at(-1)?.push(one)
    return rows
  }, [])

/** The answers a meeting offers, with their digits; `first` stand before the others. */
export const answerRows = (
  t: Translate,
  meeting: MeetingShape,
  first: readonly GivenAnswer['state'][] = [],
): Choice[][] => {
  const offered = offeredAnswers(meeting.onlineAllowed)
  const row = (states: readonly GivenAnswer['state'][]): Choice[][] =>
    inPairs(
      states.map((state) => ({
        ...choose(t(`attendance.answer.label.${state}`), meeting, { state }),
        digit: ANSWER_DIGITS[state],
      })),
    )
  return [
    ...row(offered.filter((state) => first.includes(state))),
    ...row(offered.filter((state) => !first.includes(state))),
  ]
}

/** "Đổi: …" for every answer that was not given. */
const changeRows = (t: Translate, meeting: MeetingShape, state: GivenAnswer['state']): Choice[][] =>
  inPairs(
    offeredAnswers(meeting.onlineAllowed)
      .filter((other) => other !== state)
      .map((other) => ({
        ...choose(t('attendance.answer.change', { state: t(`attendance.answer.label.${other}`) }), meeting, {
          state: other,
        }),
        digit: ANSWER_DIGITS[other],
      })),
  )

/** What would make an answer more useful to the secretary, never more than one thing at a time. */
function refineRows(t: Translate, meeting: MeetingShape, { state, reasonKind, minutesLate }: AnswerShape): Choice[][] {
  if (state === 'absent' && !reasonKind)
    return inPairs(
      REASONS.map((kind) => choose(t(`attendance.reason.${kind}`), meeting, { state: 'absent', reasonKind: kind })),
    )
  if (state === 'late' && !minutesLate)
    return [
      MINUTES.map((minutes) =>
        choose(t('attendance.answer.minutes', { minutes }), meeting, { state: 'late', minutesLate: minutes }),
      ),
    ]
  return []
}

const followUp = (t: Translate, { state, reasonKind, minutesLate, worded }: AnswerShape): string[] => {
  if (state === 'absent' && !reasonKind) return [t('attendance.answer.ask-reason')]
  if (state === 'absent' && worded) return [t('attendance.answer.worded')]
  if (state === 'absent') return [t('attendance.answer.ask-words')]
  return state === 'late' && !minutesLate ? [t('attendance.answer.ask-minutes')] : []
}

const outcomes = ['recorded', 'deadline', 'started'] as const

const leadIn = (t: Translate, outcome: (typeof outcomes)[number], said: string): string =>
  outcome === 'recorded' ? t('attendance.answer.recorded', { said }) : t(`attendance.late.sent-${outcome}`, { said })

/** Every answer that was taken is said back with its meeting and how to change it. */
export const recorded = renderer(
  'attendance.recorded',
  1,
  z.object({ meeting: meetingShape, answer: answerShape, outcome: z.enum(outcomes), exempt: z.boolean() }),
  ({ meeting, answer, outcome, exempt }, t) => ({
    text: [
      `${leadIn(t, outcome, answerWords(t, answer))} ${meetingWords(t, meeting)}.`,
      ...(exempt
        ? [t(answer.state === 'absent' ? 'attendance.answer.exempt-absent' : 'attendance.answer.exempt')]
        : []),
      t('attendance.answer.how-to-change'),
      // Last: the buttons that answer it come right below.
      ...followUp(t, answer),
    ].join('\n'),
    choices: [...refineRows(t, meeting, answer), ...changeRows(t, meeting, answer.state)],
  }),
)

/** Asks for the answer: because nobody asked yet, or because what was said could not be taken. */
export const ask = renderer(
  'attendance.ask',
  1,
  z.object({
    meeting: meetingShape,
    because: z.enum(['none', 'unsure', 'digit', 'online']),
    digit: z.number().nullable(),
    standing: answerShape.nullable(),
    first: z.array(z.enum(STATES)),
  }),
  ({ meeting, because, digit, standing, first }, t) => ({
    text: [
      ...(because === 'none' ? [] : [t(`attendance.answer.asked-back.${because}`, { digit: digit ?? '' })]),
      `${meetingWords(t, meeting)}.`,
      ...(standing ? [t('attendance.answer.standing', { said: answerWords(t, standing) })] : []),
      t('attendance.answer.please'),
    ].join('\n'),
    choices: answerRows(t, meeting, first),
  }),
)

const option = z.object({ meeting: meetingShape, command: z.string(), args: z.record(z.string(), z.json()) })

/** Two meetings are open: which one is meant is asked, never guessed. */
export const which = renderer('attendance.which', 1, z.object({ options: z.array(option) }), ({ options }, t) => ({
  text: t('attendance.answer.which'),
  choices: options.map(({ meeting, command, args }) => [
    {
      label: t('attendance.answer.which-label', {
        kind: t(`attendance.answer.kind-short.${meeting.kind}`),
        day: t.date(meeting.day),
        time: meeting.time,
      }),
      command,
      args: args as JsonObject,
    },
  ]),
}))

/** `minutes`: how long it is planned to last. */
const known = meetingShape.extend({
  place: z.string(),
  agenda: z.string().nullable(),
  minutes: z.number().optional(),
})

/** The answer to a question about time, place or agenda. Nothing was recorded, and that is said. */
export const info = renderer(
  'attendance.info',
  1,
  z.object({ meetings: z.array(known), about: z.enum(['time', 'place', 'agenda', 'other']), asks: z.boolean() }),
  ({ meetings, about, asks }, t) => ({
    text: [
      ...(about === 'other' ? [t('attendance.answer.question-other')] : []),
      ...meetings.map((meeting) => infoLine(t, meeting, about)),
      ...(asks ? [t('attendance.answer.please')] : []),
    ].join('\n'),
    choices: asks && meetings[0] ? answerRows(t, meetings[0]) : [],
  }),
)

function infoLine(t: Translate, { agenda, minutes, ...meeting }: z.infer<typeof known>, about: string): string {
  return [
    t('attendance.answer.info', { meeting: meetingWords(t, meeting), place: meeting.place }),
    ...(about === 'time' && minutes ? [t('attendance.answer.lasts', { minutes })] : []),
    ...(agenda ? [t('attendance.answer.agenda', { agenda })] : []),
    ...(about === 'agenda' && !agenda ? [t('attendance.answer.no-agenda')] : []),
  ].join(' ')
}

export const renderers = [recorded, ask, which, info]
