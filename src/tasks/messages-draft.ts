import { z } from 'zod'
import { shorten } from '../core/text.js'
import { dayField, kindField, titleOf } from '../meetings/describe.js'
import { renderer } from '../messaging/renderer.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { taskDraft } from './draft.js'
import { choose, due, line } from './messages-words.js'

const PROBLEMS = [
  'nobody',
  'left',
  'no-what',
  'long',
  'day-wrong',
  'day-past',
  'day-far',
  'day-mismatch',
  'two-days',
] as const

/** What was read of the lines, before it is recorded: whose a task is comes first, then one tap. */
export const draftMessage = renderer(
  'tasks.draft',
  1,
  z.object({
    unitId: z.string(),
    meetingId: z.string(),
    meeting: z.object({ kind: kindField, day: dayField }),
    items: z.array(z.object({ name: z.string().nullable(), what: z.string(), dueOn: due })),
    problems: z.array(z.object({ kind: z.enum(PROBLEMS), words: z.string() })),
    ask: z
      .object({
        itemId: z.string(),
        what: z.string(),
        options: z.array(z.object({ personId: z.string(), label: z.string() })),
      })
      .nullable(),
    draft: taskDraft,
  }),
  (data, t) => {
    const { draft, ask } = data
    const args = { unitId: data.unitId, meetingId: data.meetingId, draft: draft as JsonObject[] }
    const stop = [choose(t('tasks.button.stop'), 'tasks.list', { unitId: data.unitId })]
    const names = (ask?.options ?? []).map(({ personId, label }) => [
      choose(label, 'tasks.draft', { ...args, itemId: ask?.itemId ?? '', personId }),
    ])
    const record = [choose(t('tasks.button.record', { count: draft.length }), 'tasks.record', args)]
    return {
      text: [
        ...(data.items.length > 0
          ? [
              t('tasks.draft.read', { count: data.items.length, meeting: titleOf(data.meeting, t) }),
              ...data.items.map((one) => `– ${line(t, { ...one, name: one.name ?? t('tasks.draft.who') })}`),
            ]
          : []),
        ...(data.problems.length > 0
          ? [
              t('tasks.draft.not-read'),
              ...data.problems.map(({ kind, words }) =>
                t('tasks.draft.problem', { words: shorten(words, 120), why: t(`tasks.problem.${kind}`) }),
              ),
              t(data.items.length > 0 ? 'tasks.draft.again-kept' : 'tasks.draft.again'),
            ]
          : []),
        ...(ask ? [t('tasks.draft.ask', { what: shorten(ask.what, 120) })] : []),
        ...(!ask && data.items.length > 0 ? [t('tasks.draft.right')] : []),
      ].join('\n'),
      choices: ask ? [...names, stop] : data.items.length > 0 ? [record, stop] : [stop],
    }
  },
)
