import { z } from 'zod'
import { requestPaper } from '../conversation/printing.js'
import { type Command, type CommandHint, type Context, command } from '../conversation/types.js'
import { dateIn } from '../core/dates.js'
import { createChoice } from '../meetings/create-choice.js'
import { getMeeting, listUpcoming, type Meeting } from '../meetings/store.js'
import { pageOf } from '../organization/paging.js'
import { listCalls, listFates } from './calls.js'
import { shapeOfFate } from './fate-shape.js'
import { callList, fateList, listOf } from './messages-calls.js'

/** Each has a button. */
const CALLS_A_PAGE = 6
const FATES_A_PAGE = 12

const where = z.object({ unitId: z.uuid(), meetingId: z.uuid().optional(), page: z.int().optional() })
type Where = z.infer<typeof where>

/** The meeting that was named, else the next one; null: the actor was told that there is none to call about. */
async function findNext(ctx: Context, { unitId, meetingId }: Where): Promise<Meeting | null> {
  const [meeting] = meetingId
    ? [await getMeeting(ctx.tx, unitId, meetingId)]
    : await listUpcoming(ctx.tx, [unitId], ctx.now, 1)
  if (meeting?.state === 'planned' && meeting.startsAt > ctx.now) return meeting
  await ctx.note(meeting ? 'reach.over' : 'reach.no-meeting', {}, meeting ? {} : createChoice(unitId))
  return null
}

const summaryOf = (meeting: Meeting) => ({
  choices: [
    [
      {
        label: 'attendance.summary.menu' as const,
        command: 'attendance.summary',
        args: { unitId: meeting.cellId, meetingId: meeting.id },
      },
    ],
  ],
})

async function showCalls(ctx: Context, args: Where): Promise<void> {
  const meeting = await findNext(ctx, args)
  if (!meeting) return
  const calls = await listCalls(ctx.tx, meeting, ctx.now)
  if (calls.length === 0)
    return ctx.note('reach.calls.nobody', { when: { date: meeting.day, time: meeting.time } }, summaryOf(meeting))
  const { rows, ...paging } = pageOf(calls, args.page ?? 1, CALLS_A_PAGE)
  await ctx.say(callList, {
    ...listOf(meeting, dateIn(ctx.now, meeting.zone), paging),
    total: calls.length,
    rows: rows.map((one) => ({ ...one, fate: shapeOfFate(one.fate, meeting.zone) })),
  })
}

async function showFates(ctx: Context, args: Where): Promise<void> {
  const meeting = await findNext(ctx, args)
  if (!meeting) return
  const members = await listFates(ctx.tx, meeting, ctx.now)
  const { rows, ...paging } = pageOf(members, args.page ?? 1, FATES_A_PAGE)
  await ctx.say(fateList, {
    ...listOf(meeting, dateIn(ctx.now, meeting.zone), paging),
    total: members.length,
    unreached: members.filter((one) => one.unreached).length,
    rows: rows.map(({ label, answer, fate }) => ({
      label,
      answered: answer !== null,
      fate: shapeOfFate(fate, meeting.zone),
    })),
  })
}

async function print(ctx: Context, args: Where): Promise<void> {
  const meeting = await findNext(ctx, args)
  if (!meeting) return
  const { tx, now, actor, chat } = ctx
  const wanted = { paper: 'call-list', unitId: meeting.cellId, subjectId: meeting.id }
  await requestPaper(tx, now, { ...wanted, personId: actor.personId, chatId: chat.id })
  await ctx.note('reach.sheet.coming', {}, { fresh: true })
}

/** For whoever leads the cell: names, telephones and fates go to nobody else. */
const forLeaders = { args: where, scope: 'unit', permission: 'attendance.manage' } as const

export const reachCommands: Command[] = [
  command(
    'reach.calls',
    {
      ...forLeaders,
      slash: ['goidien', 'calllist'],
      words: ['gọi điện', 'danh sách gọi', 'danh sách gọi điện', 'call list'],
    },
    showCalls,
  ),
  command('reach.fates', { ...forLeaders, words: ['tin đến đâu'] }, showFates),
  command('reach.print', forLeaders, print),
]

export const reachHints: CommandHint[] = [
  { slash: { vi: 'goidien', en: 'calllist' }, description: 'reach.hint', for: ['secretary', 'deputy'] },
]
