import { z } from 'zod'
import { newId } from '../core/ids.js'
import type { LineProblem, TaskLine } from './parse-line.js'
import type { Owner } from './people.js'

/** `options`: the people who may be meant, while it is not clear whose it is. The id becomes the task's own. */
const item = z.object({
  id: z.uuid(),
  what: z.string().max(300),
  dueOn: z.string().nullable(),
  ownerId: z.string().nullable(),
  options: z.array(z.string()),
})

/** Tasks that were read and are not recorded: the choices below them carry it. */
export const taskDraft = z.array(item)
export type TaskDraft = z.infer<typeof taskDraft>

export const draftOf = (tasks: readonly TaskLine[]): TaskDraft =>
  tasks.map(({ what, dueOn, owners }) => ({
    id: newId(),
    what,
    dueOn,
    ownerId: owners.length === 1 ? (owners[0]?.personId ?? null) : null,
    options: owners.length === 1 ? [] : owners.map((one) => one.personId),
  }))

/** Whose it is was chosen. */
export const chosen = (draft: TaskDraft, id: string, ownerId: string): TaskDraft =>
  draft.map((one) => (one.id === id ? { ...one, ownerId, options: [] } : one))

/** The draft as the cell is now: who has left since it was read is nobody's choice any more. */
export function settle(
  draft: TaskDraft,
  here: readonly Owner[],
  nameOf: (id: string) => string,
): { kept: TaskDraft; problems: LineProblem[] } {
  const is = (id: string | null): boolean => here.some((one) => one.personId === id)
  const now = draft.map((one) => ({ ...one, options: one.options.filter(is) }))
  const isGone = (one: TaskDraft[number]): boolean => !is(one.ownerId) && one.options.length === 0
  const problem = (one: TaskDraft[number]): LineProblem => ({
    kind: 'left',
    words: [nameOf(one.ownerId ?? ''), one.what].filter(Boolean).join(': '),
  })
  return { kept: now.filter((one) => !isGone(one)), problems: now.filter(isGone).map(problem) }
}
