import type { Sweep } from '../conversation/types.js'
import { DAY, dateIn, instantOf, type WallTime, type Zone } from '../core/dates.js'
import { type Db, inTransaction, type Tx } from '../database/client.js'
import { type Quiet, quietAround } from '../meetings/quiet.js'
import { enqueue, outgoing, PRIORITY } from '../messaging/outbox.js'
import { told } from './messages.js'
import { type Milestone, milestoneOn } from './rules.js'
import { type Candidate, findNextDay, listCandidates, recordTold } from './store.js'

/** Nobody is told of months in the evening. */
const EVENING: Quiet = { from: '20:00' as WallTime, to: '08:00' as WallTime }
const BATCH = 50
const OF_USE = 14 * DAY

type Due = Readonly<{ person: Candidate; milestone: Milestone }>

/** What is to be told as the calendar stands, at whatever hour it is. */
async function listDue(tx: Tx | Db, now: Date): Promise<Due[]> {
  return (await listCandidates(tx, now)).flatMap((person): Due[] => {
    const milestone = milestoneOn(person, dateIn(now, person.zone))
    const known = person.told.some((one) => one.kind === milestone?.kind && one.day === milestone.day)
    return milestone && !known ? [{ person, milestone }] : []
  })
}

/** At once, or in the morning where the cell is. */
const tellAt = (now: Date, { person }: Due): Date => quietAround(now, person.zone, EVENING)?.ends ?? now

async function tell(tx: Tx, now: Date, { person, milestone }: Due): Promise<void> {
  const { personId, fullName, cellId, zone, admittedOn, leaderId } = person
  const { kind, day, years } = milestone
  if (!(await recordTold(tx, now, personId, milestone))) return
  await enqueue(tx, now, [
    outgoing(
      told,
      { unitId: cellId, personId, name: fullName, zone, admittedOn, day, years },
      {
        causeKey: `milestone:${personId}:${kind}:${day}`,
        personId: leaderId,
        subject: personId,
        priority: PRIORITY.notice,
        expiresAt: new Date(now.getTime() + OF_USE),
        quiet: { zone, ...EVENING },
      },
    ),
  ])
}

async function findNextDue(db: Db, now: Date, zone: Zone): Promise<Date | null> {
  const due = await listDue(db, now)
  if (due.length > 0) return new Date(Math.min(...due.map((one) => tellAt(now, one).getTime())))
  const day = await findNextDay(db, dateIn(now, zone))
  return day && instantOf(day, EVENING.to, zone)
}

/** The calendar is the schedule, from the day of admission; the row of what was told is what keeps it to once. */
export const milestoneSweep = (zone: Zone): Sweep => ({
  name: 'milestones',
  nextDue: (db, now) => findNextDue(db, now, zone),
  run: (db, now) =>
    inTransaction(db, async (tx) => {
      const due = (await listDue(tx, now)).filter((one) => tellAt(now, one) <= now).slice(0, BATCH)
      for (const one of due) await tell(tx, now, one)
      return due.length === BATCH
    }),
})
