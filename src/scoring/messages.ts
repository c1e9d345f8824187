import { z } from 'zod'
import { wordsOf } from '../conversation/messages.js'
import type { PlainDate } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import { dayField, kindField, titleOf } from '../meetings/describe.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice, JsonObject } from '../messaging/vocabulary.js'
import { bar, meanTenths } from './chart.js'
import { GRADES } from './sheets.js'

const choose = (label: string, command: string, args: JsonObject): Choice => ({ label, command, args })

const from = z.object({ key: z.string(), params: z.record(z.string(), z.json()) }).nullable()

const row = z.object({
  key: z.string(),
  name: z.string().nullable(),
  max: z.number(),
  points: z.number().nullable(),
  by: z.enum(['known', 'hand']).nullable(),
  from,
  beside: from,
  today: z.number().nullable(),
})
export type SheetRow = z.infer<typeof row>

const grade = z.enum(GRADES)
const meeting = z.object({ kind: kindField, day: dayField })
const place = { unitId: z.string(), meetingId: z.string() }

export const lineName = (t: Translate, one: Pick<SheetRow, 'key' | 'name'>): string =>
  one.name ?? t.dynamic(`scoring.line.${one.key}`)

/** What the points are from, or what is known beside them. */
export const sourceWords = (t: Translate, source: z.infer<typeof from>): string | null =>
  source && t.dynamic(`scoring.from.${source.key}`, wordsOf(source.params as JsonObject, t))

const rowLine = (t: Translate, one: SheetRow, at: number): string => {
  const source = sourceWords(t, one.by === 'known' ? one.from : one.beside)
  const points = `${one.points ?? '…'}/${one.max}`
  return `${at + 1}. ${lineName(t, one)}: ${points}${source ? ` (${source})` : ''}`
}

const PROBLEMS = ['count', 'over', 'unread', 'several'] as const
const LEADS = ['none', 'changed', 'completed', 'mended', 'refreshed'] as const

const data = z.object({
  ...place,
  meeting,
  lead: z.enum(LEADS),
  problem: z.object({ kind: z.enum(PROBLEMS), words: z.string(), max: z.number() }).nullable(),
  rows: z.array(row),
  total: z.number().nullable(),
  grade: grade.nullable(),
  complete: z.boolean(),
  mends: z.boolean(),
  rollCall: z.boolean(),
  version: z.number(),
  /** An earlier meeting that was left without a complete score. */
  unscored: z.object({ id: z.string(), kind: kindField, day: dayField }).nullable(),
})
export type ScoreData = z.infer<typeof data>

const example = (rows: readonly SheetRow[]): string => rows.map((one) => Math.max(0, one.max - 1)).join(' ')

function openWords(t: Translate, { rows, rollCall }: ScoreData): string[] {
  const open = rows.filter((one) => one.points === null)
  const names = open.map((one) => `${lineName(t, one)} (${one.max})`).join(', ')
  const [only] = open
  return [
    ...(rollCall ? [] : [t('scoring.no-roll-call')]),
    open.length === 1 && only
      ? t('scoring.open-one', { name: names, example: Math.max(0, only.max - 1) })
      : t('scoring.open', { count: open.length, names, example: example(open) }),
  ]
}

const doneWords = (t: Translate, { total, grade: reached, rows, mends }: ScoreData): string[] => [
  t('scoring.total', { total: total ?? 0, grade: t(`scoring.grade.${reached ?? 'weak'}`) }),
  ...rows
    .filter((one) => one.today !== null)
    .map((one) => t('scoring.differs', { name: lineName(t, one), points: one.points ?? 0, today: one.today ?? 0 })),
  ...(mends ? [t('scoring.how-to-mend', { example: `${lineName(t, rows[0] as SheetRow)} 4` })] : []),
]

/** The sheet of a meeting with its points and what they are from. */
export const sheetMessage = renderer('scoring.sheet', 1, data, (it, t) => {
  const args = { unitId: it.unitId, meetingId: it.meetingId, version: it.version }
  const open = it.rows.filter((one) => one.points === null)
  const minus = it.rows
    .filter((one) => (one.points ?? 0) > 0)
    .map((one) => [
      choose(t('scoring.button.minus', { name: lineName(t, one), points: (one.points ?? 0) - 1 }), 'scoring.set', {
        ...args,
        key: one.key,
        points: (one.points ?? 0) - 1,
      }),
    ])
  const max = [
    choose(t('scoring.button.max', { points: open.reduce((sum, one) => sum + one.max, 0) }), 'scoring.max', args),
  ]
  const accept = [choose(t('scoring.button.accept', { total: it.total ?? 0 }), 'scoring.max', args)]
  const year = choose(t('scoring.button.year'), 'scoring.year', { unitId: it.unitId })
  const place = { unitId: it.unitId, meetingId: it.meetingId }
  const { unscored } = it
  const other = unscored
    ? [
        [
          choose(t('scoring.button.unscored', { meeting: titleOf(unscored, t) }), 'scoring.open', {
            unitId: it.unitId,
            meetingId: unscored.id,
          }),
        ],
      ]
    : []
  const done = [
    ...(it.rows.some((one) => one.today !== null)
      ? [[choose(t('scoring.button.refresh'), 'scoring.refresh', args)]]
      : []),
    ...(it.mends ? minus : [[choose(t('scoring.button.mend'), 'scoring.open', { ...place, mends: true })]]),
    [choose(t('scoring.button.changes'), 'scoring.changes', place), year],
  ]
  return {
    heading: t('scoring.title'),
    text: [
      ...(it.lead === 'none' ? [] : [t(`scoring.lead.${it.lead}`)]),
      ...(it.problem
        ? [t(`scoring.problem.${it.problem.kind}`, { words: it.problem.words, max: it.problem.max })]
        : []),
      t('scoring.of', { meeting: titleOf(it.meeting, t) }),
      ...it.rows.map((one, at) => rowLine(t, one, at)),
      ...(it.complete ? doneWords(t, it) : open.length > 0 ? openWords(t, it) : [t('scoring.all-known')]),
    ].join('\n'),
    choices: [...(it.complete ? done : [open.length > 0 ? max : accept, [year]]), ...(it.mends ? [] : other)],
  }
})

/** A year of a cell as bars of text: it is the same on every phone, and can be read aloud. */
export const yearMessage = renderer(
  'scoring.year',
  1,
  z.object({
    unitId: z.string(),
    year: z.number(),
    scores: z.array(z.object({ meetingId: z.string(), day: dayField, total: z.number(), grade })),
    earlier: z.boolean(),
    later: z.boolean(),
  }),
  (it, t) => {
    const mean = meanTenths(it.scores)
    const words =
      mean === null
        ? null
        : `${Math.floor(mean / 10)}${mean % 10 ? `${t.locale === 'vi' ? ',' : '.'}${mean % 10}` : ''}`
    const to = (label: string, year: number): Choice => choose(label, 'scoring.year', { unitId: it.unitId, year })
    const turn = [
      ...(it.earlier ? [to(`‹ ${it.year - 1}`, it.year - 1)] : []),
      ...(it.later ? [to(`${it.year + 1} ›`, it.year + 1)] : []),
    ]
    return {
      heading: t('scoring.year-title', { year: it.year }),
      text: [
        ...(it.scores.length === 0 ? [t('scoring.year-none')] : []),
        ...it.scores.map((one) => yearLine(t, one)),
        ...(words === null ? [] : [t('scoring.mean', { mean: words, count: it.scores.length })]),
      ].join('\n'),
      ...(turn.length > 0 ? { choices: [turn] } : {}),
    }
  },
)

const yearLine = (t: Translate, one: { day: PlainDate; total: number; grade: (typeof GRADES)[number] }): string =>
  `${t.date(one.day, 'day-month')} ${bar(one.total)} ${one.total} ${t(`scoring.grade.${one.grade}`)}`

/** What was given when and by whom. */
export const changesMessage = renderer(
  'scoring.changes',
  1,
  z.object({
    ...place,
    changes: z.array(
      z.object({
        name: z.string().nullable(),
        key: z.string().nullable(),
        points: z.number().nullable(),
        by: z.string(),
        day: dayField,
        time: z.string(),
      }),
    ),
  }),
  (it, t) => ({
    heading: t('scoring.changes-title'),
    text: [
      ...(it.changes.length === 0 ? [t('scoring.changes-none')] : []),
      ...it.changes.map((one) =>
        t('scoring.change', {
          when: `${one.time} ${t.date(one.day, 'day-month')}`,
          what: one.key === null ? t('scoring.whole') : lineName(t, { key: one.key, name: one.name }),
          points: one.points ?? '–',
          by: one.by,
        }),
      ),
    ].join('\n'),
    choices: [[choose(t('scoring.button.back'), 'scoring.open', { unitId: it.unitId, meetingId: it.meetingId })]],
  }),
)

export const scoringRenderers = [sheetMessage, yearMessage, changesMessage]
