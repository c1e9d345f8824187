import type { Sweep } from '../conversation/types.js'
import { dateIn, fromDateColumn, HOUR } from '../core/dates.js'
import { type Db, inTransaction, Prisma, type Tx } from '../database/client.js'
import { outsideQuiet } from '../meetings/quiet.js'
import { enqueue, outgoing, PRIORITY, withdraw } from '../messaging/outbox.js'
import { findLeader } from '../organization/leaders.js'
import { leftMessage, reminderMessage } from './messages.js'
import { endOfDue } from './rules.js'

const AT_ONCE = 50

/** Who goes on with a task can still be chosen long after. */
const LEFT_USE_MS = 30 * 24 * HOUR

type Due = Readonly<{ id: string; ownerId: string; what: string; dueOn: Date; zone: string }>

const takeDue = (tx: Tx, now: Date): Promise<Due[]> =>
  tx.$queryRaw<Due[]>(Prisma.sql`
    SELECT t.id, t.owner_id AS "ownerId", t.what, t.due_on AS "dueOn", u.zone FROM task t JOIN unit u ON u.id = t.cell_id
    WHERE t.state = 'open' AND t.remind_at <= ${now}
    ORDER BY t.remind_at, t.id LIMIT ${AT_ONCE} FOR UPDATE OF t SKIP LOCKED`)

/** Tells an owner once; found after the day, it says nothing: the secretary sees what is overdue. */
async function remind(tx: Tx, now: Date, task: Due): Promise<void> {
  await tx.task.update({ where: { id: task.id }, data: { remindAt: null } })
  const dueOn = fromDateColumn(task.dueOn)
  const end = endOfDue(dueOn, task.zone)
  if (now >= end) return
  await enqueue(tx, now, [
    outgoing(
      reminderMessage,
      { taskId: task.id, what: task.what, dueOn },
      {
        // Opened again or given to somebody else, it is another cause.
        causeKey: `task:${task.id}:${task.ownerId}:${now.getTime()}`,
        personId: task.ownerId,
        subject: task.id,
        priority: PRIORITY.notice,
        expiresAt: end,
        ...outsideQuiet(now, { zone: task.zone, latest: new Date(end.getTime() - HOUR) }),
      },
    ),
  ])
}

type Left = Due & Readonly<{ cellId: string; name: string; dueOn: Date | null }>

/** Open, and its owner is no member of the cell today; nobody was told yet. */
const ORPHANED = Prisma.sql`t.state = 'open' AND t.left_told_at IS NULL`
const noMember = (now: Date) => Prisma.sql`NOT EXISTS (
  SELECT FROM membership m WHERE m.person_id = t.owner_id AND m.cell_id = t.cell_id
    AND m.starts_on <= (${now}::timestamptz AT TIME ZONE u.zone)::date
    AND (m.ends_on IS NULL OR m.ends_on > (${now}::timestamptz AT TIME ZONE u.zone)::date))`

const takeLeft = (tx: Tx, now: Date): Promise<Left[]> =>
  tx.$queryRaw<Left[]>(Prisma.sql`
    SELECT t.id, t.cell_id AS "cellId", t.owner_id AS "ownerId", t.what, t.due_on AS "dueOn", u.zone, p.full_name AS name
    FROM task t JOIN unit u ON u.id = t.cell_id JOIN person p ON p.id = t.owner_id
    WHERE ${ORPHANED} AND ${noMember(now)} ORDER BY t.id LIMIT ${AT_ONCE} FOR UPDATE OF t SKIP LOCKED`)

/** Whoever leads the cell is told once; in a cell that is no more nobody is, and the task stays as it was. */
async function tellLeft(tx: Tx, now: Date, task: Left): Promise<void> {
  await tx.task.update({ where: { id: task.id }, data: { leftToldAt: now, remindAt: null } })
  await withdraw(tx, now, { subject: task.id, kinds: [reminderMessage.kind] })
  const leader = await findLeader(tx, task.cellId, dateIn(now, task.zone))
  if (!leader) return
  const { id: taskId, cellId: unitId, name, what } = task
  const expiresAt = new Date(now.getTime() + LEFT_USE_MS)
  await enqueue(tx, now, [
    outgoing(
      leftMessage,
      { unitId, taskId, name, what, dueOn: task.dueOn && fromDateColumn(task.dueOn) },
      {
        causeKey: `task-left:${taskId}:${task.ownerId}:${leader}`,
        personId: leader,
        subject: taskId,
        priority: PRIORITY.notice,
        expiresAt,
        ...outsideQuiet(now, { zone: task.zone, latest: expiresAt }),
      },
    ),
  ])
}

const someLeft = async (db: Db, now: Date): Promise<boolean> => {
  const rows = await db.$queryRaw<{ one: number }[]>(Prisma.sql`
    SELECT 1 AS one FROM task t JOIN unit u ON u.id = t.cell_id WHERE ${ORPHANED} AND ${noMember(now)} LIMIT 1`)
  return rows.length > 0
}

/** Reminds owners, and tells who leads the cell of tasks whose owner has left it. */
export const taskSweep: Sweep = {
  name: 'tasks',
  nextDue: async (db, now) => {
    if (await someLeft(db, now)) return now
    const next = await db.task.aggregate({ _min: { remindAt: true }, where: { state: 'open' } })
    return next._min.remindAt
  },
  run: (db, now) =>
    inTransaction(db, async (tx) => {
      // Who has left first: they are not reminded any more.
      const left = await takeLeft(tx, now)
      for (const task of left) await tellLeft(tx, now, task)
      const due = await takeDue(tx, now)
      for (const task of due) await remind(tx, now, task)
      return left.length === AT_ONCE || due.length === AT_ONCE
    }),
}
