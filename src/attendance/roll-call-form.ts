import { z } from 'zod'
import { type Command, type Context, command } from '../conversation/types.js'
import { AppError } from '../core/errors.js'
import { offerPage } from '../pages/offer.js'
import { openForChange } from './commands-roll-call.js'
import { withdrawGuest } from './guests.js'
import { REASONS } from './messages-answer.js'
import { markState } from './messages-roll-call.js'
import { confirmSheet, tellLeaders } from './roll-call-confirm.js'
import type { FeeTick } from './roll-call-fees.js'
import { addKnown, addTyped } from './roll-call-guests.js'
import { refreshOthers } from './roll-call-live.js'
import { sayResult } from './roll-call-say.js'
import { openSheet, type Sheet } from './roll-call-sheet.js'
import { type Mark, recordFees, recordMarks } from './roll-call-store.js'
import { chooseSheet, getSheetMeeting } from './roll-call-which.js'
import { checkConfirm } from './rules.js'
import { tellWatch } from './watch/watch.js'

const rights = { scope: 'unit', permission: 'rollcall.record' } as const

const form = z.object({
  unitId: z.uuid(),
  meetingId: z.uuid(),
  /** Only what a hand changed: whoever was marked on another phone meanwhile keeps that mark. */
  marks: z.array(z.object({ personId: z.uuid(), state: markState, reasonKind: z.enum(REASONS).nullable() })),
  /** Only the ticks of the fee that a hand changed. */
  fees: z.array(z.object({ personId: z.uuid(), paid: z.boolean() })).default([]),
  came: z.array(z.uuid()),
  /** Guests who were not there after all. */
  gone: z.array(z.uuid()),
  name: z.string().nullable(),
  next: z.enum(['save', 'rest', 'fees', 'confirm']),
})
type Filled = z.infer<typeof form>

/** Marks for people of this sheet; whoever left the cell since the page was opened is on it no more. */
const marksOf = (sheet: Sheet, { marks, next }: Filled): Mark[] => {
  const known = marks.filter((one) => sheet.lines.some((line) => line.personId === one.personId))
  if (next !== 'rest') return known
  const unknown = checkConfirm(sheet.lines).unknown.filter((id) => !known.some((one) => one.personId === id))
  return [...known, ...unknown.map((personId): Mark => ({ personId, state: 'present', reasonKind: null }))]
}

/** "Tất cả đã nộp đảng phí" ticks everybody; who has not is then unticked. */
const feesOf = (sheet: Sheet, { fees, next }: Filled): FeeTick[] =>
  next === 'fees' ? sheet.lines.map(({ personId }) => ({ personId, paid: true })) : fees

async function recordGuests(ctx: Context, sheet: Sheet, { came, gone, name }: Filled): Promise<void> {
  for (const id of gone) await withdrawGuest(ctx.tx, sheet.meeting.id, id)
  for (const id of came) await addKnown(ctx, sheet, id)
  if (name) await addTyped(ctx, sheet, name)
}

/** A whole sheet at once, from a page; the rules are those of the chat, and only what was confirmed is said there. */
const fill = command('rollcall.form', { args: form, ...rights }, async (ctx, filled) => {
  const sheet = await openForChange(ctx, filled)
  if (!sheet) return
  const how = { byId: ctx.actor.personId, now: ctx.now }
  await recordMarks(ctx.tx, sheet.meeting.id, marksOf(sheet, filled), how)
  await recordFees(ctx.tx, sheet.meeting.id, feesOf(sheet, filled), how)
  await recordGuests(ctx, sheet, filled)
  const next = await openSheet(ctx.tx, sheet.meeting)
  await refreshOthers(ctx, next)
  if (filled.next !== 'confirm' || checkConfirm(next.lines).unknown.length > 0) return
  if (ctx.now < next.meeting.startsAt) throw new AppError('attendance.rollcall.error.not-begun')
  const confirmed = await confirmSheet(ctx, next)
  await sayResult(ctx, confirmed, 'confirmed')
  await tellLeaders(ctx, confirmed)
  await tellWatch(ctx, confirmed)
})

const page = (codeKey: Uint8Array): Command =>
  command(
    'rollcall.page',
    {
      args: z.object({ unitId: z.uuid(), meetingId: z.uuid().optional() }),
      ...rights,
      words: ['trang điểm danh', 'roll call page'],
    },
    async (ctx, { unitId, meetingId }) => {
      const meeting = meetingId ? await getSheetMeeting(ctx, unitId, meetingId) : await chooseSheet(ctx, unitId)
      if (meeting) await offerPage(ctx, codeKey, 'roll-call', { unitId, meetingId: meeting.id })
    },
  )

export const rollCallPageCommands = (codeKey: Uint8Array): Command[] => [fill, page(codeKey)]
