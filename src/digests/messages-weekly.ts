import { z } from 'zod'
import { addDays, dayOf, type PlainDate } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import type { OutgoingMessage } from '../messaging/vocabulary.js'
import {
  choose,
  counts,
  countWords,
  dayLine,
  dayLines,
  exceptionLine,
  exceptionLines,
  percent,
  rate,
  rateLines,
} from './messages-words.js'
import { fitDays } from './report.js'
import { type DigestContent, monthSoFar } from './rules.js'
import type { Unit } from './store.js'

/** What is on the one screen, and what is kept of a digest. */
export const screen = z.object({
  unitId: z.string(),
  unit: z.string(),
  target: z.number(),
  week: z.string(),
  today: z.string(),
  exceptions: z.array(exceptionLine),
  moreCells: z.number(),
  days: z.array(dayLine),
  moreMeetings: z.number(),
  cells: z.number(),
  pastWeek: counts,
  month: counts,
  reading: rate,
})
export type Screen = z.infer<typeof screen>

/** With at most seven lines of exceptions and six of numbers, this keeps the whole within 25. */
const LINES_OF_MEETINGS = 8

/** From what was decided to what is shown: meetings beyond the screen are counted, not carried along. */
export function toScreen(unit: Unit, content: DigestContent, today: PlainDate): Screen {
  const { week, exceptions, moreCells, cells, pastWeek, reading } = content
  const { days, moreMeetings } = fitDays(content.days, LINES_OF_MEETINGS)
  const { notYet: _, ...month } = content.month
  return screen.parse({
    unitId: unit.id,
    unit: unit.name,
    target: unit.target,
    week,
    today,
    exceptions,
    moreCells,
    days,
    moreMeetings,
    cells,
    pastWeek,
    month,
    reading,
  })
}

const attention = (t: Translate, data: Screen): string[] =>
  data.exceptions.length === 0
    ? []
    : [
        t('digests.attention'),
        ...exceptionLines(t, data.exceptions),
        ...(data.moreCells > 0 ? [t('digests.more-cells', { count: data.moreCells })] : []),
        '',
      ]

const thisWeek = (t: Translate, data: Screen): string[] =>
  data.days.length === 0
    ? [t('digests.week-none'), '']
    : [
        t('digests.week'),
        ...dayLines(t, data.days),
        ...(data.moreMeetings > 0 ? [t('digests.more-meetings', { count: data.moreMeetings })] : []),
        '',
      ]

const numbers = (t: Translate, data: Screen): string[] => {
  const { from } = monthSoFar(data.today as PlainDate)
  const monthKey = dayOf(data.today as PlainDate) === 1 ? 'digests.month-whole' : 'digests.month-so-far'
  return [
    t('digests.past-week', { counts: countWords(t, data.pastWeek, data.cells) }),
    ...rateLines(t, data.pastWeek, data.target),
    t(monthKey, { month: t.date(from, 'month-year'), counts: countWords(t, data.month, data.cells) }),
    ...rateLines(t, data.month, data.target),
    ...(data.reading.whole > 0 ? [t('digests.reading', { rate: percent(t, data.reading) })] : []),
  ]
}

const weekParams = (t: Translate, data: Pick<Screen, 'week' | 'unit'>) => ({
  unit: data.unit,
  from: t.date(data.week as PlainDate, 'day-month'),
  to: t.date(addDays(data.week as PlainDate, 6), 'day-month'),
})

/** Exceptions, then the week, then numbers. Without choices: each message has its own. */
export const screenMessage = (t: Translate, data: Screen, how: 'weekly' | 'now'): OutgoingMessage => ({
  heading:
    how === 'weekly'
      ? t('digests.heading.weekly', weekParams(t, data))
      : t('digests.heading.now', { unit: data.unit, date: t.date(data.today as PlainDate, 'day-month-year') }),
  text: [...attention(t, data), ...thisWeek(t, data), ...numbers(t, data)].join('\n'),
})

/** Monday's message to each committee member and its office. */
export const weekly = renderer('digests.weekly', 1, screen, (data, t) => ({
  ...screenMessage(t, data, 'weekly'),
  choices: [[choose(t('digests.button.full'), 'digests.report', { unitId: data.unitId })]],
}))

/** A digest of a past week as it was sent, with a way to its neighbours. */
export const stored = renderer(
  'digests.stored',
  1,
  z.object({ screen, before: z.string().nullable(), after: z.string().nullable() }),
  ({ screen: data, before, after }, t) => {
    const to = (label: string, week: string | null) =>
      week ? [choose(label, 'digests.stored', { unitId: data.unitId, week })] : []
    const beside = [...to(t('digests.button.week-before'), before), ...to(t('digests.button.week-after'), after)]
    return {
      ...screenMessage(t, data, 'weekly'),
      choices: [
        ...(beside.length > 0 ? [beside] : []),
        [choose(t('digests.button.overview'), 'digests.report', { unitId: data.unitId })],
      ],
    }
  },
)

export const weeklyRenderers = [weekly, stored]
