import { z } from 'zod'
import { renderer } from '../messaging/renderer.js'

const notice = z.object({ announcementId: z.string(), cell: z.string(), text: z.string(), received: z.boolean() })

/** To every member of the cell. */
export const announced = renderer('announcements.announced', 1, notice, (data, t) => ({
  heading: t('announcements.heading', { cell: data.cell }),
  text: data.received ? `${data.text}\n\n${t('announcements.received')}` : data.text,
  choices: data.received
    ? []
    : [
        [
          {
            label: t('announcements.button.received'),
            command: 'announcements.receive',
            args: { announcementId: data.announcementId },
          },
        ],
      ],
}))

/** In the place of one that was taken back; it says nothing where nothing can be changed. */
export const takenBack = renderer('announcements.taken-back', 1, z.object({ cell: z.string() }), (data, t) => ({
  heading: t('announcements.heading', { cell: data.cell }),
  text: t('announcements.taken-back'),
  inPlaceOnly: true,
}))

const draft = z.object({
  unitId: z.string(),
  announcementId: z.string(),
  text: z.string(),
  people: z.number(),
  unreachable: z.number(),
  cleared: z.boolean(),
})

/** The text as it will go, and to how many. */
export const confirm = renderer('announcements.confirm', 1, draft, (data, t) => ({
  heading: t('announcements.confirm.title', { count: data.people }),
  text: [
    data.text,
    ...(data.unreachable > 0 ? ['', t('announcements.confirm.unreachable', { count: data.unreachable })] : []),
  ].join('\n'),
  choices: [
    [
      {
        label: t('announcements.button.send'),
        command: 'announcements.send',
        args: { unitId: data.unitId, announcementId: data.announcementId, text: data.text, cleared: data.cleared },
      },
    ],
    [{ label: t('announcements.button.rewrite'), command: 'announcements.write', args: { unitId: data.unitId } }],
    [{ label: t('announcements.button.cancel'), command: 'menu.open', args: {} }],
  ],
}))

const missing = z.object({ name: z.string(), phone: z.string().nullable(), reachable: z.boolean() })

/** Who has it and who does not yet: those without a way come with their telephone number, to be called. */
export const standing = renderer(
  'announcements.standing',
  1,
  z.object({
    unitId: z.string(),
    announcementId: z.string(),
    opening: z.string(),
    received: z.number(),
    people: z.number(),
    withdrawn: z.boolean(),
    missing: z.array(missing),
  }),
  (data, t) => {
    const args = { unitId: data.unitId, announcementId: data.announcementId }
    const waiting = data.missing.filter((one) => one.reachable).map((one) => one.name)
    const calls = data.missing.filter((one) => !one.reachable)
    return {
      heading: t('announcements.standing.count', { received: data.received, people: data.people }),
      text: [
        `“${data.opening}”`,
        ...(data.withdrawn ? [t('announcements.standing.withdrawn')] : []),
        ...(data.missing.length === 0 ? [t('announcements.standing.all')] : []),
        ...(waiting.length > 0 ? [t('announcements.standing.waiting', { names: waiting.join(', ') })] : []),
        ...(calls.length > 0 ? [t('announcements.standing.call')] : []),
        ...calls.map((one) => `– ${one.name}, ${one.phone ?? t('announcements.standing.no-phone')}`),
      ].join('\n'),
      choices: data.withdrawn
        ? []
        : [
            [
              { label: t('announcements.button.again'), command: 'announcements.standing', args },
              { label: t('announcements.button.withdraw'), command: 'announcements.withdraw', args },
            ],
          ],
    }
  },
)

export const announcementRenderers = [announced, takenBack, confirm, standing]
