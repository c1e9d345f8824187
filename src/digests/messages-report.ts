import { z } from 'zod'
import type { PlainDate } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice } from '../messaging/vocabulary.js'
import { screen, screenMessage } from './messages-weekly.js'
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
  short,
} from './messages-words.js'

export const SECTIONS = ['overview', 'week', 'exceptions', 'cells', 'last_month'] as const
export type Section = (typeof SECTIONS)[number]

/** What every page of the report knows of itself. */
const page = z.object({ unitId: z.string(), unit: z.string(), page: z.number(), last: z.number() })
type Page = z.infer<typeof page>

const open = (unitId: string, section: Section, at = 0) => ({ unitId, section, page: at })

const headed = (t: Translate, section: Section, unit: string): string => `${t(`digests.section.${section}`)} · ${unit}`

/** The pages beside this one, and the way back. */
function pageChoices(t: Translate, section: Section, { unitId, page: at, last }: Page): Choice[][] {
  const to = (label: string, target: number) => choose(label, 'digests.report', open(unitId, section, target))
  const beside = [
    ...(at > 0 ? [to(t('digests.button.page-before'), at - 1)] : []),
    ...(at < last ? [{ ...to(t('digests.button.page-after'), at + 1), next: true as const }] : []),
  ]
  return [
    ...(beside.length > 0 ? [beside] : []),
    [choose(t('digests.button.overview'), 'digests.report', open(unitId, 'overview'))],
  ]
}

/** `/baocao`: the moment's overview, and the way to everything that does not fit on one screen. */
export const overview = renderer('digests.overview', 1, screen, (data, t) => {
  const to = (section: Section) => choose(t(`digests.section.${section}`), 'digests.report', open(data.unitId, section))
  return {
    ...screenMessage(t, data, 'now'),
    choices: [
      [to('exceptions'), to('week')],
      [to('cells'), to('last_month')],
      [choose(t('digests.button.stored'), 'digests.stored', { unitId: data.unitId })],
    ],
  }
})

export const weekPage = renderer('digests.report-week', 1, page.extend({ days: z.array(dayLine) }), (data, t) => ({
  heading: headed(t, 'week', data.unit),
  text: data.days.length > 0 ? dayLines(t, data.days).join('\n') : t('digests.week-none'),
  choices: pageChoices(t, 'week', data),
}))

export const exceptionsPage = renderer(
  'digests.report-exceptions',
  1,
  page.extend({ lines: z.array(exceptionLine) }),
  (data, t) => ({
    heading: headed(t, 'exceptions', data.unit),
    text: data.lines.length > 0 ? exceptionLines(t, data.lines).join('\n') : t('digests.attention-none'),
    choices: pageChoices(t, 'exceptions', data),
  }),
)

const cellLine = z.object({ cell: z.string(), met: z.number(), attendance: rate, reply: rate, below: z.boolean() })

const cellWords = (t: Translate, one: z.infer<typeof cellLine>): string => {
  const cell = short(one.cell)
  if (one.attendance.whole === 0) return t('digests.cells.none', { cell })
  const { part, whole } = one.attendance
  return t(one.below ? 'digests.cells.below' : 'digests.cells.line', {
    cell,
    rate: percent(t, one.attendance),
    part,
    whole,
    reply: percent(t, one.reply),
  })
}

export const cellsPage = renderer(
  'digests.report-cells',
  1,
  page.extend({ month: z.string(), lines: z.array(cellLine) }),
  (data, t) => ({
    heading: headed(t, 'cells', data.unit),
    text: [
      t('digests.cells.intro', { month: t.date(data.month as PlainDate, 'month-year') }),
      ...(data.lines.length > 0 ? data.lines.map((one) => cellWords(t, one)) : [t('digests.no-cells')]),
    ].join('\n'),
    choices: pageChoices(t, 'cells', data),
  }),
)

export const monthPage = renderer(
  'digests.report-month',
  1,
  page.extend({
    month: z.string(),
    target: z.number(),
    cells: z.number(),
    counts,
    reading: rate,
    notYet: z.number(),
    names: z.array(z.string()),
  }),
  (data, t) => ({
    heading: headed(t, 'last_month', data.unit),
    text: [
      t('digests.month-whole', {
        month: t.date(data.month as PlainDate, 'month-year'),
        counts: countWords(t, data.counts, data.cells),
      }),
      ...rateLines(t, data.counts, data.target),
      ...(data.reading.whole > 0 ? [t('digests.reading', { rate: percent(t, data.reading) })] : []),
      ...(data.notYet > 0
        ? [t('digests.not-yet', { count: data.notYet, cells: data.names.map(short).join(', ') })]
        : []),
    ].join('\n'),
    choices: pageChoices(t, 'last_month', data),
  }),
)

export const reportRenderers = [overview, weekPage, exceptionsPage, cellsPage, monthPage]
