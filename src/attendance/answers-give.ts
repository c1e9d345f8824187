import type { Context } from '../conversation/types.js'
import { AppError } from '../core/errors.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { listDeciders } from './answers-late.js'
import { isLate } from './answers-open.js'
import { putBeforeLeaders } from './late.js'
import { ask, recorded, shapeOf, shapeOfAnswer, which } from './messages-answer.js'
import { type AnswerDecision, decideAnswer, type GivenAnswer } from './rules.js'
import { type Asked, listAsked, recordAnswer } from './store.js'

/** What the rules make of an answer to this meeting, now. */
export const decideFor = (asked: Asked, given: GivenAnswer, now: Date): AnswerDecision =>
  decideAnswer({
    meeting: asked.meeting,
    now,
    previous: asked.answer,
    // Moved to a later day, the meeting is open again: what waited for a decision no longer stands in the way.
    pending: isLate(asked, now) ? asked.pending : null,
    given,
    invited: { member: asked.member },
  })

type Outcome = 'recorded' | 'deadline' | 'started'

const sayRecorded = async (ctx: Context, asked: Asked, answer: GivenAnswer, outcome: Outcome): Promise<void> => {
  await ctx.say(recorded, {
    meeting: shapeOf(asked.meeting),
    answer: shapeOfAnswer(answer),
    outcome,
    exempt: asked.exempt,
  })
  if (answer.state === 'absent' && answer.reasonKind && !answer.reasonText)
    await ctx.expect('attendance.reason-text', { meetingId: asked.meeting.id })
}

/** What stands for this person, said once more. */
export async function sayStanding(ctx: Context, asked: Asked): Promise<void> {
  const pending = isLate(asked, ctx.now) ? asked.pending : null
  const because = ctx.now < asked.meeting.startsAt ? 'deadline' : 'started'
  const standing = pending ?? asked.answer
  if (standing) await sayRecorded(ctx, asked, standing, pending ? because : 'recorded')
}

/** The only leader is who would decide about their own late answer: nobody is asked to accept what they said themselves. */
async function decidesAlone({ tx, actor, now }: Context, { meeting }: Asked): Promise<boolean> {
  const deciders = await listDeciders(tx, meeting, actor.personId, now)
  return deciders.length > 0 && deciders.every((one) => one === actor.personId)
}

type Taken =
  | Readonly<{ kind: 'taken'; answer: GivenAnswer; outcome: Outcome }>
  | Extract<AnswerDecision, { kind: 'refused' | 'repeat' }>

/** Takes the actor's own answer: the rules decide, one statement records. Nothing is said to the actor. */
export async function takeAnswer(ctx: Context, asked: Asked, given: GivenAnswer): Promise<Taken> {
  const decision = decideFor(asked, given, ctx.now)
  if (decision.kind === 'refused' || decision.kind === 'repeat') return decision
  const taken = (outcome: Outcome): Taken => ({ kind: 'taken', answer: decision.answer, outcome })
  const saying = {
    meetingId: asked.meeting.id,
    personId: ctx.actor.personId,
    answer: decision.answer,
    way: ctx.way,
    byId: ctx.actor.personId,
    updateId: ctx.updateId,
    now: ctx.now,
  }
  if (decision.kind === 'late') {
    if (await decidesAlone(ctx, asked)) {
      await recordAnswer(ctx.tx, { ...saying, late: 'accepted' })
      return taken('recorded')
    }
    await putBeforeLeaders(ctx.tx, asked, saying, { fullName: ctx.actor.fullName, because: decision.because })
    return taken(decision.because)
  }
  await recordAnswer(ctx.tx, saying)
  return taken('recorded')
}

/** Takes it and says it back in one message. */
export async function answerMeeting(ctx: Context, asked: Asked, given: GivenAnswer): Promise<void> {
  const taken = await takeAnswer(ctx, asked, given)
  if (taken.kind === 'refused') return refuse(ctx, asked, taken.code)
  if (taken.kind === 'taken') return sayRecorded(ctx, asked, taken.answer, taken.outcome)
  // An equal tap needs no word; somebody who typed is told what stands.
  if (ctx.way !== 'button') await sayStanding(ctx, asked)
}

type Refusal = Extract<AnswerDecision, { kind: 'refused' }>['code']

/** Why an answer cannot be taken, and what to do instead. Somebody else's meeting is refused and logged. */
export async function refuse(ctx: Context, asked: Asked, code: Refusal): Promise<void> {
  if (code === 'attendance.error.not_invited') throw new AppError(code)
  if (code === 'attendance.error.online_not_allowed') return askBack(ctx, asked, { because: 'online' })
  const when = { date: asked.meeting.day, time: asked.meeting.time }
  const menu = { label: 'conversation.menu.open', command: 'menu.open', args: {} } as const
  await ctx.note(code, { when }, { choices: [[menu]] })
}

export const askBack = (
  ctx: Context,
  asked: Asked,
  why: { because: 'none' | 'unsure' | 'digit' | 'online'; digit?: number; first?: readonly GivenAnswer['state'][] },
): Promise<void> =>
  asked.member && asked.meeting.state === 'planned'
    ? ctx.say(ask, {
        meeting: shapeOf(asked.meeting),
        because: why.because,
        digit: why.digit ?? null,
        standing: asked.answer ? shapeOfAnswer(asked.answer) : null,
        first: [...(why.first ?? [])],
      })
    : refuse(ctx, asked, asked.member ? 'attendance.error.cancelled' : 'attendance.error.not_invited')

export type Call = { command: string; args: JsonObject }

/** Goes on with the only meeting that can be meant; asks which of several; says so where there is none. */
export async function chooseMeeting(
  ctx: Context,
  meant: readonly Asked[],
  then: {
    only: (one: Asked) => Promise<void>
    each: (one: Asked) => Call
  },
): Promise<void> {
  const [first, ...others] = meant
  if (!first) return sayNothingOpen(ctx)
  if (others.length === 0) return then.only(first)
  await ctx.say(which, { options: meant.map((one) => ({ meeting: shapeOf(one.meeting), ...then.each(one) })) })
}

async function sayNothingOpen(ctx: Context): Promise<void> {
  const [next] = await listAsked(ctx.tx, ctx.actor.personId, ctx.now)
  const menu = { label: 'conversation.menu.open', command: 'menu.open', args: {} } as const
  if (!next) return ctx.note('attendance.answer.none-open', {}, { choices: [[menu]] })
  const { id, day, time } = next.meeting
  const early = { label: 'attendance.answer.answer-early', command: 'attendance.ask', args: { meetingId: id } } as const
  await ctx.note('attendance.answer.none-open-next', { when: { date: day, time } }, { choices: [[early], [menu]] })
}
