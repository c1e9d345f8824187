import { z } from 'zod'
import { type Command, type Context, command } from '../conversation/types.js'
import { DAY } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import type { Translate } from '../core/i18n.js'
import { newId } from '../core/ids.js'
import { getMeeting, type Meeting } from '../meetings/store.js'
import { enqueue, outgoing, PRIORITY, withdraw } from '../messaging/outbox.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice } from '../messaging/vocabulary.js'
import { listMembers, type Member } from './answers-members.js'
import { noticeTiming } from './late.js'
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
  /** The sheet can be opened already. */
  open: z.boolean(),
  told: z.enum(['told', 'untold', 'self']),
})
type Named = z.infer<typeof namedSchema>

const sheetRow = (t: Translate, { unitId, meeting, open }: Named): Choice[][] =>
  open
    ? [[{ label: t('attendance.rollcall.open'), command: 'rollcall.open', args: { unitId, meetingId: meeting.id } }]]
    : []

/** Said back to who named them. */
const secretaryNamed = renderer('rollcall.secretary-named', 1, namedSchema, (data, t) => ({
  text: [
    t('attendance.rollcall.secretary-named', { name: data.name }),
    `${meetingWords(t, data.meeting)}.`,
    ...(data.told === 'self' ? [] : [t(`attendance.behalf.${data.told}`)]),
  ].join('\n'),
  choices: sheetRow(t, data),
}))

/** For who was named. */
const secretaryTold = renderer('rollcall.secretary-told', 1, namedSchema, (data, t) => ({
  text: [
    t('attendance.rollcall.secretary-told'),
    `${meetingWords(t, data.meeting)}.`,
    ...(data.open ? [] : [t('attendance.rollcall.secretary-later')]),
  ].join('\n'),
  choices: sheetRow(t, data),
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

/** Whether the named one hears of it: not where there is no chat that works. */
async function tellNamed(ctx: Context, meeting: Meeting, personId: string, data: Named): Promise<Named['told']> {
  const { tx, now } = ctx
  if (personId === ctx.actor.personId) return 'self'
  const causeKey = `rollcall-secretary:${meeting.id}:${ctx.updateId}`
  const end = endOf(meeting)
  await enqueue(tx, now, [
    outgoing(secretaryTold, data, {
      causeKey,
      personId,
      subject: meeting.id,
      priority: PRIORITY.notice,
      ...noticeTiming(now, meeting),
      expiresAt: end > now ? end : new Date(now.getTime() + DAY),
    }),
  ])
  const sent = await tx.outbox.findUnique({ where: { causeKey }, select: { state: true } })
  return sent?.state === 'queued' ? 'told' : 'untold'
}

async function nameSecretary(ctx: Context, meeting: Meeting, personId: string): Promise<void> {
  const member = (await listEligible(ctx, meeting)).find((one) => one.personId === personId)
  if (!member) throw new AppError('attendance.error.not_in_meeting')
  if (meeting.meetingSecretaryId !== personId) {
    if (meeting.meetingSecretaryId) await withdrawFrom(ctx, meeting, meeting.meetingSecretaryId)
    await recordSecretary(ctx, meeting, personId)
  }
  const open = isOpenable(meeting, ctx.now)
  const data: Named = { unitId: meeting.cellId, meeting: shapeOf(meeting), name: member.label, open, told: 'told' }
  await ctx.say(secretaryNamed, { ...data, told: await tellNamed(ctx, meeting, personId, data) })
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
