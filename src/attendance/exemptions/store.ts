import { fromDateColumn, type PlainDate, toDateColumn } from '../../core/dates.js'
import { byGivenName } from '../../core/text.js'
import type { Tx } from '../../database/client.js'
import type { ExemptionKind } from '../../database/generated/enums.js'
import { labelsOf } from '../../organization/labels.js'
import { endsAfter, holdsOn } from '../../organization/periods.js'

/** Somebody of the cell; `label` tells people of one name apart by year of birth or section. */
export type CellMember = Readonly<{ personId: string; fullName: string; label: string }>

export async function listCellMembers(tx: Tx, cellId: string, today: PlainDate): Promise<CellMember[]> {
  const rows = await tx.membership.findMany({
    where: { cellId, ...holdsOn(today) },
    select: { person: { select: { id: true, fullName: true } } },
  })
  const people = rows.map(({ person }) => ({ personId: person.id, fullName: person.fullName }))
  const labels = await labelsOf(tx, { cellId, day: today }, people)
  return people
    .map((one) => ({ ...one, label: labels.get(one.personId) ?? one.fullName }))
    .sort((a, b) => byGivenName(a.fullName, b.fullName) || byGivenName(a.label, b.label))
}

/** An exemption that is not over on that day; `endsOn`: the first day on which it no longer holds. */
export type Exempted = Readonly<{
  id: string
  personId: string
  label: string
  kind: ExemptionKind
  from: PlainDate
  endsOn: PlainDate | null
}>

export async function listExempted(tx: Tx, cellId: string, today: PlainDate): Promise<Exempted[]> {
  const members = await listCellMembers(tx, cellId, today)
  const labels = new Map(members.map((one) => [one.personId, one.label]))
  const rows = await tx.exemption.findMany({
    where: {
      personId: { in: [...labels.keys()] },
      ...endsAfter(today),
    },
    orderBy: { startsOn: 'asc' },
  })
  return rows.map(({ id, personId, kind, startsOn, endsOn }) => ({
    id,
    personId,
    kind,
    label: labels.get(personId) ?? '',
    from: fromDateColumn(startsOn),
    endsOn: endsOn && fromDateColumn(endsOn),
  }))
}

/** Ends it from today on; one that has not begun never was: nothing may end on the day it starts. */
export async function endExemption(tx: Tx, one: Exempted, today: PlainDate): Promise<void> {
  if (one.from >= today) await tx.exemption.delete({ where: { id: one.id } })
  else await tx.exemption.update({ where: { id: one.id }, data: { endsOn: toDateColumn(today) } })
}
