import { z } from 'zod'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice } from '../messaging/vocabulary.js'
import { formatPercent } from './counting.js'
import { answerWords, meetingShape, meetingWords, REASONS, STATES } from './messages-answer.js'
import { countsLine, MARKS } from './messages-roll-call.js'

const listed = z.object({
  label: z.string(),
  state: z.enum(STATES),
  reasonKind: z.enum(REASONS).nullable(),
  minutesLate: z.number().nullable(),
  /** The member's own words, where the reader may see them. */
  words: z.string().nullable(),
  /** Said for a whole period; nobody in what was queued before there were leaves. */
  leave: z.object({ decided: z.boolean(), until: meetingShape.shape.day }).nullable().default(null),
})
type Listed = z.infer<typeof listed>

const DIFFERENCES = ['coming-absent', 'absent-came', 'silent-came', 'silent-absent'] as const

const schema = z.object({
  unitId: z.string(),
  meeting: meetingShape.extend({ place: z.string() }),
  counts: z.object({
    total: z.number(),
    full: z.number(),
    probationary: z.number(),
    temporary: z.number(),
    exempt: z.number(),
    specialDuty: z.number(),
  }),
  answered: z.array(listed),
  /** Exempt or on special duty, heard but not counted. */
  outside: z.array(listed),
  silent: z.array(z.string()),
  unreachable: z.array(z.object({ label: z.string(), direct: z.boolean() })),
  pending: z.array(z.object({ label: z.string(), state: z.enum(STATES) })),
  forecast: z
    .object({ coming: z.number(), whole: z.number(), target: z.number(), missing: z.number(), reachable: z.boolean() })
    .nullable(),
  materials: z.array(z.object({ title: z.string(), read: z.number() })),
  begun: z.boolean(),
  running: z.boolean(),
  /** What really happened; null until the roll-call is confirmed. */
  actual: z.array(z.enum(MARKS)).nullable(),
  differences: z.array(z.object({ label: z.string(), kind: z.enum(DIFFERENCES) })),
  previous: z.string().nullable(),
  next: z.string().nullable(),
})
export type SummaryData = z.infer<typeof schema>

/** Names on one line; a long list is cut between lines, never inside a name. */
const NAMES_A_LINE = 3

function inLines(names: readonly string[]): string[] {
  const lines: string[] = []
  for (let at = 0; at < names.length; at += NAMES_A_LINE) lines.push(names.slice(at, at + NAMES_A_LINE).join(', '))
  return lines
}

const section = (head: string, lines: readonly string[]): string[] => (lines.length > 0 ? ['', head, ...lines] : [])

const detail = (t: Translate, one: Listed): string => {
  const parts = [
    ...(one.minutesLate ? [t('attendance.answer.minutes', { minutes: one.minutesLate })] : []),
    ...(one.reasonKind ? [t(`attendance.reason.${one.reasonKind}`)] : []),
    ...(one.leave
      ? [
          t(`attendance.leave.in-summary.${one.leave.decided ? 'approved' : 'pending'}`, {
            until: t.date(one.leave.until, 'day-month'),
          }),
        ]
      : []),
    ...(one.words ? [t('attendance.summary.words', { words: one.words })] : []),
  ]
  return parts.length > 0 ? `– ${one.label}: ${parts.join(', ')}` : `– ${one.label}`
}

function stateSection(t: Translate, answered: readonly Listed[], state: Listed['state']): string[] {
  const of = answered.filter((one) => one.state === state)
  const head = t(`attendance.summary.state.${state}`, { count: of.length })
  const plain = state === 'present' || state === 'online'
  return section(head, plain ? inLines(of.map((one) => one.label)) : of.map((one) => detail(t, one)))
}

function countLines(t: Translate, data: SummaryData): string[] {
  const { counts, answered } = data
  const of = (state: Listed['state']): number => answered.filter((one) => one.state === state).length
  const silent = data.silent.length + data.unreachable.length
  const rate = formatPercent({ part: answered.length, whole: counts.total }, t.locale) ?? '–'
  const aside = [
    ...(counts.probationary > 0 ? [t('attendance.summary.probationary', counts)] : []),
    ...(counts.temporary > 0 ? [t('attendance.summary.temporary', { count: counts.temporary })] : []),
    ...(counts.exempt > 0 ? [t('attendance.summary.exempt', { count: counts.exempt })] : []),
    ...(counts.specialDuty > 0 ? [t('attendance.summary.special-duty', { count: counts.specialDuty })] : []),
  ]
  return [
    t('attendance.summary.replied', { answered: answered.length, total: counts.total, rate }),
    t('attendance.summary.counts', {
      present: of('present'),
      late: of('late'),
      online: of('online'),
      absent: of('absent'),
      silent,
    }),
    ...aside,
  ]
}

/** "Dự kiến 18/25 (72%). Cần thêm 5 đồng chí để đạt 90%." */
function forecastLine(t: Translate, forecast: SummaryData['forecast']): string[] {
  if (!forecast || forecast.whole === 0) return []
  const { coming, whole, target, missing, reachable } = forecast
  const rate = formatPercent({ part: coming, whole }, t.locale) ?? '–'
  const verdict = missing === 0 ? 'reached' : reachable ? 'missing' : 'unreachable'
  return [
    `${t('attendance.summary.forecast', { coming, whole, rate })} ${t(`attendance.summary.target-${verdict}`, { count: missing, target })}`,
  ]
}

function actualLines(t: Translate, data: SummaryData): string[] {
  if (!data.actual) return data.begun ? ['', t('attendance.summary.no-roll-call')] : []
  return [
    '',
    t('attendance.summary.actual'),
    countsLine(t, data.actual),
    ...DIFFERENCES.flatMap((kind) => {
      const of = data.differences.filter((one) => one.kind === kind).map((one) => one.label)
      return of.length > 0 ? [t(`attendance.summary.differs.${kind}`, { count: of.length }), ...inLines(of)] : []
    }),
  ]
}

const lists = (t: Translate, data: SummaryData): string[] => [
  ...section(
    t('attendance.summary.pending', { count: data.pending.length }),
    data.pending.map((one) => `– ${one.label}: ${t(`attendance.state.${one.state}`)}`),
  ),
  ...stateSection(t, data.answered, 'absent'),
  ...section(t('attendance.summary.silent', { count: data.silent.length }), inLines(data.silent)),
  ...section(
    t('attendance.summary.unreachable', { count: data.unreachable.length }),
    data.unreachable.map(({ label, direct }) => `– ${label}${direct ? ` (${t('attendance.summary.direct')})` : ''}`),
  ),
  ...stateSection(t, data.answered, 'late'),
  ...stateSection(t, data.answered, 'online'),
  ...stateSection(t, data.answered, 'present'),
  ...section(
    t('attendance.summary.outside', { count: data.outside.length }),
    data.outside.map((one) => `– ${one.label}: ${answerWords(t, { ...one, worded: false })}`),
  ),
  ...section(
    t('attendance.summary.materials'),
    data.materials.map(({ title, read }) =>
      t('attendance.summary.material', { title, read, total: data.counts.total + data.counts.exempt }),
    ),
  ),
]

function buttons(t: Translate, data: SummaryData): Choice[][] {
  const { unitId, silent, unreachable } = data
  const args = { unitId, meetingId: data.meeting.id }
  const choose = (label: string, command: string, more: object = args): Choice => ({
    label,
    command,
    args: { ...(more as typeof args) },
  })
  const leaf = (label: string, meetingId: string | null): Choice[] =>
    meetingId ? [choose(label, 'attendance.summary', { unitId, meetingId })] : []
  const rows = [
    data.running || (data.begun && !data.actual) ? [choose(t('attendance.rollcall.open'), 'rollcall.open')] : [],
    data.begun || silent.length === 0
      ? []
      : [choose(t('attendance.summary.nudge', { count: silent.length }), 'reminders.nudge')],
    data.begun || silent.length + unreachable.length === 0
      ? []
      : [choose(t('attendance.menu.behalf'), 'attendance.on-behalf')],
    data.begun
      ? []
      : [
          ...(unreachable.length > 0
            ? [choose(t('attendance.summary.calls', { count: unreachable.length }), 'reach.calls')]
            : []),
          choose(t('attendance.summary.fates'), 'reach.fates'),
        ],
    data.answered.some((one) => one.leave && !one.leave.decided)
      ? [choose(t('attendance.leave.menu'), 'attendance.leaves', { unitId })]
      : [],
    data.actual ? [] : [choose(t('attendance.rollcall.secretary-button'), 'rollcall.secretary')],
    [...leaf(t('attendance.summary.previous'), data.previous), ...leaf(t('attendance.summary.next'), data.next)],
  ]
  return rows.filter((row) => row.length > 0)
}

/** What a secretary reads before and after a meeting. Names and reasons: not to be passed on. */
export const summaryMessage = renderer('attendance.summary', 1, schema, (data, t) => ({
  heading: t('attendance.summary.title'),
  text: [
    t('attendance.answer.info', { meeting: meetingWords(t, data.meeting), place: data.meeting.place }),
    ...countLines(t, data),
    ...forecastLine(t, data.forecast),
    ...actualLines(t, data),
    ...lists(t, data),
  ].join('\n'),
  choices: buttons(t, data),
  confidential: true,
}))

export const summaryRenderers = [summaryMessage]
