import { attendanceScore, excusedRun, hasAttended } from '../attendance/counting.js'
import { DAY, type PlainDate } from '../core/dates.js'
import { Prisma, type Tx } from '../database/client.js'
import type { MarkState } from '../database/generated/enums.js'
import { listMaterials } from '../materials/store.js'
import { DEFAULT_MINUTES } from '../meetings/rules.js'
import type { Meeting } from '../meetings/store.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { countSpeakers } from '../opinions/store.js'
import { listTasksBefore } from '../tasks/store.js'
import type { Source } from './sheets.js'

/** What the bot knows of a meeting; null: nothing yet. */
export type Known = Readonly<{
  schedule: Readonly<{ movedFrom: PlainDate | null; minutes: number; least: number }>
  /** Of the confirmed roll-call. `points`: of 5, by band and steadiness. */
  attendance: Readonly<{ part: number; whole: number; unexcused: number; points: number }> | null
  materials: Readonly<{ inTime: number; total: number }>
  speakers: Readonly<{ spoke: number; attended: number }> | null
  /** Of the earlier meetings' tasks, those that were done or had to be. */
  tasks: Readonly<{ done: number; total: number }>
}>

/** What something is from, as words of the locales under `scoring.from`. */
export type From = Readonly<{ key: string; params: JsonObject }>

export type Filled = Readonly<{ points: number | null; from: From }>

const ATTENDANCE_POINTS = 5

/** A share of the line's points, never rounded up: 29.9 of 30 are not all of them. */
const share = (max: number, part: number, whole: number): number => Math.floor((max * part) / whole)

function fromSchedule({ movedFrom, minutes, least }: Known['schedule'], max: number): Filled {
  if (movedFrom) return { points: null, from: { key: 'moved', params: { day: { date: movedFrom } } } }
  if (minutes < least) return { points: null, from: { key: 'short', params: { minutes, least } } }
  return { points: max, from: { key: 'schedule', params: { minutes } } }
}

function fromAttendance(known: NonNullable<Known['attendance']>, max: number): Filled {
  const { part, whole, unexcused, points } = known
  return {
    points: share(max, points, ATTENDANCE_POINTS),
    from: { key: unexcused > 0 ? 'attendance-unexcused' : 'attendance', params: { part, whole, unexcused } },
  }
}

/** What a line of so many points gets from a source, and from what; null: nothing is known. */
export function fill(source: Source, max: number, known: Known): Filled | null {
  switch (source) {
    case 'schedule':
      return fromSchedule(known.schedule, max)
    case 'attendance':
      return known.attendance && fromAttendance(known.attendance, max)
    case 'materials': {
      const { inTime, total } = known.materials
      const all = total > 0 && inTime === total
      return {
        points: all ? max : null,
        from: { key: total > 0 ? 'materials' : 'no-materials', params: { inTime, total } },
      }
    }
    case 'speakers': {
      if (!known.speakers || known.speakers.attended === 0) return null
      const { spoke, attended } = known.speakers
      return { points: share(max, spoke, attended), from: { key: 'speakers', params: { spoke, attended } } }
    }
    case 'tasks': {
      const { done, total } = known.tasks
      return total > 0 ? { points: share(max, done, total), from: { key: 'tasks', params: { done, total } } } : null
    }
  }
}

/** Longer runs than this change nothing. */
const LAST = 4

/** The states of who is on this meeting's sheet, the newest meeting first, over the last confirmed roll-calls. */
const listRuns = async (tx: Tx, meeting: Meeting): Promise<number[]> => {
  const rows = await tx.$queryRaw<{ states: MarkState[] }[]>(Prisma.sql`
    WITH last AS (
      SELECT mt.id, mt.starts_at FROM meeting mt JOIN roll_call rc ON rc.meeting_id = mt.id
      WHERE mt.cell_id = ${meeting.cellId}::uuid AND mt.state = 'planned' AND mt.kind <> 'cell_committee'
        AND rc.confirmed_at IS NOT NULL AND mt.starts_at <= ${meeting.startsAt}
      ORDER BY mt.starts_at DESC LIMIT ${LAST})
    SELECT array_agg(k.state::text ORDER BY last.starts_at DESC) AS states
    FROM roll_call_mark k JOIN last ON last.id = k.meeting_id
    WHERE k.person_id IN (SELECT person_id FROM roll_call_mark WHERE meeting_id = ${meeting.id}::uuid)
    GROUP BY k.person_id`)
  return rows.map(({ states }) => excusedRun(states))
}

async function readAttendance(tx: Tx, meeting: Meeting): Promise<Known['attendance']> {
  const sheet = await tx.rollCall.findUnique({ where: { meetingId: meeting.id }, select: { confirmedAt: true } })
  if (!sheet?.confirmedAt) return null
  const marks = await tx.rollCallMark.findMany({ where: { meetingId: meeting.id }, select: { state: true } })
  const states = marks.map((one) => one.state)
  const part = states.filter(hasAttended).length
  const unexcused = states.filter((state) => state === 'unexcused').length
  const points = attendanceScore({ part, whole: states.length }, unexcused, await listRuns(tx, meeting))
  return points === null ? null : { part, whole: states.length, unexcused, points }
}

export async function readKnown(tx: Tx, meeting: Meeting): Promise<Known> {
  const materials = await listMaterials(tx, [meeting.id])
  const wantedBy = meeting.startsAt.getTime() - DAY
  const tasks = (await listTasksBefore(tx, meeting.cellId, meeting)).filter(
    (one) => one.state === 'done' || (one.state === 'open' && one.dueOn !== null && one.dueOn <= meeting.day),
  )
  return {
    schedule: {
      movedFrom: meeting.occurrenceOn === meeting.day ? null : meeting.occurrenceOn,
      minutes: meeting.durationMinutes,
      least: DEFAULT_MINUTES[meeting.kind],
    },
    attendance: await readAttendance(tx, meeting),
    materials: {
      inTime: materials.filter(({ pushedAt }) => pushedAt !== null && pushedAt.getTime() <= wantedBy).length,
      total: materials.length,
    },
    speakers: await countSpeakers(tx, meeting.id),
    tasks: { done: tasks.filter((one) => one.state === 'done').length, total: tasks.length },
  }
}
