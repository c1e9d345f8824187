import { z } from 'zod'
import { addDays, type PlainDate } from '../../core/dates.js'
import type { Translate } from '../../core/i18n.js'
import { renderer } from '../../messaging/renderer.js'
import type { Choice, JsonObject } from '../../messaging/vocabulary.js'
import { answerRows, type MeetingShape, meetingShape, meetingWords, REASONS } from '../messages-answer.js'
import type { Leave } from './store.js'

const day = z.string().transform((text) => text as PlainDate)

/** A leave as messages speak of it; the member's own words only where the reader may see them. */
const leaveShape = z.object({
  id: z.string(),
  from: day,
  until: day,
  reasonKind: z.enum(REASONS),
  state: z.enum(['pending', 'approved', 'refused', 'withdrawn']),
})
export type LeaveShape = z.infer<typeof leaveShape>

export const shapeOfLeave = ({ id, from, endsOn, reasonKind, state }: Leave): LeaveShape => ({
  id,
  from,
  until: addDays(endsOn, -1),
  reasonKind,
  state,
})

type Spoken = Pick<LeaveShape, 'from' | 'until' | 'reasonKind'>

/** "từ thứ Ba 01/12/2026 đến Chủ nhật 20/12/2026, lý do công tác". */
const leaveWords = (t: Translate, { from, until, reasonKind }: Spoken): string =>
  t('attendance.leave.words', {
    from: t.date(from, 'weekday-day-month'),
    until: t.date(until),
    reason: t(`attendance.reason.${reasonKind}`),
  })

/** More would not fit one glance; the period says it all. */
const LISTED = 6

const meetingLines = (t: Translate, meetings: readonly MeetingShape[]): string[] => [
  ...meetings.slice(0, LISTED).map((one) => `– ${meetingWords(t, one)}`),
  ...(meetings.length > LISTED ? [t('attendance.leave.more', { count: meetings.length - LISTED })] : []),
]

const choose = (label: string, command: string, args: JsonObject): Choice => ({ label, command, args })

/** Repeated back before anything is written. */
export const leaveDraft = renderer(
  'attendance.leave-draft',
  1,
  z.object({
    from: day,
    until: day,
    reasonKind: z.enum(REASONS),
    reasonText: z.string().nullable(),
    meetings: z.array(meetingShape),
  }),
  ({ meetings, ...leave }, t) => ({
    text: [
      t('attendance.leave.draft', { said: leaveWords(t, leave) }),
      ...(leave.reasonText ? [t('attendance.leave.worded')] : []),
      t('attendance.leave.touches', { count: meetings.length }),
      ...meetingLines(t, meetings),
      t('attendance.leave.later'),
    ].join('\n'),
    choices: [
      [choose(t('attendance.leave.send'), 'attendance.leave-send', { ...leave })],
      [choose(t('attendance.leave.other-days'), 'attendance.leave', {})],
    ],
  }),
)

/** Said back to the member; also whenever they ask what stands. */
export const leaveSent = renderer(
  'attendance.leave-sent',
  1,
  z.object({
    leave: leaveShape,
    outcome: z.enum(['sent', 'again', 'alone', 'standing']),
    meetings: z.array(meetingShape),
    /** Those whose deadline was past: the secretary sees each by itself. */
    late: z.number(),
  }),
  ({ leave, outcome, meetings, late }, t) => ({
    text: [
      t(outcome === 'standing' ? `attendance.leave.is-${leave.state}` : `attendance.leave.${outcome}`, {
        said: leaveWords(t, leave),
      }),
      ...(meetings.length > 0
        ? [t('attendance.leave.recorded', { count: meetings.length }), ...meetingLines(t, meetings)]
        : []),
      ...(late > 0 ? [t('attendance.leave.late', { count: late })] : []),
      t('attendance.leave.how-to-end'),
    ].join('\n'),
    choices: [[choose(t('attendance.leave.end'), 'attendance.leave-end', { leaveId: leave.id })]],
  }),
)

/** Before secretary and deputy: one message, two choices. Names and words: not to be passed on. */
export const leaveRequest = renderer(
  'attendance.leave-request',
  1,
  z.object({
    unitId: z.string(),
    fullName: z.string(),
    leave: leaveShape,
    words: z.string().nullable(),
    meetings: z.array(meetingShape),
  }),
  ({ unitId, fullName, leave, words, meetings }, t) => ({
    text: [
      t('attendance.leave.request', { name: fullName, said: leaveWords(t, leave) }),
      ...(words ? [t('attendance.summary.words', { words })] : []),
      t('attendance.leave.touches', { count: meetings.length }),
      ...meetingLines(t, meetings),
      t('attendance.leave.until-decided'),
    ].join('\n'),
    choices: [
      [true, false].map((approve) =>
        choose(t(approve ? 'attendance.leave.approve' : 'attendance.leave.refuse'), 'attendance.leave-decide', {
          unitId,
          leaveId: leave.id,
          approve,
        }),
      ),
    ],
    confidential: true,
  }),
)

/** What became of it, for whoever chose. */
export const leaveDecided = renderer(
  'attendance.leave-decided',
  1,
  z.object({
    fullName: z.string(),
    leave: leaveShape,
    /** Null: whoever reads this. */
    by: z.string().nullable(),
  }),
  ({ fullName, leave, by }, t) => ({
    text: t(by ? 'attendance.leave.decided-before' : `attendance.leave.decided-${leave.state}`, {
      name: fullName,
      by: by ?? '',
      said: leaveWords(t, leave),
      outcome: t(`attendance.leave.state.${leave.state}`),
    }),
  }),
)

/** The outcome, for the member. */
export const leaveOutcome = renderer(
  'attendance.leave-outcome',
  1,
  z.object({ leave: leaveShape, asked: z.number() }),
  ({ leave, asked }, t) => ({
    text: [
      t(leave.state === 'approved' ? 'attendance.leave.told-approved' : 'attendance.leave.told-refused', {
        said: leaveWords(t, leave),
      }),
      ...(asked > 0 ? [t('attendance.leave.asked-again', { count: asked })] : []),
      ...(leave.state === 'approved' ? [t('attendance.leave.how-to-end')] : []),
    ].join('\n'),
  }),
)

/** A meeting that was planned later and falls into the period. */
export const leaveCovers = renderer(
  'attendance.leave-covers',
  1,
  z.object({ meeting: meetingShape, leave: leaveShape }),
  ({ meeting, leave }, t) => ({
    text: [
      t('attendance.leave.covers', { meeting: meetingWords(t, meeting), said: leaveWords(t, leave) }),
      t('attendance.leave.covers-change'),
    ].join('\n'),
    choices: answerRows(t, meeting),
  }),
)

/** The cell's leaves, those that wait first; one choice opens each. */
export const leaveList = renderer(
  'attendance.leave-list',
  1,
  z.object({
    unitId: z.string(),
    leaves: z.array(z.object({ fullName: z.string(), leave: leaveShape })),
    /** How many there are in all. */
    total: z.number(),
  }),
  ({ unitId, leaves, total }, t) => ({
    text: [
      t('attendance.leave.list', { count: total }),
      ...leaves.map(({ fullName, leave }) =>
        t('attendance.leave.list-line', {
          name: fullName,
          from: t.date(leave.from),
          until: t.date(leave.until),
          reason: t(`attendance.reason.${leave.reasonKind}`),
          state: t(`attendance.leave.state.${leave.state}`),
        }),
      ),
    ].join('\n'),
    choices: leaves
      .filter(({ leave }) => leave.state === 'pending')
      .map(({ fullName, leave }) => [
        choose(t('attendance.leave.open', { name: fullName }), 'attendance.leave-open', { unitId, leaveId: leave.id }),
      ]),
    confidential: true,
  }),
)

export const leaveRenderers = [leaveDraft, leaveSent, leaveRequest, leaveDecided, leaveOutcome, leaveCovers, leaveList]
