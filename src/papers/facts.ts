import { hasAttended, type Standing } from '../attendance/counting.js'
import { openSheet, type Sheet } from '../attendance/roll-call-sheet.js'
import { dateIn, type PlainDate } from '../core/dates.js'
import type { Tx } from '../database/client.js'
import type { ReasonKind, TaskState } from '../database/generated/enums.js'
import { listInvited } from '../meetings/invited.js'
import { type Issuer, readIssuer } from '../meetings/issuer.js'
import type { Meeting } from '../meetings/store.js'
import { listSpeakers } from '../opinions/store.js'
import { listCellLeaders } from '../organization/leaders.js'
import type { Grade } from '../scoring/sheets.js'
import { readScore, type Score, type ScoreRow } from '../scoring/store.js'
import { listTasksBefore, listTasksOf, type Task } from '../tasks/store.js'
import { absentOf, type Counts, chairOf, countsOf, type Listed, type Marked } from './counts.js'

export type Absent = Readonly<{ name: string; excused: boolean; reasonKind: ReasonKind | null }>
export type PaperTask = Readonly<{ what: string; owner: string; dueOn: PlainDate | null; state: TaskState }>

/** The score sheet as it stands: what nobody has given and nothing tells is open. */
export type PaperScore = Readonly<{
  rows: readonly Pick<ScoreRow, 'key' | 'name' | 'max' | 'points' | 'from'>[]
  of: number
  /** Once it is complete. */
  result: Readonly<{ total: number; grade: Grade }> | null
}>

/** All that a paper about a meeting can say. No reason in anybody's own words is among it. */
export type Facts = Readonly<{
  meeting: Pick<Meeting, 'kind' | 'day' | 'time' | 'place' | 'agenda' | 'durationMinutes'>
  issuer: Issuer
  counts: Counts
  /** How many of the denominator are ticked as having paid the fee; who, no paper says. */
  feesPaid: number
  absent: readonly Absent[]
  guests: readonly string[]
  chair: Readonly<{ name: string; role: 'secretary' | 'deputy' }> | null
  /** Who writes the minutes. */
  secretary: string | null
  /** What earlier meetings gave, as it stands, and what this one gives. */
  before: readonly PaperTask[]
  tasks: readonly PaperTask[]
  speakers: readonly string[]
  score: PaperScore | null
  /** How often the roll-call was corrected. */
  corrections: number
  /** The day that stands on the paper. */
  madeOn: PlainDate
}>

const nameOf = async (tx: Tx, personId: string | null): Promise<string | null> =>
  personId && ((await tx.person.findUnique({ where: { id: personId }, select: { fullName: true } }))?.fullName ?? null)

/** Whoever was named and then did not come wrote no minutes: the hand fills in who did. */
const writerOf = ({ meetingSecretaryId }: Meeting, marked: readonly Marked[]): string | null =>
  marked.some(({ personId, state }) => personId === meetingSecretaryId && hasAttended(state))
    ? meetingSecretaryId
    : null

async function readListed(tx: Tx, meeting: Meeting): Promise<Listed[]> {
  const invited = await listInvited(tx, meeting)
  return invited
    .filter((one) => !one.follower)
    .map(({ probationary, ...one }) => ({ ...one, standing: (probationary ? 'probationary' : 'full') as Standing }))
}

/** A confirmed sheet; null: there is none, or it is open for a correction. */
export async function findConfirmed(tx: Tx, meeting: Meeting): Promise<Sheet | null> {
  const row = await tx.rollCall.findUnique({ where: { meetingId: meeting.id }, select: { confirmedAt: true } })
  if (!row?.confirmedAt) return null
  const sheet = await openSheet(tx, meeting)
  return sheet.confirmed ? sheet : null
}

const toTask = ({ what, ownerName, dueOn, state }: Task): PaperTask => ({ what, owner: ownerName, dueOn, state })

const scoreOf = ({ rows, total, grade, completedAt }: Score): PaperScore => ({
  rows,
  of: rows.reduce((sum, one) => sum + one.max, 0),
  result: completedAt && total !== null && grade ? { total, grade } : null,
})

/** What stands now of a meeting whose roll-call is confirmed; null: it is not. */
export async function findFacts(tx: Tx, meeting: Meeting, now: Date): Promise<Facts | null> {
  const sheet = await findConfirmed(tx, meeting)
  if (!sheet) return null
  const spoke = await listSpeakers(tx, meeting.id)
  const marked = sheet.lines.map(({ label, ...one }) => ({ ...one, name: label }))
  return {
    meeting,
    issuer: await readIssuer(tx, meeting, now),
    feesPaid: sheet.lines.filter((one) => one.feePaid).length,
    counts: countsOf(marked, await readListed(tx, meeting)),
    absent: absentOf(marked).map(({ name, state, reasonKind }) => ({ name, excused: state === 'excused', reasonKind })),
    guests: sheet.guests.map((one) => one.name),
    chair: chairOf(await listCellLeaders(tx, meeting.cellId, meeting.day), marked),
    secretary: await nameOf(tx, writerOf(meeting, marked)),
    before: (await listTasksBefore(tx, meeting.cellId, meeting)).map(toTask),
    tasks: (await listTasksOf(tx, meeting.id)).map(toTask),
    speakers: marked.filter((one) => spoke.has(one.personId)).map((one) => one.name),
    score: scoreOf(await readScore(tx, meeting)),
    corrections: sheet.corrections,
    madeOn: dateIn(now, meeting.zone),
  }
}
