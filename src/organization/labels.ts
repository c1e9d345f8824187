import { type PlainDate, toDateColumn } from '../core/dates.js'
import { fold } from '../core/text.js'
import type { Tx } from '../database/client.js'

type Named = Readonly<{ personId: string; fullName: string }>

/** Those who share their name, written whichever way, with somebody else of the list. */
function namesakesOf(people: readonly Named[]): string[] {
  const byName = new Map<string, string[]>()
  for (const { personId, fullName } of people)
    byName.set(fold(fullName), [...(byName.get(fold(fullName)) ?? []), personId])
  return [...byName.values()].filter((ids) => ids.length > 1).flat()
}

/** The year of birth, else the group inside the cell on that day. */
async function readMarks(tx: Tx, cellId: string, day: PlainDate, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.person.findMany({
    where: { id: { in: [...ids] } },
    select: {
      id: true,
      birthYear: true,
      memberships: { where: { cellId, startsOn: { lte: toDateColumn(day) } }, orderBy: { startsOn: 'desc' }, take: 1 },
    },
  })
  return new Map(rows.map((row) => [row.id, String(row.birthYear ?? row.memberships[0]?.section ?? '')]))
}

/** How people of a cell are called in a list: by name, and by what tells them apart where several have the same. */
export async function labelsOf(
  tx: Tx,
  { cellId, day }: Readonly<{ cellId: string; day: PlainDate }>,
  people: readonly Named[],
): Promise<Map<string, string>> {
  const namesakes = namesakesOf(people)
  const marks = namesakes.length > 0 ? await readMarks(tx, cellId, day, namesakes) : new Map<string, string>()
  return new Map(
    people.map(({ personId, fullName }) => {
      const mark = marks.get(personId)
      return [personId, mark ? `${fullName} (${mark})` : fullName]
    }),
  )
}
