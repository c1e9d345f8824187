import { listMembers } from '../attendance/answers-members.js'
import { type PlainDate, toDateColumn } from '../core/dates.js'
import type { Tx } from '../database/client.js'
import type { Meeting } from '../meetings/store.js'

export type Owner = Readonly<{ personId: string; fullName: string; label: string }>

/** Who attends the cell on that day, by given name; people of one name bear what tells them apart. */
export async function listOwners(tx: Tx, meeting: Meeting, day: PlainDate): Promise<Owner[]> {
  // Whoever the meeting concerned then, a task is for who is there now.
  const members = await listMembers(tx, { ...meeting, kind: 'regular', day })
  return members.map(({ personId, fullName, label }) => ({ personId, fullName, label }))
}

/** Who belonged to the cell once and does not attend it on that day. */
export async function listLeft(tx: Tx, cellId: string, here: readonly Owner[], day: PlainDate) {
  const rows = await tx.membership.findMany({
    where: {
      cellId,
      startsOn: { lte: toDateColumn(day) },
      personId: { notIn: here.map((one) => one.personId) },
    },
    select: { person: { select: { id: true, fullName: true } } },
    distinct: ['personId'],
  })
  return rows.map(({ person }) => ({ personId: person.id, fullName: person.fullName }))
}
