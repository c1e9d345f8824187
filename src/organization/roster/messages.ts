import { z } from 'zod'
import type { Translate } from '../../core/i18n.js'
import { renderer } from '../../messaging/renderer.js'
import type { RosterPlan } from './plan-types.js'
import type { Params } from './types.js'

/** One glance of problems in a chat; all of them are on the command line. */
const MOST_LINES = 12

const words = z.record(z.string(), z.union([z.string(), z.number()]))
const report = z.object({
  fileName: z.string(),
  uploadId: z.string(),
  unitId: z.string(),
  summary: z.object({
    create: z.number(),
    update: z.number(),
    unchanged: z.number(),
    conflict: z.number(),
    unreadable: z.number(),
  }),
  problems: z.array(z.object({ line: z.number(), code: z.string(), params: words })),
  remarks: z.array(z.object({ code: z.string(), params: words })),
})
type Report = z.infer<typeof report>

/** What a message says of a plan. */
export const reportOf = (plan: RosterPlan, file: { fileName: string; uploadId: string; unitId: string }): Report => ({
  ...file,
  summary: { ...plan.summary },
  problems: plan.problems.map(({ line, code, params }) => ({ line, code, params: { ...params } })),
  remarks: plan.remarks.map(({ code, params }) => ({ code, params: { ...params } })),
})

/** "9–33, 40": lines as they are read aloud. */
function rangesOf(lines: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const line of lines) {
    const last = ranges.at(-1)
    if (last && line === last[1] + 1) last[1] = line
    else ranges.push([line, line])
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ')
}

/** Problems with the lines they stand in, what is the same said once; line 0 speaks of the whole file. */
function problemTexts(problems: Reported['problems'], t: Translate): { text: string; count: number }[] {
  const lines = new Map<string, number[]>()
  for (const one of problems) {
    const text = t.dynamic(one.code, one.params)
    lines.set(text, [...(lines.get(text) ?? []), one.line])
  }
  return [...lines].map(([text, of]) => {
    const real = of.filter((line) => line > 0)
    return {
      text: real.length > 0 ? t('roster.report.line', { line: rangesOf(real), text }) : text,
      count: of.length,
    }
  })
}

type Reported = Readonly<{
  summary: RosterPlan['summary']
  problems: readonly Readonly<{ line: number; code: string; params: Params }>[]
  remarks: readonly Readonly<{ code: string; params: Params }>[]
}>

/** The counts, what was assumed and what is wrong, `most` problems of it, as lines. */
export function reportLines(data: Reported, t: Translate, most: number): string[] {
  const { summary, problems, remarks } = data
  const texts = problemTexts(problems, t)
  const shown = texts.slice(0, most).map((one) => `• ${one.text}`)
  const rest = texts.slice(most).reduce((sum, one) => sum + one.count, 0)
  return [
    t('roster.report.summary', summary),
    ...remarks.map((one) => t.dynamic(one.code, one.params)),
    ...(shown.length > 0 ? ['', t('roster.report.problems'), ...shown] : []),
    ...(rest > 0 ? [t('roster.report.more', { count: rest })] : []),
  ]
}

/** Before anything is written: what the file would change. */
export const rosterPreview = renderer('roster.preview', 1, report, (data, t) => {
  const args = { uploadId: data.uploadId, unitId: data.unitId }
  const changes = data.summary.create + data.summary.update
  return {
    heading: t('roster.report.title', { file: data.fileName }),
    text: reportLines(data, t, MOST_LINES).join('\n'),
    ...(changes > 0
      ? {
          choices: [
            [
              { label: t('roster.report.import', { count: changes }), command: 'roster.import', args },
              { label: t('roster.report.leave'), command: 'menu.open', args: {} },
            ],
          ],
        }
      : {}),
  }
})

export const rosterDone = renderer('roster.done', 1, report, (data, t) => ({
  heading: t('roster.report.done'),
  text: reportLines(data, t, MOST_LINES).join('\n'),
  choices: [[{ label: t('roster.report.invite'), command: 'invite.list', args: { unitId: data.unitId } }]],
}))

export const renderers = [rosterPreview, rosterDone]
