import type { Context } from '../conversation/types.js'
import { DAY } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { enqueue, outgoing, PRIORITY } from '../messaging/outbox.js'
import { decideFor, refuse } from './answers-give.js'
import type { Member } from './answers-members.js'
import { noticeTiming } from './late.js'
import { shapeOf, shapeOfAnswer } from './messages-answer.js'
import { behalfRecorded, behalfTold } from './messages-behalf.js'
import type { GivenAnswer } from './rules.js'
import { type Asked, findAsked, recordAnswer } from './store.js'

type Behalf = Readonly<{ unitId: string; meetingId: string; member: Member; given: GivenAnswer }>

/**
 * Records what a secretary or deputy answers for a member, stamped with who, when and how, and tells the member. After
 * the deadline it counts at once: whoever does this is who would decide about a late answer.
 */
export async function answerForMember(ctx: Context, { unitId, meetingId, member, given }: Behalf): Promise<void> {
  const { personId } = member
  const asked = await findAsked(ctx.tx, personId, meetingId)
  if (!asked?.member) throw new AppError('attendance.error.not_in_meeting')
  const decision = decideFor({ ...asked, pending: null }, given, ctx.now)
  if (decision.kind === 'refused') return refuse(ctx, asked, decision.code)
  const say = (answer: GivenAnswer, how: 'told' | 'untold' | 'repeat') =>
    ctx.say(behalfRecorded, {
      meeting: shapeOf(asked.meeting),
      name: member.label,
      answer: shapeOfAnswer(answer),
      how,
      args: { unitId, meetingId, personId },
    })
  if (decision.kind === 'repeat') return say(asked.answer ?? given, 'repeat')
  await recordAnswer(ctx.tx, {
    meetingId,
    personId,
    answer: decision.answer,
    way: 'on_behalf',
    byId: ctx.actor.personId,
    updateId: ctx.updateId,
    now: ctx.now,
    ...(decision.kind === 'late' ? { late: 'accepted' as const } : {}),
  })
  const told = personId !== ctx.actor.personId && (await tellMember(ctx, asked, personId, decision.answer))
  await say(decision.answer, told ? 'told' : 'untold')
}

/** False: the member has no chat that works; the secretary then tells them. */
async function tellMember(ctx: Context, asked: Asked, personId: string, answer: GivenAnswer): Promise<boolean> {
  const { tx, now } = ctx
  const { meeting } = asked
  const isDeputy = !ctx.actor.roles.some((one) => one.role === 'secretary' && one.unitId === meeting.cellId)
  await enqueue(tx, now, [
    outgoing(
      behalfTold,
      { meeting: shapeOf(meeting), by: isDeputy ? 'deputy' : 'secretary', answer: shapeOfAnswer(answer) },
      {
        causeKey: `behalf:${ctx.updateId}:${personId}`,
        personId,
        subject: meeting.id,
        priority: PRIORITY.notice,
        ...noticeTiming(now, meeting),
        expiresAt: new Date(now.getTime() + 7 * DAY),
      },
    ),
  ])
  const reached = await tx.outbox.findUnique({
    where: { causeKey: `behalf:${ctx.updateId}:${personId}` },
    select: { state: true },
  })
  return reached?.state === 'queued'
}
