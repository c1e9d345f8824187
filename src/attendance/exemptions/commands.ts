import { z } from 'zod'
import { type Command, type Context, command } from '../../conversation/types.js'
import { DAY, dateIn, type PlainDate } from '../../core/dates.js'
import { AppError } from '../../core/errors.js'
import { fold } from '../../core/text.js'
import type { ExemptionKind } from '../../database/generated/enums.js'
import { getCell } from '../../meetings/cell.js'
import { outsideQuiet } from '../../meetings/quiet.js'
import { enqueue, outgoing, PRIORITY } from '../../messaging/outbox.js'
import { exempt as writeExemption } from '../../organization/units.js'
import { findNamed } from '../answers-names.js'
import { dayAfter, readPeriod } from '../leave/parse-period.js'
import { exemptionDraft, exemptionList, exemptionTold, exemptionWhom } from './messages.js'
import { type CellMember, endExemption, listCellMembers, listExempted } from './store.js'

const rights = { scope: 'unit', permission: 'leave.decide' } as const

const day = z.iso.date().transform((text) => text as PlainDate)

const kinds = z.enum(['exempt', 'special_duty'])

/** The cell decides for years at most; longer is decided anew. */
const LONGEST_MONTHS = 60

const SPECIAL_DUTY = /\b(?:vang vi nhiem vu|nhiem vu dac biet|cong tac dac biet|special duty)\b/

const kindOf = (text: string): ExemptionKind => (SPECIAL_DUTY.test(fold(text)) ? 'special_duty' : 'exempt')

async function todayOf(ctx: Context, unitId: string): Promise<{ today: PlainDate; zone: string }> {
  const { zone } = await getCell(ctx.tx, unitId)
  return { today: dateIn(ctx.now, zone), zone }
}

async function sayList(ctx: Context, unitId: string, today: PlainDate): Promise<void> {
  const all = await listExempted(ctx.tx, unitId, today)
  const exempted = all.map(({ personId: _, ...one }) => one)
  await ctx.say(exemptionList, { unitId, exempted })
  await ctx.expect('attendance.exempt', { unitId })
}

/** The person is known; the period is read, or asked for. */
async function readFor(
  ctx: Context,
  unitId: string,
  member: CellMember,
  { text = '', kind = kindOf(text) }: { text?: string | undefined; kind?: ExemptionKind | undefined },
): Promise<void> {
  const { today } = await todayOf(ctx, unitId)
  const { personId, label } = member
  const reading = text ? readPeriod(text, today, LONGEST_MONTHS) : null
  if (reading?.kind === 'period') return ctx.say(exemptionDraft, { unitId, personId, label, kind, ...reading.period })
  await ctx.note(`attendance.exemption.period.${reading?.because ?? 'ask'}`, { name: label })
  await ctx.expect('attendance.exempt', { unitId, personId, kind })
}

/** "/mien Nguyễn Văn A 1/12-31/5". */
const exempt = command(
  'attendance.exempt',
  {
    args: z.object({
      unitId: z.uuid(),
      personId: z.uuid().optional(),
      kind: kinds.optional(),
      text: z.string().optional(),
    }),
    ...rights,
    slash: ['mien', 'exempt'],
    words: ['miễn sinh hoạt', 'hết miễn', 'exemptions'],
    takesText: true,
  },
  async (ctx, { unitId, personId, kind, text }) => {
    const { today } = await todayOf(ctx, unitId)
    const members = await listCellMembers(ctx.tx, unitId, today)
    const chosen = members.find((one) => one.personId === personId)
    if (chosen) return readFor(ctx, unitId, chosen, { text, kind })
    if (!text) return sayList(ctx, unitId, today)
    const { matches, rest } = findNamed(text, members)
    const [only, ...others] = matches
    if (!only) {
      await ctx.note('attendance.exemption.nobody')
      return ctx.expect('attendance.exempt', { unitId })
    }
    if (others.length === 0) return readFor(ctx, unitId, only, { text: rest })
    const people = matches.map((one) => ({ personId: one.personId, label: one.label }))
    await ctx.say(exemptionWhom, { unitId, rest, people })
  },
)

type Told = { kind: ExemptionKind; from: PlainDate; until: PlainDate | null; ended: boolean }

const tellMember = (ctx: Context, personId: string, zone: string, told: Told): Promise<unknown> =>
  enqueue(ctx.tx, ctx.now, [
    outgoing(exemptionTold, told, {
      causeKey: `exemption:${ctx.updateId}:${personId}`,
      personId,
      priority: PRIORITY.notice,
      ...outsideQuiet(ctx.now, { zone, latest: new Date(ctx.now.getTime() + DAY) }),
      expiresAt: new Date(ctx.now.getTime() + 7 * DAY),
    }),
  ])

const write = command(
  'attendance.exempt-write',
  {
    args: z.object({
      unitId: z.uuid(),
      personId: z.uuid(),
      kind: kinds,
      from: day,
      until: day,
    }),
    ...rights,
  },
  async (ctx, { unitId, personId, kind, from, until }) => {
    const { today, zone } = await todayOf(ctx, unitId)
    const member = (await listCellMembers(ctx.tx, unitId, today)).find((one) => one.personId === personId)
    if (!member) throw new AppError('attendance.exemption.error.left')
    const standing = (await listExempted(ctx.tx, unitId, today)).filter((one) => one.personId === personId)
    if (standing.some((one) => one.kind === kind && one.from <= until && (!one.endsOn || one.endsOn > from)))
      throw new AppError('attendance.exemption.error.already')
    await writeExemption(ctx.tx, { personId, kind, from, to: dayAfter({ from, until }) })
    await tellMember(ctx, personId, zone, { kind, from, until, ended: false })
    await ctx.note('attendance.exemption.written', { name: member.label })
  },
)

const end = command(
  'attendance.exempt-end',
  { args: z.object({ unitId: z.uuid(), exemptionId: z.uuid(), sure: z.boolean().optional() }), ...rights },
  async (ctx, { unitId, exemptionId, sure }) => {
    const { today, zone } = await todayOf(ctx, unitId)
    const one = (await listExempted(ctx.tx, unitId, today)).find(({ id }) => id === exemptionId)
    if (!one) return ctx.note('attendance.exemption.ended-before')
    if (!sure)
      return ctx.note(
        'attendance.exemption.ask-end',
        { name: one.label },
        {
          choices: [
            [
              {
                label: 'attendance.exemption.end-sure',
                command: 'attendance.exempt-end',
                args: { unitId, exemptionId, sure: true },
              },
            ],
          ],
        },
      )
    await endExemption(ctx.tx, one, today)
    await tellMember(ctx, one.personId, zone, { kind: one.kind, from: one.from, until: null, ended: true })
    await ctx.note('attendance.exemption.ended', { name: one.label })
  },
)

export const exemptionCommands: Command[] = [exempt, write, end]
