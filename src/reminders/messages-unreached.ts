import { z } from 'zod'
import { renderer } from '../messaging/renderer.js'
import { meetingShape } from './messages.js'

/** To the secretary, on the evening before: whom no message has reached, while there is time to call. */
export const unreached = renderer(
  'reminders.unreached',
  1,
  meetingShape.extend({ unitId: z.string(), names: z.array(z.string()) }),
  (data, t) => ({
    text: [
      `${t(`attendance.answer.kind.${data.kind}`)} ${t.dateTime(data.day, data.time)}.`,
      t('reminders.unreached.count', { count: data.names.length }),
      ...data.names.map((name) => t('reminders.unreached.name', { name })),
      t('reminders.unreached.please'),
    ].join('\n'),
    choices: [
      [
        {
          label: t('reach.calls.open'),
          command: 'reach.calls',
          args: { unitId: data.unitId, meetingId: data.meetingId },
        },
      ],
    ],
    confidential: true,
  }),
)
