import { z } from 'zod'
import { renderer } from '../../messaging/renderer.js'
import { meetingShape, meetingWords } from '../messages-answer.js'

/** For who takes the roll alone: the code of this minute. */
export const checkInCode = renderer(
  'checkin.code',
  1,
  z.object({
    unitId: z.string(),
    meeting: meetingShape,
    code: z.string(),
    seconds: z.number(),
    entries: z.number(),
    onPage: z.boolean(),
  }),
  ({ unitId, meeting, code, seconds, entries, onPage }, t) => {
    const args = { unitId, meetingId: meeting.id }
    return {
      heading: t('attendance.checkin.title'),
      text: [
        t('attendance.checkin.code', { code, seconds }),
        `${meetingWords(t, meeting)}.`,
        t('attendance.checkin.how'),
        t('attendance.checkin.entries', { count: entries }),
      ].join('\n'),
      choices: [
        [{ label: t('attendance.checkin.next'), command: 'checkin.open', args }],
        ...(onPage ? [[{ label: t('attendance.checkin.page'), command: 'checkin.page', args }]] : []),
        [{ label: t('attendance.checkin.close'), command: 'checkin.close', args }],
      ],
      confidential: true,
    }
  },
)

/** Off until somebody switches it on, for this meeting alone. */
export const checkInOffer = renderer(
  'checkin.offer',
  1,
  z.object({ unitId: z.string(), meeting: meetingShape }),
  ({ unitId, meeting }, t) => ({
    text: [`${meetingWords(t, meeting)}.`, t('attendance.checkin.off')].join('\n'),
    choices: [
      [
        {
          label: t('attendance.checkin.switch-on'),
          command: 'checkin.open',
          args: { unitId, meetingId: meeting.id, on: true },
        },
      ],
    ],
  }),
)

export const checkInRenderers = [checkInCode, checkInOffer]
