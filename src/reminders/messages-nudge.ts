import { z } from 'zod'
import type { PlainDate, WallTime } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice } from '../messaging/vocabulary.js'
import { meetingShape } from './messages.js'

const numbers = meetingShape.extend({
  unitId: z.string(),
  silent: z.number(),
  /** Whom no message has reached. */
  unreachable: z.number(),
  rested: z.number(),
  willGet: z.number(),
  /** The end of the quiet hours, where the nudge waits for it. */
  later: z
    .object({
      day: z.string().transform((text) => text as PlainDate),
      time: z.string().transform((text) => text as WallTime),
    })
    .nullable(),
})
type Numbers = z.infer<typeof numbers>

const meetingLine = (data: Numbers, t: Translate): string =>
  t('reminders.nudge.meeting', {
    kind: t(`attendance.answer.kind.${data.kind}`),
    when: t.dateTime(data.day, data.time),
  })

/** Who is silent and gets nothing now, and why. */
const restLines = ({ unreachable, rested }: Numbers, t: Translate): string[] => [
  ...(rested > 0 ? [t('reminders.nudge.rested', { count: rested })] : []),
  ...(unreachable > 0 ? [t('reminders.nudge.unreachable', { count: unreachable })] : []),
]

const summary = ({ unitId, meetingId }: Numbers, t: Translate): Choice => ({
  label: t('reminders.nudge.button.summary'),
  command: 'attendance.summary',
  args: { unitId, meetingId },
})

/** Who was not reached can only be called. */
const calls = ({ unitId, meetingId, unreachable }: Numbers, t: Translate): Choice[] =>
  unreachable > 0 ? [{ label: t('reach.calls.open'), command: 'reach.calls', args: { unitId, meetingId } }] : []

const laterWords = (later: Numbers['later'], t: Translate): string =>
  later ? t('reminders.nudge.later', { time: later.time, day: t.date(later.day) }) : ''

function silentLines(data: Numbers, t: Translate): string[] {
  if (data.silent === 0) return [t('reminders.nudge.nobody')]
  const nothing = data.willGet === 0 ? [t('reminders.nudge.nothing')] : []
  const later = data.willGet > 0 && data.later ? [laterWords(data.later, t)] : []
  return [t('reminders.nudge.silent', { count: data.silent }), ...restLines(data, t), ...nothing, ...later]
}

/** How many have not answered, whom of them a nudge would reach, and the button that sends it. */
export const nudgeOffer = renderer('reminders.nudge-offer', 1, numbers, (data, t) => {
  const { unitId, meetingId, willGet } = data
  const send: Choice = {
    label: t('reminders.nudge.button.send', { count: willGet }),
    command: 'reminders.nudge-send',
    args: { unitId, meetingId },
  }
  return {
    text: [meetingLine(data, t), ...silentLines(data, t)].join('\n'),
    choices: [...(willGet > 0 ? [[send]] : []), [...calls(data, t), summary(data, t)]],
  }
})

export const nudgeDone = renderer('reminders.nudge-done', 1, numbers, (data, t) => ({
  text: [
    data.later
      ? `${t('reminders.nudge.queued', { count: data.willGet })} ${laterWords(data.later, t)}`
      : t('reminders.nudge.sent', { count: data.willGet }),
    ...restLines(data, t),
  ].join('\n'),
  choices: [[...calls(data, t), summary(data, t)]],
}))
