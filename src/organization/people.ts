import { byGivenName } from '../core/text.js'
import type { Tx } from '../database/client.js'

/** What is personal about somebody. */
export type PersonalText = Readonly<{
  id: string
  fullName: string
  birthDate: Date | null
  birthYear: number | null
  phone: string | null
}>

/** The one place that reads names, phones and dates of birth, so that keeping them encrypted later changes one file. */
export const listPersonalText = async (tx: Tx, ids: readonly string[]): Promise<PersonalText[]> => {
  const people = await tx.person.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, fullName: true, birthDate: true, birthYear: true, phone: true },
  })
  return people.sort((a, b) => byGivenName(a.fullName, b.fullName))
}

/** Names by person id. */
export const namesOf = async (tx: Tx, ids: readonly string[]): Promise<Map<string, string>> =>
  new Map((await listPersonalText(tx, ids)).map((one) => [one.id, one.fullName]))
