import type { Context } from '../conversation/types.js'
import { todayOf } from '../meetings/cell.js'
import { pageOf } from '../organization/paging.js'
import { type Lead, type Listed, listMessage, NO_LEAD, ownMessage } from './messages.js'
import { isOverdue } from './rules.js'
import { listBelonging, listOpenTasks, listOwnTasks, listUnreached, type Task } from './store.js'

/** One glance: each has a choice. */
export const A_PAGE = 6

export const leadOf = (kind: Lead['kind'], task: Pick<Task, 'id' | 'what' | 'ownerName'>): Lead => ({
  ...NO_LEAD,
  kind,
  what: task.what,
  name: task.ownerName,
  taskId: task.id,
})

async function listed(ctx: Context, tasks: readonly Task[]): Promise<Listed[]> {
  const unreached = await listUnreached(
    ctx.tx,
    tasks.map((one) => one.id),
  )
  const rows: Listed[] = []
  for (const one of tasks) {
    const today = await todayOf(ctx, one.cellId)
    const here = await listBelonging(ctx.tx, one.cellId, [one.ownerId], today)
    const { id, what, ownerName: name, dueOn } = one
    const overdue = isOverdue(dueOn, today)
    rows.push({ id, name, what, dueOn, overdue, unreached: unreached.has(id), left: !here.has(one.ownerId) })
  }
  return rows
}

export const listedOne = async (ctx: Context, task: Task): Promise<Listed> => (await listed(ctx, [task]))[0] as Listed

/** What is open in the cell, below a sentence of what was just done. */
export async function sayList(
  ctx: Context,
  unitId: string,
  how: Readonly<{ lead?: Lead; page?: number; mode?: 'done' | 'change' }> = {},
): Promise<void> {
  const all = await listOpenTasks(ctx.tx, unitId)
  const { rows, page, pages } = pageOf(all, how.page ?? 1, A_PAGE)
  await ctx.say(listMessage, {
    unitId,
    lead: how.lead ?? NO_LEAD,
    mode: how.mode ?? 'done',
    tasks: await listed(ctx, rows),
    total: all.length,
    page,
    pages,
  })
}

export async function sayOwn(ctx: Context, how: Readonly<{ lead?: Lead; page?: number }> = {}): Promise<void> {
  const all = await listOwnTasks(ctx.tx, ctx.actor.personId)
  const { rows, page, pages } = pageOf(all, how.page ?? 1, A_PAGE)
  // What the secretary needs to know of a task its owner need not read.
  const tasks = (await listed(ctx, rows)).map((one) => ({ ...one, unreached: false, left: false }))
  await ctx.say(ownMessage, { lead: how.lead ?? NO_LEAD, tasks, total: all.length, page, pages })
}
