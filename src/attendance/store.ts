import { DAY } from '../core/dates.js'
import { newId } from '../core/ids.js'
import { Prisma, type Tx } from '../database/client.js'
import type { Meeting as MeetingRow } from '../database/generated/client.js'
import type { AnswerWay } from '../database/generated/enums.js'
import { inOrder, readTogether, writeTogether } from '../database/side-by-side.js'
import { type Meeting, toMeeting } from '../meetings/store.js'
import { takenBack } from '../messaging/outbox.js'
import { ANSWERABLE_AFTER_START, type GivenAnswer } from './rules.js'

/** A meeting as one person stands to it: whether it is theirs on its day, and what they said so far. */
export type Asked = Readonly<{
  meeting: Meeting
  /** Belongs to the cell (or to who leads it) on the day of the meeting. */
  member: boolean
  /** Exempt or on special duty: not asked, outside the denominator, but heard. */
  exempt: boolean
  /** What counts now. */
  answer: GivenAnswer | null
  /** The newest one, while it came too late and waits for the secretary. */
  pending: GivenAnswer | null
  /** A message that asks about it has gone out to this person. */
  told: boolean
}>

type Row = MeetingRow & Omit<Asked, 'meeting'> & { n: number }

const given = (alias: string): Prisma.Sql =>
  Prisma.raw(`jsonb_build_object('state', ${alias}.state, 'reasonKind', ${alias}.reason_kind,
    'reasonText', ${alias}.reason_text, 'minutesLate', ${alias}.minutes_late)`)

const MEETING =
  Prisma.raw(`m.id, m.cell_id AS "cellId", m.schedule_id AS "scheduleId", m.occurrence_on AS "occurrenceOn",
  m.kind, m.day, m.time, m.zone, m.starts_at AS "startsAt", m.place, m.agenda, m.online_allowed AS "onlineAllowed",
  m.duration_minutes AS "durationMinutes", m.answer_deadline AS "answerDeadline", m.state, m.revision,
  m.meeting_secretary_id AS "meetingSecretaryId", m.created_by AS "createdBy", m.created_at AS "createdAt"`)

/** Messages that carry the four answers; that of a series speaks of the series and asks for its first meeting. */
const ASKING = Prisma.raw(
  `('meetings.created', 'meetings.moved', 'meetings.series', 'reminders.step', 'reminders.nudge', 'attendance.ask')`,
)

/**
 * Whose meeting it is follows the same rule as `listInvited`, for one person each: this runs with every answer.
 * `asked`: rows of `k(n, person_id, …)`; `on`: which meetings each asks for.
 */
const selectAsked = (tx: Tx, asked: Prisma.Sql, on: Prisma.Sql): Promise<Row[]> =>
  tx.$queryRaw<Row[]>(Prisma.sql`
    SELECT k.n::int AS n, ${MEETING},
      r.person_id IS NOT NULL AND (m.kind <> 'cell_committee' OR EXISTS (
        SELECT FROM appointment a WHERE a.person_id = k.person_id AND a.unit_id = m.cell_id
          AND a.role IN ('secretary', 'deputy', 'cell_committee')
          AND a.starts_on <= m.day AND (a.ends_on IS NULL OR a.ends_on > m.day))) AS member,
      coalesce(r.exempt OR r.special_duty, false) AS exempt,
      (SELECT ${given('answer')} FROM answer WHERE answer.meeting_id = m.id AND answer.person_id = k.person_id)
        AS answer,
      (SELECT ${given('e')} FROM (SELECT * FROM answer_event WHERE meeting_id = m.id AND person_id = k.person_id
        ORDER BY at DESC, id DESC LIMIT 1) e WHERE e.late = 'pending') AS pending,
      EXISTS (SELECT FROM outbox o WHERE o.person_id = k.person_id AND o.state = 'sent'
        AND o.kind IN ${ASKING} AND (o.subject = m.id::text OR o.data->>'meetingId' = m.id::text)) AS told
    FROM ${asked} JOIN meeting m ON ${on}
    LEFT JOIN LATERAL (SELECT * FROM cell_roster(m.cell_id, m.day) c WHERE c.person_id = k.person_id) r ON true
    ORDER BY k.n, m.starts_at, m.id`)

const toAsked = ({ member, exempt, answer, pending, told, ...row }: Omit<Row, 'n'>): Asked => ({
  meeting: toMeeting(row),
  member,
  exempt,
  answer,
  pending,
  told,
})

const readAsked = readTogether<{ personId: string; meetingId: string }, Asked | null>(async (tx, keys) => {
  const [people, meetings] = [keys.map((one) => one.personId), keys.map((one) => one.meetingId)]
  const rows = await selectAsked(
    tx,
    Prisma.sql`unnest(${people}::uuid[], ${meetings}::uuid[]) WITH ORDINALITY AS k(person_id, meeting_id, n)`,
    Prisma.sql`m.id = k.meeting_id`,
  )
  return inOrder(keys, rows).map(([row]) => (row ? toAsked(row) : null))
})

/** One meeting as it stands to one person, also where it is not (or no longer) theirs. One statement. */
export const findAsked = (tx: Tx, personId: string, meetingId: string): Promise<Asked | null> =>
  readAsked(tx, { personId, meetingId })

/** Nobody plans further ahead. */
const HORIZON = 400 * DAY

const readAllAsked = readTogether<{ personId: string; now: Date }, Asked[]>(async (tx, keys) => {
  const people = keys.map((one) => one.personId)
  const from = keys.map(({ now }) => new Date(now.getTime() - ANSWERABLE_AFTER_START))
  const to = keys.map(({ now }) => new Date(now.getTime() + HORIZON))
  const rows = await selectAsked(
    tx,
    Prisma.sql`unnest(${people}::uuid[], ${from}::timestamptz[], ${to}::timestamptz[])
      WITH ORDINALITY AS k(person_id, since, until, n)`,
    Prisma.sql`m.state = 'planned' AND m.starts_at >= k.since AND m.starts_at < k.until
      AND m.cell_id IN (SELECT cell_id FROM membership WHERE person_id = k.person_id)`,
  )
  return inOrder(keys, rows).map((some) => some.filter((row) => row.member).map(toAsked))
})

/** The planned meetings that are this person's, from those that began within the last 7 days on, by their start. */
export const listAsked = (tx: Tx, personId: string, now: Date): Promise<Asked[]> => readAllAsked(tx, { personId, now })

/** Who says what of whom, how and when. `byId`: the person, or who answers on their behalf. */
export type Saying = Readonly<{
  meetingId: string
  personId: string
  answer: GivenAnswer
  way: AnswerWay
  byId: string
  updateId: string | null
  now: Date
  /** Came after the deadline and was taken at once by somebody who may: the history shows both. */
  late?: 'accepted'
  /** Said for a whole period: the leave that says it. */
  leaveId?: string
}>

/**
 * Answers, their history and the reminders that they make senseless (any answer those to the silent, an absence all of
 * them), in one statement: the hottest path of all. False: it stood there already, nothing was written.
 */
export const recordAnswer = writeTogether<Saying, boolean>(async (tx, sayings) => {
  const rows = JSON.stringify(
    sayings.map(({ answer, late, leaveId, now, ...saying }) => ({
      ...saying,
      ...answer,
      id: newId(),
      eventId: newId(),
      at: now,
      late: late ?? null,
      leaveId: leaveId ?? null,
    })),
  )
  const changed = await tx.$queryRaw<{ meetingId: string; personId: string }[]>(Prisma.sql`
    WITH saying AS (
      SELECT * FROM jsonb_to_recordset(${rows}::jsonb) AS s(id uuid, "eventId" uuid, "meetingId" uuid, "personId" uuid,
        state answer_state, "reasonKind" reason_kind, "reasonText" text, "minutesLate" int, way answer_way, "byId" uuid,
        "updateId" uuid, at timestamptz, late late_decision, "leaveId" uuid)
    ), written AS (
      INSERT INTO answer (id, meeting_id, person_id, state, reason_kind, reason_text, minutes_late, answered_at, leave_id)
      SELECT id, "meetingId", "personId", state, "reasonKind", "reasonText", "minutesLate", at, "leaveId" FROM saying
      ON CONFLICT (meeting_id, person_id) DO UPDATE SET state = EXCLUDED.state, reason_kind = EXCLUDED.reason_kind,
        reason_text = EXCLUDED.reason_text, minutes_late = EXCLUDED.minutes_late, answered_at = EXCLUDED.answered_at,
        leave_id = EXCLUDED.leave_id
      WHERE (answer.state, answer.reason_kind, answer.reason_text, answer.minutes_late, answer.leave_id) IS DISTINCT FROM
        (EXCLUDED.state, EXCLUDED.reason_kind, EXCLUDED.reason_text, EXCLUDED.minutes_late, EXCLUDED.leave_id)
      RETURNING meeting_id, person_id
    ), changed AS (
      SELECT s.* FROM saying s JOIN written w ON w.meeting_id = s."meetingId" AND w.person_id = s."personId"
    ), event AS (
      INSERT INTO answer_event (id, meeting_id, person_id, state, reason_kind, reason_text, minutes_late,
        way, by_id, update_id, at, late, decided_by_id, decided_at, leave_id)
      SELECT "eventId", "meetingId", "personId", state, "reasonKind", "reasonText", "minutesLate", way, "byId", "updateId",
        at, late, CASE WHEN late IS NOT NULL THEN "byId" END, CASE WHEN late IS NOT NULL THEN at END, "leaveId"
      FROM changed
    ), senseless AS MATERIALIZED (
      SELECT o.id, c.at FROM changed c JOIN outbox o ON o.subject = c."meetingId"::text AND o.person_id = c."personId"
        AND o.state = 'queued' AND o.kind IN ('reminders.step', 'reminders.nudge')
        AND (c.state = 'absent' OR o.kind = 'reminders.nudge' OR o.data->>'audience' = 'silent')
    ), gone AS (
      UPDATE delivery SET ${takenBack(Prisma.sql`senseless.at`)} FROM senseless
      WHERE delivery.outbox_id = senseless.id AND delivery.state IN ('queued', 'in_flight')
      RETURNING outbox_id
    ), closed AS (
      UPDATE outbox SET state = 'withdrawn' WHERE id IN (SELECT outbox_id FROM gone)
    )
    SELECT "meetingId", "personId" FROM changed`)
  const keys = new Set(changed.map((one) => `${one.meetingId} ${one.personId}`))
  return sayings.map((one) => keys.has(`${one.meetingId} ${one.personId}`))
})
