import { z } from 'zod'
import { requestPaper } from '../conversation/printing.js'
import type { RoomDeps } from '../conversation/room.js'
import { type Command, type Context, command } from '../conversation/types.js'
import { AppError } from '../core/errors.js'
import { type FeedOf, openFeed, renewFeed } from './feeds.js'
import { feedMessage } from './messages.js'

type Key = Pick<RoomDeps, 'codeKey'>

/** In a chat of its own, an address; where there are no addresses, the file. */
async function offerOwn(ctx: Context, { codeKey }: Key): Promise<void> {
  const { tx, now, actor, chat } = ctx
  const { personId } = actor
  if (ctx.can.pages)
    return ctx.say(feedMessage, {
      feedId: (await openFeed(tx, now, { personId, cellId: null }, codeKey)).id,
      cell: null,
    })
  const [unitId] = actor.cellIds
  if (!unitId || !ctx.can.files) throw new AppError('calendar.error.no-address')
  await requestPaper(tx, now, { paper: 'calendar', unitId, personId, chatId: chat.id })
  await ctx.note('calendar.file.coming')
}

async function sayCell(ctx: Context, unitId: string, open: typeof openFeed, { codeKey }: Key): Promise<void> {
  if (!ctx.can.pages) throw new AppError('calendar.error.no-address')
  const of: FeedOf = { personId: ctx.actor.personId, cellId: unitId }
  const { name } = await ctx.tx.unit.findUniqueOrThrow({ where: { id: unitId } })
  const { id } = await open(ctx.tx, ctx.now, of, codeKey)
  await ctx.say(feedMessage, { feedId: id, cell: { unitId, name } }, { fresh: true })
}

const OWN = { scope: 'self', permission: 'self' } as const
const LEADS = { scope: 'unit', permission: 'meeting.plan', args: z.object({ unitId: z.uuid() }) } as const

/** Addresses of calendars: one's own, and for who plans its meetings that of a cell. */
export const calendarCommands = (key: Key): Command[] => [
  command(
    'calendar.own',
    {
      ...OWN,
      args: z.object({}),
      slash: ['lichdienthoai', 'calendar'],
      words: ['lịch điện thoại', 'lịch trong điện thoại', 'lưu lịch', 'calendar'],
    },
    (ctx) => offerOwn(ctx, key),
  ),
  command('calendar.renew', { ...OWN, args: z.object({}) }, async (ctx) => {
    const of = { personId: ctx.actor.personId, cellId: null }
    await ctx.say(feedMessage, { feedId: (await renewFeed(ctx.tx, ctx.now, of, key.codeKey)).id, cell: null })
  }),
  command(
    'calendar.cell',
    { ...LEADS, slash: ['lichchibo', 'cellcalendar'], words: ['lịch chi bộ', 'cell calendar'] },
    (ctx, { unitId }) => sayCell(ctx, unitId, openFeed, key),
  ),
  command('calendar.renew-cell', LEADS, (ctx, { unitId }) => sayCell(ctx, unitId, renewFeed, key)),
]
