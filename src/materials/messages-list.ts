import { z } from 'zod'

import type { PlainDate } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice } from '../messaging/vocabulary.js'
import { meetingName, meetingShape } from './messages.js'

/** Where a material stands for who leads the cell: counts, never names. */
const standing = z.object({
  state: z.enum(['sent', 'waiting', 'kept']),
  when: z.object({ day: z.string().transform((text) => text as PlainDate), time: z.string() }).nullable(),
  read: z.number(),
  of: z.number(),
})
export type Standing = z.infer<typeof standing>

const listed = z.object({ id: z.string(), title: z.string(), read: z.boolean(), standing: standing.nullable() })

const section = z.object({
  which: z.enum(['next', 'last', 'cancelled']),
  unitId: z.string(),
  meetingId: z.string(),
  /** Only where the reader belongs to several cells. */
  cell: z.string().nullable(),
  meeting: meetingShape,
  materials: z.array(listed),
})
export type Section = z.infer<typeof section>

export const standingWords = (t: Translate, { state, when, read, of }: Standing): string => {
  if (state === 'sent') return t('materials.list.readers', { read, of })
  if (state === 'kept' || !when) return t('materials.list.kept')
  return t('materials.list.waiting', { when: `${when.time} ${t.date(when.day)}` })
}

const lineOf = (t: Translate, { title, read, standing: its }: Section['materials'][number]): string => {
  const own = t(read ? 'materials.list.read' : 'materials.list.unread')
  return `• ${title} – ${[its ? standingWords(t, its) : null, own].filter(Boolean).join('; ')}`
}

function headOf(t: Translate, { which, meeting, cell }: Section): string {
  const head = t(`materials.list.${which}`, { meeting: meetingName(t, meeting) })
  return cell ? `${cell}. ${head}` : head
}

/** Who leads the cell gets to what can be done with a material, everybody else to the material. */
const buttonOf = (
  t: Translate,
  { unitId }: Section,
  { id, title, standing: its }: Section['materials'][number],
): Choice => ({
  label: t('materials.button.open', { title }),
  ...(its
    ? { command: 'materials.manage', args: { unitId, materialId: id } }
    : { command: 'materials.send', args: { materialId: id } }),
})

function choicesOf(t: Translate, one: Section): Choice[][] {
  const carry: Choice = {
    label: t('materials.button.carry'),
    command: 'materials.carry',
    args: { unitId: one.unitId, meetingId: one.meetingId },
  }
  return [
    ...one.materials.map((material) => [buttonOf(t, one, material)]),
    ...(one.which === 'cancelled' ? [[carry]] : []),
  ]
}

export const list = renderer(
  'materials.list',
  1,
  z.object({ sections: z.array(section), mayAdd: z.boolean(), takesFiles: z.boolean().optional() }),
  ({ sections, mayAdd, takesFiles = true }, t) => ({
    text: [
      ...sections.map((one) =>
        [
          headOf(t, one),
          ...(one.materials.length > 0
            ? one.materials.map((material) => lineOf(t, material))
            : [t('materials.list.none')]),
        ].join('\n'),
      ),
      ...(mayAdd ? [t(takesFiles ? 'materials.list.how' : 'materials.list.how-page')] : []),
    ].join('\n\n'),
    choices: sections.flatMap((one) => choicesOf(t, one)),
  }),
)

/** One material before who leads the cell: how it stands and what can be done with it. */
export const manage = renderer(
  'materials.manage',
  1,
  z.object({
    unitId: z.string(),
    materialId: z.string(),
    title: z.string(),
    meeting: meetingShape,
    standing,
    added: z.string(),
    on: z.string(),
  }),
  ({ unitId, materialId, title, meeting, standing: its, added, on }, t) => ({
    heading: title,
    text: [
      meetingName(t, meeting),
      standingWords(t, its),
      t('materials.manage.declared', { name: added, when: t.date(on as PlainDate, 'day-month-year') }),
    ].join('\n'),
    choices: [
      [{ label: t('materials.button.see'), command: 'materials.send', args: { materialId } }],
      ...(its.state === 'waiting'
        ? [[{ label: t('materials.button.push'), command: 'materials.push', args: { unitId, materialId } }]]
        : []),
      [{ label: t('materials.button.withdraw'), command: 'materials.withdraw', args: { unitId, materialId } }],
      [{ label: t('materials.button.list'), command: 'materials.list', args: {} }],
    ],
  }),
)
