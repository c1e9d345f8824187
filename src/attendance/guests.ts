import { toDateColumn } from '../core/dates.js'
import { newId } from '../core/ids.js'
import { byGivenName } from '../core/text.js'
import { Prisma, type Tx } from '../database/client.js'
import type { Meeting } from '../meetings/store.js'

/** Somebody who was there and does not count: outside the denominator. */
export type Guest = Readonly<{ id: string; personId: string | null; name: string }>

export async function listGuests(tx: Tx, meetingId: string): Promise<Guest[]> {
  const rows = await tx.guest.findMany({ where: { meetingId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })
  const people = await tx.person.findMany({
    where: { id: { in: rows.flatMap((row) => row.personId ?? []) } },
    select: { id: true, fullName: true },
  })
  const names = new Map(people.map((one) => [one.id, one.fullName]))
  return rows.map(({ id, personId, name }) => ({ id, personId, name: names.get(personId ?? '') ?? name ?? '' }))
}

export type GuestCandidate = Readonly<{ personId: string; fullName: string; follower: boolean }>

type Row = GuestCandidate & { depth: number }

/**
 * Who usually comes as a guest: the cell's followers, then the committees above it, the nearest first; nobody who is on
 * the cell's own list that day.
 */
export async function listGuestCandidates(tx: Tx, meeting: Pick<Meeting, 'cellId' | 'day'>): Promise<GuestCandidate[]> {
  const day = toDateColumn(meeting.day)
  const rows = await tx.$queryRaw<Row[]>(Prisma.sql`
    SELECT DISTINCT ON (person.id) person.id AS "personId", person.full_name AS "fullName",
      a.role = 'follower' AS follower, p.depth
    FROM unit_path(${meeting.cellId}::uuid, ${day}::date) p
    JOIN appointment a ON a.unit_id = p.unit_id AND a.starts_on <= ${day} AND (a.ends_on IS NULL OR a.ends_on > ${day})
      AND ((p.depth = 0 AND a.role = 'follower') OR (p.depth > 0 AND a.role = 'committee_member'))
    JOIN person ON person.id = a.person_id
    WHERE NOT EXISTS (SELECT FROM cell_roster(${meeting.cellId}::uuid, ${day}::date) r WHERE r.person_id = person.id)
    ORDER BY person.id, p.depth`)
  return rows
    .sort((a, b) => a.depth - b.depth || byGivenName(a.fullName, b.fullName))
    .map(({ depth: _, ...one }) => one)
}

type Added = Readonly<{ personId: string | null; name: string | null; byId: string; now: Date }>

/** Needs the locked sheet. The same guest twice is one guest. */
export async function recordGuest(tx: Tx, meetingId: string, { personId, name, byId, now }: Added): Promise<void> {
  const there = await tx.guest.count({ where: { meetingId, ...(personId ? { personId } : { personId: null, name }) } })
  if (there > 0) return
  await tx.guest.create({ data: { id: newId(), meetingId, personId, name, addedById: byId, at: now } })
}

/** A slip of the finger: the guest was not there. */
export const withdrawGuest = (tx: Tx, meetingId: string, guestId: string): Promise<unknown> =>
  tx.guest.deleteMany({ where: { id: guestId, meetingId } })
