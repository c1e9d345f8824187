import { z } from 'zod'
import { findNamed } from '../attendance/answers-names.js'
import { type Command, type Context, command } from '../conversation/types.js'
import { parsePlainDate } from '../core/dates.js'
import { todayOf } from '../meetings/cell.js'
import { createChoice } from '../meetings/create-choice.js'
import { getMeeting, type Meeting } from '../meetings/store.js'
import { pageOf } from '../organization/paging.js'
import { namesOf } from '../organization/people.js'
import { getOfCell } from './commands.js'
import { chosen, draftOf, settle, type TaskDraft, taskDraft } from './draft.js'
import { giveMessage, NO_LEAD } from './messages.js'
import { draftMessage } from './messages-draft.js'
import { type LineProblem, readTaskLines } from './parse-line.js'
import { listLeft, listOwners, type Owner } from './people.js'
import { reminderAt } from './rules.js'
import { A_PAGE, leadOf, sayList } from './say.js'
import { findGivingMeeting, recordOwner, recordTasks } from './store.js'

const manages = { scope: 'unit', permission: 'task.manage' } as const

/** The draft as it stands, with the question whose a task is, or the choice that records it; the next lines are added to it. */
async function sayDraft(
  ctx: Context,
  meeting: Meeting,
  draft: TaskDraft,
  problems: readonly LineProblem[],
  owners: readonly Owner[],
): Promise<void> {
  const { cellId: unitId, id: meetingId, kind, day } = meeting
  const labels = new Map(owners.map((one) => [one.personId, one.label]))
  const open = draft.find((one) => one.ownerId === null)
  await ctx.say(draftMessage, {
    unitId,
    meetingId,
    meeting: { kind, day },
    items: draft.map(({ what, dueOn, ownerId }) => ({
      name: ownerId ? (labels.get(ownerId) ?? '') : null,
      what,
      dueOn: dueOn ? parsePlainDate(dueOn) : null,
    })),
    problems: [...problems],
    ask: open
      ? {
          itemId: open.id,
          what: open.what,
          options: open.options.map((personId) => ({ personId, label: labels.get(personId) ?? '' })),
        }
      : null,
    draft,
  })
  await ctx.expect('tasks.draft', { unitId, meetingId, draft })
}

const place = { unitId: z.uuid(), meetingId: z.uuid().optional() }

/** Where the tasks belong; null: the actor was told that there is no meeting. */
async function whichMeeting(ctx: Context, unitId: string, meetingId?: string): Promise<Meeting | null> {
  const meeting = meetingId
    ? await getMeeting(ctx.tx, unitId, meetingId)
    : await findGivingMeeting(ctx.tx, unitId, ctx.now)
  if (!meeting) await ctx.note('tasks.no-meeting', {}, createChoice(unitId))
  return meeting
}

const write = command('tasks.write', { args: z.object({ unitId: z.uuid() }), ...manages }, async (ctx, { unitId }) => {
  if (!(await whichMeeting(ctx, unitId))) return
  await ctx.note('tasks.how-to')
  await ctx.expect('tasks.draft', { unitId })
})

/** Lines that were typed, added to what was read before; or the choice whose one of them is. */
const draft = command(
  'tasks.draft',
  {
    args: z.object({
      ...place,
      text: z.string().optional(),
      draft: taskDraft.default([]),
      itemId: z.uuid().optional(),
      personId: z.uuid().optional(),
    }),
    ...manages,
  },
  async (ctx, args) => {
    const { unitId, text, itemId, personId } = args
    const meeting = await whichMeeting(ctx, unitId, args.meetingId)
    if (!meeting) return
    const today = await todayOf(ctx, unitId)
    const owners = await listOwners(ctx.tx, meeting, today)
    const left = await listLeft(ctx.tx, unitId, owners, today)
    const read = text ? readTaskLines(text, { members: owners, left }, today) : { tasks: [], problems: [] }
    const before = itemId && personId ? chosen(args.draft, itemId, personId) : args.draft
    const names = await namesOf(
      ctx.tx,
      before.flatMap((one) => one.ownerId ?? []),
    )
    const { kept, problems } = settle([...before, ...draftOf(read.tasks)], owners, (id) => names.get(id) ?? '')
    await sayDraft(ctx, meeting, kept, [...problems, ...read.problems], owners)
  },
)

const record = command(
  'tasks.record',
  { args: z.object({ unitId: z.uuid(), meetingId: z.uuid(), draft: taskDraft }), ...manages },
  async (ctx, args) => {
    const meeting = await getMeeting(ctx.tx, args.unitId, args.meetingId)
    const owners = await listOwners(ctx.tx, meeting, await todayOf(ctx, args.unitId))
    const names = await namesOf(
      ctx.tx,
      args.draft.flatMap((one) => one.ownerId ?? []),
    )
    const { kept, problems } = settle(args.draft, owners, (id) => names.get(id) ?? '')
    if (problems.length > 0 || kept.some((one) => one.ownerId === null))
      return sayDraft(ctx, meeting, kept, problems, owners)
    const count = await recordTasks(
      ctx.tx,
      { cellId: meeting.cellId, meetingId: meeting.id },
      kept.map(({ id, what, ownerId, dueOn: text }) => {
        const dueOn = text ? parsePlainDate(text) : null
        return { id, what, ownerId: ownerId ?? '', dueOn, remindAt: reminderAt(dueOn, meeting.zone, ctx.now) }
      }),
      { byId: ctx.actor.personId, now: ctx.now },
    )
    await sayList(ctx, args.unitId, { lead: { ...NO_LEAD, kind: count > 0 ? 'recorded' : 'again', count } })
  },
)

/** Somebody else does it: the list, a name that is typed, or the one who was chosen. */
const give = command(
  'tasks.give',
  {
    args: z.object({
      unitId: z.uuid(),
      taskId: z.uuid(),
      personId: z.uuid().optional(),
      text: z.string().optional(),
      page: z.int().min(1).optional(),
    }),
    ...manages,
  },
  async (ctx, { unitId, taskId, personId, text, page: wanted }) => {
    const task = await getOfCell(ctx, unitId, taskId)
    if (task.state !== 'open') return sayList(ctx, unitId, { lead: leadOf('gone', task) })
    const meeting = await getMeeting(ctx.tx, unitId, task.meetingId)
    const today = await todayOf(ctx, unitId)
    const owners = await listOwners(ctx.tx, meeting, today)
    const named = text ? findNamed(text, owners).matches : owners.filter((one) => one.personId === personId)
    const [only, ...others] = named
    if (only && others.length === 0) {
      const remindAt = reminderAt(task.dueOn, meeting.zone, ctx.now)
      await recordOwner(ctx.tx, task, only.personId, { byId: ctx.actor.personId, now: ctx.now, remindAt })
      return sayList(ctx, unitId, { lead: leadOf('given', { ...task, ownerName: only.label }) })
    }
    const hasLeft = text && findNamed(text, await listLeft(ctx.tx, unitId, owners, today)).matches.length > 0
    const because = others.length > 0 ? 'several' : personId || hasLeft ? 'left' : text ? 'unknown' : 'ask'
    const { rows, page, pages } = pageOf(others.length > 0 ? named : owners, wanted ?? 1, A_PAGE)
    const people = rows.map((one) => ({ personId: one.personId, label: one.label }))
    await ctx.say(giveMessage, { unitId, taskId, what: task.what, because, people, page, pages })
    await ctx.expect('tasks.give', { unitId, taskId })
  },
)

export const taskWriting: Command[] = [write, draft, record, give]
