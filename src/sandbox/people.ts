import { z } from 'zod'
import { type PlainDate, toDateColumn } from '../core/dates.js'
import { byGivenName } from '../core/text.js'
import { type Db, Prisma } from '../database/client.js'
import type { Role } from '../database/generated/enums.js'
import type { PeopleGroup, PersonCard, Starters } from '../web/sandbox/types.js'

type Row = Readonly<{
  id: string
  fullName: string
  birthYear: number | null
  probationary: boolean
  exempt: boolean
  linked: boolean
  cellId: string | null
  roles: { role: Role; unitId: string | null }[]
  sent: bigint
}>

const READ_KEY = 'sandbox.read'
const marks = z.record(z.string(), z.string())

/** The sequence of the last message that was looked at, by person. */
async function readMarks(db: Db): Promise<Record<string, string>> {
  const row = await db.setting.findUnique({ where: { key: READ_KEY } })
  return marks.safeParse(row?.value).data ?? {}
}

export async function markRead(db: Db, personId: string): Promise<void> {
  const last = await db.$queryRaw<{ sequence: bigint | null }[]>(Prisma.sql`
    SELECT max(d.sequence) AS sequence FROM delivery d JOIN chat ON chat.id = d.chat_id
    WHERE chat.external_id = ${personId} AND d.state = 'sent'`)
  const sequence = String(last[0]?.sequence ?? 0)
  const known = await readMarks(db)
  if (known[personId] === sequence) return
  const value = { ...known, [personId]: sequence }
  await db.setting.upsert({ where: { key: READ_KEY }, create: { key: READ_KEY, value }, update: { value } })
}

const holds = (alias: string, day: Date) =>
  Prisma.sql`${Prisma.raw(alias)}.starts_on <= ${day} AND (${Prisma.raw(alias)}.ends_on IS NULL OR ${Prisma.raw(alias)}.ends_on > ${day})`

/** Everybody on the roster that day. Each has a phone: the chat whose external id is the person's id. */
const listRows = (db: Db, day: Date, read: Record<string, string>): Promise<Row[]> =>
  db.$queryRaw<Row[]>(Prisma.sql`
    SELECT p.id, p.full_name AS "fullName", p.birth_year AS "birthYear",
      p.admitted_on IS NOT NULL AND (p.full_on IS NULL OR p.full_on > ${day}) AS probationary,
      EXISTS (SELECT FROM exemption e WHERE e.person_id = p.id AND ${holds('e', day)}) AS exempt,
      EXISTS (SELECT FROM chat_link l JOIN chat c ON c.id = l.chat_id
        WHERE c.external_id = p.id::text AND l.ended_at IS NULL) AS linked,
      (SELECT m.cell_id FROM membership m WHERE m.person_id = p.id AND m.kind = 'home' AND ${holds('m', day)} LIMIT 1) AS "cellId",
      coalesce((SELECT jsonb_agg(jsonb_build_object('role', a.role, 'unitId', a.unit_id) ORDER BY a.role)
        FROM appointment a WHERE a.person_id = p.id AND ${holds('a', day)}), '[]') AS roles,
      (SELECT count(*) FROM delivery d JOIN chat c ON c.id = d.chat_id WHERE c.external_id = p.id::text
        AND d.state = 'sent' AND d.operation <> 'menu'
        AND d.sequence > coalesce((${JSON.stringify(read)}::jsonb->>p.id::text)::bigint, 0)) AS sent
    FROM person p`)

const RANK: readonly (Role | null)[] = [
  'committee_member',
  'office',
  'secretary',
  'deputy',
  'cell_committee',
  'follower',
  null,
]
const ABOVE: readonly Role[] = ['committee_member', 'office', 'administrator']

const toCard = (row: Row, role: Role | null, others: readonly Row[]): PersonCard => ({
  id: row.id,
  fullName: row.fullName,
  birthYear: row.birthYear,
  namesake: others.some((other) => other.id !== row.id && other.fullName === row.fullName),
  role,
  probationary: row.probationary,
  exempt: row.exempt,
  linked: row.linked,
  unread: Number(row.sent),
})

const inOrder = (people: readonly PersonCard[]): PersonCard[] =>
  people.toSorted((a, b) => RANK.indexOf(a.role) - RANK.indexOf(b.role) || byGivenName(a.fullName, b.fullName))

/** Where somebody is listed: among those who lead above the cells, else in the own cell. */
function placeOf(row: Row): { unitId: string | null; role: Role | null } {
  const above = row.roles.find((held) => ABOVE.includes(held.role))
  if (above) return above
  return { unitId: row.cellId, role: row.roles.find((held) => held.unitId === row.cellId)?.role ?? null }
}

/** Groups by unit, committees first. Somebody without any unit is not listed. */
export async function listGroups(db: Db, day: PlainDate): Promise<PeopleGroup[]> {
  const rows = await listRows(db, toDateColumn(day), await readMarks(db))
  const units = await db.unit.findMany({ orderBy: { id: 'asc' } })
  const placed = rows.map((row) => ({ row, ...placeOf(row) }))
  const peopleOf = (unitId: string): PersonCard[] => {
    const here = placed.filter((one) => one.unitId === unitId)
    const all = here.map((one) => one.row)
    return inOrder(here.map(({ row, role }) => toCard(row, role, all)))
  }
  return units
    .toSorted((a, b) => Number(a.kind === 'cell') - Number(b.kind === 'cell'))
    .map((unit) => ({ unitId: unit.id, name: unit.name, people: peopleOf(unit.id) }))
    .filter((group) => group.people.length > 0)
}

/** Somebody to begin as, for each of the four ways to see a month. */
export function startersOf(groups: readonly PeopleGroup[]): Starters {
  const everyone = groups.flatMap((group) => group.people)
  const first = (test: (one: PersonCard) => boolean): string | null => everyone.find(test)?.id ?? null
  return {
    secretary: first((one) => one.role === 'secretary' && one.linked),
    member: first((one) => one.role === null && one.linked && !one.exempt),
    committee: first((one) => one.role === 'committee_member' && one.linked),
    newcomer: first((one) => !one.linked),
  }
}
