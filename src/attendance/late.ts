import { z } from 'zod'
import { type Command, type Context, command } from '../conversation/types.js'
import { DAY, HOUR } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import type { Tx } from '../database/client.js'
import { outsideQuiet } from '../meetings/quiet.js'
import { getMeeting, type Meeting } from '../meetings/store.js'
import { enqueue, outgoing, PRIORITY, withdraw } from '../messaging/outbox.js'
import { decideLate, findLate, getFullName, type LateAnswer, listDeciders, recordLate } from './answers-late.js'
import { shapeOf, shapeOfAnswer } from './messages-answer.js'
import { lateAnswer, lateDecided, lateOutcome } from './messages-late.js'
import type { Asked, Saying } from './store.js'

/** A decision after the roll-call is long settled helps nobody. */
const USE_MS = 7 * DAY

/** What others are told about an answer waits for the quiet hours to end, unless the meeting would be too near then. */
export const noticeTiming = (now: Date, { zone, startsAt }: Pick<Meeting, 'zone' | 'startsAt'>) => {
  const latest = startsAt > now ? startsAt.getTime() - HOUR : now.getTime() + DAY
  return outsideQuiet(now, { zone, latest: new Date(latest) })
}

/** Keeps a late answer and puts it before secretary and deputy, each with two buttons. */
export async function putBeforeLeaders(
  tx: Tx,
  asked: Asked,
  saying: Saying,
  about: { fullName: string; because: 'deadline' | 'started' },
): Promise<void> {
  const { meeting } = asked
  const eventId = await recordLate(tx, saying)
  const leaders = await listDeciders(tx, meeting, saying.personId, saying.now)
  const data = {
    unitId: meeting.cellId,
    eventId,
    fullName: about.fullName,
    meeting: shapeOf(meeting),
    answer: shapeOfAnswer(saying.answer),
    before: asked.answer ? shapeOfAnswer(asked.answer) : null,
    because: about.because,
  }
  await enqueue(
    tx,
    saying.now,
    leaders.map((personId) =>
      outgoing(lateAnswer, data, {
        causeKey: `late:${eventId}:${personId}`,
        personId,
        subject: meeting.id,
        priority: PRIORITY.notice,
        ...noticeTiming(saying.now, meeting),
        expiresAt: new Date(saying.now.getTime() + USE_MS),
      }),
    ),
  )
}

type Found = { late: LateAnswer; meeting: Meeting; fullName: string }

async function getLate(ctx: Context, unitId: string, eventId: string): Promise<Found> {
  const late = await findLate(ctx.tx, eventId)
  if (!late) throw new AppError('conversation.error.outdated')
  const meeting = await getMeeting(ctx.tx, unitId, late.meetingId)
  return { late, meeting, fullName: await getFullName(ctx.tx, late.personId) }
}

const sayDecided = (
  ctx: Context,
  { late, meeting, fullName }: Found,
  outcome: 'accepted' | 'refused' | 'newer',
  by: string | null,
): Promise<void> =>
  ctx.say(lateDecided, { fullName, meeting: shapeOf(meeting), answer: shapeOfAnswer(late), outcome, by })

/** The member learns the outcome; an absence that counts now needs no more reminders. */
async function tellMember(ctx: Context, { late, meeting }: Found, accepted: boolean): Promise<void> {
  const { tx, now } = ctx
  const { personId } = late
  if (accepted && late.state === 'absent')
    await withdraw(tx, now, { subject: meeting.id, kinds: ['reminders.step', 'reminders.nudge'], personId })
  await enqueue(tx, now, [
    outgoing(
      lateOutcome,
      { meeting: shapeOf(meeting), answer: shapeOfAnswer(late), accepted },
      {
        causeKey: `late-outcome:${late.id}`,
        personId,
        subject: meeting.id,
        priority: PRIORITY.notice,
        ...noticeTiming(now, meeting),
        expiresAt: new Date(now.getTime() + USE_MS),
      },
    ),
  ])
}

/** The other phone was first, or the member has changed their mind since: today's state instead of a decision. */
async function sayStanding(ctx: Context, found: Found): Promise<void> {
  const { late: outcome, decidedById } = found.late
  if (outcome === null || outcome === 'pending' || !decidedById) return sayDecided(ctx, found, 'newer', null)
  const by = decidedById === ctx.actor.personId ? null : await getFullName(ctx.tx, decidedById)
  await sayDecided(ctx, found, outcome, by)
}

const decide = command(
  'attendance.decide-late',
  {
    args: z.object({ unitId: z.uuid(), eventId: z.uuid(), accept: z.boolean() }),
    scope: 'unit',
    permission: 'attendance.manage',
  },
  async (ctx, { unitId, eventId, accept }) => {
    const found = await getLate(ctx, unitId, eventId)
    const decision = { eventId, accepted: accept, byId: ctx.actor.personId, now: ctx.now }
    if (found.late.newer || !(await decideLate(ctx.tx, decision)))
      return sayStanding(ctx, await getLate(ctx, unitId, eventId))
    await tellMember(ctx, found, accept)
    await sayDecided(ctx, found, accept ? 'accepted' : 'refused', null)
  },
)

export const lateCommands: Command[] = [decide]
