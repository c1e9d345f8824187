import { z } from 'zod'
import type { PlainDate, WallTime } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import type { Meeting } from '../meetings/store.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice, JsonObject } from '../messaging/vocabulary.js'
import { fateShape, fateWords, unreachedShape, whyWords } from './fate-shape.js'

const day = z.string().transform((text) => text as PlainDate)

/** A meeting of a unit, and the page of a list about it. */
const listShape = {
  unitId: z.string(),
  meetingId: z.string(),
  kind: z.enum(['regular', 'thematic', 'cell_committee']),
  day,
  time: z.string().transform((text) => text as WallTime),
  /** The day on which it was asked for: what went out on it is told by the hour alone. */
  today: day,
  page: z.int(),
  pages: z.int(),
}
type Listed = { unitId: string; meetingId: string; page: number; pages: number }

export const listOf = (meeting: Meeting, today: PlainDate, { page, pages }: { page: number; pages: number }) => ({
  unitId: meeting.cellId,
  meetingId: meeting.id,
  kind: meeting.kind,
  day: meeting.day,
  time: meeting.time,
  today,
  page,
  pages,
})

export const meetingLine = (t: Translate, data: { kind: Meeting['kind']; day: PlainDate; time: WallTime }): string =>
  `${t(`attendance.answer.kind.${data.kind}`)} ${t.dateTime(data.day, data.time)}.`

const leaf = (t: Translate, command: string, data: Listed): Choice[][] => {
  const to = (label: string, page: number): Choice => ({
    label,
    command,
    args: { unitId: data.unitId, meetingId: data.meetingId, page },
  })
  const row = [
    ...(data.page > 1 ? [to(t('reach.previous'), data.page - 1)] : []),
    ...(data.page < data.pages ? [{ ...to(t('reach.next'), data.page + 1), next: true as const }] : []),
  ]
  return row.length > 0 ? [row] : []
}

const pageLine = (t: Translate, { page, pages }: Listed): string[] =>
  pages > 1 ? [t('reach.page', { page, pages })] : []

const inPairs = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / 2) }, (_, n) => all.slice(2 * n, 2 * n + 2))

const callShape = z.object({
  personId: z.string(),
  label: z.string(),
  phone: z.string().nullable(),
  because: unreachedShape,
  fate: fateShape,
  asked: z.boolean(),
})

/** Whom to call: name, telephone as people can tap it, why, and a button to write down what they say. */
export const callList = renderer(
  'reach.calls',
  1,
  z.object({ ...listShape, total: z.int(), rows: z.array(callShape) }),
  (data, t) => {
    const { unitId, meetingId, today } = data
    const line = (one: z.infer<typeof callShape>): string =>
      t('reach.calls.line', {
        name: one.label,
        phone: one.phone ?? t('reach.calls.no-phone'),
        why: whyWords(t, one.because, one.fate, today),
      })
    const of = (asked: boolean): string[] => data.rows.filter((one) => one.asked === asked).map(line)
    const choose = (label: string, command: string, args: JsonObject): Choice => ({
      label,
      command,
      args: { unitId, meetingId, ...args },
    })
    const names = data.rows
      .filter((one) => one.asked)
      .map(({ label, personId }) => choose(label, 'attendance.on-behalf', { personId }))
    return {
      heading: t('reach.calls.title'),
      text: [
        meetingLine(t, data),
        t('reach.calls.count', { count: data.total }),
        ...(names.length > 0 ? [t('reach.calls.how')] : []),
        '',
        ...of(true),
        ...(of(false).length > 0 ? [t('reach.calls.exempt'), ...of(false)] : []),
        ...pageLine(t, data),
      ].join('\n'),
      choices: [
        ...inPairs(names),
        ...leaf(t, 'reach.calls', data),
        [choose(t('reach.calls.print'), 'reach.print', {}), choose(t('reach.fates.open'), 'reach.fates', {})],
      ],
      confidential: true,
    }
  },
)

/** What became of each one's newest message about the meeting. */
export const fateList = renderer(
  'reach.fates',
  1,
  z.object({
    ...listShape,
    total: z.int(),
    unreached: z.int(),
    rows: z.array(z.object({ label: z.string(), answered: z.boolean(), fate: fateShape })),
  }),
  (data, t) => ({
    heading: t('reach.fates.title'),
    text: [
      meetingLine(t, data),
      t('reach.fates.count', { total: data.total, unreached: data.unreached }),
      '',
      ...data.rows.map(({ label, answered, fate }) =>
        t(answered ? 'reach.fates.line-answered' : 'reach.fates.line', {
          name: label,
          fate: fateWords(t, fate, data.today),
        }),
      ),
      ...pageLine(t, data),
    ].join('\n'),
    choices: [
      ...leaf(t, 'reach.fates', data),
      [
        ...(data.unreached > 0
          ? [
              {
                label: t('reach.calls.open'),
                command: 'reach.calls',
                args: { unitId: data.unitId, meetingId: data.meetingId },
              },
            ]
          : []),
        {
          label: t('attendance.summary.menu'),
          command: 'attendance.summary',
          args: { unitId: data.unitId, meetingId: data.meetingId },
        },
      ],
    ],
    confidential: true,
  }),
)

/** The printed list, as a file. */
export const sheetReady = renderer(
  'reach.sheet',
  1,
  // `unitId`: whose people stand on it, for who opens it by a link; absent in rows of before.
  z.object({ unitId: z.string().optional(), count: z.int(), sha256: z.string(), fileName: z.string() }),
  ({ count, sha256, fileName }, t) => ({
    text: t('reach.sheet.ready', { count }),
    attachment: { sha256, fileName },
    confidential: true,
  }),
)
