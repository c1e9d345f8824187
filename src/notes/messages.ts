import { z } from 'zod'
import type { Translate } from '../core/i18n.js'
import { dayField, kindField, timeField } from '../meetings/describe.js'
import { renderer } from '../messaging/renderer.js'

export const meetingShape = z.object({ kind: kindField, day: dayField, time: timeField }).nullable()
type Shape = z.infer<typeof meetingShape>

/** "Buổi sinh hoạt thường kỳ 03/12/2026". */
export const meetingName = (t: Translate, meeting: Shape): string =>
  meeting ? t(`notes.meeting.${meeting.kind}`, { day: t.date(meeting.day, 'day-month-year') }) : t('notes.meeting.none')

const line = z.object({ noteId: z.string(), opening: z.string(), meeting: meetingShape })

/** The notebook by meeting, newest first; each note opens by its own choice. */
export const notebook = renderer(
  'notes.notebook',
  1,
  z.object({ rows: z.array(line), total: z.number(), page: z.number(), pages: z.number() }),
  (data, t) => ({
    heading: t('notes.list.title'),
    text: [
      data.total === 0 ? t('notes.list.none') : t('notes.list.count', { count: data.total }),
      t('notes.list.how'),
      ...(data.pages > 1 ? [t('notes.list.page', { page: data.page, pages: data.pages })] : []),
    ].join('\n'),
    choices: [
      ...data.rows.map((one) => [
        {
          label: one.meeting ? `${t.date(one.meeting.day, 'day-month')}: ${one.opening}` : one.opening,
          command: 'notes.open',
          args: { noteId: one.noteId },
        },
      ]),
      ...(data.page < data.pages
        ? [
            [
              {
                label: t('notes.button.next'),
                command: 'notes.list',
                args: { page: data.page + 1 },
                next: true as const,
              },
            ],
          ]
        : []),
      [{ label: t('notes.button.add'), command: 'notes.add', args: {} }],
      ...(data.total > 0 ? [[{ label: t('notes.button.export'), command: 'notes.export', args: {} }]] : []),
    ],
  }),
)

export const opened = renderer(
  'notes.opened',
  1,
  z.object({ noteId: z.string(), text: z.string(), meeting: meetingShape }),
  (data, t) => ({
    heading: meetingName(t, data.meeting),
    text: data.text,
    confidential: true,
    choices: [
      [{ label: t('notes.button.remove'), command: 'notes.remove', args: { noteId: data.noteId } }],
      [{ label: t('notes.button.list'), command: 'notes.list', args: {} }],
    ],
  }),
)

/** The whole notebook as a file; its link opens for its writer alone (`web/pages/file-guards.ts`). */
export const exported = renderer(
  'notes.exported',
  1,
  z.object({ personId: z.string(), sha256: z.string(), fileName: z.string() }),
  ({ sha256, fileName }, t) => ({
    text: t('notes.export.ready'),
    attachment: { sha256, fileName, elsewhere: t('notes.export.elsewhere') },
    confidential: true,
  }),
)

export const noteRenderers = [notebook, opened, exported]
