import { toDateColumn } from '../core/dates.js'
import { Prisma, type Tx } from '../database/client.js'
import type { Meeting } from './store.js'

/** Somebody whom a meeting concerns, as things stand on the meeting's day. */
export type Invited = Readonly<{
  personId: string
  fullName: string
  phone: string | null
  probationary: boolean
  /** Attends here for a period, member of another cell. */
  temporary: boolean
  /** Told of the meeting, never asked, outside the denominator. */
  exempt: boolean
  specialDuty: boolean
  /** The committee's member who follows the cell: a guest, told and not asked. */
  follower: boolean
  /** Has a chat that works now. */
  reachable: boolean
}>

const reachable = Prisma.sql`EXISTS (SELECT FROM chat_link l JOIN chat ON chat.id = l.chat_id JOIN bot ON bot.id = chat.bot_id
  WHERE l.person_id = person.id AND l.ended_at IS NULL AND chat.unreachable_since IS NULL AND bot.state = 'active')`

const onDay = (day: Date): Prisma.Sql => Prisma.sql`a.starts_on <= ${day} AND (a.ends_on IS NULL OR a.ends_on > ${day})`

/**
 * Whom a meeting concerns: the cell's roster on the day of the meeting (transfers, attachments and exemptions as of
 * that day) and its followers; for a meeting of the cell committee, who leads the cell. Unsorted.
 */
export function listInvited(tx: Tx, meeting: Pick<Meeting, 'cellId' | 'kind' | 'day'>): Promise<Invited[]> {
  const day = toDateColumn(meeting.day)
  const onlyCommittee =
    meeting.kind === 'cell_committee'
      ? Prisma.sql`AND EXISTS (SELECT FROM appointment a WHERE a.person_id = person.id AND a.unit_id = ${meeting.cellId}::uuid
          AND a.role IN ('secretary', 'deputy', 'cell_committee') AND ${onDay(day)})`
      : Prisma.empty
  return tx.$queryRaw<Invited[]>(Prisma.sql`
    SELECT person.id AS "personId", person.full_name AS "fullName", person.phone, r.probationary,
      r.membership = 'temporary' AS temporary, r.exempt, r.special_duty AS "specialDuty", false AS follower,
      ${reachable} AS reachable
    FROM cell_roster(${meeting.cellId}::uuid, ${day}::date) r JOIN person ON person.id = r.person_id
    WHERE true ${onlyCommittee}
    UNION ALL
    SELECT person.id, person.full_name, person.phone, false, false, false, false, true, ${reachable}
    FROM appointment a JOIN person ON person.id = a.person_id
    WHERE a.unit_id = ${meeting.cellId}::uuid AND a.role = 'follower' AND ${onDay(day)}
      AND NOT EXISTS (SELECT FROM cell_roster(${meeting.cellId}::uuid, ${day}::date) r WHERE r.person_id = person.id)`)
}

/** Who is asked to answer, and counts: the denominator of the domain's rules. */
export const isAsked = (one: Invited): boolean => !one.exempt && !one.specialDuty && !one.follower
