import { z } from 'zod'
import { type CommandHint, type Context, command, type MenuEntry } from '../conversation/types.js'
import { DAY } from '../core/dates.js'
import { createChoice } from '../meetings/create-choice.js'
import { getMeeting, listBegun, listUpcoming, type Meeting } from '../meetings/store.js'
import { unitsOf } from '../organization/permissions.js'
import { aboutOf, itemOf, progress } from './messages.js'
import { listGates, recordMark } from './store.js'

const scope = { scope: 'unit', permission: 'gate.mark' } as const

/** What follows a meeting is the first thing to see for so long, while something of it is open. */
const AFTER = 7 * DAY
const AHEAD = 12

type Two = Readonly<{ before: Meeting | null; next: Meeting | null }>

async function findBoth(ctx: Pick<Context, 'tx' | 'now'>, unitId: string): Promise<Two> {
  const { tx, now } = ctx
  const ofCell = (one: Meeting): boolean => one.kind !== 'cell_committee'
  const begun = await listBegun(tx, unitId, new Date(now.getTime() - AFTER), now)
  const upcoming = await listUpcoming(tx, [unitId], now, AHEAD)
  return { before: begun.find(ofCell) ?? null, next: upcoming.find(ofCell) ?? null }
}

async function isUnfinished(ctx: Pick<Context, 'tx' | 'now'>, meeting: Meeting): Promise<boolean> {
  return (await listGates(ctx.tx, meeting.id, ctx.now)).some((one) => one.state === 'open')
}

async function findShown(ctx: Context, { before, next }: Two): Promise<Meeting | null> {
  if (!before || !next) return before ?? next
  return (await isUnfinished(ctx, before)) ? before : next
}

async function show(ctx: Context, meeting: Meeting, both: Two, marked: string | null): Promise<void> {
  const items = (await listGates(ctx.tx, meeting.id, ctx.now)).map(itemOf)
  if (items.length === 0) return ctx.note('gates.progress.nothing')
  const other = [both.before, both.next].find((one) => one && one.id !== meeting.id) ?? null
  await ctx.say(progress, {
    ...aboutOf(meeting),
    items,
    marked,
    other: other && { meetingId: other.id, day: other.day },
  })
}

const markArgs = z.object({ unitId: z.string(), meetingId: z.string(), kind: z.string() })

export const gateCommands = [
  command(
    'gates.progress',
    {
      args: z.object({ unitId: z.string(), meetingId: z.string().optional() }),
      ...scope,
      slash: ['tiendo', 'progress'],
      words: ['tiến độ', 'tiến độ buổi họp', 'xem tiến độ', 'meeting progress'],
    },
    async (ctx, { unitId, meetingId }) => {
      const both = await findBoth(ctx, unitId)
      const meeting = meetingId ? await getMeeting(ctx.tx, unitId, meetingId) : await findShown(ctx, both)
      if (!meeting) return ctx.note('gates.progress.none', {}, createChoice(unitId))
      await show(ctx, meeting, both, null)
    },
  ),
  command('gates.mark', { args: markArgs, ...scope }, async (ctx, { unitId, meetingId, kind }) => {
    const meeting = await getMeeting(ctx.tx, unitId, meetingId)
    await recordMark(ctx.tx, { meetingId, kind, by: { id: ctx.actor.personId, at: ctx.now } })
    await show(ctx, meeting, await findBoth(ctx, unitId), kind)
  }),
  command('gates.unmark', { args: markArgs, ...scope }, async (ctx, { unitId, meetingId, kind }) => {
    const meeting = await getMeeting(ctx.tx, unitId, meetingId)
    await recordMark(ctx.tx, { meetingId, kind, by: null })
    await show(ctx, meeting, await findBoth(ctx, unitId), null)
  }),
]

/** Near a meeting, or after one that still lacks something. */
async function rankProgress({ tx, now, actor }: Parameters<MenuEntry['rank']>[0]): Promise<number | null> {
  const [unitId] = unitsOf(actor.roles, 'gate.mark')
  if (!unitId) return null
  const { before, next } = await findBoth({ tx, now }, unitId)
  if (before && (await isUnfinished({ tx, now }, before))) return 48
  return next && next.startsAt.getTime() - now.getTime() < 3 * DAY ? 48 : 14
}

export const gateMenu: MenuEntry[] = [{ command: 'gates.progress', label: 'gates.menu.progress', rank: rankProgress }]

export const gateHints: CommandHint[] = [
  { slash: { vi: 'tiendo', en: 'progress' }, description: 'gates.hint.progress', for: ['secretary', 'deputy'] },
]
