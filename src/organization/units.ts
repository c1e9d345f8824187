import { type PlainDate, toDateColumn, type Zone } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { newId } from '../core/ids.js'
import { fold, nfc } from '../core/text.js'
import { Prisma, type Tx } from '../database/client.js'
import type { Unit } from '../database/generated/client.js'
import type { ExemptionKind, UnitKind } from '../database/generated/enums.js'
import { endsAfter, holdsOn } from './periods.js'

/** Units, where they stand and who belongs to them, each from–to, half-open. Days are calendar days of the unit's zone. */

/** Rows that share a day with `[from, to)`. */
const overlaps = (from: PlainDate, to: PlainDate | null) => ({
  ...(to ? { startsOn: { lt: toDateColumn(to) } } : {}),
  ...endsAfter(from),
})

/** A unit that exists on that day. Throws `organization.error.no-unit` or `organization.error.dissolved`. */
export async function getUnitOn(tx: Tx, unitId: string, day: PlainDate): Promise<Unit> {
  const unit = await tx.unit.findUnique({ where: { id: unitId } })
  if (!unit) throw new AppError('organization.error.no-unit')
  if (unit.dissolvedOn && unit.dissolvedOn <= toDateColumn(day)) throw new AppError('organization.error.dissolved')
  return unit
}

/** Units of that name (accents and case aside) that exist on the day. */
export const findUnitsByName = (tx: Tx, name: string, day: PlainDate): Promise<Unit[]> =>
  tx.unit.findMany({
    where: { nameKey: fold(name), OR: [{ dissolvedOn: null }, { dissolvedOn: { gt: toDateColumn(day) } }] },
    orderBy: { createdAt: 'asc' },
  })

export type NewUnit = Readonly<{
  name: string
  kind: UnitKind
  zone: Zone
  /** Null: it stands at the top. */
  parentId: string | null
  startsOn: PlainDate
}>

export async function createUnit(tx: Tx, now: Date, wanted: NewUnit): Promise<string> {
  const { kind, zone, parentId, startsOn } = wanted
  const id = newId()
  const name = nfc(wanted.name).trim()
  await tx.unit.create({ data: { id, kind, name, nameKey: fold(name), zone, createdAt: now } })
  if (parentId) await placeUnit(tx, { unitId: id, parentId, startsOn })
  return id
}

type Placement = Readonly<{ unitId: string; parentId: string; startsOn: PlainDate }>

/** From `startsOn` the unit stands under `parentId`; where it stood before ends that day and stays in the history. */
export async function placeUnit(tx: Tx, { unitId, parentId, startsOn }: Placement): Promise<void> {
  await getUnitOn(tx, unitId, startsOn)
  const parent = await getUnitOn(tx, parentId, startsOn)
  if (parent.kind === 'cell') throw new AppError('organization.error.cell-above')
  const day = toDateColumn(startsOn)
  const circle = await tx.$queryRaw<object[]>(
    Prisma.sql`SELECT 1 FROM unit_path(${parentId}::uuid, ${day}::date) WHERE unit_id = ${unitId}::uuid`,
  )
  if (circle.length > 0) throw new AppError('organization.error.circle')
  const later = await tx.unitPlacement.count({ where: { unitId, startsOn: { gte: day } } })
  if (later > 0) throw new AppError('organization.error.overlap')
  await tx.unitPlacement.updateMany({ where: { unitId, ...holdsOn(startsOn) }, data: { endsOn: day } })
  await tx.unitPlacement.create({ data: { id: newId(), unitId, parentId, startsOn: day } })
}

/**
 * `on` is the first day without the unit. Its placement, memberships and appointments end that day; every row stays,
 * so last year's digest still finds it. What stands below, or begins later, is to be settled first.
 */
export async function dissolveUnit(tx: Tx, unitId: string, on: PlainDate): Promise<void> {
  await getUnitOn(tx, unitId, on)
  const day = toDateColumn(on)
  const below = await tx.unitPlacement.count({ where: { parentId: unitId, ...overlaps(on, null) } })
  if (below > 0) throw new AppError('organization.error.has-units')
  const later = { startsOn: { gte: day } }
  const memberships = await tx.membership.count({ where: { cellId: unitId, ...later } })
  const appointments = await tx.appointment.count({ where: { unitId, ...later } })
  if (memberships + appointments > 0) throw new AppError('organization.error.begins-later')
  const open = overlaps(on, null)
  await tx.unit.update({ where: { id: unitId }, data: { dissolvedOn: day } })
  await tx.unitPlacement.updateMany({ where: { unitId, ...open }, data: { endsOn: day } })
  await tx.membership.updateMany({ where: { cellId: unitId, ...open }, data: { endsOn: day } })
  await tx.appointment.updateMany({ where: { unitId, ...open }, data: { endsOn: day } })
}

const getCellOn = async (tx: Tx, cellId: string, day: PlainDate): Promise<Unit> => {
  const unit = await getUnitOn(tx, cellId, day)
  if (unit.kind !== 'cell') throw new AppError('organization.error.no-cell')
  return unit
}

/** Roles inside a cell that nobody holds who has left it. */
const CELL_ROLES = ['secretary', 'deputy', 'cell_committee'] as const

/** The home membership (and the roles in that cell) end on `on`, the new cell's begins that day. */
export async function transferMember(tx: Tx, personId: string, cellId: string, on: PlainDate): Promise<void> {
  await getCellOn(tx, cellId, on)
  const day = toDateColumn(on)
  const homes = await tx.membership.findMany({ where: { personId, kind: 'home', ...overlaps(on, null) } })
  if (homes.some((one) => one.startsOn >= day || one.cellId === cellId))
    throw new AppError('organization.error.overlap')
  for (const { id, cellId: left } of homes) {
    await tx.membership.update({ where: { id }, data: { endsOn: day } })
    await tx.appointment.updateMany({
      where: { personId, unitId: left, role: { in: [...CELL_ROLES] }, startsOn: { lt: day }, ...overlaps(on, null) },
      data: { endsOn: day },
    })
  }
  await beginMembership(tx, { personId, cellId, kind: 'home', from: on, to: null })
}

type Period = Readonly<{ from: PlainDate; to: PlainDate | null }>

const checkPeriod = ({ from, to }: Period): void => {
  if (to && to <= from) throw new AppError('organization.error.period')
}

const columnsOf = ({ from, to }: Period) => ({ startsOn: toDateColumn(from), endsOn: to ? toDateColumn(to) : null })

async function beginMembership(
  tx: Tx,
  wanted: Period & Readonly<{ personId: string; cellId: string; kind: 'home' | 'temporary' }>,
): Promise<void> {
  const { personId, cellId, kind, from, to } = wanted
  const taken = await tx.membership.count({ where: { personId, cellId, ...overlaps(from, to) } })
  if (taken > 0) throw new AppError('organization.error.overlap')
  await tx.membership.create({ data: { id: newId(), personId, cellId, kind, ...columnsOf(wanted) } })
}

/** Attends another cell from `from` to the day before `to`; the home membership goes on. */
export async function attachTemporarily(
  tx: Tx,
  wanted: Period & Readonly<{ personId: string; cellId: string }>,
): Promise<void> {
  checkPeriod(wanted)
  await getCellOn(tx, wanted.cellId, wanted.from)
  await beginMembership(tx, { ...wanted, kind: 'temporary' })
}

/** Outside the denominator from `from` to the day before `to`. */
export async function exempt(
  tx: Tx,
  wanted: Period & Readonly<{ personId: string; kind: ExemptionKind }>,
): Promise<void> {
  checkPeriod(wanted)
  const { personId, kind, from, to } = wanted
  const taken = await tx.exemption.count({ where: { personId, kind, ...overlaps(from, to) } })
  if (taken > 0) throw new AppError('organization.error.overlap')
  await tx.exemption.create({ data: { id: newId(), personId, kind, ...columnsOf(wanted) } })
}
