import { z } from 'zod'
import { type Context, command } from '../conversation/types.js'
import { dateIn } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { lockCell } from './cell.js'
import { ruleWords } from './describe.js'
import { EMPTY } from './draft.js'
import { askWhatToMend } from './questions.js'
import { cancelRest, endSeries, listFuture, listSeries } from './series.js'

const seriesArgs = z.object({ unitId: z.string(), scheduleId: z.string() })

async function getSeries(ctx: Context, unitId: string, scheduleId: string) {
  const series = (await listSeries(ctx.tx, unitId)).find((one) => one.id === scheduleId)
  if (!series) throw new AppError('meetings.error.series-over')
  return series
}

export const wholeSeriesCommands = () => [
  command(
    'meetings.series-change',
    { args: seriesArgs, scope: 'unit', permission: 'meeting.plan' },
    async (ctx, { unitId, scheduleId }) => {
      const { kind, rrule, time, place, onlineAllowed, durationMinutes } = await getSeries(ctx, unitId, scheduleId)
      const draft = { ...EMPTY, kind, rrule, time, place, online: onlineAllowed, durationMinutes }
      await askWhatToMend(ctx, 'meetings.series', unitId, draft)
    },
  ),

  command(
    'meetings.series-end',
    { args: seriesArgs, scope: 'unit', permission: 'meeting.plan' },
    async (ctx, { unitId, scheduleId }) => {
      const series = await getSeries(ctx, unitId, scheduleId)
      const future = await listFuture(ctx.tx, scheduleId, ctx.now)
      await ctx.note(
        'meetings.series.end-sure',
        { rule: ruleWords(series.rrule), time: series.time, count: future.length },
        {
          choices: [
            [
              { label: 'meetings.button.end-series', command: 'meetings.series-end-do', args: { unitId, scheduleId } },
              { label: 'meetings.button.keep', command: 'meetings.next', args: {} },
            ],
          ],
        },
      )
    },
  ),

  command(
    'meetings.series-end-do',
    { args: seriesArgs, scope: 'unit', permission: 'meeting.plan' },
    async (ctx, { unitId, scheduleId }) => {
      const { tx, now } = ctx
      const cell = await lockCell(tx, unitId)
      const series = await getSeries(ctx, unitId, scheduleId)
      await endSeries(tx, series, dateIn(now, cell.zone))
      const told = await cancelRest(tx, now, await listFuture(tx, series.id, now), ctx.actor.personId)
      await ctx.note(
        'meetings.series.ended',
        { told },
        { choices: [[{ label: 'meetings.button.new-series', command: 'meetings.series', args: { unitId } }]] },
      )
    },
  ),
]
