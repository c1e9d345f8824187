import type { Sweep } from '../conversation/types.js'
import { dateIn, HOUR } from '../core/dates.js'
import { inTransaction, Prisma, type Tx } from '../database/client.js'
import { enqueue, outgoing, PRIORITY } from '../messaging/outbox.js'
import { listCellLeaders } from '../organization/leaders.js'
import { type Cell, existsOn, getCell, type LoadHolidays, readDaysOff } from './cell.js'
import { describeMeeting } from './describe.js'
import { proposeInstead } from './holidays.js'
import { holidayAhead } from './messages-notices.js'
import { cancelMeeting } from './plan.js'
import { outsideQuiet } from './quiet.js'
import { endSeries, expandSeries, listFuture, type Series, toSeries } from './series.js'
import { findMeeting, type Meeting } from './store.js'

const BATCH = 50

/**
 * Due series, with their cells locked: whoever plans for a cell by hand locks it first too, so neither waits for the
 * other in the wrong order. Read again after the lock, as somebody may have ended one in between.
 */
async function lockDueSeries(tx: Tx, now: Date): Promise<Series[]> {
  const due = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT schedule.id FROM schedule JOIN unit ON unit.id = schedule.cell_id
    WHERE schedule.ends_on IS NULL AND schedule.expand_at <= ${now}
    ORDER BY schedule.expand_at LIMIT ${BATCH} FOR NO KEY UPDATE OF unit SKIP LOCKED`)
  const rows = await tx.schedule.findMany({
    where: { id: { in: due.map((one) => one.id) }, endsOn: null, expandAt: { lte: now } },
  })
  return rows.map(toSeries)
}

/** A dissolved cell's series ends, and the meetings after its last day go silently: nobody is left to be told. */
async function endDissolved(tx: Tx, now: Date, cell: Cell, series: Series): Promise<void> {
  await endSeries(tx, series, cell.dissolvedOn ?? dateIn(now, cell.zone))
  for (const one of await listFuture(tx, series.id, now))
    if (!existsOn(cell, one.day)) await cancelMeeting(tx, now, one, null, true)
}

/** Makes the next meetings of each series, so that the horizon never shrinks below nine weeks. */
export const seriesSweep: Sweep = {
  name: 'meetings.series',
  nextDue: async (db) => {
    const first = await db.schedule.findFirst({ where: { endsOn: null }, orderBy: { expandAt: 'asc' } })
    return first?.expandAt ?? null
  },
  run: (db, now) =>
    inTransaction(db, async (tx) => {
      const due = await lockDueSeries(tx, now)
      for (const series of due) {
        const cell = await getCell(tx, series.cellId)
        if (existsOn(cell, dateIn(now, cell.zone))) await expandSeries(tx, now, cell, series)
        else await endDissolved(tx, now, cell, series)
      }
      return due.length === BATCH
    }),
}

async function lockDueChecks(tx: Tx, now: Date): Promise<string[]> {
  const due = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT id FROM meeting WHERE day_check_at <= ${now} ORDER BY day_check_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`)
  return due.map((one) => one.id)
}

/** Who decides on the day: the secretary, or the deputy of a cell without one. */
async function listDeciders(tx: Tx, cellId: string, now: Date, zone: string): Promise<string[]> {
  const leaders = await listCellLeaders(tx, cellId, dateIn(now, zone))
  const secretaries = leaders.filter((one) => one.role === 'secretary')
  return (secretaries.length > 0 ? secretaries : leaders).map((one) => one.personId)
}

async function tellHoliday(tx: Tx, now: Date, meeting: Meeting, load: LoadHolidays): Promise<void> {
  const { nameOf, isOff } = await readDaysOff(tx, load)
  const holiday = nameOf(meeting.day)
  if (!holiday || meeting.state !== 'planned' || meeting.startsAt <= now) return
  const schedule = meeting.scheduleId ? await tx.schedule.findUnique({ where: { id: meeting.scheduleId } }) : null
  const keepWeekday = schedule?.rrule.includes('BYDAY') ?? false
  const around = proposeInstead(meeting.day, { keepWeekday, earliest: dateIn(now, meeting.zone), isOff })
  const data = {
    ...describeMeeting(meeting),
    unitId: meeting.cellId,
    meetingId: meeting.id,
    revision: meeting.revision,
    holiday,
    instead: [around.before, around.after].filter((day) => day !== null),
  }
  const people = await listDeciders(tx, meeting.cellId, now, meeting.zone)
  const latest = new Date(meeting.startsAt.getTime() - HOUR)
  await enqueue(
    tx,
    now,
    people.map((personId) =>
      outgoing(holidayAhead, data, {
        causeKey: `holiday:${meeting.id}:${meeting.revision}:${personId}`,
        personId,
        subject: meeting.id,
        priority: PRIORITY.notice,
        expiresAt: meeting.startsAt,
        ...outsideQuiet(now, { zone: meeting.zone, latest }),
      }),
    ),
  )
}

/** Ten days before a meeting of a series: is its day a public holiday, as the calendar and the office know it now? */
export const holidaySweep = (load: LoadHolidays): Sweep => ({
  name: 'meetings.holidays',
  nextDue: async (db) => {
    const first = await db.meeting.findFirst({
      where: { dayCheckAt: { not: null } },
      orderBy: { dayCheckAt: 'asc' },
      select: { dayCheckAt: true },
    })
    return first?.dayCheckAt ?? null
  },
  run: (db, now) =>
    inTransaction(db, async (tx) => {
      const due = await lockDueChecks(tx, now)
      for (const id of due) {
        const meeting = await findMeeting(tx, id)
        if (meeting) await tellHoliday(tx, now, meeting, load)
      }
      await tx.meeting.updateMany({ where: { id: { in: due } }, data: { dayCheckAt: null } })
      return due.length === BATCH
    }),
})
