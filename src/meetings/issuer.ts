import { dateIn, toDateColumn } from '../core/dates.js'
import type { Tx } from '../database/client.js'
import { listUnitPath } from '../organization/identity.js'
import { getCell } from './cell.js'
import type { Meeting } from './store.js'

/** Who issues a paper, on the day it is issued. */
export type Issuer = Readonly<{ unit: string; superior: string | null }>

export async function readIssuer(tx: Tx, meeting: Pick<Meeting, 'cellId'>, now: Date): Promise<Issuer> {
  const cell = await getCell(tx, meeting.cellId)
  const [, above] = await listUnitPath(tx, meeting.cellId, toDateColumn(dateIn(now, cell.zone)))
  const superior = above ? await tx.unit.findUnique({ where: { id: above }, select: { name: true } }) : null
  return { unit: cell.name, superior: superior?.name ?? null }
}
