import { z } from 'zod'
import { type Actor, type Context, command, type NoteChoice } from '../conversation/types.js'
import { unitsOf } from '../organization/permissions.js'
import { describeMeeting } from './describe.js'
import { isAsked, listInvited } from './invited.js'
import { nextMeetings } from './messages-next.js'
import { listUpcoming, type Meeting } from './store.js'

const SHOWN = 4
/** Meetings of the cell committee stand among them and are left out for most: looked at, not shown. */
const LOOKED_AT = 12

const cellsOf = (actor: Actor): string[] => [
  ...new Set([
    ...actor.cellIds,
    ...actor.roles.flatMap(({ role, unitId }) => (role === 'follower' && unitId ? [unitId] : [])),
  ]),
]

type Mine = { meeting: Meeting; asked: boolean }

/** The meetings to which this person is invited, the next first. */
async function listMine(ctx: Context, limit: number): Promise<Mine[]> {
  const mine: Mine[] = []
  for (const meeting of await listUpcoming(ctx.tx, cellsOf(ctx.actor), ctx.now, LOOKED_AT)) {
    if (mine.length === limit) break
    const me = (await listInvited(ctx.tx, meeting)).find((one) => one.personId === ctx.actor.personId)
    if (me) mine.push({ meeting, asked: isAsked(me) })
  }
  return mine
}

async function sayNone(ctx: Context, planner: boolean): Promise<void> {
  const button = (label: NoteChoice['label'], name: string): NoteChoice[] => [{ label, command: name, args: {} }]
  if (planner)
    return ctx.note(
      'meetings.next.none-planner',
      {},
      {
        choices: [button('meetings.menu.series', 'meetings.series'), button('meetings.menu.create', 'meetings.create')],
      },
    )
  if (cellsOf(ctx.actor).length > 0)
    return ctx.note('meetings.next.none', {}, { choices: [button('conversation.menu.open', 'menu.open')] })
  const reports = unitsOf(ctx.actor.roles, 'report.see').length > 0
  await ctx.note(
    reports ? 'meetings.next.no-cell-report' : 'meetings.next.no-cell',
    {},
    reports ? { choices: [button('meetings.button.report', 'digests.report')] } : {},
  )
}

export const nextCommands = () => [
  command(
    'meetings.next',
    {
      args: z.object({}),
      scope: 'self',
      permission: 'self',
      slash: ['lich', 'meetings'],
      words: ['lịch họp', 'lịch', 'khi nào họp', 'bao giờ họp', 'lịch sinh hoạt', 'next meetings'],
    },
    async (ctx) => {
      const planner = unitsOf(ctx.actor.roles, 'meeting.plan').length > 0
      const mine = await listMine(ctx, SHOWN)
      if (mine.length === 0) return sayNone(ctx, planner)
      const { personId } = ctx.actor
      const ids = mine.map(({ meeting }) => meeting.id)
      const cells = await ctx.tx.unit.findMany({ where: { id: { in: mine.map(({ meeting }) => meeting.cellId) } } })
      const answers = await ctx.tx.answer.findMany({ where: { meetingId: { in: ids }, personId } })
      await ctx.say(nextMeetings, {
        planner,
        items: mine.map(({ meeting, asked }) => ({
          ...describeMeeting(meeting),
          meetingId: meeting.id,
          cell: cells.find((cell) => cell.id === meeting.cellId)?.name ?? '',
          asked,
          answered: answers.find((one) => one.meetingId === meeting.id)?.state ?? null,
        })),
      })
    },
  ),
]
