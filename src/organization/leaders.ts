import type { PlainDate } from '../core/dates.js'
import type { Tx } from '../database/client.js'
import { holdsOn } from './periods.js'

export type Leader = Readonly<{ personId: string; name: string; role: 'secretary' | 'deputy' }>

/** Who leads the cell on that day, the secretary first; who holds both roles is listed as the secretary. */
export async function listCellLeaders(tx: Tx, cellId: string, day: PlainDate): Promise<Leader[]> {
  const rows = await tx.appointment.findMany({
    where: { unitId: cellId, role: { in: ['secretary', 'deputy'] }, ...holdsOn(day) },
    select: { personId: true, role: true, person: { select: { fullName: true } } },
    orderBy: [{ role: 'asc' }, { startsOn: 'asc' }],
    distinct: ['personId'],
  })
  return rows.map(({ personId, role, person }) => ({
    personId,
    name: person.fullName,
    role: role === 'deputy' ? 'deputy' : 'secretary',
  }))
}

/** Who answers for the cell on that day: its secretary, where there is none its deputy. */
export const findLeader = async (tx: Tx, cellId: string, day: PlainDate): Promise<string | null> =>
  (await listCellLeaders(tx, cellId, day))[0]?.personId ?? null
