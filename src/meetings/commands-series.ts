import { z } from 'zod'
import { type Context, command } from '../conversation/types.js'
import { dateIn, type PlainDate, type WallTime } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { newId } from '../core/ids.js'
import { type Told, tellingWords } from './announce.js'
import { type Cell, existsOn, getCell, type LoadHolidays, lockCell, readDaysOff } from './cell.js'
import { ruleWords } from './describe.js'
import { type Draft, draftSchema, EMPTY, missingPart, readInto } from './draft.js'
import { proposeInstead } from './holidays.js'
import { confirmSeries } from './messages-confirm.js'
import { ask, askWhatToMend, questionFor } from './questions.js'
import { nextDays } from './recurrence.js'
import { DEFAULT_MINUTES } from './rules.js'
import {
  cancelRest,
  endSeries,
  expandSeries,
  findSeries,
  firstDayOf,
  insertSeries,
  listFuture,
  type Series,
} from './series.js'
import { announceSeries } from './series-announce.js'
import { listPlaces } from './store.js'

const SHOWN_DATES = 3

const partField = z.enum(['day', 'time', 'place'])
export const draftArgs = z.object({
  unitId: z.string(),
  text: z.string().optional(),
  asked: partField.optional(),
  draft: draftSchema.optional(),
  /** "Sửa lại" was pressed. */
  mend: z.boolean().optional(),
})
export const saveArgs = z.object({ unitId: z.string(), draft: draftSchema, key: z.string() })

type Whole = Draft & { rrule: string; time: WallTime }

const isWhole = (draft: Draft): draft is Whole => missingPart(draft, 'series') === null

const placeOf = (ctx: Context, draft: Draft): string => draft.place ?? ctx.t('meetings.online-place')

const isOnline = (draft: Draft): boolean => draft.online ?? true

/** When the new series begins, its first dates, and what it replaces. Throws `meetings.error.dissolved`. */
async function planSeries(ctx: Context, cell: Cell, draft: Whole) {
  const old = await findSeries(ctx.tx, cell.id, draft.kind)
  const from = await firstDayOf(ctx.tx, ctx.now, cell, draft.time, old)
  const days = nextDays(draft.rrule, from, SHOWN_DATES)
  const [first] = days
  if (!first || !existsOn(cell, first))
    throw new AppError('meetings.error.dissolved', { date: ctx.t.date(cell.dissolvedOn ?? from, 'day-month-year') })
  return { old, from, days }
}

const withoutNulls = <T>(items: readonly (T | null)[]): T[] => items.filter((item) => item !== null)

async function confirm(ctx: Context, draft: Whole, unitId: string, load: LoadHolidays): Promise<void> {
  const cell = await getCell(ctx.tx, unitId)
  const { old, from, days } = await planSeries(ctx, cell, draft)
  const { nameOf, isOff } = await readDaysOff(ctx.tx, load)
  const keepWeekday = draft.rrule.includes('BYDAY')
  const dates = days.map((occurrenceOn) => {
    const holiday = nameOf(occurrenceOn)
    const propose = holiday ? proposeInstead(occurrenceOn, { keepWeekday, earliest: from, isOff }) : null
    const day: PlainDate = draft.instead[occurrenceOn] ?? occurrenceOn
    return { occurrenceOn, day, holiday, instead: withoutNulls([propose?.before ?? null, propose?.after ?? null]) }
  })
  await ctx.say(confirmSeries, {
    unitId,
    draft,
    key: newId(),
    rrule: draft.rrule,
    time: draft.time,
    place: placeOf(ctx, draft),
    online: isOnline(draft),
    kind: draft.kind,
    dates,
    replaces: old ? { rrule: old.rrule, time: old.time } : null,
  })
}

async function save(ctx: Context, draft: Whole, unitId: string, key: string): Promise<void> {
  const { tx, now } = ctx
  const cell = await lockCell(tx, unitId)
  if (await tx.schedule.findUnique({ where: { id: key } })) return ctx.redirect('meetings.next', {})
  const { old, from } = await planSeries(ctx, cell, draft)
  const byId = ctx.actor.personId
  const replaced = old ? await listFuture(tx, old.id, now) : []
  if (old) await endSeries(tx, old, dateIn(now, cell.zone))
  const series = await insertSeries(tx, now, {
    id: key,
    cellId: cell.id,
    kind: draft.kind,
    rrule: draft.rrule,
    time: draft.time,
    zone: cell.zone,
    place: placeOf(ctx, draft),
    onlineAllowed: isOnline(draft),
    durationMinutes: draft.durationMinutes ?? DEFAULT_MINUTES[draft.kind],
    startsOn: from,
    createdBy: byId,
  })
  const made = await expandSeries(tx, now, cell, series, { reuse: replaced, instead: draft.instead, byId })
  const reused = new Set(made.map((one) => one.reused?.id))
  const left = replaced.filter((one) => !reused.has(one.id))
  await cancelRest(tx, now, left, byId)
  const [first] = made
  const told = first ? await announceSeries(tx, now, { cell, series, first, old, byId }) : { people: 0, at: now }
  await saySaved(ctx, series, first?.meeting.day ?? from, told)
}

const saySaved = (ctx: Context, series: Series, day: PlainDate, told: Told): Promise<void> =>
  ctx.note(
    'meetings.series.saved',
    {
      rule: ruleWords(series.rrule),
      time: series.time,
      first: { date: day, style: 'weekday-day-month-year' },
      telling: tellingWords(told, ctx.now, series.zone),
    },
    { choices: [[{ label: 'meetings.button.next', command: 'meetings.next', args: {} }]] },
  )

export const seriesCommands = (load: LoadHolidays) => [
  command(
    'meetings.series',
    {
      args: draftArgs,
      scope: 'unit',
      permission: 'meeting.plan',
      slash: ['lichdinhky', 'series'],
      words: ['lịch định kỳ', 'đặt lịch định kỳ', 'lịch hằng tháng', 'monthly schedule'],
      takesText: true,
    },
    async (ctx, { unitId, text, asked, draft = EMPTY, mend }) => {
      if (mend) return askWhatToMend(ctx, 'meetings.series', unitId, draft)
      const read = text ? readInto(draft, text, asked ?? null, { kind: 'series' }) : null
      const next = read?.draft ?? draft
      const part = missingPart(next, 'series')
      if (isWhole(next)) return confirm(ctx, next, unitId, load)
      if (!part) return
      const places = await listPlaces(ctx.tx, unitId)
      const question = questionFor(part, next, read, 'series', { places, days: [] })
      await ask(ctx, 'meetings.series', unitId, next, question)
    },
  ),

  command(
    'meetings.series-save',
    { args: saveArgs, scope: 'unit', permission: 'meeting.plan' },
    async (ctx, { unitId, draft, key }) => {
      if (!isWhole(draft)) throw new AppError('conversation.error.outdated')
      await save(ctx, draft, unitId, key)
    },
  ),
]
