import { z } from 'zod'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice, JsonObject } from '../messaging/vocabulary.js'
import { meetingShape, meetingWords, REASONS } from './messages-answer.js'
import { countsLine, MARKS, markState } from './messages-roll-call.js'
import type { LineProblem } from './roll-call-tokens.js'

export const lineMark = z.object({
  personId: z.string(),
  state: markState,
  reasonKind: z.enum(REASONS).nullable(),
})

/** What was read so far and is not stored: its choices carry it. */
export const lineDraft = z.object({
  marks: z.array(lineMark),
  rest: z.boolean(),
  fees: z.array(z.object({ personId: z.string(), paid: z.boolean() })).default([]),
})
export type LineDraft = z.infer<typeof lineDraft>

const place = { unitId: z.string(), meetingId: z.string() }

const choose = (label: string, command: string, args: JsonObject): Choice => ({ label, command, args })

/** Names by what would be recorded of them; who is simply present is counted alone. */
const NAMED = ['late', 'online', 'excused', 'unexcused', 'unknown'] as const

const repeat = renderer(
  'rollcall.line',
  1,
  z.object({
    ...place,
    meeting: meetingShape,
    people: z.array(z.object({ label: z.string(), state: z.enum(MARKS) })),
    /** What the sheet would have, where the lines spoke of the fee. */
    fees: z
      .object({ paid: z.number(), unpaid: z.array(z.string()) })
      .nullable()
      .default(null),
    draft: lineDraft,
    /** Before the meeting begins a sheet is filled, not confirmed. */
    begun: z.boolean(),
  }),
  (data, t) => {
    const args = { unitId: data.unitId, meetingId: data.meetingId }
    const { marks, rest, fees } = data.draft
    const fill = (label: string, confirming: boolean) =>
      choose(label, 'rollcall.fill', { ...args, draft: { marks: [...marks], rest, fees: [...fees] }, confirming })
    return {
      heading: t('attendance.rollcall.title'),
      text: [
        t('attendance.rollcall.line.read'),
        `${meetingWords(t, data.meeting)}.`,
        ...(marks.length > 0 || rest ? marksLines(t, data.people) : []),
        ...(data.fees ? feesLines(t, data.fees, data.people.length) : []),
        t('attendance.rollcall.line.right'),
      ].join('\n'),
      choices: [
        ...(data.begun ? [[fill(t('attendance.rollcall.line.confirm'), true)]] : []),
        [fill(t('attendance.rollcall.line.fill'), false)],
        [choose(t('attendance.rollcall.back'), 'rollcall.open', args)],
      ],
    }
  },
)

type People = readonly { label: string; state: (typeof MARKS)[number] }[]

const marksLines = (t: Translate, people: People): string[] => [
  countsLine(
    t,
    people.map((one) => one.state),
  ),
  ...NAMED.flatMap((state) => namesLine(t, state, people)),
]

/** More names than this are no glance. */
const MOST_UNPAID = 12

function feesLines(t: Translate, fees: { paid: number; unpaid: readonly string[] }, total: number): string[] {
  const count = fees.unpaid.length
  return [
    t('attendance.rollcall.fees.count', { paid: fees.paid, total }),
    ...(count > 0 && count <= MOST_UNPAID
      ? [t('attendance.rollcall.fees.unpaid', { count, names: fees.unpaid.join(', ') })]
      : []),
  ]
}

function namesLine(t: Translate, state: (typeof NAMED)[number], people: People): string[] {
  const names = people.filter((one) => one.state === state).map((one) => one.label)
  if (names.length === 0) return []
  return [t(`attendance.rollcall.line.${state}`, { count: names.length, names: names.join(', ') })]
}

const PROBLEMS = [
  'unread',
  'out-of-range',
  'several',
  'twice',
  'no-state',
  'nobody',
  'which-absence',
  'rest',
  'how-many',
  'no-fee',
  'fees',
  'online',
] as const satisfies readonly (LineProblem['kind'] | 'online')[]

const asked = renderer(
  'rollcall.line-asked',
  1,
  z.object({
    ...place,
    total: z.number(),
    problems: z.array(z.object({ kind: z.enum(PROBLEMS), words: z.string() })),
    /** An earlier line that was read and waits to be confirmed. */
    draft: lineDraft.nullable(),
  }),
  ({ unitId, meetingId, total, problems, draft }, t) => ({
    text: [
      t('attendance.rollcall.line.not-read'),
      ...problems.map(({ kind, words }) => `– ${t(`attendance.rollcall.line.problem.${kind}`, { words, total })}`),
      t('attendance.rollcall.line.again'),
    ].join('\n'),
    choices: [
      ...(draft
        ? [[choose(t('attendance.rollcall.line.earlier'), 'rollcall.drafted', { unitId, meetingId, draft })]]
        : []),
      [choose(t('attendance.rollcall.back'), 'rollcall.open', { unitId, meetingId })],
    ],
  }),
)

export const repeatMessage = repeat
export const askedMessage = asked
export const lineMessages = [repeat, asked]
