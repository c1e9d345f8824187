import { dateIn, fromDateColumn, type PlainDate, type Zone } from '../core/dates.js'
import { Prisma, type Tx } from '../database/client.js'
import type { Holidays } from './holidays.js'

/** The unit that meets. From `dissolvedOn` on it no longer exists. */
export type Cell = Readonly<{ id: string; name: string; zone: Zone; dissolvedOn: PlainDate | null }>

export async function getCell(tx: Tx, cellId: string): Promise<Cell> {
  const { id, name, zone, dissolvedOn } = await tx.unit.findUniqueOrThrow({ where: { id: cellId } })
  return { id, name, zone, dissolvedOn: dissolvedOn ? fromDateColumn(dissolvedOn) : null }
}

/** Today where the cell is. */
export const todayOf = async ({ tx, now }: Readonly<{ tx: Tx; now: Date }>, cellId: string): Promise<PlainDate> =>
  dateIn(now, (await getCell(tx, cellId)).zone)

/**
 * The cell, locked until the transaction ends: two people who plan for it at once go one after the other, so that the
 * second sees what the first has stored. NO KEY UPDATE, because every new row that points to the unit shares its key.
 */
export async function lockCell(tx: Tx, cellId: string): Promise<Cell> {
  await tx.$queryRaw(Prisma.sql`SELECT id FROM unit WHERE id = ${cellId}::uuid FOR NO KEY UPDATE`)
  return getCell(tx, cellId)
}

export const existsOn = (cell: Pick<Cell, 'dissolvedOn'>, day: PlainDate): boolean =>
  cell.dissolvedOn === null || day < cell.dissolvedOn

/** Public holidays and the office's own exceptions, as one question about a day. */
export type DaysOff = Readonly<{
  nameOf: (day: PlainDate) => { vi: string; en: string } | null
  isOff: (day: PlainDate) => boolean
}>

/** The calendar's package is loaded on the first question, not at the start of the service. */
export type LoadHolidays = () => Promise<Holidays>

export async function readDaysOff(tx: Tx, load: LoadHolidays): Promise<DaysOff> {
  const [holidays, rows] = await Promise.all([load(), tx.dayException.findMany()])
  const exceptions = rows.map((row) => ({ ...row, day: fromDateColumn(row.day) }))
  const nameOf = (day: PlainDate) => holidays.holidayOn(day, exceptions)
  return { nameOf, isOff: (day) => nameOf(day) !== null }
}
