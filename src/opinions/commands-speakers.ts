import { z } from 'zod'
import { formatPercent, hasAttended } from '../attendance/counting.js'
import { openSheet } from '../attendance/roll-call-sheet.js'
import { OFFERED_FOR, OPEN_BEFORE } from '../attendance/roll-call-steps.js'
import { type Command, type Context, command } from '../conversation/types.js'
import { DAY } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { createChoice } from '../meetings/create-choice.js'
import { getMeeting, listBegun, type Meeting } from '../meetings/store.js'
import { pageOf } from '../organization/paging.js'
import { readMessage, speakersMessage } from './messages.js'
import { readSpeakers, type SpeakerProblem } from './rules.js'
import { listNext, listOpinions, listSpeakers, recordSpeakers, withdrawSpeakers } from './store.js'

/** One glance: each has a choice. */
const SPEAKERS_A_PAGE = 8
/** Whole opinions, not one line each. */
const OPINIONS_A_PAGE = 5

/** Who spoke is known for a week; asked later, the next meeting is more likely meant. */
const FRESH = 7 * DAY

const lastBegun = async (ctx: Context, unitId: string): Promise<Meeting | null> => {
  const { now } = ctx
  const begun = await listBegun(
    ctx.tx,
    unitId,
    new Date(now.getTime() - OFFERED_FOR),
    new Date(now.getTime() + OPEN_BEFORE),
  )
  return begun.find((one) => one.kind !== 'cell_committee') ?? null
}

const findNext = async (ctx: Context, unitId: string): Promise<Meeting | null> =>
  (await listNext(ctx.tx, [unitId], ctx.now))[0] ?? null

async function sayOpinions(ctx: Context, meeting: Meeting, wanted = 1): Promise<void> {
  const all = await listOpinions(ctx.tx, meeting)
  const { rows, page, pages } = pageOf(all, wanted, OPINIONS_A_PAGE)
  const begun = await lastBegun(ctx, meeting.cellId)
  await ctx.say(readMessage, {
    unitId: meeting.cellId,
    meetingId: meeting.id,
    meeting: { kind: meeting.kind, day: meeting.day },
    said: rows.map(({ kind, fullName: name, text }) => ({ kind, name, text })),
    requests: all.filter((one) => one.kind === 'speak').length,
    total: all.length,
    page,
    pages,
    begun: begun?.id ?? null,
  })
}

/** The list of who spoke, in the roll-call's order; who asked to speak comes first, where the reader may know it. */
async function saySpeakers(
  ctx: Context,
  meeting: Meeting,
  how: Readonly<{ text?: string; page?: number }>,
): Promise<void> {
  const { lines } = await openSheet(ctx.tx, meeting)
  let problems: readonly SpeakerProblem[] = []
  if (how.text) {
    const read = readSpeakers(how.text, lines)
    problems = read.problems
    const ids = read.people.map((one) => one.personId)
    if (read.spoke) await recordSpeakers(ctx.tx, meeting.id, ids, { byId: ctx.actor.personId, now: ctx.now })
    else await withdrawSpeakers(ctx.tx, meeting.id, ids)
  }
  const sees = await ctx.may('opinion.see', meeting.cellId)
  const sent = sees ? await listOpinions(ctx.tx, meeting) : []
  const asked = new Set(sent.filter((one) => one.kind === 'speak').map((one) => one.personId))
  const spoke = await listSpeakers(ctx.tx, meeting.id)
  const numbered = lines.map((one, at) => ({
    personId: one.personId,
    number: at + 1,
    label: one.label,
    asked: asked.has(one.personId),
    spoke: spoke.has(one.personId),
    absent: one.state === 'excused' || one.state === 'unexcused',
  }))
  const all = numbered
    .filter((one) => !one.absent)
    .map(({ absent: _, ...one }) => one)
    .sort((a, b) => Number(b.asked) - Number(a.asked) || a.number - b.number)
  const attended = lines.filter((one) => hasAttended(one.state))
  const part = attended.filter((one) => spoke.has(one.personId)).length
  const { rows, page, pages } = pageOf(all, how.page ?? 1, SPEAKERS_A_PAGE)
  await ctx.say(speakersMessage, {
    unitId: meeting.cellId,
    meetingId: meeting.id,
    meeting: { kind: meeting.kind, day: meeting.day },
    spoke: all.filter((one) => one.spoke).length,
    attended: attended.length,
    rate: formatPercent({ part, whole: attended.length }, ctx.t.locale),
    total: lines.length,
    problems: [...problems],
    people: rows,
    all,
    page,
    pages,
    sent: sees ? sent.length : null,
    score: spoke.size > 0,
  })
}

const place = { unitId: z.uuid(), meetingId: z.uuid().optional() }
const records = { scope: 'unit', permission: 'score.record' } as const

/** A meeting whose speakers can be noted. Throws what is in the way. */
async function getBegun(ctx: Context, unitId: string, meetingId: string): Promise<Meeting> {
  const meeting = await getMeeting(ctx.tx, unitId, meetingId)
  const open = meeting.state === 'planned' && meeting.startsAt.getTime() <= ctx.now.getTime() + OPEN_BEFORE
  if (!open) throw new AppError('opinions.error.not-begun')
  return meeting
}

/** Before a meeting who wants to speak and what was sent; from its start on, who spoke. */
const speakers = command(
  'opinions.speakers',
  {
    args: z.object({ ...place, text: z.string().optional(), page: z.int().min(1).optional() }),
    ...records,
    slash: ['phatbieu', 'speakers'],
    words: ['phát biểu', 'người phát biểu'],
    takesText: true,
  },
  async (ctx, { unitId, meetingId, text, page }) => {
    const how = { ...(text ? { text } : {}), ...(page ? { page } : {}) }
    if (meetingId) return saySpeakers(ctx, await getBegun(ctx, unitId, meetingId), how)
    const last = await lastBegun(ctx, unitId)
    const next = await findNext(ctx, unitId)
    const fresh = last && ctx.now.getTime() - last.startsAt.getTime() < FRESH
    if (last && (fresh || text || !next)) return saySpeakers(ctx, last, how)
    if (!next) return ctx.note('opinions.no-meeting-lead', {}, createChoice(unitId))
    if (text) throw new AppError('opinions.error.not-begun')
    if (await ctx.may('opinion.see', unitId)) return sayOpinions(ctx, next)
    await ctx.note('opinions.secretary-only')
  },
)

const spoke = command(
  'opinions.spoke',
  {
    args: z.object({
      unitId: z.uuid(),
      meetingId: z.uuid(),
      personId: z.uuid(),
      spoke: z.boolean(),
      page: z.int().min(1),
    }),
    ...records,
  },
  async (ctx, args) => {
    const meeting = await getBegun(ctx, args.unitId, args.meetingId)
    const { lines } = await openSheet(ctx.tx, meeting)
    // Who has left the list since stays as it is.
    const listed = lines.some((one) => one.personId === args.personId)
    const by = { byId: ctx.actor.personId, now: ctx.now }
    if (listed && args.spoke) await recordSpeakers(ctx.tx, meeting.id, [args.personId], by)
    if (!args.spoke) await withdrawSpeakers(ctx.tx, meeting.id, [args.personId])
    await saySpeakers(ctx, meeting, { page: args.page })
  },
)

const read = command(
  'opinions.read',
  { args: z.object({ ...place, page: z.int().min(1).optional() }), scope: 'unit', permission: 'opinion.see' },
  async (ctx, { unitId, meetingId, page }) => {
    const meeting = meetingId ? await getMeeting(ctx.tx, unitId, meetingId) : await findNext(ctx, unitId)
    if (!meeting) return ctx.note('opinions.no-meeting-lead', {}, createChoice(unitId))
    await sayOpinions(ctx, meeting, page)
  },
)

export const speakerCommands: Command[] = [speakers, spoke, read]
