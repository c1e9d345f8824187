import { addDays, dateIn, fromDateColumn, type PlainDate, toDateColumn, type Zone } from '../core/dates.js'
import { Prisma, type Tx } from '../database/client.js'
import type { Role } from '../database/generated/enums.js'
import { toSeries } from '../meetings/series.js'
import { findMeeting, toMeeting } from '../meetings/store.js'
import { endsAfter, holdsOn } from '../organization/periods.js'
import type { Feed, FeedMeeting, FeedSeries } from './calendar-text.js'

/** What lies further back is of no use in a phone. */
const DAYS_BACK = 400

/** A cell as one reader has it: from when to when it is theirs, and whether they take part in its committee's meetings. */
type Span = Readonly<{ cellId: string; cell: string; from: PlainDate; until: PlainDate | null; committee: boolean }>

const LEADING: readonly Role[] = ['secretary', 'deputy', 'cell_committee']

type Row = { cellId: string; cell: string; from: Date; until: Date | null; committee: boolean }

const later = (a: PlainDate, b: PlainDate): PlainDate => (a < b ? b : a)

const toSpan = (row: Row, earliest: PlainDate): Span => ({
  ...row,
  from: later(fromDateColumn(row.from), earliest),
  until: row.until ? fromDateColumn(row.until) : null,
})

/** The cells in which somebody is a member, now or later. None for somebody who has no live link: they withdrew. */
async function listOwn(tx: Tx, personId: string, today: PlainDate): Promise<Span[]> {
  const rows = await tx.$queryRaw<Row[]>(Prisma.sql`
    SELECT m.cell_id AS "cellId", unit.name AS cell, m.starts_on AS "from", m.ends_on AS until,
      EXISTS (SELECT FROM appointment a WHERE a.person_id = m.person_id AND a.unit_id = m.cell_id
        AND a.role = ANY(${[...LEADING]}::role[]) AND a.starts_on <= ${toDateColumn(today)}
        AND (a.ends_on IS NULL OR a.ends_on > ${toDateColumn(today)})) AS committee
    FROM membership m JOIN unit ON unit.id = m.cell_id
    WHERE m.person_id = ${personId}::uuid AND (m.ends_on IS NULL OR m.ends_on > ${toDateColumn(today)})
      AND EXISTS (SELECT FROM chat_link l WHERE l.person_id = m.person_id AND l.ended_at IS NULL)
    ORDER BY m.starts_on, m.id`)
  return rows.map((row) => toSpan(row, addDays(today, -DAYS_BACK)))
}

/** A cell for somebody who leads or follows it today; nothing for anybody else. */
async function listLed(tx: Tx, personId: string, cellId: string, today: PlainDate): Promise<Span[]> {
  const held = await tx.appointment.findMany({
    where: {
      personId,
      unitId: cellId,
      role: { in: [...LEADING, 'follower'] },
      ...holdsOn(today),
      person: { chatLinks: { some: { endedAt: null } } },
    },
    include: { unit: true },
  })
  const unit = held[0]?.unit
  if (!unit) return []
  const committee = held.some(({ role }) => LEADING.includes(role))
  return [{ cellId, cell: unit.name, from: addDays(today, -DAYS_BACK), until: null, committee }]
}

const earlier = (a: PlainDate | null, b: PlainDate | null): PlainDate | null => (a && b ? (a < b ? a : b) : (a ?? b))

async function listSeries(tx: Tx, span: Span): Promise<FeedSeries[]> {
  const rows = await tx.schedule.findMany({
    where: {
      cellId: span.cellId,
      ...(span.committee ? {} : { kind: { not: 'cell_committee' } }),
      ...endsAfter(span.from),
    },
    orderBy: { id: 'asc' },
  })
  return rows.map(toSeries).map((series) => ({
    series,
    cell: span.cell,
    from: later(series.startsOn, span.from),
    until: earlier(series.endsOn, span.until),
  }))
}

async function listMeetings(tx: Tx, span: Span): Promise<FeedMeeting[]> {
  const rows = await tx.meeting.findMany({
    where: {
      cellId: span.cellId,
      ...(span.committee ? {} : { kind: { not: 'cell_committee' } }),
      day: { gte: toDateColumn(span.from), ...(span.until ? { lt: toDateColumn(span.until) } : {}) },
    },
    orderBy: { startsAt: 'asc' },
  })
  return rows.map((row) => ({ meeting: toMeeting(row), cell: span.cell }))
}

/** What a feed shows now: its person's meetings, or those of a cell as long as they lead or follow it. */
export async function readFeed(
  tx: Tx,
  now: Date,
  of: Readonly<{ personId: string; cellId: string | null }>,
  zone: Zone,
): Promise<Omit<Feed, 'name'>> {
  const today = dateIn(now, zone)
  const spans = of.cellId ? await listLed(tx, of.personId, of.cellId, today) : await listOwn(tx, of.personId, today)
  const series: FeedSeries[] = []
  const meetings: FeedMeeting[] = []
  for (const span of spans) {
    series.push(...(await listSeries(tx, span)))
    meetings.push(...(await listMeetings(tx, span)))
  }
  return { series, meetings }
}

/** One meeting with its cell's name; null: there is none. */
export async function findEvent(tx: Tx, meetingId: string): Promise<FeedMeeting | null> {
  const meeting = await findMeeting(tx, meetingId)
  const unit = meeting && (await tx.unit.findUnique({ where: { id: meeting.cellId } }))
  return meeting && unit ? { meeting, cell: unit.name } : null
}
