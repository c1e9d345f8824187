import { z } from 'zod'
import { formatPercent, type Rate } from '../attendance/counting.js'
import type { PlainDate } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import { shorten } from '../core/text.js'
import { capitalized } from '../meetings/describe.js'
import type { Choice, JsonObject } from '../messaging/vocabulary.js'
import { EXCEPTIONS } from './rules.js'

/** The shapes that travel in outbox rows, and how each is said. Contracts with rows that are still queued. */
export const rate = z.object({ part: z.number(), whole: z.number() })

export const exceptionLine = z.object({
  kind: z.enum(EXCEPTIONS),
  cell: z.string(),
  day: z.string().nullable(),
  rate: rate.nullable(),
  target: z.number().nullable(),
})
export type ExceptionShape = z.infer<typeof exceptionLine>

export const dayLine = z.object({
  day: z.string(),
  meetings: z.array(
    z.object({
      cell: z.string(),
      kind: z.enum(['regular', 'thematic', 'cell_committee']),
      time: z.string(),
      place: z.string(),
    }),
  ),
})
export type DayShape = z.infer<typeof dayLine>

export const counts = z.object({
  met: z.number(),
  notMet: z.number(),
  unconfirmed: z.number(),
  moved: z.number(),
  attendance: rate,
  reply: rate,
})
export type CountsShape = z.infer<typeof counts>

/** A name or a place as it fits into one line of a phone beside what is said of it. */
const SHORT = 32
export const short = (text: string): string => shorten(text, SHORT)

const dayWords = (t: Translate, text: string): string => t.date(text as PlainDate, 'day-month')

export const percent = (t: Translate, value: Rate): string => formatPercent(value, t.locale) ?? t('digests.no-data')

function cellWords(t: Translate, line: ExceptionShape): string {
  const cell = short(line.cell)
  if (line.rate) return t('digests.cell-rate', { cell, rate: percent(t, line.rate), target: line.target ?? 0 })
  return line.day ? t('digests.cell-on', { cell, day: dayWords(t, line.day) }) : cell
}

/** One line a kind, gravest first: "• Chưa điểm danh: Chi bộ 3 (03/12), Chi bộ 5 (04/12)". */
export const exceptionLines = (t: Translate, lines: readonly ExceptionShape[]): string[] =>
  EXCEPTIONS.flatMap((kind) => {
    const cells = lines.filter((line) => line.kind === kind).map((line) => cellWords(t, line))
    return cells.length > 0 ? [`• ${t(`digests.exception.${kind}`, { cells: cells.join(', ') })}`] : []
  })

export const dayLines = (t: Translate, days: readonly DayShape[]): string[] =>
  days.flatMap((one) => [
    capitalized(t.date(one.day as PlainDate)),
    ...one.meetings.map(({ cell, kind, time, place }) =>
      t(kind === 'regular' ? 'digests.meeting' : 'digests.meeting-thematic', {
        time,
        cell: short(cell),
        place: short(place),
      }),
    ),
  ])

/** "3/15 chi bộ đã họp, 1 không họp, 1 dời lịch, 1 chưa điểm danh": what is not, is not said. */
export const countWords = (t: Translate, of: CountsShape, cells: number): string =>
  [
    t('digests.count.met', { met: of.met, count: cells }),
    ...(['notMet', 'moved', 'unconfirmed'] as const).flatMap((what) =>
      of[what] > 0 ? [t(`digests.count.${what}`, { count: of[what] })] : [],
    ),
  ].join(', ')

/** The two rates beside the target; nothing where no meeting is over. */
export const rateLines = (t: Translate, of: CountsShape, target: number): string[] => {
  if (of.attendance.whole === 0 && of.reply.whole === 0) return []
  return [t('digests.rates', { attendance: percent(t, of.attendance), reply: percent(t, of.reply), target })]
}

export const choose = (label: string, command: string, args: JsonObject): Choice => ({ label, command, args })
