import { z } from 'zod'
import { type Command, type Context, command } from '../conversation/types.js'
import { DAY, dateIn, timeIn, yearOf } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { getCell } from '../meetings/cell.js'
import { createChoice } from '../meetings/create-choice.js'
import { getMeeting, listBegun, type Meeting } from '../meetings/store.js'
import { namesOf } from '../organization/people.js'
import { changesMessage, lineName, type ScoreData, sheetMessage, yearMessage } from './messages.js'
import { readPoints } from './read-points.js'
import { type Given, listChanges, listYear, readScore, recordPoints, type Score } from './store.js'

const records = { scope: 'unit', permission: 'score.record' } as const

/** Older meetings are scored on paper. */
const OFFERED_FOR = 45 * DAY

/** Meetings of members that began in the last weeks, the newest first. */
const listScored = async (ctx: Context, unitId: string): Promise<Meeting[]> => {
  const begun = await listBegun(ctx.tx, unitId, new Date(ctx.now.getTime() - OFFERED_FOR), ctx.now)
  return begun.filter((one) => one.kind !== 'cell_committee')
}

/** The one that was left without a complete score before this one; null: none. */
async function findUnscored(ctx: Context, meeting: Meeting): Promise<Pick<Meeting, 'id' | 'kind' | 'day'> | null> {
  const earlier = (await listScored(ctx, meeting.cellId)).filter((one) => one.startsAt < meeting.startsAt)
  const complete = await ctx.tx.score.findMany({
    where: { meetingId: { in: earlier.map((one) => one.id) }, completedAt: { not: null } },
    select: { meetingId: true },
  })
  const left = earlier.find((one) => !complete.some(({ meetingId }) => meetingId === one.id))
  return left ? { id: left.id, kind: left.kind, day: left.day } : null
}

/** The last meeting that began; null: the actor was told that there is none. */
async function findMeant(ctx: Context, unitId: string): Promise<Meeting | null> {
  const [last] = await listScored(ctx, unitId)
  if (!last) await ctx.note('scoring.no-meeting', {}, createChoice(unitId))
  return last ?? null
}

/** A meeting that can be scored. Throws what is in the way. */
async function getScored(ctx: Context, unitId: string, meetingId: string): Promise<Meeting> {
  const meeting = await getMeeting(ctx.tx, unitId, meetingId)
  if (meeting.state !== 'planned' || meeting.startsAt > ctx.now) throw new AppError('scoring.error.not-begun')
  return meeting
}

type How = Partial<Pick<ScoreData, 'lead' | 'problem' | 'mends'>> & { fresh?: boolean | undefined }

async function sayScore(ctx: Context, meeting: Meeting, score: Score, how: How = {}): Promise<void> {
  const rollCall = await ctx.tx.rollCall.findUnique({ where: { meetingId: meeting.id }, select: { confirmedAt: true } })
  const { cellId: unitId, id: meetingId, kind, day } = meeting
  const data: ScoreData = {
    unitId,
    meetingId,
    meeting: { kind, day },
    lead: how.lead ?? 'none',
    problem: how.problem ?? null,
    rows: [...score.rows],
    total: score.total,
    grade: score.grade,
    complete: score.completedAt !== null,
    mends: how.mends ?? false,
    rollCall: rollCall?.confirmedAt != null,
    version: score.version,
    unscored: await findUnscored(ctx, meeting),
  }
  await ctx.say(sheetMessage, data, { fresh: how.fresh ?? false })
  await ctx.expect('scoring.fill', { unitId, meetingId, version: score.version })
}

type Place = Readonly<{ unitId: string; meetingId: string; version: number }>

/** Writes the points and says the sheet as it is then; where another phone was faster, nothing is written. */
async function give(ctx: Context, { unitId, meetingId, version }: Place, given: Given, refresh?: true): Promise<void> {
  const meeting = await getScored(ctx, unitId, meetingId)
  const before = await readScore(ctx.tx, meeting)
  const how = { byId: ctx.actor.personId, now: ctx.now, version, ...(refresh ? { refresh } : {}) }
  const score = await recordPoints(ctx.tx, meeting, given, how)
  if (!score) return sayScore(ctx, meeting, before, { lead: 'changed' })
  const mended = before.completedAt !== null
  const lead = refresh ? 'refreshed' : mended ? 'mended' : score.completedAt ? 'completed' : 'none'
  await sayScore(ctx, meeting, score, { lead, mends: mended && !refresh })
}

const open = command(
  'scoring.open',
  {
    args: z.object({
      unitId: z.uuid(),
      meetingId: z.uuid().optional(),
      mends: z.boolean().optional(),
      /** Asked for below a file, which stays. */
      fresh: z.boolean().optional(),
      text: z.string().optional(),
    }),
    ...records,
    slash: ['chamdiem', 'score'],
    words: ['chấm điểm', 'chấm điểm buổi họp'],
    takesText: true,
  },
  async (ctx, { unitId, meetingId, mends, fresh, text }) => {
    const meeting = meetingId ? await getScored(ctx, unitId, meetingId) : await findMeant(ctx, unitId)
    if (!meeting) return
    const score = await readScore(ctx.tx, meeting)
    if (text) return ctx.redirect('scoring.fill', { unitId, meetingId: meeting.id, version: score.version, text })
    await sayScore(ctx, meeting, score, { mends: mends ?? false, fresh })
  },
)

const place = { unitId: z.uuid(), meetingId: z.uuid(), version: z.int() }

/** Points that were typed: for the open lines in their order, or by the lines' names. */
const fill = command(
  'scoring.fill',
  { args: z.object({ ...place, text: z.string() }), ...records },
  async (ctx, args) => {
    const meeting = await getScored(ctx, args.unitId, args.meetingId)
    const score = await readScore(ctx.tx, meeting)
    const lines = score.rows.map((one) => ({ ...one, label: lineName(ctx.t, one) }))
    const read = readPoints(args.text, lines)
    if (read.kind === 'points') return give(ctx, args, read.given)
    await sayScore(ctx, meeting, score, { problem: read.problem, mends: score.completedAt !== null })
  },
)

/** Every open line in full; where none is open, what is known is accepted. */
const max = command('scoring.max', { args: z.object(place), ...records }, async (ctx, args) => {
  const { rows } = await readScore(ctx.tx, await getScored(ctx, args.unitId, args.meetingId))
  await give(ctx, args, Object.fromEntries(rows.flatMap((one) => (one.points === null ? [[one.key, one.max]] : []))))
})

const set = command(
  'scoring.set',
  { args: z.object({ ...place, key: z.string(), points: z.int().min(0).max(100) }), ...records },
  async (ctx, args) => {
    const { rows } = await readScore(ctx.tx, await getScored(ctx, args.unitId, args.meetingId))
    if (!rows.some((one) => one.key === args.key && args.points <= one.max))
      throw new AppError('conversation.error.outdated')
    await give(ctx, args, { [args.key]: args.points })
  },
)

/** What is known by now in the place of what was known when the sheet was completed. */
const refresh = command('scoring.refresh', { args: z.object(place), ...records }, (ctx, args) =>
  give(ctx, args, {}, true),
)

const year = command(
  'scoring.year',
  {
    args: z.object({ unitId: z.uuid(), year: z.int().min(2000).max(2200).optional() }),
    ...records,
    slash: ['diemnam', 'yearscores'],
    words: ['điểm cả năm'],
  },
  async (ctx, { unitId, year: wanted }) => {
    const { zone } = await getCell(ctx.tx, unitId)
    const now = yearOf(dateIn(ctx.now, zone))
    const shown = wanted ?? now
    const scores = await listYear(ctx.tx, unitId, shown)
    const before = await listYear(ctx.tx, unitId, shown - 1)
    await ctx.say(yearMessage, {
      unitId,
      year: shown,
      scores: [...scores],
      earlier: before.length > 0,
      later: shown < now,
    })
  },
)

const SHOWN_CHANGES = 20

const changes = command(
  'scoring.changes',
  { args: z.object({ unitId: z.uuid(), meetingId: z.uuid() }), ...records },
  async (ctx, { unitId, meetingId }) => {
    const meeting = await getScored(ctx, unitId, meetingId)
    const rows = await listChanges(ctx.tx, meetingId, SHOWN_CHANGES)
    const { sheet } = await readScore(ctx.tx, meeting)
    const names = await namesOf(
      ctx.tx,
      rows.map((one) => one.byId),
    )
    await ctx.say(changesMessage, {
      unitId,
      meetingId,
      changes: rows.map(({ key, points, byId, at }) => ({
        key,
        name: sheet.lines.find((one) => one.key === key)?.name ?? null,
        points,
        by: names.get(byId) ?? '',
        day: dateIn(at, meeting.zone),
        time: timeIn(at, meeting.zone),
      })),
    })
  },
)

export const scoringCommands: Command[] = [open, fill, max, set, refresh, year, changes]
