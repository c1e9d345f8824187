import type { Context } from '../conversation/types.js'
import { AppError } from '../core/errors.js'
import type { Tx } from '../database/client.js'
import { getMeeting, listBegun, listUpcoming, type Meeting } from '../meetings/store.js'
import { shapeOf } from './messages-answer.js'
import { whichSheet } from './messages-roll-call.js'
import { isOpenable, isRunning, OFFERED_FOR, OPEN_BEFORE } from './roll-call-steps.js'

/** Secretary and deputy see every sheet of their cell; a meeting's secretary the one they were named for. */
type Asking = Pick<Context, 'tx' | 'now' | 'actor' | 'may'>

const isTheirs = async (ctx: Asking, meeting: Meeting): Promise<boolean> =>
  meeting.meetingSecretaryId === ctx.actor.personId || (await ctx.may('attendance.manage', meeting.cellId))

/** A meeting whose sheet this person may open now. Throws what is in the way, as a sentence. */
export async function getSheetMeeting(ctx: Asking, unitId: string, meetingId: string): Promise<Meeting> {
  const meeting = await getMeeting(ctx.tx, unitId, meetingId)
  if (!(await isTheirs(ctx, meeting)))
    throw new AppError('conversation.error.forbidden', { permission: 'rollcall.record', unit: unitId })
  if (meeting.state !== 'planned') throw new AppError('attendance.rollcall.error.cancelled')
  if (!isOpenable(meeting, ctx.now)) throw new AppError('attendance.rollcall.error.early')
  return meeting
}

const listUnconfirmed = async (tx: Tx, meetings: readonly Meeting[]): Promise<Meeting[]> => {
  const done = await tx.rollCall.findMany({
    where: { meetingId: { in: meetings.map((one) => one.id) }, confirmedAt: { not: null } },
    select: { meetingId: true },
  })
  return meetings.filter((one) => !done.some(({ meetingId }) => meetingId === one.id))
}

async function sayNone(ctx: Context, unitId: string): Promise<void> {
  const [next] = await listUpcoming(ctx.tx, [unitId], ctx.now, 1)
  const menu = { label: 'conversation.menu.open', command: 'menu.open', args: {} } as const
  if (!next) return ctx.note('attendance.rollcall.none', {}, { choices: [[menu]] })
  await ctx.note('attendance.rollcall.none-next', { when: { date: next.day, time: next.time } }, { choices: [[menu]] })
}

/**
 * The meeting meant by "điểm danh": the one that runs; else the one unfinished of the last 30 days; else the last.
 * Null: the person was asked which, or told that there is none.
 */
export async function chooseSheet(ctx: Context, unitId: string): Promise<Meeting | null> {
  const { tx, now } = ctx
  const from = new Date(now.getTime() - OFFERED_FOR)
  const begun = await listBegun(tx, unitId, from, new Date(now.getTime() + OPEN_BEFORE + 1))
  const theirs: Meeting[] = []
  for (const one of begun) if (await isTheirs(ctx, one)) theirs.push(one)
  const open = await listUnconfirmed(tx, theirs)
  const running = open.filter((one) => isRunning(one, now))
  const meant = running.length > 0 ? running : open.length > 0 ? open : theirs.slice(0, 1)
  const [only, ...others] = meant
  if (!only) {
    await sayNone(ctx, unitId)
    return null
  }
  if (others.length === 0) return only
  await ctx.say(whichSheet, { unitId, meetings: meant.map(shapeOf) })
  return null
}
