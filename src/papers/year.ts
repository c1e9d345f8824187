import { type Standing, standingOn } from '../attendance/counting.js'
import { fromDateColumn, type PlainDate, yearOf } from '../core/dates.js'
import { byGivenName } from '../core/text.js'
import { Prisma, type Tx } from '../database/client.js'
import type { MarkState, ReasonKind } from '../database/generated/enums.js'
import { type Issuer, readIssuer } from '../meetings/issuer.js'
import type { Meeting } from '../meetings/store.js'
import { labelsOf } from '../organization/labels.js'
import { listHeldIn } from './store.js'

/** What a member's field of one meeting says; `outside` the denominator, or not of the cell that day: null. */
export type YearMark = Readonly<{ state: MarkState; reasonKind: ReasonKind | null }> | 'exempt' | 'special_duty' | null

export type YearRow = Readonly<{
  name: string
  /** On the day of the year's last meeting. */
  standing: Standing
  /** One for each meeting, in their order. */
  marks: readonly YearMark[]
}>

/** A cell's confirmed roll-calls of one year, the earliest first. */
export type Year = Readonly<{
  issuer: Issuer
  year: number
  meetings: readonly Pick<Meeting, 'kind' | 'day' | 'time'>[]
  rows: readonly YearRow[]
}>

type Listed = { meetingId: string; personId: string; exempt: boolean; specialDuty: boolean }

/** Everybody on the cell's list of each meeting's own day: transfers and exemptions as they were. */
const readLists = (tx: Tx, meetingIds: readonly string[]): Promise<Listed[]> =>
  tx.$queryRaw(Prisma.sql`
    SELECT m.id AS "meetingId", r.person_id AS "personId", r.exempt, r.special_duty AS "specialDuty"
    FROM meeting m CROSS JOIN LATERAL cell_roster(m.cell_id, m.day) r WHERE m.id = ANY(${[...meetingIds]}::uuid[])`)

const readPeople = (tx: Tx, ids: readonly string[]) =>
  tx.person.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, fullName: true, admittedOn: true, fullOn: true },
  })

type Person = Awaited<ReturnType<typeof readPeople>>[number]

const standingOf = ({ admittedOn, fullOn }: Person, day: PlainDate): Standing =>
  standingOn({ admittedOn: admittedOn && fromDateColumn(admittedOn), fullOn: fullOn && fromDateColumn(fullOn) }, day)

/** The year of that meeting, of its cell. */
export async function readYear(tx: Tx, meeting: Meeting, now: Date): Promise<Year> {
  const year = yearOf(meeting.day)
  const meetings = await listHeldIn(tx, meeting.cellId, year)
  const ids = meetings.map((one) => one.id)
  const marks = await tx.rollCallMark.findMany({ where: { meetingId: { in: ids } } })
  const lists = await readLists(tx, ids)
  const key = (one: { meetingId: string; personId: string }): string => `${one.meetingId} ${one.personId}`
  const marked = new Map(marks.map((one) => [key(one), one]))
  const listed = new Map(lists.map((one) => [key(one), one]))
  const people = await readPeople(tx, [...new Set([...marks, ...lists].map((one) => one.personId))])
  const markOf = (meetingId: string, personId: string): YearMark => {
    const mark = marked.get(key({ meetingId, personId }))
    if (mark) return { state: mark.state, reasonKind: mark.reasonKind }
    const one = listed.get(key({ meetingId, personId }))
    return one?.exempt ? 'exempt' : one?.specialDuty ? 'special_duty' : null
  }
  const last = meetings.at(-1)?.day ?? meeting.day
  const named = people.map((one) => ({ personId: one.id, fullName: one.fullName }))
  const labels = await labelsOf(tx, { cellId: meeting.cellId, day: last }, named)
  return {
    issuer: await readIssuer(tx, meeting, now),
    year,
    meetings,
    rows: people
      .map((person) => ({
        name: labels.get(person.id) ?? person.fullName,
        standing: standingOf(person, last),
        marks: ids.map((id) => markOf(id, person.id)),
      }))
      .sort((a, b) => byGivenName(a.name, b.name)),
  }
}
