import { z } from 'zod'
import { type Command, type Context, command } from '../conversation/types.js'
import { dateIn, type PlainDate } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { meetingsOn, type SaidDay, saidDay, withoutDays } from './answers-day.js'
import { answerMeeting, askBack, type Call, chooseMeeting, sayStanding } from './answers-give.js'
import { answerOf, meantMeetings, unanswered } from './answers-open.js'
import { readReason } from './answers-words.js'
import { readPeriod } from './leave/parse-period.js'
import { info, REASONS, STATES, shapeOf } from './messages-answer.js'
import { answerOfDigit, type GivenAnswer, offeredAnswers } from './rules.js'
import { type Asked, findAsked, listAsked } from './store.js'

const SELF = { scope: 'self', permission: 'self' } as const

/** A tap and a digit: after a reminder they come by the hundred. */
const HOT = { ...SELF, amongOthers: true } as const

const answerParts = {
  state: z.enum(STATES),
  reasonKind: z.enum(REASONS).optional(),
  reasonText: z.string().max(400).optional(),
  minutesLate: z.number().int().min(1).max(180).optional(),
}

const day = z.union([z.literal('unclear'), z.iso.date().transform((text) => text as PlainDate)]).optional()

const askOf = ({ meeting }: Asked): Call => ({ command: 'attendance.ask', args: { meetingId: meeting.id } })

const meantOn = async (ctx: Context, said: SaidDay) =>
  meetingsOn(await listAsked(ctx.tx, ctx.actor.personId, ctx.now), ctx.now, said)

/** Without empty parts: what a button carries. */
const partsOf = (answer: GivenAnswer): JsonObject =>
  Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== null))

/** Records for the meeting that is meant; asks which of several, and whether it is this one where another day was said. */
async function giveOn(ctx: Context, said: SaidDay, given: GivenAnswer): Promise<void> {
  const { meant, sure } = await meantOn(ctx, said)
  await chooseMeeting(ctx, meant, {
    only: (one) =>
      sure ? answerMeeting(ctx, one, given) : askBack(ctx, one, { because: 'unsure', first: [given.state] }),
    each: (one) =>
      sure ? { command: 'attendance.answer', args: { ...partsOf(given), meetingId: one.meeting.id } } : askOf(one),
  })
}

const meant = async (ctx: Context) => meantMeetings(await listAsked(ctx.tx, ctx.actor.personId, ctx.now), ctx.now)

/** A meeting of this person's by its id; logged and told where it is none. */
async function getAsked(ctx: Context, meetingId: string) {
  const asked = await findAsked(ctx.tx, ctx.actor.personId, meetingId)
  if (!asked) throw new AppError('attendance.error.not_invited')
  return asked
}

const answer = command(
  'attendance.answer',
  { ...HOT, args: z.object({ meetingId: z.uuid(), ...answerParts }) },
  async (ctx, { meetingId, ...given }) => answerMeeting(ctx, await getAsked(ctx, meetingId), answerOf(given)),
)

const digit = command('attendance.digit', { ...HOT, args: z.object({ digit: z.number() }) }, async (ctx, args) => {
  const state = answerOfDigit(args.digit)
  await chooseMeeting(ctx, await meant(ctx), {
    only: (one) =>
      state && offeredAnswers(one.meeting.onlineAllowed).includes(state)
        ? answerMeeting(ctx, one, answerOf({ state }))
        : askBack(ctx, one, { because: 'digit', digit: args.digit }),
    each: ({ meeting }): Call =>
      state && offeredAnswers(meeting.onlineAllowed).includes(state)
        ? { command: 'attendance.answer', args: { meetingId: meeting.id, state } }
        : { command: 'attendance.ask', args: { meetingId: meeting.id } },
  })
})

/** Everyday words that were understood as an answer. */
const said = command(
  'attendance.said',
  { ...SELF, args: z.object({ ...answerParts, day }) },
  async (ctx, { day, ...given }) => giveOn(ctx, day ?? null, answerOf(given)),
)

const unsure = command(
  'attendance.unsure',
  { ...SELF, args: z.object({ candidates: z.array(z.enum(STATES)), day }) },
  async (ctx, { candidates, day }) => {
    const { meant } = await meantOn(ctx, day ?? null)
    await chooseMeeting(ctx, meant, {
      only: (one) =>
        // "vâng", "ok" after an answer was said back: a nod to what stands, no new question
        candidates.length === 1 && candidates[0] === one.answer?.state
          ? sayStanding(ctx, one)
          : askBack(ctx, one, { because: 'unsure', first: candidates }),
      each: askOf,
    })
  },
)

const askCommand = command(
  'attendance.ask',
  { ...SELF, args: z.object({ meetingId: z.uuid().optional() }) },
  async (ctx, { meetingId }) => {
    if (meetingId) return askBack(ctx, await getAsked(ctx, meetingId), { because: 'none' })
    const all = await meant(ctx)
    const silent = unanswered(all, ctx.now)
    await chooseMeeting(ctx, silent.length > 0 ? silent : all, {
      only: (one) => askBack(ctx, one, { because: 'none' }),
      each: askOf,
    })
  },
)

const question = command(
  'attendance.question',
  { ...SELF, args: z.object({ about: z.enum(['time', 'place', 'agenda', 'materials', 'other']) }) },
  async (ctx, { about }) => {
    if (about === 'materials') return ctx.redirect('materials.list', {})
    const asked = await meant(ctx)
    const [first, ...others] = asked
    const asks = first !== undefined && others.length === 0 && !first.answer && !first.exempt
    const meetings = asked.map(({ meeting }) => ({
      ...shapeOf(meeting),
      place: meeting.place,
      agenda: meeting.agenda,
      minutes: meeting.durationMinutes,
    }))
    if (first) await ctx.say(info, { meetings, about, asks })
    else await ctx.redirect('menu.open', { because: 'unknown' })
  },
)

const absence = command(
  'attendance.absence',
  {
    ...SELF,
    // Not "xin vắng": without accents that is also "xin vâng", a yes. Typed words are read with their accents.
    args: z.object({ text: z.string().optional() }),
    slash: ['baovang', 'absent'],
    words: ['báo vắng'],
    takesText: true,
  },
  async (ctx, { text }) => {
    const [first] = await meant(ctx)
    const today = dateIn(ctx.now, first?.meeting.zone ?? 'UTC')
    if (text && readPeriod(text, today)) return ctx.redirect('attendance.leave', { text })
    const day = text ? saidDay(text, today) : null
    const rest = text ? withoutDays(text, today) : ''
    const read = rest ? readReason(rest) : null
    if (read?.kind === 'question') return ctx.redirect('attendance.question', { about: read.about })
    if (read?.kind === 'other')
      return ctx.redirect('attendance.unsure', { candidates: [...new Set(['absent', ...read.states])] })
    const { reasonKind, reasonText } = read?.kind === 'reason' ? read.reason : { reasonKind: null, reasonText: null }
    await giveOn(
      ctx,
      day,
      answerOf({ state: 'absent', reasonKind: reasonKind ?? (reasonText ? 'other' : null), reasonText }),
    )
  },
)

/** The word more that somebody may add after the kind of reason. What is no reason is not kept as one. */
const reasonText = command(
  'attendance.reason-text',
  { ...SELF, args: z.object({ meetingId: z.uuid(), text: z.string() }) },
  async (ctx, { meetingId, text }) => {
    const read = readReason(text)
    if (read.kind === 'question') return ctx.redirect('attendance.question', { about: read.about })
    if (read.kind === 'courtesy') return ctx.note('attendance.answer.nothing-added')
    const asked = await getAsked(ctx, meetingId)
    if (read.kind === 'other') return askBack(ctx, asked, { because: 'unsure', first: read.states })
    await answerMeeting(ctx, asked, answerOf({ state: 'absent', reasonText: read.reason.reasonText }))
  },
)

export const answerCommands: Command[] = [answer, digit, said, unsure, askCommand, question, absence, reasonText]
