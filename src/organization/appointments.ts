import { type PlainDate, toDateColumn } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { newId } from '../core/ids.js'
import { fold, nfc } from '../core/text.js'
import { Prisma, type Tx } from '../database/client.js'
import type { Role } from '../database/generated/enums.js'
import { endsAfter } from './periods.js'

export type Appointing = Readonly<{
  fullName: string
  /** Null: the whole installation, for administrators only. */
  unitId: string | null
  role: Role
  from: PlainDate
}>

/** `on`: a day on which they belong there. */
type Named = Readonly<{ fullName: string; unitId: string | null; on: PlainDate }>

/** People of that name under the unit or with a role there; accents and case aside. */
const listNamed = async (tx: Tx, { fullName, unitId, on }: Named): Promise<string[]> => {
  const day = toDateColumn(on)
  const rows = await tx.$queryRaw<{ id: string; fullName: string }[]>(
    unitId
      ? Prisma.sql`SELECT DISTINCT p.id, p.full_name AS "fullName" FROM person p WHERE EXISTS (
          SELECT FROM unit_subtree(${unitId}::uuid, ${day}::date) s WHERE
            EXISTS (SELECT FROM membership m WHERE m.person_id = p.id AND m.cell_id = s.unit_id
              AND m.starts_on <= ${day} AND (m.ends_on IS NULL OR m.ends_on > ${day}))
            OR EXISTS (SELECT FROM appointment a WHERE a.person_id = p.id AND a.unit_id = s.unit_id
              AND a.starts_on <= ${day} AND (a.ends_on IS NULL OR a.ends_on > ${day})))`
      : Prisma.sql`SELECT p.id, p.full_name AS "fullName" FROM person p WHERE EXISTS (
          SELECT FROM appointment a WHERE a.person_id = p.id AND a.unit_id IS NULL)`,
  )
  return rows.filter((one) => fold(one.fullName) === fold(fullName)).map((one) => one.id)
}

/**
 * Gives somebody a role from a day on. A name that nobody under the unit has is a new person (office staff stand in no
 * roster). Throws `organization.error.two-of-one-name`, `organization.error.appointed-already`.
 */
export async function appointByName(tx: Tx, now: Date, wanted: Appointing): Promise<void> {
  const { unitId, role, from } = wanted
  const [known, ...others] = await listNamed(tx, { ...wanted, on: from })
  if (others.length > 0) throw new AppError('organization.error.two-of-one-name')
  const personId = known ?? newId()
  if (!known) await tx.person.create({ data: { id: personId, fullName: nfc(wanted.fullName).trim(), createdAt: now } })
  const day = toDateColumn(from)
  const held = await tx.appointment.count({
    where: { personId, unitId, role, ...endsAfter(from) },
  })
  if (held > 0) throw new AppError('organization.error.appointed-already')
  await tx.appointment.create({ data: { id: newId(), personId, unitId, role, startsOn: day } })
}

/** The one person of that name under a unit. Throws `organization.error.nobody`, `organization.error.two-of-one-name`. */
export async function getPersonNamed(tx: Tx, named: Named): Promise<string> {
  const [only, ...others] = await listNamed(tx, named)
  if (!only) throw new AppError('organization.error.nobody')
  if (others.length > 0) throw new AppError('organization.error.two-of-one-name')
  return only
}
