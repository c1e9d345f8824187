import { z } from 'zod'
import { type Command, type Context, command } from '../conversation/types.js'
import { AppError } from '../core/errors.js'
import { newId } from '../core/ids.js'
import { getMeeting, type Meeting } from '../meetings/store.js'
import { enqueue, outgoing, PRIORITY, withdraw } from '../messaging/outbox.js'
import { renderer } from '../messaging/renderer.js'
import { listMembers, type Member } from './answers-members.js'
import { noticeTime } from './late.js'
import { inPairs, meetingShape, meetingWords, shapeOf } from './messages-answer.js'
import { pageRow } from './messages-roll-call.js'
import { shortLabels } from './roll-call-labels.js'
import { pageOf } from './roll-call-say.js'
import { isOpenable } from './roll-call-steps.js'
import { endOf } from './rules.js'

const secretaryList = renderer(
  'rollcall.secretary',
  1,
  z.object({
    unitId: z.string(),
    meeting: meetingShape,
    people: z.array(z.object({ personId: z.string(), label: z.string() })),
    page: z.number(),
    last: z.number(),
    current: z.string().nullable(),
  }),
  (data, t) => {
    const args = { unitId: data.unitId, meetingId: data.meeting.id }
    const labels = shortLabels(data.people.map((one) => one.label))
    return {
      text: [
        t('attendance.rollcall.secretary-ask'),
        `${meetingWords(t, data.meeting)}.`,
        ...(data.current ? [t('attendance.rollcall.secretary-now', { name: data.current })] : []),
      ].join('\n'),
      choices: [
        ...inPairs(
          data.people.map(({ personId }, at) => ({
            label: labels[at] ?? '',
            command: 'rollcall.secretary',
            args: { ...args, personId },
          })),
        ),
        ...pageRow(t, 'rollcall.secretary', args, data.page, data.last),
      ],
    }
  },
)

const namedSchema = z.object({
  unitId: z.string(),
  meeting: meetingShape,
  name: z.string(),
  open: z.boolean(),
  told: z.boolean(),
})
const sheetButton = { label: 'attendance.rollcall.open', command: 'rollcall.open' } as const

/** Said back to who named them. */
const secretaryNamed = renderer('rollcall.secretary-named', 1, namedSchema, (data, t) => ({
  text: [
    t('attendance.rollcall.secretary-named', { name: data.name }),
    `${meetingWords(t, data.meeting)}.`,
    t(data.told ? 'attendance.behalf.told' : 'attendance.behalf.untold'),
  ].join('\n'),
  choices: data.open
    ? [[{ ...sheetButton, label: t(sheetButton.label), args: { unitId: data.unitId, meetingId: data.meeting.id } }]]
    : [],
}))

/** For who was named. */
const secretaryTold = renderer('rollcall.secretary-told', 1, namedSchema, (data, t) => ({
  text: [
    t('attendance.rollcall.secretary-told'),
    `${meetingWords(t, data.meeting)}.`,
    ...(data.open ? [] : [t('attendance.rollcall.secretary-later')]),
  ].join('\n'),
  choices: data.open
    ? [[{ ...sheetButton, label: t(sheetButton.label), args: { unitId: data.unitId, meetingId: data.meeting.id } }]]
    : [],
}))

const listEligible = async (ctx: Context, meeting: Meeting): Promise<Member[]> =>
  (await listMembers(ctx.tx, meeting)).filter((one) => one.asked)

async function sayList(ctx: Context, meeting: Meeting, wanted: number): Promise<void> {
  const members = await listEligible(ctx, meeting)
  const { page, last, shown } = pageOf(members, wanted)
  await ctx.say(secretaryList, {
    unitId: meeting.cellId,
    meeting: shapeOf(meeting),
    people: shown.map(({ personId, label }) => ({ personId, label })),
    page,
    last,
    current: members.find((one) => one.personId === meeting.meetingSecretaryId)?.label ?? null,
  })
}

const recordSecretary = async (ctx: Context, meeting: Meeting, personId: string): Promise<void> => {
  const { tx, now } = ctx
  await tx.meeting.update({ where: { id: meeting.id }, data: { meetingSecretaryId: personId } })
  await tx.meetingChange.create({
    data: {
      id: newId(),
      meetingId: meeting.id,
      revision: meeting.revision,
      kind: 'edited',
      before: { meetingSecretaryId: meeting.meetingSecretaryId },
      after: { meetingSecretaryId: personId },
      byId: ctx.actor.personId,
      at: now,
    },
  })
}

/** False: they have no chat that works. */
async function tellNamed(ctx: Context, meeting: Meeting, { personId, label }: Member, open: boolean): Promise<boolean> {
  const { tx, now } = ctx
  const causeKey = `rollcall-secretary:${meeting.id}:${ctx.updateId}`
  await enqueue(tx, now, [
    outgoing(
      secretaryTold,
      { unitId: meeting.cellId, meeting: shapeOf(meeting), name: label, open, told: true },
      {
        causeKey,
        personId,
        subject: meeting.id,
        priority: PRIORITY.notice,
        notBefore: noticeTime(now, meeting),
        expiresAt: endOf(meeting) > now ? endOf(meeting) : new Date(now.getTime() + 86_400_000),
      },
    ),
  ])
  const sent = await tx.outbox.findUnique({ where: { causeKey }, select: { state: true } })
  return sent?.state === 'queued'
}

async function nameSecretary(ctx: Context, meeting: Meeting, personId: string): Promise<void> {
  const member = (await listEligible(ctx, meeting)).find((one) => one.personId === personId)
  if (!member) throw new AppError('attendance.error.not_in_meeting')
  const open = isOpenable(meeting, ctx.now)
  if (meeting.meetingSecretaryId !== personId) {
    if (meeting.meetingSecretaryId) await withdrawFrom(ctx, meeting, meeting.meetingSecretaryId)
    await recordSecretary(ctx, meeting, personId)
  }
  const told = personId !== ctx.actor.personId && (await tellNamed(ctx, meeting, member, open))
  const data = { unitId: meeting.cellId, meeting: shapeOf(meeting), name: member.label, open, told }
  await ctx.say(secretaryNamed, data)
}

const withdrawFrom = (ctx: Context, meeting: Meeting, personId: string): Promise<unknown> =>
  withdraw(ctx.tx, ctx.now, { subject: meeting.id, kinds: ['rollcall.secretary-told', 'rollcall.due'], personId })

const secretary = command(
  'rollcall.secretary',
  {
    args: z.object({
      unitId: z.uuid(),
      meetingId: z.uuid(),
      personId: z.uuid().optional(),
      page: z.number().int().min(0).default(0),
    }),
    scope: 'unit',
    permission: 'attendance.manage',
  },
  async (ctx, args) => {
    const meeting = await getMeeting(ctx.tx, args.unitId, args.meetingId)
    if (meeting.state !== 'planned') throw new AppError('attendance.rollcall.error.cancelled')
    await (args.personId ? nameSecretary(ctx, meeting, args.personId) : sayList(ctx, meeting, args.page))
  },
)

export const secretaryCommands: Command[] = [secretary]
export const secretaryRenderers = [secretaryList, secretaryNamed, secretaryTold]
