import { z } from 'zod'
import { requestPaper } from '../conversation/printing.js'
import { type Command, type Context, command } from '../conversation/types.js'
import { AppError } from '../core/errors.js'
import { getCell } from '../meetings/cell.js'
import { createChoice } from '../meetings/create-choice.js'
import { describeMeeting, titleOf } from '../meetings/describe.js'
import { getMeeting, listUpcoming, type Meeting } from '../meetings/store.js'
import { notice } from './messages-notice.js'

const PLANS = { scope: 'unit', permission: 'meeting.plan' } as const

/** The one that is shown and those that are offered below it. */
const MOST = 3

async function getPlanned(ctx: Context, unitId: string, meetingId: string): Promise<Meeting> {
  const meeting = await getMeeting(ctx.tx, unitId, meetingId)
  if (meeting.state === 'cancelled') throw new AppError('groups.error.cancelled')
  return meeting
}

async function sayNotice(ctx: Context, unitId: string, meetingId?: string): Promise<void> {
  const upcoming = await listUpcoming(ctx.tx, [unitId], ctx.now, MOST)
  const meeting = meetingId ? await getPlanned(ctx, unitId, meetingId) : upcoming[0]
  if (!meeting) return ctx.note('groups.notice.none', {}, createChoice(unitId))
  const { name: unit } = await getCell(ctx.tx, unitId)
  const others = upcoming.filter((one) => one.id !== meeting.id)
  await ctx.say(
    notice,
    {
      ...describeMeeting(meeting),
      unitId,
      meetingId: meeting.id,
      unit,
      others: others.map((one) => ({
        meetingId: one.id,
        title: titleOf(one, ctx.t),
        day: ctx.t.date(one.day, 'day-month'),
      })),
    },
    { fresh: true },
  )
}

/** A ready notice for the secretary's own hand: as text to forward, as a paper for the member who follows the cell. */
export const noticeCommands: Command[] = [
  command(
    'groups.notice',
    {
      ...PLANS,
      args: z.object({ unitId: z.uuid(), meetingId: z.uuid().optional() }),
      slash: ['giaymoi', 'notice'],
      words: ['giấy mời', 'thông báo họp', 'meeting notice'],
    },
    (ctx, { unitId, meetingId }) => sayNotice(ctx, unitId, meetingId),
  ),
  command(
    'groups.notice-paper',
    { ...PLANS, args: z.object({ unitId: z.uuid(), meetingId: z.uuid() }) },
    async (ctx, { unitId, meetingId }) => {
      const { id: subjectId } = await getPlanned(ctx, unitId, meetingId)
      const wanted = { paper: 'invitation', unitId, subjectId, personId: ctx.actor.personId, chatId: ctx.chat.id }
      await requestPaper(ctx.tx, ctx.now, wanted)
      await ctx.note('groups.notice.coming', {}, { fresh: true })
    },
  ),
]
