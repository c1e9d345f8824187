import { z } from 'zod'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import { meetingShape } from './messages.js'
import { formatLadder } from './parse-ladder.js'

/** "7 ngày, 3 giờ". */
export const ladderWords = (offsets: readonly number[], t: Translate): string =>
  formatLadder(offsets)
    .map(({ count, unit }) => t(`reminders.parse.unit.${unit}`, { count }))
    .join(', ')

/** To the secretary, once: the service was down, and this is what became of the reminders. */
export const lateSteps = renderer(
  'reminders.late',
  1,
  z.object({
    ...meetingShape.shape,
    /** Minutes before the start: the step that goes out, and those that do not any more. */
    sent: z.number(),
    missed: z.array(z.number()),
  }),
  (data, t) => ({
    text: [
      t('reminders.late.down', {
        kind: t(`attendance.answer.kind.${data.kind}`),
        when: t.dateTime(data.day, data.time),
      }),
      t('reminders.late.sent', { step: ladderWords([data.sent], t) }),
      ...(data.missed.length > 0 ? [t('reminders.late.missed', { steps: ladderWords(data.missed, t) })] : []),
    ].join(' '),
  }),
)
