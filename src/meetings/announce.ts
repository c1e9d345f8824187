import { z } from 'zod'
import { HOUR, type PlainDate, timeIn, type WallTime, type Zone } from '../core/dates.js'
import { Prisma, type Tx } from '../database/client.js'
import type { AnswerState } from '../database/generated/enums.js'
import { enqueue, type Outgoing, outgoing, PRIORITY, withdraw } from '../messaging/outbox.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { getCell } from './cell.js'
import { dayField, describeMeeting, timeField } from './describe.js'
import { type Invited, isAsked, listInvited } from './invited.js'
import { cancelled, created, moved } from './messages-notices.js'
import { deferForQuiet, keepQuiet } from './quiet.js'
import { isUrgent } from './rules.js'
import type { Meeting } from './store.js'

/** What somebody believes of a meeting: what they were last told. */
export type Known = Readonly<{
  day: PlainDate
  time: WallTime
  place: string
  onlineAllowed: boolean
  state: 'planned' | 'cancelled'
}>

export const knownOf = ({ day, time, place, onlineAllowed, state }: Meeting): Known => ({
  day,
  time,
  place,
  onlineAllowed,
  state,
})

const NOTICES = ['meetings.created', 'meetings.moved', 'meetings.cancelled']
/** What an older revision left in the outbox. A push of materials stays after a move: the materials are still good. */
const OLD_REVISION = [
  ...NOTICES,
  'meetings.holiday',
  'reminders.step',
  'reminders.nudge',
  'rollcall.due',
  'attendance.late',
]

const knownSchema = z.object({
  day: dayField,
  time: timeField,
  place: z.string(),
  onlineAllowed: z.boolean(),
  state: z.enum(['planned', 'cancelled']),
})

/** Notices that have not reached anybody yet, by person: what these people knew before them; null: nothing of this meeting. */
async function readPending(tx: Tx, meetingId: string): Promise<Map<string, Known | null>> {
  const rows = await tx.$queryRaw<{ personId: string; known: unknown }[]>(Prisma.sql`
    SELECT outbox.person_id AS "personId", outbox.data->'known' AS known
    FROM outbox JOIN delivery ON delivery.outbox_id = outbox.id
    WHERE outbox.subject = ${meetingId} AND outbox.kind = ANY(${NOTICES}::text[]) AND (delivery.state = 'queued' OR outbox.state = 'unreachable')`)
  return new Map(rows.map((row) => [row.personId, row.known ? knownSchema.parse(row.known) : null]))
}

/**
 * Takes back what a change has made senseless, and says what everybody knew before the notices among it: somebody who
 * has not heard of the first of two quick moves is told only of the second, from where they believed the meeting was.
 */
export async function takeBack(tx: Tx, now: Date, meeting: Meeting): Promise<Map<string, Known | null>> {
  const pending = await readPending(tx, meeting.id)
  const kinds = meeting.state === 'cancelled' ? [...OLD_REVISION, 'materials.pushed'] : OLD_REVISION
  await withdraw(tx, now, { subject: meeting.id, kinds })
  return pending
}

const same = (known: Known, meeting: Meeting): boolean =>
  known.day === meeting.day &&
  known.time === meeting.time &&
  known.place === meeting.place &&
  known.onlineAllowed === meeting.onlineAllowed &&
  known.state === meeting.state

/** Who must hear of it: those of the new day, and those of the old day who would come in vain. */
async function listConcerned(tx: Tx, meeting: Meeting, before: Known | null): Promise<Invited[]> {
  const invited = await listInvited(tx, meeting)
  if (!before || before.day === meeting.day) return invited
  const former = await listInvited(tx, { ...meeting, day: before.day })
  const ids = new Set(invited.map((one) => one.personId))
  return [...invited, ...former.filter((one) => !ids.has(one.personId)).map((one) => ({ ...one, follower: true }))]
}

const readAnswers = async (tx: Tx, meetingId: string): Promise<Map<string, AnswerState>> =>
  new Map((await tx.answer.findMany({ where: { meetingId } })).map((row) => [row.personId, row.state]))

/** How many people get a message, and when it leaves: later than now only in the quiet hours. */
export type Told = Readonly<{ people: number; at: Date }>

/** What is said of it to whoever made the change. */
export function tellingWords(told: Told, now: Date, zone: Zone): JsonObject {
  const { people, at } = told
  if (people === 0) return { key: 'meetings.telling.nobody' }
  return at > now
    ? { key: 'meetings.telling.later', params: { people, time: timeIn(at, zone) } }
    : { key: 'meetings.telling.now', params: { people } }
}

type Notice = Readonly<{
  tx: Tx
  now: Date
  meeting: Meeting
  /** How the meeting was; null: it is new. */
  before: Meeting | null
  /** Who changed it: they have read it on their own screen and get no notice. */
  byId: string | null
  pending: ReadonlyMap<string, Known | null>
}>

/** Tells everybody whom a new, moved or cancelled meeting concerns, once. */
export async function announce(notice: Notice): Promise<Told> {
  const { tx, now, meeting, before, byId, pending } = notice
  const known = before ? knownOf(before) : null
  const people = await listConcerned(tx, meeting, known)
  const answers = await readAnswers(tx, meeting.id)
  const cell = await getCell(tx, meeting.cellId)
  const rest = timing(now, meeting, before)
  const others = people.filter((one) => one.personId !== byId)
  const items = others.flatMap((one) => {
    const believed = pending.has(one.personId) ? (pending.get(one.personId) ?? null) : known
    const data = {
      ...describeMeeting(meeting),
      meetingId: meeting.id,
      cell: cell.name,
      asked: isAsked(one),
      answered: answers.get(one.personId) ?? null,
      known: believed,
    }
    return noticeFor(data, meeting, one.personId, rest)
  })
  await enqueue(tx, now, items)
  const reached = new Set(others.filter((one) => one.reachable).map((one) => one.personId))
  return { people: items.filter((one) => reached.has(one.personId ?? '')).length, at: rest.notBefore ?? now }
}

type Rest = Pick<Outgoing, 'subject' | 'priority' | 'notBefore' | 'expiresAt' | 'quiet'>

/** A change within 24 hours of the meeting goes out at once; everything else waits for the quiet hours to end. */
function timing(now: Date, meeting: Meeting, before: Meeting | null): Rest {
  const urgent = before !== null && isUrgent(now, before.startsAt, meeting.startsAt)
  const latest = new Date(meeting.startsAt.getTime() - HOUR)
  const at = urgent ? now : deferForQuiet(now, { zone: meeting.zone, latest })
  return {
    subject: meeting.id,
    priority: PRIORITY.notice,
    notBefore: at,
    expiresAt: meeting.startsAt,
    ...(urgent ? {} : keepQuiet(at, meeting.zone)),
  }
}

type Data = Parameters<typeof created.render>[0]

function noticeFor(data: Data, meeting: Meeting, personId: string, rest: Rest): Outgoing[] {
  const key = (kind: string): string => `${kind}:${meeting.id}:${meeting.revision}:${personId}`
  const { known } = data
  if (known && same(known, meeting)) return []
  if (meeting.state === 'cancelled')
    return known ? [outgoing(cancelled, { ...data, known }, { ...rest, personId, causeKey: key('cancelled') })] : []
  return known?.state === 'planned'
    ? [outgoing(moved, { ...data, known }, { ...rest, personId, causeKey: key('moved') })]
    : [outgoing(created, data, { ...rest, personId, causeKey: key('created') })]
}

/** Whether anybody has heard of this meeting, or answered for it: then a change of it is told. */
export async function isKnown(tx: Tx, meetingId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ known: boolean }[]>(Prisma.sql`
    SELECT EXISTS (SELECT FROM outbox WHERE subject = ${meetingId} AND state IN ('queued', 'sent'))
      OR EXISTS (SELECT FROM answer WHERE meeting_id = ${meetingId}::uuid) AS known`)
  return row?.known ?? false
}
