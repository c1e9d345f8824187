import type { Context } from '../../conversation/types.js'
import { DAY } from '../../core/dates.js'
import type { Tx } from '../../database/client.js'
import { outsideQuiet } from '../../meetings/quiet.js'
import type { Meeting } from '../../meetings/store.js'
import { enqueue, outgoing, PRIORITY } from '../../messaging/outbox.js'
import { takeAnswer } from '../answers-give.js'
import { answerOf, isLate } from '../answers-open.js'
import { ask, shapeOf } from '../messages-answer.js'
import { type Asked, findAsked, listAsked, recordAnswer } from '../store.js'
import type { Period } from './parse-period.js'
import type { Leave } from './store.js'

/** The meetings to come of this person's that fall into the period: of one cell, or of all that they attend. */
export async function listTouched(
  ctx: Pick<Context, 'tx' | 'now'>,
  personId: string,
  { from, until }: Period,
  cellId?: string,
): Promise<Asked[]> {
  const asked = await listAsked(ctx.tx, personId, ctx.now)
  return asked.filter(
    ({ meeting, exempt }) =>
      !exempt &&
      meeting.startsAt > ctx.now &&
      meeting.day >= from &&
      meeting.day <= until &&
      (cellId === undefined || meeting.cellId === cellId),
  )
}

const absence = ({ reasonKind, reasonText }: Leave) => answerOf({ state: 'absent', reasonKind, reasonText })

/** Answers each meeting by the leave; what comes after a deadline goes the way of every late answer. */
export async function answerByLeave(ctx: Context, leave: Leave, touched: readonly Asked[]): Promise<{ late: number }> {
  const late = touched.filter((one) => isLate(one, ctx.now))
  for (const one of late) await takeAnswer(ctx, one, absence(leave))
  for (const one of touched)
    if (!late.includes(one)) await recordFromLeave(ctx.tx, ctx.now, leave, one.meeting.id, ctx.updateId)
  return { late: late.length }
}

/** Records a leave's absence as the answer to one meeting. */
export async function recordFromLeave(
  tx: Tx,
  now: Date,
  leave: Leave,
  meetingId: string,
  updateId: string | null,
): Promise<void> {
  await recordAnswer(tx, {
    meetingId,
    personId: leave.personId,
    answer: absence(leave),
    way: 'button',
    byId: leave.personId,
    updateId,
    now,
    leaveId: leave.id,
  })
}

/** What waits for the morning, but not for so long that it is of no use. */
export const inTheMorning = (now: Date, zone: string) =>
  outsideQuiet(now, { zone, latest: new Date(now.getTime() + DAY) })

/** Asks once more about each meeting that the leave no longer answers. */
export async function askAgain(
  ctx: Pick<Context, 'tx' | 'now'>,
  leave: Leave,
  meetingIds: readonly string[],
): Promise<number> {
  const { tx, now } = ctx
  const open: Meeting[] = []
  for (const id of meetingIds) {
    const one = await findAsked(tx, leave.personId, id)
    if (one?.member && one.meeting.state === 'planned') open.push(one.meeting)
  }
  open.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  const data = { because: 'none', digit: null, standing: null, first: [] } as const
  await enqueue(
    tx,
    now,
    open.map((meeting) =>
      outgoing(
        ask,
        { ...data, first: [], meeting: shapeOf(meeting) },
        {
          causeKey: `leave-ask:${leave.id}:${leave.state}:${meeting.id}`,
          personId: leave.personId,
          subject: meeting.id,
          priority: PRIORITY.notice,
          ...inTheMorning(now, meeting.zone),
          expiresAt: meeting.startsAt,
        },
      ),
    ),
  )
  return open.length
}
