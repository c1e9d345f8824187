import { z } from 'zod'
import type { PlainDate } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice } from '../messaging/vocabulary.js'
import { choose, exceptionLine, percent } from './messages-words.js'

const mend = z.discriminatedUnion('what', [
  z.object({ what: z.literal('roll_call'), meetingId: z.string(), day: z.string() }),
  z.object({ what: z.literal('new_meeting') }),
  z.object({ what: z.literal('schedule') }),
])
export type Mend = z.infer<typeof mend>

const lineWords = (t: Translate, line: z.infer<typeof exceptionLine>): string =>
  t(`digests.preview.${line.kind}`, {
    day: line.day ? t.date(line.day as PlainDate) : '',
    rate: line.rate ? percent(t, line.rate) : '',
    target: line.target ?? 0,
  })

function mendChoice(t: Translate, one: Mend, unitId: string): Choice {
  if (one.what === 'new_meeting') return choose(t('digests.button.new-meeting'), 'meetings.create', { unitId })
  if (one.what === 'schedule') return choose(t('digests.button.schedule'), 'meetings.series', { unitId })
  const label = t('digests.button.roll-call', { day: t.date(one.day as PlainDate, 'day-month') })
  return choose(label, 'rollcall.open', { unitId, meetingId: one.meetingId })
}

/** Sunday's private word to a cell's secretary and deputy: what Monday will say of the cell, and what mends it. */
export const preview = renderer(
  'digests.preview',
  1,
  z.object({
    unitId: z.string(),
    cell: z.string(),
    week: z.string(),
    time: z.string(),
    lines: z.array(exceptionLine),
    mends: z.array(mend),
  }),
  (data, t) => ({
    text: [
      t('digests.preview.intro', { cell: data.cell, time: data.time, day: t.date(data.week as PlainDate) }),
      ...data.lines.map((line) => `• ${lineWords(t, line)}`),
      t(data.mends.length > 0 ? 'digests.preview.mend' : 'digests.preview.know'),
    ].join('\n'),
    ...(data.mends.length > 0 ? { choices: data.mends.map((one) => [mendChoice(t, one, data.unitId)]) } : {}),
  }),
)

export const previewRenderers = [preview]
