import type { Sweep } from '../conversation/types.js'
import { addDays, DAY, dateIn, instantOf, timeIn, type WallTime, type Zone } from '../core/dates.js'
import { type Db, inTransaction, type Tx } from '../database/client.js'
import { enqueue, outgoing, PRIORITY } from '../messaging/outbox.js'
import { told } from './messages.js'
import { type Milestone, milestoneOn } from './rules.js'
import { anybodyAdmitted, type Candidate, listCandidates, recordTold } from './store.js'

/** Nobody is told of months in the evening. */
const FROM = '08:00' as WallTime
const TO = '20:00' as WallTime
const BATCH = 50
const OF_USE = 14 * DAY

const isDaytime = (now: Date, zone: Zone): boolean => {
  const time = timeIn(now, zone)
  return time >= FROM && time < TO
}

type Due = Readonly<{ person: Candidate; milestone: Milestone }>

async function listDue(tx: Tx | Db, now: Date): Promise<Due[]> {
  const due = (await listCandidates(tx, now)).flatMap((person): Due[] => {
    const milestone = isDaytime(now, person.zone) ? milestoneOn(person, dateIn(now, person.zone)) : null
    const known = person.told.some((one) => one.kind === milestone?.kind && one.day === milestone.day)
    return milestone && !known ? [{ person, milestone }] : []
  })
  return due.slice(0, BATCH)
}

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
        quiet: { zone, from: TO, to: FROM },
      },
    ),
  ])
}

/** The next morning in the house's zone; cells elsewhere are looked at by the minute. */
function nextMorning(now: Date, zone: Zone): Date {
  const today = dateIn(now, zone)
  const morning = instantOf(today, FROM, zone)
  return morning > now ? morning : instantOf(addDays(today, 1), FROM, zone)
}

/** Once a day the calendar may have something to say of a member; the row of what was told is what keeps it to once. */
export const milestoneSweep = (zone: Zone): Sweep => ({
  name: 'milestones',
  nextDue: async (db, now) => {
    if (!(await anybodyAdmitted(db))) return null
    return (await listDue(db, now)).length > 0 ? now : nextMorning(now, zone)
  },
  run: (db, now) =>
    inTransaction(db, async (tx) => {
      const due = await listDue(tx, now)
      for (const one of due) await tell(tx, now, one)
      return due.length === BATCH
    }),
})
