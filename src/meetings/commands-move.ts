import { z } from 'zod'
import { type Context, command } from '../conversation/types.js'
import { addDays, dateIn, type PlainDate, type WallTime } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { tellingWords } from './announce.js'
import { existsOn, getCell, type LoadHolidays, lockCell, readDaysOff } from './cell.js'
import { dayField, describeMeeting, meetingWords, timeField } from './describe.js'
import { EMPTY, readInto } from './draft.js'
import { confirmMove } from './messages-change.js'
import { listMeetingsOfMonths, moveMeeting } from './plan.js'
import { problemWords } from './questions.js'
import { decideMove, offersAfter } from './rules.js'
import { getMeeting, type Meeting } from './store.js'
import { findWanted } from './which.js'

const moveArgs = z.object({
  unitId: z.string(),
  meetingId: z.string().optional(),
  text: z.string().optional(),
  day: dayField.optional(),
  time: timeField.optional(),
  place: z.string().optional(),
})
type MoveArgs = z.infer<typeof moveArgs>
type Target = { day?: PlainDate | undefined; time?: WallTime | undefined; place?: string | undefined }

const doArgs = z.object({
  unitId: z.string(),
  meetingId: z.string(),
  revision: z.number(),
  day: dayField,
  time: timeField,
  place: z.string().optional(),
})

/** Asks for the new day and hour; a typed answer comes back to `meetings.move`. */
async function askWhen(ctx: Context, meeting: Meeting, load: LoadHolidays, said?: { key: string; params: JsonObject }) {
  const { isOff } = await readDaysOff(ctx.tx, load)
  const taken = (await listMeetingsOfMonths(ctx.tx, meeting.cellId, [meeting.day])).map((one) => one.day)
  const tomorrow = addDays(dateIn(ctx.now, meeting.zone), 1)
  const base = { unitId: meeting.cellId, meetingId: meeting.id }
  const offers = offersAfter(meeting.day, tomorrow, isOff, taken).map((day) => [
    {
      label: 'meetings.button.day' as const,
      params: { day: { date: day } },
      command: 'meetings.move',
      args: { ...base, day },
    },
  ])
  const rest = [
    { label: 'meetings.button.no-date' as const, command: 'meetings.cancel', args: base },
    { label: 'meetings.button.keep' as const, command: 'meetings.keep', args: base },
  ]
  const key = (said?.key ?? 'meetings.ask.move') as 'meetings.ask.move'
  await ctx.note(key, said?.params ?? meetingWords(meeting), { choices: [...offers, rest] })
  await ctx.expect('meetings.move', base)
}

async function askHour(ctx: Context, meeting: Meeting, target: Target, either: readonly [WallTime, WallTime]) {
  const base: JsonObject = { unitId: meeting.cellId, meetingId: meeting.id }
  if (target.day) base.day = target.day
  if (target.place) base.place = target.place
  const [am, pm] = either
  const choices = either.map((time) => ({
    label: 'meetings.word' as const,
    params: { word: time },
    command: 'meetings.move',
    args: { ...base, time },
  }))
  await ctx.note('meetings.parse.ambiguous-time', { am, pm }, { choices: [choices] })
}

const NOTHING_SAID = ['meetings.parse.no-day', 'meetings.parse.no-time', 'meetings.parse.no-place']

/** Where a text sends the meeting; null: it was asked back. What the text does not say stays as it is. */
async function readTarget(ctx: Context, meeting: Meeting, args: MoveArgs, load: LoadHolidays): Promise<Target | null> {
  if (!args.text) return args
  const today = dateIn(ctx.now, meeting.zone)
  const { draft, wrong } = readInto(EMPTY, args.text, 'day', { kind: 'single', today })
  const problem = Object.values(wrong).find((one) => !NOTHING_SAID.includes(one.code))
  if (problem) {
    await askWhen(ctx, meeting, load, { key: problem.code, params: problemWords(problem.params) })
    return null
  }
  const target: Target = {
    day: draft.day ?? args.day,
    time: draft.time ?? args.time,
    place: draft.place ?? args.place,
  }
  if (draft.either) await askHour(ctx, meeting, target, draft.either)
  else if (!target.day && !target.time && !target.place)
    await askWhen(ctx, meeting, load, { key: 'meetings.move.unread', params: {} })
  else return target
  return null
}

async function confirm(ctx: Context, meeting: Meeting, target: Target, load: LoadHolidays): Promise<void> {
  const to = { day: target.day ?? meeting.day, time: target.time ?? meeting.time, place: target.place ?? meeting.place }
  const moves = to.day !== meeting.day || to.time !== meeting.time
  const { nameOf, isOff } = await readDaysOff(ctx.tx, load)
  const decision = await decide(ctx, meeting, to, isOff)
  const onlyPlace = !moves && to.place !== meeting.place
  if (decision.kind === 'refused' && !(onlyPlace && decision.code === 'meetings.parse.refused.same')) {
    const final = ['meetings.parse.refused.over', 'meetings.parse.refused.cancelled'].includes(decision.code)
    if (final) return ctx.note(decision.code)
    return askWhen(ctx, meeting, load, { key: decision.code, params: {} })
  }
  await ctx.say(confirmMove, {
    ...describeMeeting(meeting),
    unitId: meeting.cellId,
    meetingId: meeting.id,
    revision: meeting.revision,
    to,
    holiday: moves ? nameOf(to.day) : null,
    emptyMonth: decision.kind === 'move' ? decision.emptyMonth : null,
    offers: decision.kind === 'move' ? [...decision.offers] : [],
  })
}

async function decide(
  ctx: Context,
  meeting: Meeting,
  to: { day: PlainDate; time: WallTime },
  isOff: (day: PlainDate) => boolean,
) {
  const cell = await getCell(ctx.tx, meeting.cellId)
  if (!existsOn(cell, to.day))
    throw new AppError('meetings.error.dissolved', {
      date: ctx.t.date(cell.dissolvedOn ?? to.day, 'day-month-year'),
    })
  const others = await listMeetingsOfMonths(ctx.tx, meeting.cellId, [meeting.day, to.day])
  return decideMove(meeting, to, { now: ctx.now, others, isOff })
}

async function move(ctx: Context, args: z.infer<typeof doArgs>): Promise<void> {
  await lockCell(ctx.tx, args.unitId)
  const meeting = await getMeeting(ctx.tx, args.unitId, args.meetingId)
  const { day, time, place = meeting.place } = args
  if (meeting.revision !== args.revision) return sayStale(ctx, meeting)
  const decision = await decide(ctx, meeting, { day, time }, () => false)
  const onlyPlace = place !== meeting.place
  if (decision.kind === 'refused' && !(onlyPlace && decision.code === 'meetings.parse.refused.same'))
    throw new AppError(decision.code)
  const { meeting: after, told } = await moveMeeting(ctx.tx, ctx.now, meeting, { day, time, place }, ctx.actor.personId)
  const { id: meetingId, day: dayBefore, time: timeBefore, place: placeBefore } = meeting
  const back = { day: dayBefore, time: timeBefore, place: placeBefore }
  await ctx.undoable('meetings.move-to', { unitId: args.unitId, meetingId, revision: after.revision, ...back })
  await ctx.note(
    'meetings.moved.done',
    { ...meetingWords(after), telling: tellingWords(told, ctx.now, after.zone) },
    { choices: [[{ label: 'meetings.button.next', command: 'meetings.next', args: {} }]] },
  )
}

/** The button speaks of a state that is over: somebody else, or an earlier tap, has changed the meeting. */
export const sayStale = (ctx: Context, meeting: Meeting): Promise<void> =>
  ctx.note(
    meeting.state === 'cancelled' ? 'meetings.stale.cancelled' : 'meetings.stale.planned',
    meetingWords(meeting),
    { choices: [[{ label: 'meetings.button.next', command: 'meetings.next', args: {} }]] },
  )

export const moveCommands = (load: LoadHolidays) => [
  command(
    'meetings.move',
    {
      args: moveArgs,
      scope: 'unit',
      permission: 'meeting.plan',
      slash: ['doilich', 'move'],
      words: ['đổi lịch', 'đổi lịch họp', 'dời lịch', 'dời họp', 'dời lịch họp'],
      takesText: true,
    },
    async (ctx, args) => {
      const meeting = await findWanted(ctx, {
        command: 'meetings.move',
        unitId: args.unitId,
        meetingId: args.meetingId,
        args: args.text ? { text: args.text } : {},
        question: 'meetings.which.move',
        series: { label: 'meetings.button.whole-series', command: 'meetings.series-change' },
      })
      if (!meeting) return
      const target = await readTarget(ctx, meeting, args, load)
      if (!target) return
      if (target.day || target.time || target.place) return confirm(ctx, meeting, target, load)
      return askWhen(ctx, meeting, load)
    },
  ),

  command('meetings.move-to', { args: doArgs, scope: 'unit', permission: 'meeting.plan' }, move),

  command(
    'meetings.keep',
    { args: z.object({ unitId: z.string(), meetingId: z.string() }), scope: 'unit', permission: 'meeting.plan' },
    async (ctx, { unitId, meetingId }) => {
      const meeting = await getMeeting(ctx.tx, unitId, meetingId)
      await (meeting.state === 'cancelled' ? sayStale(ctx, meeting) : ctx.note('meetings.kept', meetingWords(meeting)))
    },
  ),
]
