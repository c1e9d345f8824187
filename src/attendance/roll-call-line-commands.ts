import { z } from 'zod'
import { type Command, type Context, command } from '../conversation/types.js'
import { type After, change, openForChange } from './commands-roll-call.js'
import { shapeOf } from './messages-answer.js'
import { type FeeTick, ticksOf } from './roll-call-fees.js'
import { readRollCallLine } from './roll-call-line.js'
import { askedMessage, type LineDraft, lineDraft, repeatMessage } from './roll-call-line-messages.js'
import { saySheet } from './roll-call-say.js'
import type { Sheet, SheetLine } from './roll-call-sheet.js'
import type { Mark } from './roll-call-store.js'
import { chooseSheet } from './roll-call-which.js'

const place = { unitId: z.uuid(), meetingId: z.uuid() }
const rights = { scope: 'unit', permission: 'rollcall.record' } as const

/** A later line corrects an earlier one: what it says of somebody counts. */
const joined = (before: LineDraft, next: LineDraft): LineDraft => ({
  marks: [...before.marks.filter((one) => !next.marks.some((two) => two.personId === one.personId)), ...next.marks],
  rest: next.rest || before.rest,
  fees: [...before.fees.filter((one) => !next.fees.some((two) => two.personId === one.personId)), ...next.fees],
})

/** The draft as marks on this sheet: who joined or left it in the meantime is as the sheet knows them. */
function marksOn(sheet: Sheet, { marks, rest }: LineDraft): Mark[] {
  const said = new Map(marks.map((one) => [one.personId, one]))
  return sheet.lines.flatMap(({ personId, state }): Mark[] => {
    const mark = said.get(personId)
    if (mark) return [mark]
    return rest && state === 'unknown' ? [{ personId, state: 'present', reasonKind: null }] : []
  })
}

/** Those that would change something here, of whoever is on the sheet. */
const feesOn = (sheet: Sheet, { fees }: LineDraft): FeeTick[] =>
  fees.filter((tick) => sheet.lines.some((one) => one.personId === tick.personId && one.feePaid !== tick.paid))

/** The sheet as it would be with the draft's ticks. */
const withFees = (sheet: Sheet, { fees }: LineDraft): SheetLine[] => {
  const ticks = new Map(fees.map((one) => [one.personId, one.paid]))
  return sheet.lines.map((one) => ({ ...one, feePaid: ticks.get(one.personId) ?? one.feePaid }))
}

/** What the repeated line says of the fee; null where nothing was said of it. */
function feesSaid(sheet: Sheet, draft: LineDraft, spoken: boolean): { paid: number; unpaid: string[] } | null {
  if (!spoken && draft.fees.length === 0) return null
  const lines = withFees(sheet, draft)
  const unpaid = lines.filter((one) => !one.feePaid).map((one) => one.label)
  return { paid: lines.length - unpaid.length, unpaid }
}

async function sayRepeat(ctx: Context, sheet: Sheet, draft: LineDraft, ofFees = false): Promise<void> {
  const { meeting, lines } = sheet
  const states = new Map(marksOn(sheet, draft).map((one) => [one.personId, one.state]))
  await ctx.say(repeatMessage, {
    unitId: meeting.cellId,
    meetingId: meeting.id,
    meeting: shapeOf(meeting),
    people: lines.map(({ personId, label, state }) => ({ label, state: states.get(personId) ?? state })),
    fees: feesSaid(sheet, draft, ofFees),
    draft,
    begun: ctx.now >= meeting.startsAt,
  })
}

async function takeLine(ctx: Context, sheet: Sheet, text: string, draft: LineDraft | undefined): Promise<void> {
  const { meeting, lines } = sheet
  const reading = readRollCallLine(text, lines)
  if (!reading) return saySheet(ctx, sheet, 0)
  const problems =
    reading.kind === 'problems'
      ? [...reading.problems]
      : meeting.onlineAllowed || !reading.marks.some((one) => one.state === 'online')
        ? []
        : [{ kind: 'online' as const, words: '' }]
  if (reading.kind === 'marks' && problems.length === 0) {
    const { marks, rest } = reading
    const before = draft ?? { marks: [], rest: false, fees: [] }
    const fees = reading.fees ? ticksOf(reading.fees, withFees(sheet, before)) : []
    return sayRepeat(ctx, sheet, joined(before, { marks: [...marks], rest, fees }), reading.fees !== null)
  }
  await ctx.say(askedMessage, {
    unitId: meeting.cellId,
    meetingId: meeting.id,
    total: lines.length,
    problems,
    draft: draft ?? null,
  })
}

/** A roll-call typed as one line: repeated back, stored by a choice. */
const line = command(
  'rollcall.line',
  {
    args: z.object({
      unitId: z.uuid(),
      meetingId: z.uuid().optional(),
      text: z.string(),
      draft: lineDraft.optional(),
    }),
    ...rights,
  },
  async (ctx, { unitId, meetingId, text, draft }) => {
    const at = meetingId ?? (await chooseSheet(ctx, unitId))?.id
    const sheet = at ? await openForChange(ctx, { unitId, meetingId: at }) : null
    if (sheet) await takeLine(ctx, sheet, text, draft)
  },
)

const drafted = command(
  'rollcall.drafted',
  { args: z.object({ ...place, draft: lineDraft }), ...rights },
  async (ctx, args) => {
    const sheet = await openForChange(ctx, args)
    if (sheet) await sayRepeat(ctx, sheet, args.draft)
  },
)

const fill = command(
  'rollcall.fill',
  { args: z.object({ ...place, draft: lineDraft, confirming: z.boolean() }), ...rights },
  async (ctx, args) => {
    const sheet = await openForChange(ctx, args)
    if (!sheet) return
    const after: After = { page: 0, confirming: args.confirming && ctx.now >= sheet.meeting.startsAt }
    await change(ctx, sheet, marksOn(sheet, args.draft), after, feesOn(sheet, args.draft))
  },
)

export const lineCommands: Command[] = [line, drafted, fill]
