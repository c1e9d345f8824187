import { z } from 'zod'
import { type Context, command } from '../conversation/types.js'
import { dateIn, timeIn } from '../core/dates.js'
import { fold } from '../core/text.js'
import { getCell, lockCell } from '../meetings/cell.js'
import { listUpcoming, type Meeting } from '../meetings/store.js'
import { ladder, ladderConfirm, ladderSaved, type Shown } from './messages-ladder.js'
import { LONGEST_MINUTES, MOST_STEPS, parseLadder, SHORTEST_MINUTES } from './parse-ladder.js'
import { DEFAULT_LADDER, planSteps } from './rules.js'
import { findLadder, getSetAt, type Ladder, recordLadder } from './store-ladder.js'

const scope = { scope: 'unit', permission: 'meeting.plan' } as const

const wantedArgs = z.object({
  unitId: z.string(),
  /** Null: the default. */
  offsets: z.array(z.number().int().min(SHORTEST_MINUTES).max(LONGEST_MINUTES)).min(1).max(MOST_STEPS).nullable(),
})

const wantedLadder = (offsets: readonly number[] | null): Ladder =>
  offsets ? { offsets, own: true } : { offsets: DEFAULT_LADDER, own: false }

/** When the steps of a meeting that still lie ahead go out under this ladder. */
async function stepsAhead(ctx: Context, meeting: Meeting, offsets: readonly number[]) {
  const { startsAt, zone } = meeting
  const setAt = await getSetAt(ctx.tx, meeting.id)
  return planSteps({ startsAt, zone, offsets, setAt, changedAt: ctx.now }).map((one) => ({
    day: dateIn(one.dueAt, zone),
    time: timeIn(one.dueAt, zone),
    audience: one.audience,
    withMaterials: one.withMaterials,
  }))
}

async function shownFor(ctx: Context, unitId: string, { offsets, own }: Ladder): Promise<Shown> {
  const cell = await getCell(ctx.tx, unitId)
  const [meeting] = await listUpcoming(ctx.tx, [unitId], ctx.now, 1)
  const next = meeting
    ? { kind: meeting.kind, day: meeting.day, time: meeting.time, steps: await stepsAhead(ctx, meeting, offsets) }
    : null
  return { unitId, cell: cell.name, offsets: [...offsets], own, next }
}

const isDefault = (text: string): boolean => ['mac dinh', 've mac dinh', 'default'].includes(fold(text))

/** Another line is waited for, so that a slip is mended by writing again. */
async function readTyped(ctx: Context, unitId: string, text: string): Promise<void> {
  if (isDefault(text)) return offer(ctx, unitId, null)
  const read = parseLadder(text)
  if (read.ok) return offer(ctx, unitId, read.offsets)
  await ctx.note(read.code, { ...read.params })
  await ctx.expect('reminders.ladder', { unitId })
}

async function offer(ctx: Context, unitId: string, offsets: readonly number[] | null): Promise<void> {
  await ctx.say(ladderConfirm, await shownFor(ctx, unitId, wantedLadder(offsets)))
  await ctx.expect('reminders.ladder', { unitId })
}

export const ladderCommands = [
  command(
    'reminders.ladder',
    {
      args: z.object({ unitId: z.string(), text: z.string().optional() }),
      ...scope,
      slash: ['lichnhac', 'reminders'],
      words: ['lịch nhắc', 'mốc nhắc', 'đổi lịch nhắc'],
      takesText: true,
    },
    async (ctx, { unitId, text }) => {
      if (text) return readTyped(ctx, unitId, text)
      await ctx.say(ladder, await shownFor(ctx, unitId, await findLadder(ctx.tx, unitId)))
      await ctx.expect('reminders.ladder', { unitId })
    },
  ),
  command('reminders.ladder-offer', { args: wantedArgs, ...scope }, (ctx, { unitId, offsets }) =>
    offer(ctx, unitId, offsets),
  ),
  command('reminders.ladder-set', { args: wantedArgs, ...scope }, async (ctx, { unitId, offsets }) => {
    await lockCell(ctx.tx, unitId)
    const wanted = wantedLadder(offsets)
    const standing = await findLadder(ctx.tx, unitId)
    if (standing.own !== wanted.own || standing.offsets.join() !== wanted.offsets.join())
      await recordLadder(ctx.tx, ctx.now, { cellId: unitId, offsets, byId: ctx.actor.personId })
    await ctx.say(ladderSaved, await shownFor(ctx, unitId, wanted))
  }),
  command('reminders.ladder-keep', { args: z.object({ unitId: z.string() }), ...scope }, (ctx) =>
    ctx.note('reminders.ladder.kept'),
  ),
]
