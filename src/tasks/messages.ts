import { z } from 'zod'
import type { Translate } from '../core/i18n.js'
import { shorten } from '../core/text.js'
import { dayField } from '../meetings/describe.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice, JsonObject } from '../messaging/vocabulary.js'
import { draftMessage } from './messages-draft.js'
import { choose, due, dueWords, LABEL, line } from './messages-words.js'

const listed = z.object({
  id: z.string(),
  name: z.string(),
  what: z.string(),
  dueOn: due,
  overdue: z.boolean(),
  unreached: z.boolean(),
  left: z.boolean(),
})
export type Listed = z.infer<typeof listed>

const notes = (t: Translate, one: Listed): string => {
  const said = [
    ...(one.overdue ? [t('tasks.overdue')] : []),
    ...(one.left ? [t('tasks.left')] : []),
    ...(one.unreached && !one.left ? [t('tasks.unreached')] : []),
  ]
  return said.length > 0 ? ` (${said.join(', ')})` : ''
}

const LEADS = [
  'none',
  'recorded',
  'again',
  'done',
  'done-before',
  'dropped',
  'reopened',
  'given',
  'gone',
  'see-only',
] as const

const lead = z.object({
  kind: z.enum(LEADS),
  count: z.number(),
  what: z.string(),
  name: z.string(),
  taskId: z.string(),
})
export type Lead = z.infer<typeof lead>
export const NO_LEAD: Lead = { kind: 'none', count: 0, what: '', name: '', taskId: '' }

const leadLines = (t: Translate, one: Lead): string[] =>
  one.kind === 'none'
    ? []
    : [t(`tasks.lead.${one.kind}`, { count: one.count, what: shorten(one.what, 120), name: one.name })]

/** A slip of the finger is mended where it was made. */
const backRow = (t: Translate, one: Lead, args: JsonObject): Choice[][] =>
  one.kind === 'done' || one.kind === 'dropped'
    ? [[choose(t('tasks.button.reopen'), 'tasks.reopen', { ...args, taskId: one.taskId })]]
    : []

/** What is open in the cell, for who leads it: a choice closes one, or opens it for a change. */
export const listMessage = renderer(
  'tasks.list',
  1,
  z.object({
    unitId: z.string(),
    lead,
    mode: z.enum(['done', 'change']),
    tasks: z.array(listed),
    total: z.number(),
    page: z.number(),
    pages: z.number(),
  }),
  (data, t) => {
    const { unitId, mode } = data
    const to = (page: number, how: 'done' | 'change') => ({ unitId, page, mode: how })
    const each = data.tasks.map((one) => [
      choose(
        shorten(t(`tasks.button.one-${mode}`, { name: one.name, what: one.what }), LABEL),
        mode === 'done' ? 'tasks.done' : 'tasks.change',
        { unitId, taskId: one.id },
      ),
    ])
    const leaf = [
      ...(data.page > 1 ? [choose(t('tasks.button.previous'), 'tasks.list', to(data.page - 1, mode))] : []),
      ...(data.page < data.pages
        ? [{ ...choose(t('tasks.button.next'), 'tasks.list', to(data.page + 1, mode)), next: true as const }]
        : []),
    ]
    const other = mode === 'done' ? 'change' : 'done'
    const turn = choose(t(`tasks.button.to-${other}`), 'tasks.list', to(data.page, other))
    const add = choose(t('tasks.button.add'), 'tasks.write', { unitId })
    return {
      heading: t('tasks.title'),
      text: [
        ...leadLines(t, data.lead),
        ...(data.total === 0 ? [t('tasks.none-open')] : [t('tasks.open', { count: data.total })]),
        ...data.tasks.map((one) => `– ${line(t, one)}${notes(t, one)}`),
        ...(data.pages > 1 ? [t('tasks.page', { page: data.page, pages: data.pages })] : []),
        ...(data.total > 0 ? [t(`tasks.how-${mode}`)] : []),
      ].join('\n'),
      choices: [
        ...backRow(t, data.lead, { unitId }),
        ...each,
        ...(leaf.length > 0 ? [leaf] : []),
        data.total > 0 ? [add, turn] : [add],
      ],
    }
  },
)

/** One's own open tasks; a choice says that one is done. */
export const ownMessage = renderer(
  'tasks.own',
  1,
  z.object({ lead, tasks: z.array(listed), total: z.number(), page: z.number(), pages: z.number() }),
  (data, t) => {
    const leaf = (page: number, label: string): Choice => choose(label, 'tasks.own', { page })
    const row = [
      ...(data.page > 1 ? [leaf(data.page - 1, t('tasks.button.previous'))] : []),
      ...(data.page < data.pages ? [{ ...leaf(data.page + 1, t('tasks.button.next')), next: true as const }] : []),
    ]
    return {
      heading: t('tasks.own-title'),
      text: [
        ...leadLines(t, data.lead),
        ...(data.total === 0 ? [t('tasks.own-none')] : [t('tasks.own-open', { count: data.total })]),
        ...data.tasks.map(
          (one) => `– ${t('tasks.own-line', { what: one.what, due: dueWords(t, one.dueOn) })}${notes(t, one)}`,
        ),
        ...(data.total > 0 ? [t('tasks.how-own')] : []),
      ].join('\n'),
      choices: [
        ...backRow(t, data.lead, {}),
        ...data.tasks.map((one) => [
          choose(shorten(t('tasks.button.own', { what: one.what }), LABEL), 'tasks.done', { taskId: one.id }),
        ]),
        ...(row.length > 0 ? [row] : []),
      ],
    }
  },
)

/** One task, for who leads the cell. */
export const changeMessage = renderer(
  'tasks.change',
  1,
  z.object({ unitId: z.string(), task: listed }),
  ({ unitId, task }, t) => {
    const args = { unitId, taskId: task.id }
    return {
      text: [`${line(t, task)}${notes(t, task)}.`, t('tasks.change-what')].join('\n'),
      choices: [
        [choose(t('tasks.button.done'), 'tasks.done', args), choose(t('tasks.button.drop'), 'tasks.drop', args)],
        [choose(t('tasks.button.give'), 'tasks.give', args)],
        [choose(t('tasks.button.back'), 'tasks.list', { unitId })],
      ],
    }
  },
)

/** Who does it from now on: a name is chosen or typed. */
export const giveMessage = renderer(
  'tasks.give',
  1,
  z.object({
    unitId: z.string(),
    taskId: z.string(),
    what: z.string(),
    because: z.enum(['ask', 'unknown', 'several', 'left']),
    people: z.array(z.object({ personId: z.string(), label: z.string() })),
    page: z.number(),
    pages: z.number(),
  }),
  (data, t) => {
    const args = { unitId: data.unitId, taskId: data.taskId }
    const leaf = [
      ...(data.page > 1 ? [choose(t('tasks.button.previous'), 'tasks.give', { ...args, page: data.page - 1 })] : []),
      ...(data.page < data.pages
        ? [{ ...choose(t('tasks.button.next'), 'tasks.give', { ...args, page: data.page + 1 }), next: true as const }]
        : []),
    ]
    return {
      text: [
        ...(data.because === 'ask' ? [] : [t(`tasks.give.${data.because}`)]),
        t('tasks.give.ask', { what: shorten(data.what, 200) }),
      ].join('\n'),
      choices: [
        ...data.people.map((one) => [choose(one.label, 'tasks.give', { ...args, personId: one.personId })]),
        ...(leaf.length > 0 ? [leaf] : []),
        [choose(t('tasks.button.stop'), 'tasks.list', { unitId: data.unitId })],
      ],
    }
  },
)

/** To the owner, three days before. */
export const reminderMessage = renderer(
  'tasks.reminder',
  1,
  z.object({ taskId: z.string(), what: z.string(), dueOn: dayField }),
  (data, t) => ({
    text: t('tasks.reminder', { what: data.what, day: t.date(data.dueOn) }),
    choices: [[choose(t('tasks.button.done'), 'tasks.done', { taskId: data.taskId })]],
  }),
)

/** To who leads the cell, once: its owner belongs to it no more. */
export const leftMessage = renderer(
  'tasks.left',
  1,
  z.object({ unitId: z.string(), taskId: z.string(), name: z.string(), what: z.string(), dueOn: due }),
  (data, t) => {
    const args = { unitId: data.unitId, taskId: data.taskId }
    return {
      text: t('tasks.owner-left', { name: data.name, what: data.what, due: dueWords(t, data.dueOn) }),
      choices: [
        [choose(t('tasks.button.give'), 'tasks.give', args)],
        [choose(t('tasks.button.drop'), 'tasks.drop', args)],
      ],
    }
  },
)

export const taskRenderers = [
  draftMessage,
  listMessage,
  ownMessage,
  changeMessage,
  giveMessage,
  reminderMessage,
  leftMessage,
]
