import { z } from 'zod'
import { capitalized, describedFields, linesOf, titleOf } from '../meetings/describe.js'
import { renderer } from '../messaging/renderer.js'

/**
 * A notice to forward by hand where no bot is wanted: nothing but the notice stands in it, and it names nobody. Buttons
 * are lost when a message is forwarded.
 */
export const notice = renderer(
  'groups.notice',
  1,
  z.object({
    ...describedFields,
    unitId: z.string(),
    meetingId: z.string(),
    unit: z.string(),
    others: z.array(z.object({ meetingId: z.string(), title: z.string(), day: z.string() })),
  }),
  (data, t) => {
    const who = data.kind === 'cell_committee' ? 'committee' : 'cell'
    const { unitId, meetingId } = data
    return {
      heading: t('groups.notice.heading'),
      text: [
        t(`groups.notice.to.${who}`, { unit: data.unit }),
        t('groups.notice.holds', { unit: data.unit, meeting: titleOf(data, t) }),
        ...linesOf(data, t),
        t('groups.notice.closing'),
        '',
        t(`groups.notice.from.${who}`, { unit: data.unit }),
      ].join('\n'),
      choices: [
        [{ label: t('groups.button.paper'), command: 'groups.notice-paper', args: { unitId, meetingId } }],
        ...data.others.map((one) => [
          {
            label: t('groups.button.notice-of', { meeting: capitalized(one.title), day: one.day }),
            command: 'groups.notice',
            args: { unitId, meetingId: one.meetingId },
          },
        ]),
      ],
    }
  },
)

/** The Word file, for the hand that numbers and signs it. */
export const paperReady = renderer(
  'groups.paper',
  1,
  z.object({ sha256: z.string(), fileName: z.string() }),
  (attachment, t) => ({
    text: t('groups.notice.ready'),
    attachment: { ...attachment, elsewhere: t('groups.notice.elsewhere') },
  }),
)

export const noticeRenderers = [notice, paperReady]
