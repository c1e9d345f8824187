import { z } from 'zod'
import { type Command, type Context, command } from '../../conversation/types.js'
import { addDays, DAY, dateIn } from '../../core/dates.js'
import { AppError } from '../../core/errors.js'
import { getCell } from '../../meetings/cell.js'
import { enqueue, outgoing, PRIORITY, withdraw } from '../../messaging/outbox.js'
import { namesOf } from '../../organization/people.js'
import { getFullName } from '../answers-late.js'
import { shapeOf } from '../messages-answer.js'
import { askAgain, inTheMorning, listTouched } from './give.js'
import { leaveDecided, leaveList, leaveOutcome, leaveRequest, shapeOfLeave } from './messages.js'
import { decideLeave, findLeave, type Leave, listLive, releaseAnswers } from './store.js'

const rights = { scope: 'unit', permission: 'leave.decide' } as const

/** One glance. */
const LISTED = 12

async function getLeave(ctx: Context, unitId: string, leaveId: string): Promise<Leave> {
  const leave = await findLeave(ctx.tx, leaveId)
  if (leave?.cellId !== unitId) throw new AppError('conversation.error.outdated')
  return leave
}

/** The decision, for whoever chose; where the other phone or the member was first, what stands instead. */
async function sayDecided(ctx: Context, leave: Leave, own: boolean): Promise<void> {
  const { decidedById, personId } = leave
  const by = own || !decidedById || decidedById === ctx.actor.personId ? null : await getFullName(ctx.tx, decidedById)
  await ctx.say(leaveDecided, { fullName: await getFullName(ctx.tx, personId), leave: shapeOfLeave(leave), by })
}

async function tellMember(ctx: Context, leave: Leave): Promise<void> {
  const { tx, now } = ctx
  const { zone } = await getCell(tx, leave.cellId)
  const released = leave.state === 'refused' ? await releaseAnswers(tx, now, leave.id) : []
  await enqueue(tx, now, [
    outgoing(
      leaveOutcome,
      { leave: shapeOfLeave(leave), asked: released.length },
      {
        causeKey: `leave-outcome:${leave.id}`,
        personId: leave.personId,
        subject: leave.id,
        priority: PRIORITY.notice,
        ...inTheMorning(now, zone),
        expiresAt: new Date(now.getTime() + 7 * DAY),
      },
    ),
  ])
  await askAgain(ctx, leave, released)
}

const decide = command(
  'attendance.leave-decide',
  { args: z.object({ unitId: z.uuid(), leaveId: z.uuid(), approve: z.boolean() }), ...rights },
  async (ctx, { unitId, leaveId, approve }) => {
    await getLeave(ctx, unitId, leaveId)
    const first = await decideLeave(ctx.tx, ctx.now, { leaveId, approve, byId: ctx.actor.personId })
    const leave = await getLeave(ctx, unitId, leaveId)
    if (first) {
      await withdraw(ctx.tx, ctx.now, { subject: leave.id, kinds: ['attendance.leave-request'] })
      await tellMember(ctx, leave)
    }
    await sayDecided(ctx, leave, first)
  },
)

const open = command(
  'attendance.leave-open',
  { args: z.object({ unitId: z.uuid(), leaveId: z.uuid() }), ...rights },
  async (ctx, { unitId, leaveId }) => {
    const leave = await getLeave(ctx, unitId, leaveId)
    if (leave.state !== 'pending') return sayDecided(ctx, leave, false)
    const period = { from: leave.from, until: addDays(leave.endsOn, -1) }
    const touched = await listTouched(ctx, leave.personId, period, unitId)
    await ctx.say(leaveRequest, {
      unitId,
      fullName: await getFullName(ctx.tx, leave.personId),
      leave: shapeOfLeave(leave),
      words: leave.reasonText,
      meetings: touched.map((one) => shapeOf(one.meeting)),
    })
  },
)

/** Those that wait first. */
const byState = (a: Leave, b: Leave): number => Number(b.state === 'pending') - Number(a.state === 'pending')

const list = command(
  'attendance.leaves',
  {
    args: z.object({ unitId: z.uuid() }),
    ...rights,
    slash: ['donvang', 'leaves'],
    words: ['đơn vắng', 'duyệt báo vắng', 'xét báo vắng'],
  },
  async (ctx, { unitId }) => {
    const today = dateIn(ctx.now, (await getCell(ctx.tx, unitId)).zone)
    const all = (await listLive(ctx.tx, { cellId: unitId }, today)).sort(byState)
    if (all.length === 0) return ctx.note('attendance.leave.list-none')
    const shown = all.slice(0, LISTED)
    const names = await namesOf(
      ctx.tx,
      shown.map(({ personId }) => personId),
    )
    const leaves = shown.map((leave) => ({
      fullName: names.get(leave.personId) ?? '',
      leave: shapeOfLeave(leave),
    }))
    await ctx.say(leaveList, { unitId, leaves, total: all.length })
  },
)

export const leaveDecideCommands: Command[] = [decide, open, list]
