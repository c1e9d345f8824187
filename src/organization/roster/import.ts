import { dateIn } from '../../core/dates.js'
import { AppError } from '../../core/errors.js'
import type { Tx } from '../../database/client.js'
import { getUnitOn } from '../units.js'
import { planRoster } from './plan-roster.js'
import type { RosterPlan } from './plan-types.js'
import { readRoster } from './read-roster.js'
import { applyPlan, readExisting } from './store.js'

export type RosterFile = Readonly<{ bytes: Uint8Array; fileName: string }>

/**
 * What importing a file into a unit would change now: a cell's own roster, or a committee's with the cells in it.
 * Writes nothing. Throws `organization.error.no-unit` and `organization.error.dissolved`.
 */
export async function planImport(tx: Tx, now: Date, unitId: string, file: RosterFile): Promise<RosterPlan> {
  const unit = await getUnitOn(tx, unitId, dateIn(now, await zoneOf(tx, unitId)))
  const today = dateIn(now, unit.zone)
  const reading = readRoster(file.bytes, file.fileName, today)
  const existing = await readExisting(tx, unitId, today)
  return planRoster(reading, existing, { today, ...(unit.kind === 'cell' ? { unitId } : {}) })
}

const zoneOf = async (tx: Tx, unitId: string): Promise<string> => {
  const unit = await tx.unit.findUnique({ where: { id: unitId }, select: { zone: true } })
  if (!unit) throw new AppError('organization.error.no-unit')
  return unit.zone
}

/** Plans anew and carries it out: what changed since somebody looked is seen, and twice changes nothing. */
export async function runImport(tx: Tx, now: Date, unitId: string, file: RosterFile): Promise<RosterPlan> {
  const plan = await planImport(tx, now, unitId, file)
  await applyPlan(tx, now, plan, await zoneOf(tx, unitId))
  return plan
}
