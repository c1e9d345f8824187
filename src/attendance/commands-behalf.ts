import { z } from 'zod'
import { type Command, type Context, command } from '../conversation/types.js'
import { AppError } from '../core/errors.js'
import { createChoice } from '../meetings/create-choice.js'
import { getMeeting, type Meeting } from '../meetings/store.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { answerForMember } from './answers-behalf.js'
import { listAnswerable, listMembers, type Member } from './answers-members.js'
import { findNamed } from './answers-names.js'
import { answerOf } from './answers-open.js'
import { REASONS, STATES, shapeOf, which } from './messages-answer.js'
import { behalfList, behalfState } from './messages-behalf.js'
import { understand } from './understanding/understand.js'

/** One glance on a small phone. */
const A_PAGE = 8

const argsShape = z.object({
  unitId: z.uuid(),
  text: z.string().optional(),
  meetingId: z.uuid().optional(),
  personId: z.uuid().optional(),
  state: z.enum(STATES).optional(),
  /** `unknown`: the secretary was asked and does not know it. */
  reasonKind: z.enum([...REASONS, 'unknown']).optional(),
  reasonText: z.string().max(400).optional(),
  minutesLate: z.number().int().min(1).max(180).optional(),
  page: z.number().int().min(0).optional(),
})
type Args = z.infer<typeof argsShape>

const sayList = (
  ctx: Context,
  meeting: Meeting,
  members: readonly Member[],
  because: 'silent' | 'unknown' | 'several',
  args: Args,
): Promise<void> => {
  const last = Math.max(0, Math.ceil(members.length / A_PAGE) - 1)
  const page = Math.min(args.page ?? 0, last)
  const { page: _, text: __, ...carried } = args
  return ctx.say(behalfList, {
    meeting: shapeOf(meeting),
    because,
    silent: members.filter((one) => one.asked && !one.answered).length,
    page,
    last,
    people: members
      .slice(page * A_PAGE, (page + 1) * A_PAGE)
      .map(({ personId, label, answered }) => ({ personId, label, answered })),
    args: { ...(carried as JsonObject), meetingId: meeting.id },
  })
}

/** What was typed behind the name, as far as it is sure; the rest is asked for with buttons. */
function readRest(rest: string): Pick<Args, 'state' | 'reasonKind' | 'reasonText' | 'minutesLate'> {
  const said = rest ? understand(rest) : null
  if (said?.kind !== 'answer') return {}
  const { kind: _, ...parts } = said
  return parts
}

/** Whom it is about: chosen from the list, or typed; where that is not one person, the list asks. */
async function choosePerson(ctx: Context, meeting: Meeting, args: Args): Promise<void> {
  const members = await listMembers(ctx.tx, meeting)
  const member = members.find((one) => one.personId === args.personId)
  if (member) return goOn(ctx, meeting, member, args)
  if (args.personId) throw new AppError('attendance.error.not_in_meeting')
  if (!args.text) return sayList(ctx, meeting, members, 'silent', args)
  const { matches, rest } = findNamed(args.text, members)
  const typed = { ...args, ...readRest(rest) }
  const [only, ...others] = matches
  if (!only) return sayList(ctx, meeting, members, 'unknown', args)
  if (others.length > 0) return sayList(ctx, meeting, matches, 'several', typed)
  await goOn(ctx, meeting, only, typed)
}

/** The person is known: state, then the kind of reason, then it is recorded. */
async function goOn(ctx: Context, meeting: Meeting, member: Member, args: Args): Promise<void> {
  const { unitId, state, reasonKind, reasonText, minutesLate } = args
  const chosen = { unitId, meetingId: meeting.id, personId: member.personId }
  const ask = (because: 'state' | 'online' | 'reason') =>
    ctx.say(behalfState, { meeting: shapeOf(meeting), name: member.label, because, args: chosen })
  if (!state) return ask('state')
  if (state === 'online' && !meeting.onlineAllowed) return ask('online')
  if (state === 'absent' && !reasonKind) return ask('reason')
  const kind = reasonKind === 'unknown' ? null : (reasonKind ?? null)
  const given = answerOf({
    state,
    reasonKind: kind,
    reasonText: reasonText ?? null,
    minutesLate: minutesLate ?? null,
  })
  await answerForMember(ctx, { unitId, meetingId: meeting.id, member, given })
}

const onBehalf = command(
  'attendance.on-behalf',
  {
    args: argsShape,
    scope: 'unit',
    permission: 'attendance.manage',
    slash: ['traloithay', 'behalf'],
    words: ['trả lời thay', 'trả lời giúp'],
    takesText: true,
  },
  async (ctx, args) => {
    if (args.meetingId) return choosePerson(ctx, await getMeeting(ctx.tx, args.unitId, args.meetingId), args)
    const meetings = await listAnswerable(ctx.tx, args.unitId, ctx.now)
    const [only, ...others] = meetings
    if (!only) return ctx.note('attendance.behalf.no-meeting', {}, createChoice(args.unitId))
    if (others.length === 0) return choosePerson(ctx, only, args)
    const options = meetings.map((meeting) => ({
      meeting: shapeOf(meeting),
      command: 'attendance.on-behalf',
      args: { ...(args as JsonObject), meetingId: meeting.id },
    }))
    await ctx.say(which, { options })
  },
)

export const behalfCommands: Command[] = [onBehalf]
