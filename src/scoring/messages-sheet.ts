import { z } from 'zod'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { lineName } from './messages.js'
import { SOURCE_WORDS } from './read-sheet.js'
import { type SheetData, sheetSchema } from './sheets.js'

/** A sheet as it can be copied, changed and sent back. */
function sheetLines(t: Translate, { lines, from }: SheetData): string[] {
  const source = (one: SheetData['lines'][number]): string =>
    one.from ? ` = ${(t.locale === 'vi' ? SOURCE_WORDS[one.from][0] : SOURCE_WORDS[one.from].at(-1)) ?? ''}` : ''
  return [...lines.map((one) => `${lineName(t, one)}: ${one.max}${source(one)}`), t('scoring.own.grades', from)]
}

/** The sheet that holds for a unit, and how to put another one in its place. */
export const ownSheet = renderer(
  'scoring.own-sheet',
  1,
  z.object({
    unitId: z.string(),
    unit: z.string(),
    lead: z.enum(['none', 'set', 'same']),
    of: z.enum(['default', 'own', 'above']),
    by: z.string(),
    version: z.number(),
    sheet: sheetSchema,
  }),
  (data, t) => ({
    heading: t('scoring.own.title', { unit: data.unit }),
    text: [
      ...(data.lead === 'none' ? [] : [t(`scoring.own.${data.lead}`)]),
      t(`scoring.own.of-${data.of}`, { by: data.by, version: data.version }),
      ...sheetLines(t, data.sheet),
      '',
      t('scoring.own.how'),
    ].join('\n'),
    choices:
      data.of === 'default'
        ? []
        : [[{ label: t('scoring.own.to-default'), command: 'scoring.sheet-default', args: { unitId: data.unitId } }]],
  }),
)

const PROBLEMS = ['line', 'max', 'source', 'twice', 'many', 'sum', 'grades'] as const

export const sheetProblems = renderer(
  'scoring.sheet-problems',
  1,
  z.object({ problems: z.array(z.object({ kind: z.enum(PROBLEMS), words: z.string() })) }),
  ({ problems }, t) => ({
    text: [
      t('scoring.own.not-read'),
      ...problems.map(({ kind, words }) => `– ${t(`scoring.own.problem.${kind}`, { words })}`),
      t('scoring.own.again'),
    ].join('\n'),
  }),
)

/** Repeated back: it holds once it is confirmed. */
export const sheetPreview = renderer(
  'scoring.sheet-preview',
  1,
  z.object({ unitId: z.string(), unit: z.string(), sheet: sheetSchema }),
  ({ unitId, unit, sheet }, t) => ({
    text: [
      t('scoring.own.read', { count: sheet.lines.length }),
      ...sheetLines(t, sheet),
      t('scoring.own.right', { unit }),
    ].join('\n'),
    choices: [
      [
        {
          label: t('scoring.own.confirm'),
          command: 'scoring.sheet-set',
          args: { unitId, sheet: sheet as unknown as JsonObject },
        },
      ],
      [{ label: t('scoring.own.stop'), command: 'scoring.own-sheet', args: { unitId } }],
    ],
  }),
)

export const sheetRenderers = [ownSheet, sheetProblems, sheetPreview]
