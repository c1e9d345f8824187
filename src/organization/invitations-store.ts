import { byGivenName } from '../core/text.js'
import { Prisma, type Tx } from '../database/client.js'
import type { Role } from '../database/generated/enums.js'

/** Somebody who may be invited, with the unit that they are invited in. */
export type Invitee = Readonly<{
  personId: string
  fullName: string
  /** Null: an administrator, who belongs to the installation. */
  unitId: string | null
  unitName: string | null
  linked: boolean
  /** Declined or withdrew: "liên hệ trực tiếp". */
  direct: boolean
}>

/** `role`: only those who hold it. */
type Wanted = Readonly<{ unitId: string; day: Date; role?: Role }>

const ACTIVE = (alias: string, day: Date) =>
  Prisma.sql`${Prisma.raw(alias)}.starts_on <= ${day} AND (${Prisma.raw(alias)}.ends_on IS NULL OR ${Prisma.raw(alias)}.ends_on > ${day})`

/** Whoever is linked at a retired bot alone is to be invited again. */
const LINKED = Prisma.sql`EXISTS (SELECT FROM chat_link l JOIN chat c ON c.id = l.chat_id JOIN bot b ON b.id = c.bot_id
  WHERE l.person_id = p.id AND l.ended_at IS NULL AND b.state <> 'retired')`

const sorted = (people: Invitee[]): Invitee[] => people.sort((a, b) => byGivenName(a.fullName, b.fullName))

/** Everybody who belongs to the unit or holds a role in it that day, once each, by given name. */
export async function listInvitees(tx: Tx, { unitId, day, role }: Wanted): Promise<Invitee[]> {
  const member = role ? Prisma.sql`false` : Prisma.sql`true`
  const holds = role ? Prisma.sql`a.role = ${role}::role` : Prisma.sql`true`
  return sorted(
    await tx.$queryRaw<Invitee[]>(Prisma.sql`
      SELECT p.id AS "personId", p.full_name AS "fullName", u.id AS "unitId", u.name AS "unitName",
        ${LINKED} AS linked, p.contact = 'direct' AS direct
      FROM unit u, person p WHERE u.id = ${unitId}::uuid AND (
        (${member} AND p.id IN (SELECT r.person_id FROM cell_roster(${unitId}::uuid, ${day}::date) r))
        OR p.id IN (SELECT a.person_id FROM appointment a
          WHERE a.unit_id = ${unitId}::uuid AND a.role <> 'follower' AND ${holds} AND ${ACTIVE('a', day)}))`),
  )
}

/** Administrators of the installation. */
export const listAdministrators = async (tx: Tx, day: Date): Promise<Invitee[]> =>
  sorted(
    await tx.$queryRaw<Invitee[]>(Prisma.sql`
      SELECT DISTINCT p.id AS "personId", p.full_name AS "fullName", NULL::uuid AS "unitId", NULL::text AS "unitName",
        ${LINKED} AS linked, p.contact = 'direct' AS direct
      FROM person p JOIN appointment a ON a.person_id = p.id AND a.role = 'administrator' AND a.unit_id IS NULL
      WHERE ${ACTIVE('a', day)}`),
  )

/** A cell with nobody who leads it in a chat. `secretaryId` is null where none is appointed. */
export type WaitingCell = Readonly<{
  cellId: string
  name: string
  secretaryId: string | null
  secretary: string | null
}>

/** Cells under a unit whose secretary is not linked, by name. */
export const listWaitingCells = (tx: Tx, unitId: string, day: Date): Promise<WaitingCell[]> =>
  tx.$queryRaw<WaitingCell[]>(Prisma.sql`
    SELECT u.id AS "cellId", u.name, who.id AS "secretaryId", who.full_name AS secretary
    FROM unit_subtree(${unitId}::uuid, ${day}::date) s JOIN unit u ON u.id = s.unit_id AND u.kind = 'cell'
    LEFT JOIN LATERAL (
      SELECT p.id, p.full_name, ${LINKED} AS linked FROM appointment a JOIN person p ON p.id = a.person_id
      WHERE a.unit_id = u.id AND a.role = 'secretary' AND ${ACTIVE('a', day)}
      ORDER BY linked DESC, a.starts_on DESC LIMIT 1) who ON true
    WHERE who.linked IS NOT TRUE ORDER BY u.name_key, u.id`)

/** Who leads a person's cells that day, themselves aside: whom a trouble with their code concerns. */
export const listLeaders = async (tx: Tx, personId: string, day: Date): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT DISTINCT a.person_id AS id FROM membership m JOIN appointment a ON a.unit_id = m.cell_id
    WHERE m.person_id = ${personId}::uuid AND a.role IN ('secretary', 'deputy') AND a.person_id <> m.person_id
      AND ${ACTIVE('m', day)} AND ${ACTIVE('a', day)}`)
  return rows.map((one) => one.id)
}

export type Subordinate = Readonly<{
  id: string
  name: string
  isCell: boolean
  cells: number
  members: number
  secretary: string | null
  linked: boolean
}>

/** Units directly under one, with the cells and members in each subtree. */
export const listSubordinates = (tx: Tx, unitId: string, day: Date): Promise<Subordinate[]> =>
  tx.$queryRaw<Subordinate[]>(Prisma.sql`
    SELECT u.id, u.name, u.kind = 'cell' AS "isCell", below.cells, below.members,
      who.full_name AS secretary, coalesce(who.linked, false) AS linked
    FROM unit_placement up JOIN unit u ON u.id = up.unit_id
    CROSS JOIN LATERAL (
      SELECT count(DISTINCT c.id) FILTER (WHERE c.kind = 'cell')::int AS cells, count(DISTINCT m.person_id)::int AS members
      FROM unit_subtree(u.id, ${day}::date) s JOIN unit c ON c.id = s.unit_id
      LEFT JOIN membership m ON m.cell_id = c.id AND m.kind = 'home' AND ${ACTIVE('m', day)}) below
    LEFT JOIN LATERAL (
      SELECT p.full_name, ${LINKED} AS linked FROM appointment a JOIN person p ON p.id = a.person_id
      WHERE a.unit_id = u.id AND a.role = 'secretary' AND ${ACTIVE('a', day)}
      ORDER BY linked DESC, a.starts_on DESC LIMIT 1) who ON true
    WHERE up.parent_id = ${unitId}::uuid AND ${ACTIVE('up', day)} AND (u.dissolved_on IS NULL OR u.dissolved_on > ${day})
    ORDER BY u.kind <> 'cell' DESC, u.name_key, u.id`)
