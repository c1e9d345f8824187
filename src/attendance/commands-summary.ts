import { z } from 'zod'
import { type Command, type Context, command } from '../conversation/types.js'
import { createChoice } from '../meetings/create-choice.js'
import { getMeeting, listBegun, listUpcoming, type Meeting } from '../meetings/store.js'
import { summaryMessage } from './messages-summary.js'
import { isRunning, OFFERED_FOR, OPEN_BEFORE } from './roll-call-steps.js'
import { readSummary } from './summary.js'

/** The meeting that runs, else the next one, else the last of 30 days. */
async function findMeant(ctx: Context, unitId: string): Promise<Meeting | null> {
  const { tx, now } = ctx
  const from = new Date(now.getTime() - OFFERED_FOR)
  const begun = await listBegun(tx, unitId, from, new Date(now.getTime() + OPEN_BEFORE + 1))
  const running = begun.find((one) => isRunning(one, now))
  const [next] = await listUpcoming(tx, [unitId], now, 1)
  return running ?? next ?? begun[0] ?? null
}

const summary = command(
  'attendance.summary',
  {
    args: z.object({ unitId: z.uuid(), meetingId: z.uuid().optional() }),
    scope: 'unit',
    permission: 'attendance.see',
    slash: ['tonghop', 'summary'],
    words: ['tổng hợp', 'danh sách trả lời'],
  },
  async (ctx, { unitId, meetingId }) => {
    const meeting = meetingId ? await getMeeting(ctx.tx, unitId, meetingId) : await findMeant(ctx, unitId)
    if (!meeting) return ctx.note('attendance.summary.none', {}, createChoice(unitId))
    if (meeting.state !== 'planned')
      return ctx.note('attendance.error.cancelled', { when: { date: meeting.day, time: meeting.time } })
    const withWords = await ctx.may('attendance.manage', unitId)
    await ctx.say(summaryMessage, await readSummary(ctx.tx, meeting, { now: ctx.now, withWords }))
  },
)

export const summaryCommands: Command[] = [summary]
