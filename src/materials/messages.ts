import { z } from 'zod'
import type { PlainDate, WallTime } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import type { Meeting } from '../meetings/store.js'
import { renderer } from '../messaging/renderer.js'
import type { JsonObject, OutgoingMessage } from '../messaging/vocabulary.js'
import type { Material } from './store.js'

export const meetingShape = z.object({
  kind: z.enum(['regular', 'thematic', 'cell_committee']),
  day: z.string().transform((text) => text as PlainDate),
  time: z.string().transform((text) => text as WallTime),
})
type MeetingShape = z.infer<typeof meetingShape>

export const shapeOf = ({ kind, day, time }: Meeting): MeetingShape => ({ kind, day, time })

/** "buổi sinh hoạt thường kỳ 19:30 thứ Năm 03/12/2026". */
export const meetingName = (t: Translate, { kind, day, time }: MeetingShape): string =>
  t(`materials.meeting.${kind}`, { when: t.dateTime(day, time) })

/** The same as a parameter of a note. */
export const meetingWords = ({ kind, day, time }: MeetingShape): JsonObject => ({
  key: `materials.meeting.${kind}`,
  params: { when: { date: day, time } },
})

const item = z.object({
  materialId: z.string(),
  title: z.string(),
  sha256: z.string().nullable(),
  fileName: z.string().nullable(),
  url: z.string().nullable(),
  cell: z.string(),
  meeting: meetingShape,
  read: z.boolean(),
})
export type Item = z.infer<typeof item>

export const itemOf = (material: Material, meeting: Meeting, cell: string, read: boolean): Item => ({
  materialId: material.id,
  title: material.title,
  sha256: material.sha256,
  fileName: material.fileName,
  url: material.url,
  cell,
  meeting: shapeOf(meeting),
  read,
})

const words = (data: Item, t: Translate): OutgoingMessage => ({
  heading: data.title,
  text: [
    t('materials.item.for', { meeting: meetingName(t, data.meeting), cell: data.cell }),
    t(data.read ? 'materials.item.read' : 'materials.item.please'),
  ].join('\n'),
  choices: data.read
    ? []
    : [[{ label: t('materials.button.read'), command: 'materials.read', args: { materialId: data.materialId } }]],
  ...(data.url ? { link: { label: t('materials.item.open'), url: data.url } } : {}),
})

const withFile = (data: Item, t: Translate): OutgoingMessage => ({
  ...words(data, t),
  ...(data.sha256 && data.fileName
    ? {
        attachment: {
          sha256: data.sha256,
          fileName: data.fileName,
          elsewhere: t('materials.item.elsewhere', { name: data.fileName }),
        },
      }
    : {}),
})

/** One material for one person, as the meeting's people get it. */
export const pushed = renderer('materials.pushed', 1, item, withFile)

/** The same again, for somebody who asked for it. */
export const copy = renderer('materials.copy', 1, item, withFile)

/** Takes the place of a material's words once it is read; the file in that message stays where it is. */
export const readDone = renderer('materials.read', 1, item, words)

/** Asks who leads the cell what is to become of materials whose meeting was cancelled. */
export const orphaned = renderer(
  'materials.orphaned',
  1,
  z.object({
    unitId: z.string(),
    meetingId: z.string(),
    meeting: meetingShape,
    titles: z.array(z.string()),
    next: meetingShape.nullable(),
  }),
  ({ unitId, meetingId, meeting, titles, next }, t) => ({
    text: [
      t('materials.orphaned.kept', { meeting: meetingName(t, meeting) }),
      ...titles.map((title) => `• ${title}`),
      next ? t('materials.orphaned.offer', { meeting: meetingName(t, next) }) : t('materials.orphaned.later'),
    ].join('\n'),
    choices: next
      ? [[{ label: t('materials.button.carry'), command: 'materials.carry', args: { unitId, meetingId } }]]
      : [],
  }),
)
