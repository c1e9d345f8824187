import { z } from 'zod'
import { type Command, type Context, command } from '../conversation/types.js'
import { AppError } from '../core/errors.js'
import { getCell } from '../meetings/cell.js'
import { unitsOf } from '../organization/permissions.js'
import { changeMessage, NO_LEAD } from './messages.js'
import { reminderAt } from './rules.js'
import { leadOf, listedOne, sayList, sayOwn } from './say.js'
import { lockTask, recordState, type Task } from './store.js'

const manages = { scope: 'unit', permission: 'task.manage' } as const
const page = z.int().min(1).optional()

/** Who leads a cell sees what is open there, everybody else what is theirs. */
const open = command(
  'tasks.open',
  {
    args: z.object({ text: z.string().optional() }),
    scope: 'self',
    permission: 'self',
    slash: ['nhiemvu', 'tasks'],
    words: ['nhiệm vụ', 'việc được giao'],
    takesText: true,
  },
  async (ctx, { text }) => {
    if (unitsOf(ctx.actor.roles, 'task.manage').length > 0)
      return ctx.redirect(text ? 'tasks.draft' : 'tasks.list', text ? { text } : {})
    await sayOwn(ctx, text ? { lead: { ...NO_LEAD, kind: 'see-only' } } : {})
  },
)

const own = command('tasks.own', { args: z.object({ page }), scope: 'self', permission: 'self' }, (ctx, how) =>
  sayOwn(ctx, how.page ? { page: how.page } : {}),
)

const list = command(
  'tasks.list',
  { args: z.object({ unitId: z.uuid(), page, mode: z.enum(['done', 'change']).optional() }), ...manages },
  (ctx, { unitId, ...how }) =>
    sayList(ctx, unitId, { ...(how.page ? { page: how.page } : {}), ...(how.mode ? { mode: how.mode } : {}) }),
)

/** A task that the actor may say something of: their own, or of a cell that they lead. */
async function getTheirs(ctx: Context, taskId: string): Promise<Task> {
  const task = await lockTask(ctx.tx, taskId)
  const theirs = task && (task.ownerId === ctx.actor.personId || (await ctx.may('task.manage', task.cellId)))
  if (!task || !theirs) throw new AppError('tasks.not-yours')
  return task
}

const anyTask = z.object({ taskId: z.uuid(), unitId: z.uuid().optional() })

const sayAfter = (ctx: Context, unitId: string | undefined, lead: Parameters<typeof leadOf>) =>
  unitId ? sayList(ctx, unitId, { lead: leadOf(...lead) }) : sayOwn(ctx, { lead: leadOf(...lead) })

/** Closes a task that is open; a second time, or from a second phone, it says so. */
async function close(ctx: Context, task: Task, state: 'done' | 'dropped', unitId: string | undefined) {
  if (task.state !== 'open') {
    const kind = task.state === 'done' ? 'done-before' : 'gone'
    return sayAfter(ctx, unitId, [kind, task])
  }
  await recordState(ctx.tx, task, state, { byId: ctx.actor.personId, now: ctx.now })
  await sayAfter(ctx, unitId, [state, task])
}

const done = command('tasks.done', { args: anyTask, scope: 'self', permission: 'self' }, async (ctx, args) =>
  close(ctx, await getTheirs(ctx, args.taskId), 'done', args.unitId),
)

const reopen = command('tasks.reopen', { args: anyTask, scope: 'self', permission: 'self' }, async (ctx, args) => {
  const task = await getTheirs(ctx, args.taskId)
  const { zone } = await getCell(ctx.tx, task.cellId)
  if (task.state !== 'open')
    await recordState(ctx.tx, task, 'open', {
      byId: ctx.actor.personId,
      now: ctx.now,
      remindAt: reminderAt(task.dueOn, zone, ctx.now),
    })
  await sayAfter(ctx, args.unitId, ['reopened', task])
})

/** A task of that cell, locked. Throws `tasks.not-yours`. */
export async function getOfCell(ctx: Context, unitId: string, taskId: string): Promise<Task> {
  const task = await lockTask(ctx.tx, taskId)
  if (task?.cellId !== unitId) throw new AppError('tasks.not-yours')
  return task
}

const one = z.object({ unitId: z.uuid(), taskId: z.uuid() })

const drop = command('tasks.drop', { args: one, ...manages }, async (ctx, { unitId, taskId }) =>
  close(ctx, await getOfCell(ctx, unitId, taskId), 'dropped', unitId),
)

const change = command('tasks.change', { args: one, ...manages }, async (ctx, { unitId, taskId }) => {
  const task = await getOfCell(ctx, unitId, taskId)
  if (task.state !== 'open') return sayList(ctx, unitId, { lead: leadOf('gone', task) })
  await ctx.say(changeMessage, { unitId, task: await listedOne(ctx, task) })
})

export const taskCommands: Command[] = [open, own, list, done, reopen, drop, change]
