import type { Sweep } from '../conversation/types.js'
import { dateIn, HOUR } from '../core/dates.js'
import { inTransaction, type Tx } from '../database/client.js'
import { getCell } from '../meetings/cell.js'
import { listInvited } from '../meetings/invited.js'
import { keepQuiet } from '../meetings/quiet.js'
import { findMeeting, type Meeting } from '../meetings/store.js'
import { enqueue, outgoing, PRIORITY, withdraw } from '../messaging/outbox.js'
import { findLeader } from '../organization/leaders.js'
import { tellEvenings } from './evening.js'
import { shapeOf, stepData, step as stepMessage } from './messages.js'
import { lateSteps } from './messages-late.js'
import { recipientsOf } from './recipients.js'
import { dueStep, eveningBefore, planSteps, sendAt } from './rules.js'
import {
  findNextDue,
  listTitles,
  listWaiting,
  lockDue,
  markSteps,
  postponeStep,
  replaceSteps,
  takeUnplanned,
  type Unplanned,
  type WaitingStep,
} from './store.js'
import { ladderOf } from './store-ladder.js'
import { listSaid } from './store-people.js'

/** Meetings in one transaction: 240 cells that meet on one day are 12 short ones, and a move waits for none of them long. */
const BATCH = 20

/** A step that is this late no longer says what its name promises: the secretary is told. */
const LATE = HOUR

/** What was said of a day and hour that is no more. */
const OLD_REVISION = ['reminders.step', 'reminders.late', 'reminders.unreached']

async function replan(tx: Tx, now: Date, meeting: Unplanned): Promise<void> {
  const { startsAt, zone, setAt, changedAt, plannedRevision } = meeting
  const { offsets } = ladderOf(meeting.offsets)
  const isPlanned = meeting.state === 'planned'
  const steps = isPlanned ? planSteps({ startsAt, offsets, zone, setAt, changedAt }) : []
  // Under a new ladder (0) what has left for the same day and hour is still true.
  if (plannedRevision > 0) await withdraw(tx, now, { subject: meeting.id, kinds: OLD_REVISION })
  await replaceSteps(tx, now, meeting, steps, isPlanned ? eveningBefore({ startsAt, zone, setAt }) : null)
}

/** One message to each whom the step is for; a second run, or another instance, finds the cause keys taken. */
async function send(tx: Tx, now: Date, meeting: Meeting, step: WaitingStep): Promise<void> {
  const people = await listInvited(tx, meeting)
  const said = await listSaid(tx, meeting.id)
  const cell = await getCell(tx, meeting.cellId)
  const materials = step.withMaterials ? await listTitles(tx, meeting.id) : []
  const shape = shapeOf(meeting, cell.name)
  // The first one reaches everybody, whatever they have switched off.
  const reminded = await tx.reminderStep.count({
    where: { meetingId: meeting.id, revision: meeting.revision, state: 'done' },
  })
  const items = recipientsOf(step.audience, people, said).map((one) =>
    outgoing(stepMessage, stepData(shape, step.audience, one, materials), {
      causeKey: `remind:${meeting.id}:${meeting.revision}:${step.offsetMinutes}:${one.personId}`,
      personId: one.personId,
      subject: meeting.id,
      priority: PRIORITY.notice,
      expiresAt: meeting.startsAt,
      ...(reminded > 0 ? { mutable: 'reminders' } : {}),
      ...keepQuiet(now, meeting.zone),
    }),
  )
  await enqueue(tx, now, items)
  await markSteps(tx, now, [step], 'done')
}

/** The secretary hears once that reminders were late, and which ones nobody gets any more. */
async function tellLate(
  tx: Tx,
  now: Date,
  meeting: Meeting,
  late: Readonly<{ step: WaitingStep; skipped: readonly WaitingStep[]; at: Date }>,
): Promise<void> {
  const leader = await findLeader(tx, meeting.cellId, dateIn(now, meeting.zone))
  if (!leader) return
  const cell = await getCell(tx, meeting.cellId)
  const missed = late.skipped.map((one) => one.offsetMinutes)
  await enqueue(tx, now, [
    outgoing(
      lateSteps,
      { ...shapeOf(meeting, cell.name), sent: late.step.offsetMinutes, missed },
      {
        causeKey: `late-steps:${meeting.id}:${meeting.revision}`,
        personId: leader,
        subject: meeting.id,
        priority: PRIORITY.notice,
        notBefore: late.at,
        ...keepQuiet(late.at, meeting.zone),
        expiresAt: meeting.startsAt,
      },
    ),
  ])
}

/** What a look at one meeting does: the newest step that helps goes out, or waits for the morning; older ones are over. */
async function remind(tx: Tx, now: Date, meeting: Meeting, waiting: readonly WaitingStep[]): Promise<void> {
  const { step, skipped } = dueStep(waiting, meeting.startsAt, now)
  await markSteps(tx, now, skipped, 'skipped')
  if (!step) return
  const at = sendAt(now, meeting.startsAt, meeting.zone)
  const isLate = skipped.length > 0 || now.getTime() - step.dueAt.getTime() >= LATE
  if (isLate) await tellLate(tx, now, meeting, { step, skipped, at })
  await (at > now ? postponeStep(tx, step.id, at) : send(tx, now, meeting, step))
}

/** A meeting that was changed after its steps were planned is planned first; only if it has begun is it done with. */
const isCurrent = (meeting: Meeting, planned: number | undefined, now: Date): boolean =>
  meeting.revision === planned || meeting.startsAt <= now

async function sendDue(tx: Tx, now: Date): Promise<number> {
  const due = await lockDue(tx, now, BATCH)
  const waiting = await listWaiting(tx, [...due.keys()])
  for (const [id, planned] of due) {
    const meeting = await findMeeting(tx, id)
    if (!meeting || !isCurrent(meeting, planned, now)) continue
    await remind(
      tx,
      now,
      meeting,
      waiting.filter((one) => one.meetingId === id),
    )
  }
  return due.size
}

export const reminderSweep: Sweep = {
  name: 'reminders',
  nextDue: findNextDue,
  run: (db, now) =>
    inTransaction(db, async (tx) => {
      const { meetings, more } = await takeUnplanned(tx, now, BATCH)
      for (const meeting of meetings) await replan(tx, now, meeting)
      const reminded = await sendDue(tx, now)
      const evenings = await tellEvenings(tx, now, BATCH)
      return more || reminded === BATCH || evenings === BATCH
    }),
}
