import { z } from 'zod'
import { takeAnswer } from '../attendance/answers-give.js'
import { answerOf } from '../attendance/answers-open.js'
import { findAsked } from '../attendance/store.js'
import { type Command, type Context, command } from '../conversation/types.js'
import { findTieOfChat } from './store.js'
import { findNearestCard } from './store-cards.js'

const SELF = { scope: 'self', permission: 'self' } as const
const meant = z.object({ meetingId: z.uuid().optional(), group: z.uuid().optional() })

/** The meeting that is meant: the button's, or the next one of the group in which a number was said. */
async function findMeant(ctx: Context, args: { meetingId?: string | undefined; group?: string | undefined }) {
  if (args.meetingId) return args.meetingId
  const tie = args.group ? await findTieOfChat(ctx.tx, args.group) : null
  return tie ? findNearestCard(ctx.tx, tie.id) : null
}

/** "Có mặt" where all read along: recorded as the presser's own answer, and said to them alone. */
async function present(ctx: Context, meetingId: string): Promise<void> {
  const asked = await findAsked(ctx.tx, ctx.actor.personId, meetingId)
  if (!asked?.member) return ctx.whisper('groups.pressed.not-yours')
  const taken = await takeAnswer(ctx, asked, answerOf({ state: 'present' }))
  if (taken.kind === 'refused') {
    const when = { date: asked.meeting.day, time: asked.meeting.time }
    return ctx.whisper(taken.code, { when })
  }
  await ctx.whisper(`groups.pressed.${taken.kind === 'repeat' ? 'repeat' : taken.outcome}`)
}

/** What may be pressed under a card. The other answers, and everything else, belong into the presser's own chat. */
export const pressCommands: Command[] = [
  command('groups.present', { ...SELF, args: meant }, async (ctx, args) => {
    const meetingId = await findMeant(ctx, args)
    await (meetingId ? present(ctx, meetingId) : ctx.whisper('groups.pressed.none'))
  }),
  command('groups.open', { ...SELF, args: meant }, async (ctx, args) => {
    const meetingId = await findMeant(ctx, args)
    if (!meetingId) return ctx.whisper('groups.pressed.none')
    const asked = await findAsked(ctx.tx, ctx.actor.personId, meetingId)
    if (!asked?.member) return ctx.whisper('groups.pressed.not-yours')
    await ctx.redirect('attendance.ask', { meetingId })
  }),
]
