import { z } from 'zod'
import { type Context, command } from '../conversation/types.js'
import { dateIn, timeIn } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { lockCell } from '../meetings/cell.js'
import { createChoice } from '../meetings/create-choice.js'
import { getMeeting, listUpcoming, type Meeting } from '../meetings/store.js'
import { shapeOf } from './messages.js'
import { nudgeDone, nudgeOffer } from './messages-nudge.js'
import { findSilent, recordNudge, type Silent } from './nudge.js'

/** The meeting that is meant: the one named, else the next one. Throws where nobody can answer for it any more. */
async function findOpen(ctx: Context, unitId: string, meetingId: string | undefined): Promise<Meeting | null> {
  if (!meetingId) return (await listUpcoming(ctx.tx, [unitId], ctx.now, 1))[0] ?? null
  const meeting = await getMeeting(ctx.tx, unitId, meetingId)
  if (meeting.state === 'cancelled') throw new AppError('reminders.error.cancelled')
  if (meeting.startsAt <= ctx.now) throw new AppError('reminders.error.begun')
  return meeting
}

const numbersOf = (meeting: Meeting, { at, silent, unreached, rested, personIds }: Silent, now: Date) => ({
  silent,
  unreachable: unreached,
  rested,
  willGet: personIds.length,
  later: at > now ? { day: dateIn(at, meeting.zone), time: timeIn(at, meeting.zone) } : null,
})

const dataOf = (unitId: string, cell: string, meeting: Meeting, silent: Silent, now: Date) => ({
  unitId,
  ...shapeOf(meeting, cell),
  ...numbersOf(meeting, silent, now),
})

export const nudgeCommands = [
  command(
    'reminders.nudge',
    {
      args: z.object({ unitId: z.string(), meetingId: z.string().optional() }),
      scope: 'unit',
      permission: 'attendance.manage',
      slash: ['nhacnho', 'nudge'],
      words: ['nhắc nhở', 'nhắc người chưa trả lời', 'remind the silent'],
    },
    async (ctx, { unitId, meetingId }) => {
      const meeting = await findOpen(ctx, unitId, meetingId)
      if (!meeting) return ctx.note('reminders.nudge.no-meeting', {}, createChoice(unitId))
      const silent = await findSilent(ctx.tx, ctx.now, meeting)
      await ctx.say(nudgeOffer, dataOf(unitId, '', meeting, silent, ctx.now))
    },
  ),
  command(
    'reminders.nudge-send',
    {
      args: z.object({ unitId: z.string(), meetingId: z.string() }),
      scope: 'unit',
      permission: 'attendance.manage',
    },
    async (ctx, { unitId, meetingId }) => {
      const { tx, now, actor } = ctx
      const cell = await lockCell(tx, unitId)
      const meeting = await findOpen(ctx, unitId, meetingId)
      if (!meeting) return ctx.note('reminders.nudge.no-meeting', {}, createChoice(unitId))
      const silent = await findSilent(tx, now, meeting)
      if (silent.personIds.length === 0) return ctx.say(nudgeOffer, dataOf(unitId, cell.name, meeting, silent, now))
      await recordNudge(tx, now, meeting, actor.personId, silent)
      await ctx.say(nudgeDone, dataOf(unitId, cell.name, meeting, silent, now))
    },
  ),
]
