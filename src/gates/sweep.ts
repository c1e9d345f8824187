import type { Sweep } from '../conversation/types.js'
import { DAY, dateIn } from '../core/dates.js'
import { inTransaction, type Tx } from '../database/client.js'
import { keepQuiet, outsideQuiet } from '../meetings/quiet.js'
import { findMeeting, type Meeting } from '../meetings/store.js'
import { enqueue, outgoing, PRIORITY, withdraw } from '../messaging/outbox.js'
import { findLeader } from '../organization/leaders.js'
import { listSession, see } from './facts.js'
import { aboutOf, due, itemOf, tooShort } from './messages.js'
import { type GateRow, lookAt, planGates, sessionLength } from './rules.js'
import type { Sheet } from './sheet.js'
import { findNextDue, listRows, replaceGates, sessionOf, sheetFor, takeDue, takeUnplanned } from './store.js'

const BATCH = 20

/** Said once for a length that a cell plans: a small cell that may be shorter is not told each month. */
async function tellShort(tx: Tx, now: Date, meeting: Meeting, sheet: Sheet): Promise<void> {
  const meetings = await listSession(tx, meeting)
  const { planned, least } = sessionLength(meetings, sheet.minutes)
  const leader = planned < least ? await findLeader(tx, meeting.cellId, dateIn(now, meeting.zone)) : null
  if (!leader) return
  const joint = new Set(meetings.map((one) => one.kind)).size > 1
  await enqueue(tx, now, [
    outgoing(
      tooShort,
      { ...aboutOf(meeting), planned, least, joint },
      {
        causeKey: `gate-short:${meeting.cellId}:${least}:${planned}`,
        personId: leader,
        subject: meeting.id,
        priority: PRIORITY.notice,
        expiresAt: meeting.startsAt,
        ...outsideQuiet(now, { zone: meeting.zone, latest: meeting.startsAt }),
      },
    ),
  ])
}

async function plan(tx: Tx, now: Date, meetingId: string): Promise<void> {
  const meeting = await findMeeting(tx, meetingId)
  if (!meeting) return
  const sheet = meeting.state === 'planned' ? await sheetFor(tx, meeting.cellId, meeting.day) : null
  await withdraw(tx, now, { subject: meeting.id, kinds: ['gates.due', 'gates.short'] })
  const standing = await listRows(tx, meeting.id)
  await replaceGates(tx, now, meeting, planGates({ now, session: sessionOf(meeting), sheet, standing }))
  if (sheet) await tellShort(tx, now, meeting, sheet)
}

async function remind(tx: Tx, now: Date, meeting: Meeting, sheet: Sheet, rows: readonly GateRow[]): Promise<void> {
  const leader = await findLeader(tx, meeting.cellId, dateIn(now, meeting.zone))
  const [first] = rows
  if (!leader || !first) return
  const items = rows.map((row) => {
    const rule = sheet.gates.find((one) => one.key === row.kind)
    return itemOf({ ...row, text: rule?.text ?? null, state: 'open', seen: false, markable: true })
  })
  const latest = Math.max(...rows.map((row) => row.dueAt.getTime()))
  const expiresAt = first.dueAt <= meeting.startsAt ? meeting.startsAt : new Date(latest + 2 * DAY)
  await enqueue(tx, now, [
    outgoing(
      due,
      { ...aboutOf(meeting), items },
      {
        causeKey: `gates:${meeting.id}:${rows.map((row) => `${row.kind}@${row.dueAt.toISOString()}`).join(',')}`,
        personId: leader,
        subject: meeting.id,
        priority: PRIORITY.notice,
        expiresAt,
        ...keepQuiet(now, meeting.zone),
      },
    ),
  ])
}

/** Looks at what is due of one meeting: seen, still on its way, or the secretary's to say. */
async function look(tx: Tx, now: Date, meeting: Meeting): Promise<void> {
  const sheet = await sheetFor(tx, meeting.cellId, meeting.day)
  const session = sessionOf(meeting)
  const wanted: GateRow[] = []
  for (const row of await listRows(tx, meeting.id)) {
    if (row.state !== 'open' || !row.remindAt || row.remindAt > now) continue
    const rule = sheet.gates.find((one) => one.key === row.kind)
    const found = lookAt(row, await see(tx, now, rule?.seenBy ?? null, { meeting, sheet }), { session, now })
    if (found.kind === 'remind') wanted.push(row)
    await tx.gate.update({
      where: { meetingId_kind: { meetingId: meeting.id, kind: row.kind } },
      data:
        found.kind === 'done'
          ? { state: 'done', doneAt: found.at, remindAt: null }
          : { remindAt: found.kind === 'later' ? found.at : null },
    })
  }
  if (wanted.length > 0) await remind(tx, now, meeting, sheet, wanted)
}

/** A meeting that was changed since is planned first; only once it has begun does an older plan stand. */
const isCurrent = (meeting: Meeting, planned: number, now: Date): boolean =>
  meeting.revision === planned || meeting.startsAt <= now

export const gateSweep: Sweep = {
  name: 'gates',
  nextDue: findNextDue,
  run: (db, now) =>
    inTransaction(db, async (tx) => {
      const { ids, more } = await takeUnplanned(tx, now, BATCH)
      for (const id of ids) await plan(tx, now, id)
      const looked = await takeDue(tx, now, BATCH)
      for (const [id, planned] of looked) {
        const meeting = await findMeeting(tx, id)
        if (meeting && isCurrent(meeting, planned, now)) await look(tx, now, meeting)
      }
      return more || looked.size === BATCH
    }),
}
