import { DAY } from '../core/dates.js'
import { newId } from '../core/ids.js'
import { Prisma, type Tx } from '../database/client.js'
import type { Meeting as MeetingRow } from '../database/generated/client.js'
import type { AnswerWay } from '../database/generated/enums.js'
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

type Row = MeetingRow & Omit<Asked, 'meeting'>

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
  `('meetings.created', 'meetings.moved', 'meetings.series', 'reminders.step', 'reminders.nudge')`,
)

/** Whose meeting it is follows the same rule as `listInvited`, for one person: this runs with every answer. */
const selectAsked = (tx: Tx, personId: string, where: Prisma.Sql): Promise<Row[]> =>
  tx.$queryRaw<Row[]>(Prisma.sql`
    SELECT ${MEETING},
      r.person_id IS NOT NULL AND (m.kind <> 'cell_committee' OR EXISTS (
        SELECT FROM appointment a WHERE a.person_id = ${personId}::uuid AND a.unit_id = m.cell_id
          AND a.role IN ('secretary', 'deputy', 'cell_committee')
          AND a.starts_on <= m.day AND (a.ends_on IS NULL OR a.ends_on > m.day))) AS member,
      coalesce(r.exempt OR r.special_duty, false) AS exempt,
      (SELECT ${given('answer')} FROM answer WHERE answer.meeting_id = m.id AND answer.person_id = ${personId}::uuid)
        AS answer,
      (SELECT ${given('e')} FROM (SELECT * FROM answer_event WHERE meeting_id = m.id AND person_id = ${personId}::uuid
        ORDER BY at DESC, id DESC LIMIT 1) e WHERE e.late = 'pending') AS pending,
      EXISTS (SELECT FROM outbox o WHERE o.person_id = ${personId}::uuid AND o.state = 'sent'
        AND o.kind IN ${ASKING} AND (o.subject = m.id::text OR o.data->>'meetingId' = m.id::text)) AS told
    FROM meeting m
    LEFT JOIN LATERAL (SELECT * FROM cell_roster(m.cell_id, m.day) c WHERE c.person_id = ${personId}::uuid) r ON true
    WHERE ${where} ORDER BY m.starts_at, m.id`)

const toAsked = ({ member, exempt, answer, pending, told, ...row }: Row): Asked => ({
  meeting: toMeeting(row),
  member,
  exempt,
  answer,
  pending,
  told,
})

/** One meeting as it stands to one person, also where it is not (or no longer) theirs. One statement. */
export async function findAsked(tx: Tx, personId: string, meetingId: string): Promise<Asked | null> {
  const [row] = await selectAsked(tx, personId, Prisma.sql`m.id = ${meetingId}::uuid`)
  return row ? toAsked(row) : null
}

/** Nobody plans further ahead. */
const HORIZON = 400 * DAY

/** The planned meetings that are this person's, from those that began within the last 7 days on, by their start. */
export async function listAsked(tx: Tx, personId: string, now: Date): Promise<Asked[]> {
  const from = new Date(now.getTime() - ANSWERABLE_AFTER_START)
  const rows = await selectAsked(
    tx,
    personId,
    Prisma.sql`m.state = 'planned' AND m.starts_at >= ${from} AND m.starts_at < ${new Date(now.getTime() + HORIZON)}
      AND m.cell_id IN (SELECT cell_id FROM membership WHERE person_id = ${personId}::uuid)`,
  )
  return rows.filter((row) => row.member).map(toAsked)
}

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
}>

/** Which waiting reminders an answer makes senseless: any answer those to the silent, an absence all of them. */
const senseless = (state: GivenAnswer['state']): Prisma.Sql =>
  state === 'absent' ? Prisma.sql`true` : Prisma.sql`(kind = 'reminders.nudge' OR data->>'audience' = 'silent')`

/**
 * The answer, its history and the reminders that it makes senseless, in one statement: the hottest path of all.
 * False: it stood there already, nothing was written.
 */
export async function recordAnswer(tx: Tx, saying: Saying): Promise<boolean> {
  const { answer, now } = saying
  const values = Prisma.sql`${saying.meetingId}::uuid, ${saying.personId}::uuid, ${answer.state}::answer_state,
    ${answer.reasonKind}::reason_kind, ${answer.reasonText}, ${answer.minutesLate}::int`
  const late = saying.late ?? null
  const [row] = await tx.$queryRaw<{ changed: boolean }[]>(Prisma.sql`
    WITH written AS (
      INSERT INTO answer (id, meeting_id, person_id, state, reason_kind, reason_text, minutes_late, answered_at)
      VALUES (${newId()}::uuid, ${values}, ${now})
      ON CONFLICT (meeting_id, person_id) DO UPDATE SET state = EXCLUDED.state, reason_kind = EXCLUDED.reason_kind,
        reason_text = EXCLUDED.reason_text, minutes_late = EXCLUDED.minutes_late, answered_at = EXCLUDED.answered_at
      WHERE (answer.state, answer.reason_kind, answer.reason_text, answer.minutes_late) IS DISTINCT FROM
        (EXCLUDED.state, EXCLUDED.reason_kind, EXCLUDED.reason_text, EXCLUDED.minutes_late)
      RETURNING id
    ), event AS (
      INSERT INTO answer_event (id, meeting_id, person_id, state, reason_kind, reason_text, minutes_late,
        way, by_id, update_id, at, late, decided_by_id, decided_at)
      SELECT ${newId()}::uuid, ${values}, ${saying.way}::answer_way, ${saying.byId}::uuid, ${saying.updateId}::uuid,
        ${now}, ${late}::late_decision, ${late ? saying.byId : null}::uuid, ${late ? now : null}::timestamptz
      FROM written
    ), gone AS (
      UPDATE delivery SET ${takenBack(now)}
      WHERE state IN ('queued', 'in_flight') AND EXISTS (SELECT FROM written) AND outbox_id IN (
        SELECT id FROM outbox WHERE subject = ${saying.meetingId} AND person_id = ${saying.personId}::uuid
          AND state = 'queued' AND kind IN ('reminders.step', 'reminders.nudge') AND ${senseless(answer.state)})
      RETURNING outbox_id
    ), closed AS (
      UPDATE outbox SET state = 'withdrawn' WHERE id IN (SELECT outbox_id FROM gone)
    )
    SELECT EXISTS (SELECT FROM written) AS changed`)
  return row?.changed ?? false
}
