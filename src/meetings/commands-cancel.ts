import { z } from 'zod'
import { type Context, command, type NoteChoice } from '../conversation/types.js'
import { DAY } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { tellingWords } from './announce.js'
import { type LoadHolidays, lockCell, readDaysOff } from './cell.js'
import { sayStale } from './commands-move.js'
import { describeMeeting, meetingWords } from './describe.js'
import { EMPTY } from './draft.js'
import { confirmCancel } from './messages-change.js'
import { cancelMeeting, findCancelledAt, listMeetingsOfMonths, restoreMeeting } from './plan.js'
import { decideCancel, decideCreate } from './rules.js'
import { getMeeting, type Meeting } from './store.js'
import { findWanted } from './which.js'

const one = z.object({ unitId: z.string(), meetingId: z.string() })
const exact = one.extend({ revision: z.number() })

/** A slip of the finger is found out within a day; later a new meeting is made. */
const RESTORABLE_MS = DAY

async function decide(ctx: Context, meeting: Meeting, load: LoadHolidays) {
  const { isOff } = await readDaysOff(ctx.tx, load)
  const others = await listMeetingsOfMonths(ctx.tx, meeting.cellId, [meeting.day])
  return decideCancel(meeting, { now: ctx.now, others, isOff })
}

async function cancel(ctx: Context, args: z.infer<typeof exact>, load: LoadHolidays): Promise<void> {
  const { unitId } = args
  await lockCell(ctx.tx, unitId)
  const meeting = await getMeeting(ctx.tx, unitId, args.meetingId)
  if (meeting.revision !== args.revision) return sayStale(ctx, meeting)
  const decision = await decide(ctx, meeting, load)
  if (decision.kind === 'refused') throw new AppError(decision.code)
  const { meeting: after, told } = await cancelMeeting(ctx.tx, ctx.now, meeting, ctx.actor.personId)
  await ctx.undoable('meetings.restore', { unitId, meetingId: after.id, revision: after.revision })
  const offers: NoteChoice[][] = decision.offers.map((day) => [
    {
      label: 'meetings.button.make-up',
      params: { day: { date: day } },
      command: 'meetings.create',
      args: { unitId, draft: { ...EMPTY, kind: after.kind, day, time: after.time, place: after.place } },
    },
  ])
  const undo: NoteChoice = {
    label: 'meetings.button.restore',
    command: 'meetings.restore',
    args: { unitId, meetingId: after.id, revision: after.revision },
  }
  await ctx.note(
    decision.emptyMonth ? 'meetings.cancelled.done-empty' : 'meetings.cancelled.done',
    {
      ...meetingWords(meeting),
      telling: tellingWords(told, ctx.now, after.zone),
      month: { date: meeting.day, style: 'month-year' },
    },
    { choices: [...offers, [undo]] },
  )
}

async function restore(ctx: Context, args: z.infer<typeof exact>): Promise<void> {
  const { tx, now } = ctx
  const cell = await lockCell(tx, args.unitId)
  const meeting = await getMeeting(tx, args.unitId, args.meetingId)
  if (meeting.revision !== args.revision) return sayStale(ctx, meeting)
  const cancelledAt = await findCancelledAt(tx, meeting.id)
  if (!cancelledAt || now.getTime() - cancelledAt.getTime() > RESTORABLE_MS)
    throw new AppError('meetings.error.too-late-to-restore')
  const others = await listMeetingsOfMonths(tx, cell.id, [meeting.day])
  const decision = decideCreate(meeting, { now, others })
  if (decision.kind === 'refused') throw new AppError(decision.code)
  const { meeting: after, told } = await restoreMeeting(tx, now, meeting, ctx.actor.personId)
  await ctx.note('meetings.restored.done', { ...meetingWords(after), telling: tellingWords(told, now, after.zone) })
}

export const cancelCommands = (load: LoadHolidays) => [
  command(
    'meetings.cancel',
    {
      args: one.partial({ meetingId: true }),
      scope: 'unit',
      permission: 'meeting.plan',
      slash: ['hoanhop', 'postpone'],
      words: ['hoãn họp', 'hoãn buổi họp', 'hủy họp', 'hoãn lịch', 'nghỉ họp'],
    },
    async (ctx, { unitId, meetingId }) => {
      const meeting = await findWanted(ctx, {
        command: 'meetings.cancel',
        unitId,
        meetingId,
        args: {},
        question: 'meetings.which.cancel',
        series: { label: 'meetings.button.end-whole-series', command: 'meetings.series-end' },
      })
      if (!meeting) return
      const decision = await decide(ctx, meeting, load)
      if (decision.kind === 'refused') return ctx.note(decision.code)
      const { id: wanted, revision } = meeting
      const { emptyMonth, offers } = decision
      await ctx.say(confirmCancel, {
        ...describeMeeting(meeting),
        unitId,
        meetingId: wanted,
        revision,
        emptyMonth,
        offers: [...offers],
      })
    },
  ),

  command('meetings.cancel-do', { args: exact, scope: 'unit', permission: 'meeting.plan' }, (ctx, args) =>
    cancel(ctx, args, load),
  ),

  command('meetings.restore', { args: exact, scope: 'unit', permission: 'meeting.plan' }, restore),
]
