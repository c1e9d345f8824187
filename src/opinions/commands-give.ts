import { z } from 'zod'
import { type Command, type Context, command } from '../conversation/types.js'
import { DAY, MINUTE } from '../core/dates.js'
import { meetingWords, titleWords } from '../meetings/describe.js'
import { outsideQuiet } from '../meetings/quiet.js'
import type { Meeting } from '../meetings/store.js'
import { enqueue, outgoing, PRIORITY, withdraw } from '../messaging/outbox.js'
import { ownMessage, toldMessage } from './messages.js'
import { type OpinionKind, readOpinion } from './rules.js'
import { listNext, listOwnOpinions, listSecretaries, recordOpinion, takeBack } from './store.js'

const self = { scope: 'self', permission: 'self' } as const

/** After the meeting it is read from the list, if at all. */
const TOLD_FOR = 7 * DAY

/** The meeting that was chosen, or the next one of the actor's cell; null: they were told that there is none, or asked which. */
async function whichMeeting(
  ctx: Context,
  meetingId: string | undefined,
  goOn: { command: string; text?: string },
): Promise<Meeting | null> {
  const next = await listNext(ctx.tx, ctx.actor.cellIds, ctx.now)
  const chosen = next.find((one) => one.id === meetingId)
  const [only, ...others] = next
  if (chosen) return chosen
  if (!only) {
    await ctx.note('opinions.no-meeting')
    return null
  }
  if (others.length === 0) return only
  const { command: name, ...text } = goOn
  await ctx.note(
    'opinions.which',
    {},
    {
      choices: next.map((one) => [
        {
          label: 'opinions.which-label' as const,
          params: { meeting: titleWords(one), when: { date: one.day, time: one.time } },
          command: name,
          args: { ...text, meetingId: one.id },
        },
      ]),
    },
  )
  return null
}

/** Only the secretary is told, outside the quiet hours. False: nobody could be told now. */
async function tellSecretary(
  ctx: Context,
  meeting: Meeting,
  opinion: { id: string; kind: OpinionKind; text: string | null },
): Promise<'told' | 'waits' | 'self'> {
  const { tx, now } = ctx
  const secretaries = await listSecretaries(tx, meeting.cellId, meeting.day)
  if (secretaries.includes(ctx.actor.personId)) return 'self'
  const timing = outsideQuiet(now, { zone: meeting.zone, latest: new Date(meeting.startsAt.getTime() - MINUTE) })
  const { kind, day } = meeting
  const keys = secretaries.map((personId) => ({ personId, causeKey: `opinion:${opinion.id}:${personId}` }))
  await enqueue(
    tx,
    now,
    keys.map(({ personId, causeKey }) =>
      outgoing(
        toldMessage,
        {
          unitId: meeting.cellId,
          meetingId: meeting.id,
          meeting: { kind, day },
          said: { kind: opinion.kind, name: ctx.actor.fullName, text: opinion.text },
        },
        {
          causeKey,
          personId,
          subject: opinion.id,
          priority: PRIORITY.notice,
          expiresAt: new Date(Math.max(meeting.startsAt.getTime(), now.getTime()) + TOLD_FOR),
          ...timing,
        },
      ),
    ),
  )
  const queued = await tx.outbox.count({
    where: { causeKey: { in: keys.map((one) => one.causeKey) }, state: 'queued' },
  })
  return queued > 0 ? 'told' : 'waits'
}

async function record(
  ctx: Context,
  meeting: Meeting,
  opinion: { kind: OpinionKind; text: string | null },
): Promise<void> {
  const { id: meetingId } = meeting
  const id = await recordOpinion(ctx.tx, { meetingId, personId: ctx.actor.personId, ...opinion, now: ctx.now })
  const outcome = id ? await tellSecretary(ctx, meeting, { id, ...opinion }) : 'before'
  const speak = { label: 'opinions.button.speak' as const, command: 'opinions.speak', args: { meetingId } }
  const back = { label: 'opinions.button.own' as const, command: 'opinions.own', args: {} }
  await ctx.note(`opinions.recorded.${opinion.kind}-${outcome}`, meetingWords(meeting), {
    choices: [opinion.kind === 'opinion' ? [speak, back] : [back]],
  })
}

const give = command(
  'opinions.give',
  {
    args: z.object({ meetingId: z.uuid().optional(), text: z.string().optional() }),
    ...self,
    slash: ['gopy', 'opinion'],
    words: ['góp ý', 'gửi ý kiến'],
    takesText: true,
  },
  async (ctx, { meetingId, text }) => {
    const goOn = { command: 'opinions.give', ...(text ? { text } : {}) }
    const meeting = await whichMeeting(ctx, meetingId, goOn)
    if (!meeting) return
    if (text?.trim()) return record(ctx, meeting, readOpinion(text))
    const own = await listOwnOpinions(ctx.tx, ctx.actor.personId, ctx.now)
    await ctx.note('opinions.ask', meetingWords(meeting), {
      choices: [
        [
          { label: 'opinions.button.speak', command: 'opinions.speak', args: { meetingId: meeting.id } },
          ...(own.length > 0 ? [{ label: 'opinions.button.own' as const, command: 'opinions.own', args: {} }] : []),
        ],
      ],
    })
    await ctx.expect('opinions.give', { meetingId: meeting.id })
  },
)

const speak = command(
  'opinions.speak',
  { args: z.object({ meetingId: z.uuid().optional() }), ...self },
  async (ctx, { meetingId }) => {
    const meeting = await whichMeeting(ctx, meetingId, { command: 'opinions.speak' })
    if (meeting) await record(ctx, meeting, { kind: 'speak', text: null })
  },
)

async function sayOwn(ctx: Context, lead: 'none' | 'taken-back' | 'gone'): Promise<void> {
  const own = await listOwnOpinions(ctx.tx, ctx.actor.personId, ctx.now)
  await ctx.say(ownMessage, { lead, own: own.map(({ id, kind, text }) => ({ id, kind, text })) })
}

const own = command('opinions.own', { args: z.object({}), ...self }, (ctx) => sayOwn(ctx, 'none'))

const back = command(
  'opinions.take-back',
  { args: z.object({ opinionId: z.uuid() }), ...self },
  async (ctx, { opinionId }) => {
    const theirs = await takeBack(ctx.tx, opinionId, ctx.actor.personId, ctx.now)
    if (theirs) await withdraw(ctx.tx, ctx.now, { subject: opinionId, kinds: [toldMessage.kind] })
    await sayOwn(ctx, theirs ? 'taken-back' : 'gone')
  },
)

export const givingCommands: Command[] = [give, speak, own, back]
