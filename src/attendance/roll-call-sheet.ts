import { fromDateColumn } from '../core/dates.js'
import { byGivenName } from '../core/text.js'
import type { Tx } from '../database/client.js'
import type { RollCall } from '../database/generated/client.js'
import type { Meeting } from '../meetings/store.js'
import { listMembers } from './answers-members.js'
import { type Standing, standingOn } from './counting.js'
import { type Guest, listGuests } from './guests.js'
import { listOpenObjections } from './objections/store.js'
import { lockRollCall, type Mark, proposeMarks } from './roll-call-store.js'

export type SheetLine = Mark &
  Readonly<{ fullName: string; label: string; standing: Standing; proposed: boolean; feePaid: boolean }>

/** A meeting's roll-call as it stands, sorted by given name. */
export type Sheet = Readonly<{
  meeting: Meeting
  lines: readonly SheetLine[]
  guests: readonly Guest[]
  confirmed: Readonly<{ at: Date; by: string }> | null
  /** Who touched it last. */
  last: Readonly<{ at: Date; by: string }> | null
  /** How often it was corrected after its first confirmation. */
  corrections: number
  version: number
  /** Members who say that their confirmed mark is wrong, and wait for a decision. */
  objections: readonly { id: string; personId: string; label: string }[]
  /** Whether the cell wants the absent told, and when they were. */
  tellsAbsent: boolean
  releasedAt: Date | null
}>

const readPeople = async (tx: Tx, ids: readonly string[]) => {
  const rows = await tx.person.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, fullName: true, admittedOn: true, fullOn: true },
  })
  return new Map(rows.map((row) => [row.id, row]))
}

async function readLines(
  tx: Tx,
  meeting: Meeting,
  labels: ReadonlyMap<string, string>,
  only: ReadonlySet<string> | null,
) {
  const all = await tx.rollCallMark.findMany({ where: { meetingId: meeting.id } })
  const marks = all.filter((mark) => !only || only.has(mark.personId))
  const people = await readPeople(
    tx,
    marks.map((mark) => mark.personId),
  )
  return marks
    .flatMap(({ personId, state, reasonKind, proposed, feePaid }) => {
      const person = people.get(personId)
      if (!person) return []
      const standing = standingOn(
        {
          admittedOn: person.admittedOn && fromDateColumn(person.admittedOn),
          fullOn: person.fullOn && fromDateColumn(person.fullOn),
        },
        meeting.day,
      )
      const { fullName } = person
      return [
        { personId, state, reasonKind, proposed, feePaid, standing, fullName, label: labels.get(personId) ?? fullName },
      ]
    })
    .sort((a, b) => byGivenName(a.fullName, b.fullName) || byGivenName(a.label, b.label))
}

async function readHistory(tx: Tx, row: RollCall): Promise<Pick<Sheet, 'confirmed' | 'last' | 'corrections'>> {
  const { meetingId } = row
  const last = await tx.rollCallEvent.findFirst({
    where: { meetingId, personId: { not: null } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
  })
  const wholes = await tx.rollCallEvent.count({ where: { meetingId, personId: null } })
  const people = await readPeople(
    tx,
    [last?.byId, row.confirmedById].filter((id) => typeof id === 'string'),
  )
  const nameOf = (id: string) => people.get(id)?.fullName ?? ''
  return {
    last: last && { at: last.at, by: nameOf(last.byId) },
    confirmed: row.confirmedAt && row.confirmedById ? { at: row.confirmedAt, by: nameOf(row.confirmedById) } : null,
    // Confirmed, opened again, confirmed, …: every second one opened it.
    corrections: Math.floor(wholes / 2),
  }
}

/**
 * Reads and locks the sheet. An open one follows the cell's list of the meeting's day: who joined it since the start
 * appears, who left it does not. A confirmed one is a fact and stays as it was confirmed.
 */
export async function openSheet(tx: Tx, meeting: Meeting): Promise<Sheet> {
  const row = await lockRollCall(tx, meeting)
  const members = await listMembers(tx, meeting)
  const asked = members.filter((one) => one.asked).map((one) => one.personId)
  if (!row.confirmedAt) await proposeMarks(tx, meeting.id, asked, row.openedAt === null)
  const labels = new Map(members.map((one) => [one.personId, one.label]))
  const lines = await readLines(tx, meeting, labels, row.confirmedAt ? null : new Set(asked))
  const policy = await tx.attendancePolicy.findUnique({ where: { cellId: meeting.cellId } })
  const labelOf = (personId: string) => lines.find((one) => one.personId === personId)?.label ?? ''
  return {
    meeting,
    lines,
    objections: (await listOpenObjections(tx, meeting.id)).map((one) => ({ ...one, label: labelOf(one.personId) })),
    tellsAbsent: policy?.tellsAbsent ?? false,
    releasedAt: row.releasedAt,
    guests: await listGuests(tx, meeting.id),
    version: row.version,
    ...(await readHistory(tx, row)),
  }
}
