import { z } from 'zod'
import type { RoomDeps } from '../conversation/room.js'
import { type Command, type Context, command, type NoteChoice } from '../conversation/types.js'
import { dateIn } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { lockCell } from '../meetings/cell.js'
import { closeCards } from './cards.js'
import { howToTie } from './messages-tie.js'
import { createTie, endTie, findTieOfCell, findTieOfChat, isReachable, type Tie } from './store.js'

const PLANS = { scope: 'unit', permission: 'meeting.plan' } as const

const unit = z.object({ unitId: z.uuid() })

const nameOf = async (ctx: Context, unitId: string): Promise<string> =>
  (await ctx.tx.unit.findUniqueOrThrow({ where: { id: unitId }, select: { name: true } })).name

const stop: NoteChoice = { label: 'groups.button.stop', command: 'groups.stop', args: {} }

/** Takes the cell's group away: nothing more is posted, and what stands there says so. */
async function untie(ctx: Context, tie: Tie): Promise<void> {
  await closeCards(ctx.tx, ctx.now, tie.id)
  await endTie(ctx.tx, ctx.now, tie.id)
}

/** In their own chat: what a group would get, and who else may read it. */
async function confirmTie(ctx: Context, unitId: string, group: string): Promise<void> {
  const cell = await nameOf(ctx, unitId)
  const [here, there] = [await findTieOfCell(ctx.tx, unitId), await findTieOfChat(ctx.tx, group)]
  if (here?.chatId === group) return ctx.note('groups.tie.already', { cell }, { choices: [[untieChoice(unitId)]] })
  if (there) return ctx.note('groups.tie.taken')
  const yes: NoteChoice = { label: 'groups.button.tie', command: 'groups.tie-do', args: { unitId, group } }
  await ctx.note(here ? 'groups.tie.confirm-instead' : 'groups.tie.confirm', { cell }, { choices: [[yes], [stop]] })
}

const untieChoice = (unitId: string): NoteChoice => ({
  label: 'groups.button.untie',
  command: 'groups.untie',
  args: { unitId },
})

/** How it stands, and how one comes to a group. */
async function sayStanding(ctx: Context, deps: RoomDeps, unitId: string): Promise<void> {
  const cell = await nameOf(ctx, unitId)
  const tie = await findTieOfCell(ctx.tx, unitId)
  if (!tie) return ctx.say(howToTie, { cell, link: deps.groupLink(ctx.chat.botId) })
  const broken = !(await isReachable(ctx.tx, tie.chatId))
  const since = { date: dateIn(tie.tiedAt, deps.zone), style: 'day-month-year' }
  await ctx.note(
    broken ? 'groups.tie.broken' : 'groups.tie.standing',
    { cell, since },
    {
      choices: [[untieChoice(unitId)]],
    },
  )
}

async function tie(ctx: Context, unitId: string, group: string): Promise<void> {
  const { id, name } = await lockCell(ctx.tx, unitId)
  if (!(await isReachable(ctx.tx, group))) throw new AppError('groups.error.lost')
  const [here, there] = [await findTieOfCell(ctx.tx, id), await findTieOfChat(ctx.tx, group)]
  if (here?.chatId === group) return ctx.note('groups.tie.already', { cell: name }, { choices: [[untieChoice(id)]] })
  if (there) return ctx.note('groups.tie.taken')
  if (here) await untie(ctx, here)
  await createTie(ctx.tx, ctx.now, { chatId: group, unitId: id, tiedBy: ctx.actor.personId })
  await ctx.note('groups.tie.done', { cell: name })
}

/** A cell's group: tied and untied by who leads the cell, always in their own chat. */
export const tieCommands = (deps: RoomDeps): Command[] => [
  command(
    'groups.tie',
    {
      ...PLANS,
      args: unit.extend({ group: z.uuid().optional() }),
      slash: ['ganchibo', 'tiegroup'],
      words: ['gắn chi bộ', 'gắn nhóm', 'nhóm chi bộ', 'tie group'],
      inGroups: true,
    },
    (ctx, { unitId, group }) => (group ? confirmTie(ctx, unitId, group) : sayStanding(ctx, deps, unitId)),
  ),
  command('groups.tie-do', { ...PLANS, args: unit.extend({ group: z.uuid() }) }, (ctx, { unitId, group }) =>
    tie(ctx, unitId, group),
  ),
  command(
    'groups.untie',
    {
      ...PLANS,
      args: unit,
      slash: ['gochibo', 'untiegroup'],
      words: ['gỡ chi bộ', 'gỡ nhóm', 'untie group'],
      inGroups: true,
    },
    async (ctx, { unitId }) => {
      const cell = await nameOf(ctx, unitId)
      if (!(await findTieOfCell(ctx.tx, unitId))) return ctx.note('groups.untie.none', { cell })
      const yes: NoteChoice = { label: 'groups.button.untie-yes', command: 'groups.untie-do', args: { unitId } }
      await ctx.note('groups.untie.sure', { cell }, { choices: [[yes], [stop]] })
    },
  ),
  command('groups.untie-do', { ...PLANS, args: unit }, async (ctx, { unitId }) => {
    const { name: cell } = await lockCell(ctx.tx, unitId)
    const standing = await findTieOfCell(ctx.tx, unitId)
    if (!standing) return ctx.note('groups.untie.none', { cell })
    await untie(ctx, standing)
    await ctx.note('groups.untie.done', { cell })
  }),
  command('groups.stop', { args: z.object({}), scope: 'self', permission: 'self' }, (ctx) =>
    ctx.note('groups.stopped'),
  ),
]
