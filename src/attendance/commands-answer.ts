import { z } from 'zod'
import { type Command, type Context, command } from '../conversation/types.js'
import { AppError } from '../core/errors.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { answerMeeting, askBack, type Call, chooseMeeting, sayStanding } from './answers-give.js'
import { answerOf, meantMeetings, unanswered } from './answers-open.js'
import { readReason } from './answers-words.js'
import { info, REASONS, STATES, shapeOf } from './messages-answer.js'
import { answerOfDigit, offeredAnswers } from './rules.js'
import { findAsked, listAsked } from './store.js'

const SELF = { scope: 'self', permission: 'self' } as const

const answerParts = {
  state: z.enum(STATES),
  reasonKind: z.enum(REASONS).optional(),
  reasonText: z.string().max(400).optional(),
  minutesLate: z.number().int().min(1).max(180).optional(),
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
  { ...SELF, args: z.object({ meetingId: z.uuid(), ...answerParts }) },
  async (ctx, { meetingId, ...given }) => answerMeeting(ctx, await getAsked(ctx, meetingId), answerOf(given)),
)

const digit = command('attendance.digit', { ...SELF, args: z.object({ digit: z.number() }) }, async (ctx, args) => {
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
const said = command('attendance.said', { ...SELF, args: z.object(answerParts) }, async (ctx, given) =>
  chooseMeeting(ctx, await meant(ctx), {
    only: (one) => answerMeeting(ctx, one, answerOf(given)),
    each: ({ meeting }) => ({
      command: 'attendance.answer',
      args: { ...(given as JsonObject), meetingId: meeting.id },
    }),
  }),
)

const unsure = command(
  'attendance.unsure',
  { ...SELF, args: z.object({ candidates: z.array(z.enum(STATES)) }) },
  async (ctx, { candidates }) =>
    chooseMeeting(ctx, await meant(ctx), {
      only: (one) =>
        // "vâng", "ok" after an answer was said back: a nod to what stands, no new question
        candidates.length === 1 && candidates[0] === one.answer?.state
          ? sayStanding(ctx, one)
          : askBack(ctx, one, { because: 'unsure', first: candidates }),
      each: ({ meeting }) => ({ command: 'attendance.ask', args: { meetingId: meeting.id } }),
    }),
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
      each: ({ meeting }) => ({ command: 'attendance.ask', args: { meetingId: meeting.id } }),
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
    const read = text ? readReason(text) : null
    if (read?.kind === 'question') return ctx.redirect('attendance.question', { about: read.about })
    if (read?.kind === 'other')
      return ctx.redirect('attendance.unsure', { candidates: [...new Set(['absent', ...read.states])] })
    const { reasonKind, reasonText } = read?.kind === 'reason' ? read.reason : { reasonKind: null, reasonText: null }
    const given = answerOf({ state: 'absent', reasonKind: reasonKind ?? (reasonText ? 'other' : null), reasonText })
    await chooseMeeting(ctx, await meant(ctx), {
      only: (one) => answerMeeting(ctx, one, given),
      each: ({ meeting }) => ({
        command: 'attendance.answer',
        args: {
          meetingId: meeting.id,
          state: 'absent',
          ...(given.reasonKind ? { reasonKind: given.reasonKind } : {}),
          ...(given.reasonText ? { reasonText: given.reasonText } : {}),
        },
      }),
    })
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
