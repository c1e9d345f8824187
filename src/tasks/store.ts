import { OPEN_BEFORE } from '../attendance/roll-call-steps.js'
import { DAY, fromDateColumn, type PlainDate, toDateColumn } from '../core/dates.js'
import { newId } from '../core/ids.js'
import { Prisma, type Tx } from '../database/client.js'
import type { Task as Row } from '../database/generated/client.js'
import type { TaskState } from '../database/generated/enums.js'
import { type Meeting, toMeeting } from '../meetings/store.js'
import { withdraw } from '../messaging/outbox.js'
import { holdsOn } from '../organization/periods.js'

export type { TaskState }

/** What a meeting decided that somebody does. `closedAt`: when it was done or dropped, null while it is open. */
export type Task = Readonly<{
  id: string
  cellId: string
  meetingId: string
  what: string
  ownerId: string
  ownerName: string
  dueOn: PlainDate | null
  state: TaskState
  closedAt: Date | null
}>

/** A meeting's tasks are written down until the one after next. */
const GIVEN_FOR = 45 * DAY

/** The kinds of message that a task makes senseless once it is closed or somebody else's. */
const KINDS = ['tasks.reminder', 'tasks.left']

const byDay = [
  { dueOn: { sort: 'asc' as const, nulls: 'last' as const } },
  { createdAt: 'asc' as const },
  { id: 'asc' as const },
]

async function toTasks(tx: Tx, rows: readonly Row[]): Promise<Task[]> {
  const people = await tx.person.findMany({
    where: { id: { in: rows.map((row) => row.ownerId) } },
    select: { id: true, fullName: true },
  })
  const closed = rows.filter((row) => row.state !== 'open').map((row) => row.id)
  const events = await tx.taskEvent.findMany({
    where: { taskId: { in: closed } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    select: { taskId: true, at: true },
  })
  const names = new Map(people.map((one) => [one.id, one.fullName]))
  const ends = new Map(events.map((one) => [one.taskId, one.at]))
  return rows.map((row) => ({
    id: row.id,
    cellId: row.cellId,
    meetingId: row.meetingId,
    what: row.what,
    ownerId: row.ownerId,
    ownerName: names.get(row.ownerId) ?? '',
    dueOn: row.dueOn && fromDateColumn(row.dueOn),
    state: row.state,
    closedAt: ends.get(row.id) ?? null,
  }))
}

/** What this meeting gave, whatever became of it; the earliest day first. */
export const listTasksOf = async (tx: Tx, meetingId: string): Promise<Task[]> =>
  toTasks(tx, await tx.task.findMany({ where: { meetingId }, orderBy: byDay }))

/** What is open in a cell; `before`: only what meetings before that one gave. */
export const listOpenTasks = async (
  tx: Tx,
  cellId: string,
  before?: Pick<Meeting, 'id' | 'startsAt'>,
): Promise<Task[]> => {
  const all = await toTasks(tx, await tx.task.findMany({ where: { cellId, state: 'open' }, orderBy: byDay }))
  return before ? ofEarlier(tx, all, before) : all
}

/**
 * With what a meeting begins: the tasks of the meetings before it that are open, or were closed since the last of
 * these; done before dropped before open, so that whoever reads it out ends with what is left to do.
 */
export async function listTasksBefore(
  tx: Tx,
  cellId: string,
  before: Pick<Meeting, 'id' | 'startsAt'>,
): Promise<Task[]> {
  const last = await tx.meeting.findFirst({
    where: { cellId, state: 'planned', kind: { not: 'cell_committee' }, startsAt: { lt: before.startsAt } },
    orderBy: { startsAt: 'desc' },
    select: { startsAt: true },
  })
  const since = last?.startsAt ?? before.startsAt
  // Closing a task is its last event: what was closed long ago is not read again at every meeting.
  const rows = await tx.task.findMany({
    where: { cellId, OR: [{ state: 'open' }, { events: { some: { at: { gte: since } } } }] },
    orderBy: byDay,
  })
  const order: readonly TaskState[] = ['done', 'dropped', 'open']
  return (await ofEarlier(tx, await toTasks(tx, rows), before))
    .filter((one) => one.closedAt === null || one.closedAt >= since)
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
}

async function ofEarlier(tx: Tx, tasks: readonly Task[], before: Pick<Meeting, 'id' | 'startsAt'>): Promise<Task[]> {
  const meetings = await tx.meeting.findMany({
    where: { id: { in: tasks.map((one) => one.meetingId) }, startsAt: { lt: before.startsAt } },
    select: { id: true },
  })
  const earlier = new Set(meetings.map((one) => one.id))
  return tasks.filter((one) => earlier.has(one.meetingId))
}

/** Open tasks of these people's own, wherever they were given. */
export const listOwnTasks = async (tx: Tx, personId: string): Promise<Task[]> =>
  toTasks(tx, await tx.task.findMany({ where: { ownerId: personId, state: 'open' }, orderBy: byDay }))

export async function findTask(tx: Tx, taskId: string): Promise<Task | null> {
  const row = await tx.task.findUnique({ where: { id: taskId } })
  return row ? ((await toTasks(tx, [row]))[0] ?? null) : null
}

/** Takes the row until the transaction ends: two people who close it at once go one after the other. */
export async function lockTask(tx: Tx, taskId: string): Promise<Task | null> {
  await tx.$queryRaw(Prisma.sql`SELECT 1 FROM task WHERE id = ${taskId}::uuid FOR UPDATE`)
  return findTask(tx, taskId)
}

type By = Readonly<{ byId: string; now: Date }>

export type NewTask = Readonly<{
  id: string
  what: string
  ownerId: string
  dueOn: PlainDate | null
  remindAt: Date | null
}>

const event = (taskId: string, state: TaskState, ownerId: string, { byId, now }: By) => ({
  id: newId(),
  taskId,
  state,
  ownerId,
  byId,
  at: now,
})

/** The ids were made with the draft: what was recorded before is not recorded again. Returns how many were new. */
export async function recordTasks(
  tx: Tx,
  place: Readonly<{ cellId: string; meetingId: string }>,
  tasks: readonly NewTask[],
  by: By,
): Promise<number> {
  const rows = await tx.task.createManyAndReturn({
    data: tasks.map(({ dueOn, ...one }) => ({
      ...place,
      ...one,
      dueOn: dueOn && toDateColumn(dueOn),
      state: 'open' as const,
      createdById: by.byId,
      createdAt: by.now,
    })),
    skipDuplicates: true,
    select: { id: true, ownerId: true },
  })
  await tx.taskEvent.createMany({ data: rows.map((row) => event(row.id, 'open', row.ownerId, by)) })
  return rows.length
}

/** Needs the locked task. Takes back the reminder that waits; one that is open again gets `remindAt`. */
export async function recordState(
  tx: Tx,
  task: Pick<Task, 'id' | 'ownerId'>,
  state: TaskState,
  by: By & { remindAt?: Date | null },
): Promise<void> {
  await tx.task.update({ where: { id: task.id }, data: { state, remindAt: by.remindAt ?? null } })
  await tx.taskEvent.create({ data: event(task.id, state, task.ownerId, by) })
  await withdraw(tx, by.now, { subject: task.id, kinds: KINDS })
}

/** Needs the locked task: somebody else does it from now on. */
export async function recordOwner(
  tx: Tx,
  task: Pick<Task, 'id'>,
  ownerId: string,
  by: By & { remindAt: Date | null },
): Promise<void> {
  await tx.task.update({ where: { id: task.id }, data: { ownerId, remindAt: by.remindAt, leftToldAt: null } })
  await tx.taskEvent.create({ data: event(task.id, 'open', ownerId, by) })
  await withdraw(tx, by.now, { subject: task.id, kinds: KINDS })
}

/** Of these open tasks, those whose owner was reminded in vain. */
export async function listUnreached(tx: Tx, taskIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.outbox.findMany({
    where: {
      subject: { in: [...taskIds] },
      kind: 'tasks.reminder',
      state: { in: ['unreachable', 'failed', 'expired'] },
    },
    select: { subject: true },
  })
  return new Set(rows.flatMap((row) => row.subject ?? []))
}

/** Of these people, those who are members of the cell on that day, wherever they attend. */
export async function listBelonging(
  tx: Tx,
  cellId: string,
  personIds: readonly string[],
  day: PlainDate,
): Promise<Set<string>> {
  const rows = await tx.membership.findMany({
    where: { cellId, personId: { in: [...personIds] }, ...holdsOn(day) },
    select: { personId: true },
  })
  return new Set(rows.map((row) => row.personId))
}

/** Where tasks that are written down now belong: the meeting that began last within 45 days, else the next one. */
export async function findGivingMeeting(tx: Tx, cellId: string, now: Date): Promise<Meeting | null> {
  const base = { cellId, state: 'planned' as const }
  const since = new Date(now.getTime() - GIVEN_FOR)
  const row =
    (await tx.meeting.findFirst({
      where: { ...base, startsAt: { gte: since, lte: new Date(now.getTime() + OPEN_BEFORE) } },
      orderBy: { startsAt: 'desc' },
    })) ?? (await tx.meeting.findFirst({ where: { ...base, startsAt: { gt: now } }, orderBy: { startsAt: 'asc' } }))
  return row && toMeeting(row)
}
