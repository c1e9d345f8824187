import { z } from 'zod'
import { fromDateColumn, type PlainDate, toDateColumn } from '../core/dates.js'
import { newId } from '../core/ids.js'
import { Prisma, type Tx } from '../database/client.js'
import type { Score as Row } from '../database/generated/client.js'
import { lockCell } from '../meetings/cell.js'
import { findMeeting, type Meeting } from '../meetings/store.js'
import { findNearest } from '../organization/nearest.js'
import { type Filled, type From, fill, type Known, readKnown } from './known.js'
import {
  DEFAULT_SHEETS,
  DEFAULT_VERSION,
  type Grade,
  gradeOf,
  type SheetData,
  type SheetLine,
  sheetSchema,
} from './sheets.js'

/** A sheet in one of its versions. `id` null: the default one. */
export type ScoreSheet = SheetData & Readonly<{ id: string | null; version: number }>

/** One line with what it has. `by`: null while it is open. `beside`: what is known and gives no points. */
export type ScoreRow = Pick<SheetLine, 'key' | 'name' | 'max'> &
  Readonly<{
    points: number | null
    by: 'known' | 'hand' | null
    /** What the points are from, where nobody gave them. */
    from: From | null
    beside: From | null
    /** What the bot would fill in today, where that is another number than it once filled in. */
    today: number | null
  }>

/** A meeting's score as it stands, in the sheet's order. */
export type Score = Readonly<{
  meetingId: string
  sheet: ScoreSheet
  rows: readonly ScoreRow[]
  /** Null while a line is open. */
  total: number | null
  grade: Grade | null
  completedAt: Date | null
  completedById: string | null
  version: number
}>

const sourceSchema = z.object({ key: z.string(), params: z.record(z.string(), z.json()) })
const pointsSchema = z.record(
  z.string(),
  z.object({
    points: z.int(),
    by: z.enum(['known', 'hand']),
    from: sourceSchema.nullable(),
    /** What was known beside it when the score was completed: some of it ends after 90 days. */
    beside: sourceSchema.nullable().optional(),
  }),
)
type Points = z.infer<typeof pointsSchema>

const defaultSheet = (version: number): ScoreSheet => ({
  ...(DEFAULT_SHEETS[version] ?? (DEFAULT_SHEETS[DEFAULT_VERSION] as SheetData)),
  id: null,
  version,
})

const toSheet = (row: { id: string; version: number; data: unknown }): ScoreSheet => ({
  ...sheetSchema.parse(row.data),
  id: row.id,
  version: row.version,
})

/** The sheet of a unit on that day: its own, else of the nearest unit above it, in the newest version; else the default one. */
export async function findSheet(tx: Tx, unitId: string, day: PlainDate): Promise<ScoreSheet> {
  const newest = Prisma.sql`
    SELECT DISTINCT ON (unit_id) unit_id, id, version, data FROM score_sheet ORDER BY unit_id, version DESC`
  const row = await findNearest<{ id: string; version: number; data: unknown }>(tx, unitId, day, newest)
  return row ? toSheet(row) : defaultSheet(DEFAULT_VERSION)
}

/** A new version for everything under the unit; scores that were given keep theirs. Returns its version. */
export async function recordSheet(
  tx: Tx,
  unitId: string,
  data: SheetData,
  how: { byId: string; now: Date },
): Promise<number> {
  await lockCell(tx, unitId)
  const last = await tx.scoreSheet.aggregate({ _max: { version: true }, where: { unitId } })
  const version = (last._max.version ?? 0) + 1
  await tx.scoreSheet.create({
    data: { id: newId(), unitId, version, data: sheetSchema.parse(data), setById: how.byId, setAt: how.now },
  })
  return version
}

async function sheetOf(tx: Tx, meeting: Meeting, row: Row | null): Promise<ScoreSheet> {
  if (!row) return findSheet(tx, meeting.cellId, meeting.day)
  if (!row.sheetId) return defaultSheet(row.sheetVersion)
  return toSheet(await tx.scoreSheet.findUniqueOrThrow({ where: { id: row.sheetId } }))
}

function rowOf({ key, name, max, from, beside }: SheetLine, points: Points, known: Known): ScoreRow {
  const filled: Filled | null = from && fill(from, max, known)
  const note = beside ? (fill(beside, max, known)?.from ?? null) : null
  const base = { key, name, max, today: null }
  // What is known helps whoever gives the points, also where it gives none.
  const shown = filled?.from ?? note
  const given = points[key]
  if (given) {
    const differs = given.by === 'known' && filled?.points !== given.points
    const kept = given.beside === undefined ? (given.by === 'hand' ? shown : note) : given.beside
    const sources = { from: given.from as From | null, beside: kept as From | null }
    return { ...base, points: given.points, by: given.by, ...sources, today: differs ? (filled?.points ?? null) : null }
  }
  if (filled?.points != null) return { ...base, points: filled.points, by: 'known', from: filled.from, beside: note }
  return { ...base, points: null, by: null, from: null, beside: shown }
}

const totalOf = (rows: readonly ScoreRow[]): number | null =>
  rows.some((one) => one.points === null) ? null : rows.reduce((sum, one) => sum + (one.points ?? 0), 0)

/** The score as it stands: what was given, else what is known. Nothing is stored by looking. */
export async function readScore(tx: Tx, meeting: Meeting): Promise<Score> {
  const row = await tx.score.findUnique({ where: { meetingId: meeting.id } })
  const sheet = await sheetOf(tx, meeting, row)
  const points = row ? pointsSchema.parse(row.points) : {}
  const known = await readKnown(tx, meeting)
  const rows = sheet.lines.map((one) => rowOf(one, points, known))
  const total = row?.completedAt ? row.total : totalOf(rows)
  return {
    meetingId: meeting.id,
    sheet,
    rows,
    total,
    grade: total === null ? null : gradeOf(sheet.from, total),
    completedAt: row?.completedAt ?? null,
    completedById: row?.completedById ?? null,
    version: row?.version ?? 0,
  }
}

/** For papers: a meeting's score, complete or not. Null: there is no such meeting. */
export async function findScore(tx: Tx, meetingId: string): Promise<Score | null> {
  const meeting = await findMeeting(tx, meetingId)
  return meeting && readScore(tx, meeting)
}

async function lockScore(tx: Tx, meeting: Meeting): Promise<void> {
  const { id, version } = await sheetOf(tx, meeting, null)
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO score (meeting_id, sheet_id, sheet_version, points, version)
    VALUES (${meeting.id}::uuid, ${id}::uuid, ${version}, '{}', 0) ON CONFLICT (meeting_id) DO NOTHING`)
  await tx.$queryRaw(Prisma.sql`SELECT 1 FROM score WHERE meeting_id = ${meeting.id}::uuid FOR UPDATE`)
}

export type Given = Readonly<Record<string, number>>

/**
 * Writes points that were given, if nobody changed the sheet since `version`. Once no line is open the score is complete,
 * with what is known as it is then; later points change it, each with its history. Null: another phone was faster.
 */
export async function recordPoints(
  tx: Tx,
  meeting: Meeting,
  given: Given,
  how: { byId: string; now: Date; version: number; refresh?: true },
): Promise<Score | null> {
  await lockScore(tx, meeting)
  const row = await tx.score.findUniqueOrThrow({ where: { meetingId: meeting.id } })
  if (row.version !== how.version) return null
  const before = pointsSchema.parse(row.points)
  const kept = how.refresh ? onlyGiven(before) : before
  const hand = Object.entries(given).map(([key, points]) => [key, { points, by: 'hand' as const, from: null }] as const)
  const points: Points = { ...kept, ...Object.fromEntries(hand) }
  const sheet = await sheetOf(tx, meeting, row)
  const known = await readKnown(tx, meeting)
  const rows = sheet.lines.map((one) => rowOf(one, points, known))
  const total = totalOf(rows)
  const all = total === null ? points : Object.fromEntries(rows.map(({ key, ...one }) => [key, frozen(one)]))
  const complete = total !== null
  await tx.score.update({
    where: { meetingId: meeting.id },
    data: {
      points: all,
      total,
      grade: complete ? gradeOf(sheet.from, total) : null,
      completedAt: complete ? (row.completedAt ?? how.now) : null,
      completedById: complete ? how.byId : null,
      version: { increment: 1 },
    },
  })
  const event = (key: string | null, value: number | null) => ({
    id: newId(),
    meetingId: meeting.id,
    key,
    points: value,
    byId: how.byId,
    at: how.now,
  })
  await tx.scoreEvent.createMany({
    data: [
      ...Object.entries(given).map(([key, value]) => event(key, value)),
      ...(complete ? [event(null, total)] : []),
    ],
  })
  return readScore(tx, meeting)
}

const frozen = ({ points, by, from, beside }: Omit<ScoreRow, 'key'>) => ({
  points: points ?? 0,
  by: by ?? 'hand',
  from,
  beside,
})

export type YearScore = Readonly<{ meetingId: string; day: PlainDate; total: number; grade: Grade }>

/** Complete scores of a cell in a year, by day. */
export async function listYear(tx: Tx, cellId: string, year: number): Promise<YearScore[]> {
  const rows = await tx.$queryRaw<{ meetingId: string; day: Date; total: number; grade: Grade }[]>(Prisma.sql`
    SELECT s.meeting_id AS "meetingId", m.day, s.total, s.grade FROM score s JOIN meeting m ON m.id = s.meeting_id
    WHERE m.cell_id = ${cellId}::uuid AND s.completed_at IS NOT NULL
      AND m.day >= ${toDateColumn(`${year}-01-01` as PlainDate)} AND m.day < ${toDateColumn(`${year + 1}-01-01` as PlainDate)}
    ORDER BY m.day, m.time`)
  return rows.map((row) => ({ ...row, day: fromDateColumn(row.day) }))
}

export type ScoreChange = Readonly<{ key: string | null; points: number | null; byId: string; at: Date }>

/** What somebody gave, without what was known then. */
const onlyGiven = (points: Points): Points =>
  Object.fromEntries(
    Object.entries(points).flatMap(([key, { beside: _, ...one }]) => (one.by === 'hand' ? [[key, one]] : [])),
  )

/** What was given when and by whom, the newest first. */
export const listChanges = (tx: Tx, meetingId: string, limit: number): Promise<ScoreChange[]> =>
  tx.scoreEvent.findMany({
    where: { meetingId },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit,
    select: { key: true, points: true, byId: true, at: true },
  })
