import { z } from 'zod'
import { type Command, type Context, command } from '../../conversation/types.js'
import { dateIn, type PlainDate } from '../../core/dates.js'
import { AppError } from '../../core/errors.js'
import { getCell } from '../../meetings/cell.js'
import { enqueue, outgoing, PRIORITY, withdraw } from '../../messaging/outbox.js'
import { listDeciders } from '../answers-late.js'
import { readReason } from '../answers-words.js'
import { REASONS, shapeOf } from '../messages-answer.js'
import type { Asked } from '../store.js'
import { answerByLeave, askAgain, inTheMorning, listTouched } from './give.js'
import { leaveDraft, leaveRequest, leaveSent, shapeOfLeave } from './messages.js'
import { type Period, readPeriod } from './parse-period.js'
import { endLeave, findLeave, findSame, insertLeave, type Leave, listLive, releaseAnswers } from './store.js'

const SELF = { scope: 'self', permission: 'self' } as const

const day = z.iso.date().transform((text) => text as PlainDate)

/** Today where the actor's cell is; refuses who attends none. */
async function todayOf(ctx: Context): Promise<PlainDate> {
  const [cellId] = ctx.actor.cellIds
  if (!cellId) throw new AppError('attendance.leave.error.no-cell')
  return dateIn(ctx.now, (await getCell(ctx.tx, cellId)).zone)
}

async function askPeriod(ctx: Context, because: 'ask' | 'unreal' | 'order' | 'past' | 'long'): Promise<void> {
  await ctx.note(`attendance.leave.period.${because}`)
  await ctx.expect('attendance.leave', {})
}

/** The reason behind the period; null: what stands there is no reason for an absence. */
function reasonIn(rest: string) {
  const read = rest ? readReason(rest) : null
  // Behind the days of an absence "đi nước ngoài" is why; it is repeated back before it goes out.
  const perhaps = read?.kind === 'other' ? read.perhaps : null
  if (read?.kind === 'question' || (read?.kind === 'other' && !perhaps)) return null
  const reason = perhaps ?? (read?.kind === 'reason' ? read.reason : { reasonKind: null, reasonText: null })
  return { reasonKind: reason.reasonKind ?? ('other' as const), reasonText: reason.reasonText }
}

/** "1/12-20/12 đi công tác": repeated back with the meetings that it touches. */
const leave = command(
  'attendance.leave',
  {
    ...SELF,
    args: z.object({ text: z.string().optional() }),
    words: ['báo vắng dài ngày', 'xin vắng dài ngày', 'nghỉ dài ngày', 'leave'],
    takesText: true,
  },
  async (ctx, { text }) => {
    const today = await todayOf(ctx)
    const reading = text ? readPeriod(text, today) : null
    if (!reading) return askPeriod(ctx, 'ask')
    if (reading.kind === 'wrong') return askPeriod(ctx, reading.because)
    const reason = reasonIn(reading.rest)
    if (!reason) return ctx.note('attendance.leave.unclear')
    const touched = await listTouched(ctx, ctx.actor.personId, reading.period)
    await ctx.say(leaveDraft, {
      ...reading.period,
      ...reason,
      meetings: touched.map((one) => shapeOf(one.meeting)),
    })
  },
)

type Sent = { leave: Leave; outcome: 'sent' | 'again' | 'alone'; touched: readonly Asked[]; late: number }

/** The leave of one cell: stored, its meetings answered, put before whoever decides. */
async function sendTo(
  ctx: Context,
  cellId: string,
  period: Period,
  reason: Pick<Leave, 'reasonKind' | 'reasonText'>,
): Promise<Sent> {
  const { tx, now, actor } = ctx
  const before = await findSame(tx, actor.personId, cellId, period)
  if (before) return { leave: before, outcome: 'again', touched: [], late: 0 }
  const { zone } = await getCell(tx, cellId)
  const deciders = await listDeciders(tx, { cellId, zone }, actor.personId, now)
  const alone = deciders.length > 0 && deciders.every((one) => one === actor.personId)
  const approvedById = alone ? actor.personId : null
  const leave = await insertLeave(tx, now, { personId: actor.personId, cellId, period, ...reason, approvedById })
  const touched = await listTouched(ctx, actor.personId, period, cellId)
  const { late } = await answerByLeave(ctx, leave, touched)
  if (!alone) await putBeforeLeaders(ctx, leave, zone, deciders, touched)
  return { leave, outcome: alone ? 'alone' : 'sent', touched, late }
}

async function putBeforeLeaders(
  { tx, now, actor }: Context,
  leave: Leave,
  zone: string,
  deciders: readonly string[],
  touched: readonly Asked[],
): Promise<void> {
  const data = {
    unitId: leave.cellId,
    fullName: actor.fullName,
    leave: shapeOfLeave(leave),
    words: leave.reasonText,
    meetings: touched.map((one) => shapeOf(one.meeting)),
  }
  await enqueue(
    tx,
    now,
    deciders.map((personId) =>
      outgoing(leaveRequest, data, {
        causeKey: `leave:${leave.id}:${personId}`,
        personId,
        subject: leave.id,
        priority: PRIORITY.notice,
        ...inTheMorning(now, zone),
        expiresAt: new Date(`${leave.endsOn}T00:00:00Z`),
      }),
    ),
  )
}

const send = command(
  'attendance.leave-send',
  {
    ...SELF,
    args: z.object({
      from: day,
      until: day,
      reasonKind: z.enum(REASONS),
      reasonText: z.string().max(400).nullable(),
    }),
  },
  async (ctx, { from, until, ...reason }) => {
    const today = await todayOf(ctx)
    if (until < today) return askPeriod(ctx, 'past')
    // Who attends two cells is missed in both, and each decides for itself.
    for (const [at, cellId] of ctx.actor.cellIds.entries()) {
      const { leave, outcome, touched, late } = await sendTo(ctx, cellId, { from, until }, reason)
      const meetings = touched.map((one) => shapeOf(one.meeting))
      await ctx.say(leaveSent, { leave: shapeOfLeave(leave), outcome, meetings, late }, { fresh: at > 0 })
    }
  },
)

async function getOwn(ctx: Context, leaveId: string): Promise<Leave> {
  const leave = await findLeave(ctx.tx, leaveId)
  if (leave?.personId !== ctx.actor.personId) throw new AppError('conversation.error.outdated')
  return leave
}

/** Back earlier than said, or not away at all: the meetings to come are open again. */
async function endOwn(ctx: Context, leave: Leave, today: PlainDate): Promise<void> {
  const live = leave.state === 'pending' || leave.state === 'approved'
  if (!live || leave.endsOn <= today) return ctx.note('attendance.leave.ended-before')
  await endLeave(ctx.tx, leave, today)
  await withdraw(ctx.tx, ctx.now, { subject: leave.id, kinds: ['attendance.leave-request'] })
  const released = await releaseAnswers(ctx.tx, ctx.now, leave.id)
  await ctx.note('attendance.leave.ended', { count: released.length })
  await askAgain(ctx, leave, released)
}

const end = command(
  'attendance.leave-end',
  {
    ...SELF,
    args: z.object({ leaveId: z.uuid().optional() }),
    words: ['về sớm', 'em về sớm', 'tôi về sớm', 'em đã về', 'hủy báo vắng', 'bỏ báo vắng', 'back early', 'I am back'],
  },
  async (ctx, { leaveId }) => {
    const today = await todayOf(ctx)
    if (leaveId) return endOwn(ctx, await getOwn(ctx, leaveId), today)
    const live = await listLive(ctx.tx, { personId: ctx.actor.personId }, today)
    if (live.length === 0) return ctx.note('attendance.leave.none')
    for (const [at, leave] of live.entries())
      await ctx.say(
        leaveSent,
        { leave: shapeOfLeave(leave), outcome: 'standing', meetings: [], late: 0 },
        { fresh: at > 0 },
      )
  },
)

export const leaveGiveCommands: Command[] = [leave, send, end]
