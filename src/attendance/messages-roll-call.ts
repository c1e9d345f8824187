import { z } from 'zod'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice, JsonObject, OutgoingMessage } from '../messaging/vocabulary.js'
import { SUGGESTED_FROM } from './check-in/code.js'
import { formatPercent, tally } from './counting.js'
import { inPairs, meetingShape, meetingWords, REASONS } from './messages-answer.js'
import { shortLabels } from './roll-call-labels.js'

export const MARKS = ['unknown', 'present', 'late', 'online', 'excused', 'unexcused'] as const
export const markState = z.enum(MARKS)

const reason = z.enum(REASONS).nullable()

const place = { unitId: z.string(), meetingId: z.string() }
export type Place = { unitId: string; meetingId: string }

const choose = (label: string, command: string, args: JsonObject): Choice => ({ label, command, args })

/** "‹ Trang trước" and "Trang sau ›", where there is one. */
export const pageRow = (t: Translate, command: string, args: JsonObject, page: number, last: number): Choice[][] => {
  const before = page > 0 ? [choose(t('attendance.rollcall.before'), command, { ...args, page: page - 1 })] : []
  const after =
    page < last
      ? [{ ...choose(t('attendance.rollcall.after'), command, { ...args, page: page + 1 }), next: true as const }]
      : []
  return before.length + after.length > 0 ? [[...before, ...after]] : []
}

const sheetSchema = z.object({
  ...place,
  meeting: meetingShape,
  lead: z.enum(['start', 'end', 'mend', 'none']),
  /** Of everybody on the sheet, in its order. */
  states: z.array(markState),
  /** How many are still as the answers propose. */
  proposed: z.number(),
  /** Those of this page. */
  people: z.array(z.object({ personId: z.string(), label: z.string(), state: markState })),
  page: z.number(),
  last: z.number(),
  guests: z.number(),
  /** Who is ticked as having paid the fee. */
  feesPaid: z.number().default(0),
  changed: z.object({ by: z.string(), time: z.string() }).nullable(),
  /** Whether the reader may name the meeting's secretary. */
  manages: z.boolean(),
  /** Whether there is a page for it. */
  onPage: z.boolean().default(false),
  /** Everybody's name, in the order of `states`; nobody in what was queued before there were lines. */
  names: z.array(z.string()).default([]),
  /** Who says that their mark is wrong. */
  objections: z.array(z.string()).default([]),
  /** A change that another phone made: of use only where the message stands. */
  live: z.boolean().default(false),
})
export type SheetData = z.infer<typeof sheetSchema>

/** "Có mặt 18 · muộn 1 · … / 25 – 84%". */
export function countsLine(t: Translate, states: readonly (typeof MARKS)[number][]): string {
  const { total, rate, ...counts } = tally(states)
  const said = t('attendance.rollcall.counts', { ...counts, total })
  // While somebody is still to be marked a rate says nothing of the meeting: at its opening it would be 0 %.
  return counts.unknown > 0
    ? said
    : `${said} ${t('attendance.rollcall.rate', { rate: formatPercent(rate, t.locale) ?? '–' })}`
}

/** How many have paid the fee, once anybody is ticked. */
export const feesLine = (t: Translate, paid: number, total: number): string[] =>
  paid > 0 ? [t('attendance.rollcall.fees.count', { paid, total })] : []

const people = (t: Translate, data: SheetData, args: Place): Choice[][] => {
  const labels = shortLabels(data.people.map((one) => one.label))
  return inPairs(
    data.people.map(({ personId, state }, at) =>
      choose(`${t(`attendance.rollcall.sign.${state}`)} ${labels[at]}`, 'rollcall.ask', {
        ...args,
        personId,
        page: data.page,
      }),
    ),
  )
}

/** What can be done with the sheet as a whole. */
function deedRows(t: Translate, data: SheetData): Choice[][] {
  const args: Place = { unitId: data.unitId, meetingId: data.meetingId }
  const unknown = data.states.filter((state) => state === 'unknown').length
  const rest = choose(t('attendance.rollcall.rest', { count: unknown }), 'rollcall.rest', { ...args, page: data.page })
  const guests = choose(t('attendance.rollcall.guests-button', { count: data.guests }), 'rollcall.guests', args)
  const secretary = choose(t('attendance.rollcall.secretary-button'), 'rollcall.secretary', args)
  return [
    ...(unknown > 0 ? [[rest]] : []),
    data.manages ? [guests, secretary] : [guests],
    ...(data.onPage ? [[choose(t('attendance.rollcall.page-button'), 'rollcall.page', args)]] : []),
    ...(data.states.length >= SUGGESTED_FROM && unknown > 0 && data.page === 0
      ? [[choose(t('attendance.checkin.suggest'), 'checkin.open', args)]]
      : []),
    [choose(t('attendance.rollcall.confirm'), 'rollcall.confirm', args)],
  ]
}

function sheetRows(t: Translate, data: SheetData): Choice[][] {
  const args: Place = { unitId: data.unitId, meetingId: data.meetingId }
  return [...people(t, data, args), ...pageRow(t, 'rollcall.open', args, data.page, data.last), ...deedRows(t, data)]
}

/** What is true of the sheet, above whatever is to be done with it. */
const sheetHead = (data: SheetData, t: Translate): string[] => [
  ...(data.lead === 'none' ? [] : [t(`attendance.rollcall.lead-${data.lead}`)]),
  `${meetingWords(t, data.meeting)}.`,
  countsLine(t, data.states),
  ...(data.guests > 0 ? [t('attendance.rollcall.guests-line', { count: data.guests })] : []),
  ...feesLine(t, data.feesPaid, data.states.length),
  ...(data.objections.length > 0
    ? [t('attendance.objection.sheet', { count: data.objections.length, names: data.objections.join(', ') })]
    : []),
]

const changedLine = (data: SheetData, t: Translate): string[] =>
  data.changed ? [t('attendance.rollcall.changed', data.changed)] : []

const renderSheet = (data: SheetData, t: Translate): OutgoingMessage => ({
  heading: t('attendance.rollcall.title'),
  text: [
    ...sheetHead(data, t),
    ...(data.proposed > 0 ? [t('attendance.rollcall.proposed', { count: data.proposed })] : []),
    ...changedLine(data, t),
    ...(data.last > 0 ? [t('attendance.rollcall.page', { page: data.page + 1, pages: data.last + 1 })] : []),
    t('attendance.rollcall.legend'),
  ].join('\n'),
  choices: sheetRows(t, data),
  ...(data.names.length > 0 ? { plain: plainSheet(data, t) } : {}),
  ...(data.live ? { inPlaceOnly: true } : {}),
})

/** Everybody with a number that means something in a line only: it stands behind the name, where no choice has its own. */
const plainSheet = (data: SheetData, t: Translate): NonNullable<OutgoingMessage['plain']> => ({
  text: [
    ...sheetHead(data, t),
    ...changedLine(data, t),
    ...data.names.map((name, at) => {
      const state = data.states[at] ?? 'unknown'
      return `${name} (${at + 1})${state === 'unknown' ? '' : `: ${t(`attendance.rollcall.state.${state}`)}`}`
    }),
    t('attendance.rollcall.line.how'),
  ].join('\n'),
  choices: deedRows(t, data),
})

/** The sheet as somebody works on it, changed in its place. */
export const sheetMessage = renderer('rollcall.sheet', 1, sheetSchema, renderSheet)

/** The sheet as it comes by itself: at the start of the meeting, and at its end if unfinished. */
export const dueMessage = renderer('rollcall.due', 1, sheetSchema, renderSheet)

const chosen = z.object({ ...place, personId: z.string(), page: z.number(), confirming: z.boolean() })

/** What became of one member: state and kind of reason in one tap. */
export const askMark = renderer(
  'rollcall.ask',
  1,
  z.object({
    meeting: meetingShape,
    label: z.string(),
    state: markState,
    reasonKind: reason,
    /** How many are still unknown; asked about one by one while the sheet is being confirmed. */
    unknown: z.number(),
    onlineAllowed: z.boolean(),
    args: chosen,
  }),
  (data, t) => {
    const { personId: _, confirming, page, ...args } = data.args
    const mark = (label: string, more: JsonObject): Choice => choose(label, 'rollcall.mark', { ...data.args, ...more })
    const plain = (state: 'present' | 'late' | 'online' | 'unexcused' | 'unknown') =>
      mark(`${t(`attendance.rollcall.sign.${state}`)} ${t(`attendance.rollcall.state.${state}`)}`, { state })
    const excused = REASONS.map((kind) =>
      mark(t('attendance.rollcall.excused-for', { reason: t(`attendance.reason.${kind}`) }), {
        state: 'excused',
        reasonKind: kind,
      }),
    )
    const name = { name: data.label }
    return {
      text: [
        ...(confirming ? [t('attendance.rollcall.left', { count: data.unknown })] : []),
        t(confirming ? 'attendance.rollcall.ask-unknown' : 'attendance.rollcall.ask', name),
        ...(confirming ? [] : [t('attendance.rollcall.now', { said: markWords(t, data) })]),
        `${meetingWords(t, data.meeting)}.`,
      ].join('\n'),
      choices: [
        [plain('present'), plain('late')],
        ...inPairs([...(data.onlineAllowed ? [plain('online')] : []), ...excused]),
        confirming ? [plain('unexcused')] : [plain('unexcused'), plain('unknown')],
        ...(confirming && data.unknown > 1
          ? [
              [
                choose(t('attendance.rollcall.rest', { count: data.unknown }), 'rollcall.rest', {
                  ...args,
                  page,
                  confirming,
                }),
              ],
            ]
          : []),
        [choose(t('attendance.rollcall.back'), 'rollcall.open', { ...args, page })],
      ],
    }
  },
)

/** "vắng có lý do (công tác)". */
export const markWords = (
  t: Translate,
  { state, reasonKind }: { state: (typeof MARKS)[number]; reasonKind: z.infer<typeof reason> },
): string =>
  reasonKind && state === 'excused'
    ? `${t('attendance.rollcall.state.excused')} (${t(`attendance.reason.${reasonKind}`)})`
    : t(`attendance.rollcall.state.${state}`)

const guestLine = z.object({ guestId: z.string().nullable(), personId: z.string().nullable(), label: z.string() })

/** Who was there without counting: one tap adds, another takes back; any other name is typed. */
export const guestList = renderer(
  'rollcall.guests',
  1,
  z.object({ ...place, meeting: meetingShape, guests: z.array(guestLine), page: z.number(), last: z.number() }),
  (data, t) => {
    const args = { unitId: data.unitId, meetingId: data.meetingId }
    const labels = shortLabels(data.guests.map((one) => one.label))
    const toggles = data.guests.map(({ guestId, personId }, at) =>
      choose(`${guestId ? `${t('attendance.rollcall.sign.present')} ` : ''}${labels[at]}`, 'rollcall.guest', {
        ...args,
        page: data.page,
        ...(guestId ? { guestId } : { personId }),
      }),
    )
    return {
      text: [
        t('attendance.rollcall.guests-title'),
        `${meetingWords(t, data.meeting)}.`,
        t('attendance.rollcall.guests-ask'),
      ].join('\n'),
      choices: [
        ...inPairs(toggles),
        ...pageRow(t, 'rollcall.guests', args, data.page, data.last),
        [choose(t('attendance.rollcall.back'), 'rollcall.open', args)],
      ],
    }
  },
)

/** Several sheets are unfinished: which one is asked. */
export const whichSheet = renderer(
  'rollcall.which',
  1,
  z.object({ unitId: z.string(), meetings: z.array(meetingShape) }),
  ({ unitId, meetings }, t) => ({
    text: t('attendance.rollcall.which'),
    choices: meetings.map((one) => [
      choose(
        t('attendance.answer.which-label', {
          kind: t(`attendance.answer.kind-short.${one.kind}`),
          day: t.date(one.day),
          time: one.time,
        }),
        'rollcall.open',
        { unitId, meetingId: one.id },
      ),
    ]),
  }),
)

export const rollCallRenderers = [sheetMessage, dueMessage, askMark, guestList, whichSheet]
