import { z } from 'zod'
import { type Command, type Context, command } from '../conversation/types.js'
import { AppError } from '../core/errors.js'
import { REASONS } from './messages-answer.js'
import { markState } from './messages-roll-call.js'
import { confirmSheet, reopenSheet, tellLeaders } from './roll-call-confirm.js'
import type { FeeTick } from './roll-call-fees.js'
import { refreshOthers } from './roll-call-live.js'
import { sayAsk, sayResult, saySheet } from './roll-call-say.js'
import { openSheet, type Sheet, type SheetLine } from './roll-call-sheet.js'
import { type Mark, recordFees, recordMarks } from './roll-call-store.js'
import { chooseSheet, getSheetMeeting } from './roll-call-which.js'
import { checkConfirm } from './rules.js'
import { tellWatch } from './watch/watch.js'

const place = { unitId: z.uuid(), meetingId: z.uuid() }
const page = z.number().int().min(0).default(0)
const confirming = z.boolean().default(false)
const rights = { scope: 'unit', permission: 'rollcall.record' } as const

/** The locked sheet of a button, or null after the person was shown what it came to: somebody has confirmed it. */
export async function openForChange(
  ctx: Context,
  { unitId, meetingId }: { unitId: string; meetingId: string },
): Promise<Sheet | null> {
  const sheet = await openSheet(ctx.tx, await getSheetMeeting(ctx, unitId, meetingId))
  if (!sheet.confirmed) return sheet
  await sayResult(ctx, sheet, 'already')
  return null
}

const lineOf = (sheet: Sheet, personId: string | undefined): SheetLine => {
  const line = sheet.lines.find((one) => one.personId === personId)
  if (!line) throw new AppError('attendance.error.not_in_meeting')
  return line
}

const open = command(
  'rollcall.open',
  {
    args: z.object({ unitId: z.uuid(), meetingId: z.uuid().optional(), page }),
    ...rights,
    slash: ['diemdanh', 'rollcall'],
    words: ['điểm danh', 'sửa điểm danh', 'roll call', 'correct the roll call'],
  },
  async (ctx, args) => {
    const meeting = args.meetingId
      ? await getSheetMeeting(ctx, args.unitId, args.meetingId)
      : await chooseSheet(ctx, args.unitId)
    if (!meeting) return
    const sheet = await openSheet(ctx.tx, meeting)
    if (sheet.lines.length === 0) throw new AppError('attendance.rollcall.error.nobody')
    await (sheet.confirmed ? sayResult(ctx, sheet, 'view') : saySheet(ctx, sheet, args.page))
  },
)

const ask = command(
  'rollcall.ask',
  { args: z.object({ ...place, personId: z.uuid(), page }), ...rights },
  async (ctx, args) => {
    const sheet = await openForChange(ctx, args)
    if (sheet) await sayAsk(ctx, sheet, lineOf(sheet, args.personId), { page: args.page, confirming: false })
  },
)

/** Asks about the next one left, or confirms where nobody is left. */
async function goOnConfirming(ctx: Context, sheet: Sheet, at: number): Promise<void> {
  const { unknown } = checkConfirm(sheet.lines)
  if (unknown.length > 0) return sayAsk(ctx, sheet, lineOf(sheet, unknown[0]), { page: at, confirming: true })
  const confirmed = await confirmSheet(ctx, sheet)
  await sayResult(ctx, confirmed, 'confirmed')
  await tellLeaders(ctx, confirmed)
  await tellWatch(ctx, confirmed)
}

export type After = { page: number; confirming: boolean }

/** Records marks and ticks by hand; the other phones with the sheet see them, then this one does. */
export async function change(
  ctx: Context,
  sheet: Sheet,
  marks: readonly Mark[],
  after: After,
  fees: readonly FeeTick[] = [],
): Promise<void> {
  const how = { byId: ctx.actor.personId, now: ctx.now }
  const ticked = await recordFees(ctx.tx, sheet.meeting.id, fees, how)
  const marked = await recordMarks(ctx.tx, sheet.meeting.id, marks, how)
  const next = await openSheet(ctx.tx, sheet.meeting)
  if (marked + ticked > 0) await refreshOthers(ctx, next)
  await (after.confirming ? goOnConfirming(ctx, next, after.page) : saySheet(ctx, next, after.page))
}

const mark = command(
  'rollcall.mark',
  {
    args: z.object({
      ...place,
      personId: z.uuid(),
      state: markState,
      reasonKind: z.enum(REASONS).optional(),
      page,
      confirming,
    }),
    ...rights,
  },
  async (ctx, args) => {
    const sheet = await openForChange(ctx, args)
    if (!sheet) return
    const { personId } = lineOf(sheet, args.personId)
    await change(ctx, sheet, [{ personId, state: args.state, reasonKind: args.reasonKind ?? null }], args)
  },
)

/** "Còn lại có mặt": an act of the secretary's, never a default. Who was marked in the meantime keeps that mark. */
const rest = command(
  'rollcall.rest',
  { args: z.object({ ...place, page, confirming }), ...rights },
  async (ctx, args) => {
    const sheet = await openForChange(ctx, args)
    if (!sheet) return
    const marks = checkConfirm(sheet.lines).unknown.map(
      (personId): Mark => ({ personId, state: 'present', reasonKind: null }),
    )
    await change(ctx, sheet, marks, args)
  },
)

const confirm = command('rollcall.confirm', { args: z.object(place), ...rights }, async (ctx, args) => {
  const sheet = await openForChange(ctx, args)
  if (!sheet) return
  if (ctx.now < sheet.meeting.startsAt) throw new AppError('attendance.rollcall.error.not-begun')
  await goOnConfirming(ctx, sheet, 0)
})

const reopen = command('rollcall.reopen', { args: z.object(place), ...rights }, async (ctx, args) => {
  const meeting = await getSheetMeeting(ctx, args.unitId, args.meetingId)
  const sheet = await openSheet(ctx.tx, meeting)
  if (sheet.confirmed) return saySheet(ctx, await reopenSheet(ctx, sheet), 0, 'mend')
  await saySheet(ctx, sheet, 0)
})

export const rollCallCommands: Command[] = [open, ask, mark, rest, confirm, reopen]
