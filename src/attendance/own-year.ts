import { fromDateColumn, monthOf, type PlainDate, toDateColumn } from '../core/dates.js'
import { Prisma, type Tx } from '../database/client.js'
import type { MarkState } from '../database/generated/enums.js'
import { type Rate, tally } from './counting.js'

/** One meeting of somebody's cell whose roll-call is confirmed; null: held, and not counted for them (exempt, special duty). */
export type YearMark = Readonly<{ day: PlainDate; state: MarkState | null }>

/**
 * What confirmed roll-calls of a calendar year say of one person, in the cells to which they belonged on each day. A
 * sheet that is open, or opened again, says nothing. Meetings of the cell committee are no part of a member's duty.
 */
export async function listOwnYear(tx: Tx, personId: string, year: number): Promise<YearMark[]> {
  const [from, to] = [`${year}-01-01`, `${year + 1}-01-01`].map((day) => toDateColumn(day as PlainDate))
  const rows = await tx.$queryRaw<{ day: Date; state: MarkState | null }[]>(Prisma.sql`
    SELECT m.day, mark.state FROM meeting m JOIN roll_call r ON r.meeting_id = m.id AND r.confirmed_at IS NOT NULL
    LEFT JOIN roll_call_mark mark ON mark.meeting_id = m.id AND mark.person_id = ${personId}::uuid
    WHERE m.state = 'planned' AND m.kind <> 'cell_committee' AND m.day >= ${from} AND m.day < ${to}
      AND m.cell_id IN (SELECT cell_id FROM membership WHERE person_id = ${personId}::uuid)
      AND (mark.person_id IS NOT NULL
        OR EXISTS (SELECT FROM cell_roster(m.cell_id, m.day) c WHERE c.person_id = ${personId}::uuid))
    ORDER BY m.starts_at`)
  return rows.map((row) => ({ day: fromDateColumn(row.day), state: row.state }))
}

export type OwnMonth = Readonly<{
  month: number
  marks: readonly Readonly<{ state: MarkState | null; count: number }>[]
}>
export type OwnYear = Readonly<{ months: readonly OwnMonth[]; rate: Rate; notCounted: number }>

/** By month, and the share of the meetings that count: "present, late or online of those who were to attend". */
export function ownYearOf(marks: readonly YearMark[]): OwnYear {
  const months = [...new Set(marks.map(({ day }) => monthOf(day)))]
  const counted = marks.flatMap(({ state }) => (state ? [state] : []))
  return {
    months: months.map((month) => ({
      month,
      marks: countStates(marks.filter(({ day }) => monthOf(day) === month).map(({ state }) => state)),
    })),
    rate: tally(counted).rate,
    notCounted: marks.length - counted.length,
  }
}

const countStates = (states: readonly (MarkState | null)[]) =>
  [...new Set(states)].map((state) => ({ state, count: states.filter((one) => one === state).length }))
