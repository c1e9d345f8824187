import { fromDateColumn, type PlainDate, toDateColumn, type Zone } from '../core/dates.js'
import { newId } from '../core/ids.js'
import { byGivenName } from '../core/text.js'
import { type Db, Prisma, type Tx } from '../database/client.js'
import { PRIORITY } from '../messaging/outbox.js'
import { AHEAD, BADGE_YEARS, type Decision, type Joined, type Kind, type Milestone } from './rules.js'

export type Candidate = Joined &
  Readonly<{
    personId: string
    fullName: string
    cellId: string
    zone: Zone
    /** The cell's secretary who can be written to; where there is none, the deputy. */
    leaderId: string
    told: readonly Readonly<{ kind: Kind; day: PlainDate }>[]
  }>

type Row = Omit<Candidate, 'admittedOn' | 'fullOn' | 'told'> & {
  admittedOn: Date
  fullOn: Date | null
  told: { kind: Kind; day: PlainDate }[] | null
}

const active = (alias: string): Prisma.Sql => {
  const [from, to] = [Prisma.raw(`${alias}.starts_on`), Prisma.raw(`${alias}.ends_on`)]
  return Prisma.sql`${from} <= day.today AND (${to} IS NULL OR ${to} > day.today)`
}

/**
 * People of whom something may be to say about now, in the cell they are members of today; wider than the rules, which
 * decide. Somebody whose cell has nobody to tell waits until it has.
 */
export async function listCandidates(tx: Tx | Db, now: Date): Promise<Candidate[]> {
  const rows = await tx.$queryRaw<Row[]>(Prisma.sql`
    SELECT p.id AS "personId", p.full_name AS "fullName", p.admitted_on AS "admittedOn", p.full_on AS "fullOn",
      u.id AS "cellId", u.zone, leader.id AS "leaderId",
      (SELECT jsonb_agg(jsonb_build_object('kind', t.kind, 'day', t.day)) FROM milestone t WHERE t.person_id = p.id) AS told
    FROM person p
      JOIN membership m ON m.person_id = p.id AND m.kind = 'home'
      JOIN unit u ON u.id = m.cell_id
      CROSS JOIN LATERAL (SELECT (${now}::timestamptz AT TIME ZONE u.zone)::date AS today) day
      CROSS JOIN LATERAL (
        SELECT a.person_id AS id FROM appointment a
        WHERE a.unit_id = u.id AND a.role IN ('secretary', 'deputy') AND ${active('a')}
          AND EXISTS (SELECT FROM ways_to(a.person_id, ${PRIORITY.notice}::int, ${now}))
        ORDER BY a.role = 'secretary' DESC, a.starts_on LIMIT 1
      ) leader
    WHERE ${active('m')} AND (
      (p.full_on IS NULL AND p.admitted_on BETWEEN day.today - 500 AND day.today - 270)
      OR EXISTS (SELECT FROM unnest(${[...BADGE_YEARS]}::int[]) AS y
        WHERE p.admitted_on + make_interval(years => y) BETWEEN day.today AND day.today + 32))`)
  return rows.map((row) => ({
    ...row,
    admittedOn: fromDateColumn(row.admittedOn),
    fullOn: row.fullOn && fromDateColumn(row.fullOn),
    told: row.told ?? [],
  }))
}

/** False: another instance was faster. */
export async function recordTold(tx: Tx, now: Date, personId: string, { kind, day }: Milestone): Promise<boolean> {
  const { count } = await tx.milestone.createMany({
    data: [{ personId, kind, day: toDateColumn(day), toldAt: now }],
    skipDuplicates: true,
  })
  return count > 0
}

/** The first day after `today` on which something is to be told of anybody; null: of nobody whom we know. */
export async function findNextDay(db: Db, today: PlainDate): Promise<PlainDate | null> {
  const on = toDateColumn(today)
  const [row] = await db.$queryRaw<{ day: Date | null }[]>(Prisma.sql`
    SELECT min(day) AS day FROM (
      SELECT (admitted_on + interval '12 months')::date - ahead AS day
      FROM person, unnest(${AHEAD.map((one) => one.days)}::int[]) AS ahead WHERE full_on IS NULL
      UNION ALL
      SELECT (admitted_on + make_interval(years => y) - interval '1 month')::date
      FROM person, unnest(${[...BADGE_YEARS]}::int[]) AS y WHERE full_on IS NOT NULL
    ) days WHERE day > ${on}::date`)
  return row?.day ? fromDateColumn(row.day) : null
}

export type Member = Joined &
  Readonly<{ personId: string; fullName: string; decision: (Decision & { id: string }) | null }>

type MemberRow = { personId: string; fullName: string; admittedOn: Date; fullOn: Date | null }

const lastDecision = async (tx: Tx, personId: string): Promise<Member['decision']> => {
  const row = await tx.standingDecision.findFirst({ where: { personId }, orderBy: [{ at: 'desc' }, { id: 'desc' }] })
  return (
    row && {
      id: row.id,
      number: row.number,
      decidedOn: fromDateColumn(row.decidedOn),
      fullOn: fromDateColumn(row.fullOn),
    }
  )
}

const homeMembers = (tx: Tx, cellId: string, today: PlainDate, which: Prisma.Sql): Promise<MemberRow[]> =>
  tx.$queryRaw<MemberRow[]>(Prisma.sql`
    SELECT p.id AS "personId", p.full_name AS "fullName", p.admitted_on AS "admittedOn", p.full_on AS "fullOn"
    FROM person p JOIN membership m ON m.person_id = p.id AND m.kind = 'home'
      CROSS JOIN LATERAL (SELECT ${toDateColumn(today)}::date AS today) day
    WHERE m.cell_id = ${cellId}::uuid AND ${active('m')} AND p.admitted_on IS NOT NULL AND ${which}`)

const withDecision = async (tx: Tx, row: MemberRow): Promise<Member> => ({
  ...row,
  admittedOn: fromDateColumn(row.admittedOn),
  fullOn: row.fullOn && fromDateColumn(row.fullOn),
  decision: await lastDecision(tx, row.personId),
})

/** Probationary members of the cell, and those whose decision was entered since, by given name. */
export async function listChangeable(tx: Tx, cellId: string, today: PlainDate, since: Date): Promise<Member[]> {
  const rows = await homeMembers(
    tx,
    cellId,
    today,
    Prisma.sql`(p.full_on IS NULL OR p.full_on > ${toDateColumn(today)}::date
      OR EXISTS (SELECT FROM standing_decision d WHERE d.person_id = p.id AND d.at > ${since}))`,
  )
  const members: Member[] = []
  for (const row of rows.sort((a, b) => byGivenName(a.fullName, b.fullName))) members.push(await withDecision(tx, row))
  return members
}

/** A member of that cell today whose admission is known, or null. */
export async function findMember(tx: Tx, cellId: string, personId: string, today: PlainDate): Promise<Member | null> {
  const [row] = await homeMembers(tx, cellId, today, Prisma.sql`p.id = ${personId}::uuid`)
  return row ? withDecision(tx, row) : null
}

/** Two phones that decide at once go one after the other. */
export const lockPerson = (tx: Tx, personId: string): Promise<unknown> =>
  tx.$queryRaw(Prisma.sql`SELECT id FROM person WHERE id = ${personId}::uuid FOR NO KEY UPDATE`)

/** The standing follows the newest decision; older ones stay as its history. */
export async function recordDecision(
  tx: Tx,
  now: Date,
  wanted: Decision & Readonly<{ personId: string; cellId: string; byId: string }>,
): Promise<void> {
  const { personId, fullOn } = wanted
  await tx.standingDecision.create({
    data: {
      ...wanted,
      id: newId(),
      decidedOn: toDateColumn(wanted.decidedOn),
      fullOn: toDateColumn(fullOn),
      at: now,
    },
  })
  await tx.person.update({ where: { id: personId }, data: { fullOn: toDateColumn(fullOn) } })
}
