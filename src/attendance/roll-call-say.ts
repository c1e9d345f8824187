import type { Context } from '../conversation/types.js'
import { timeIn } from '../core/dates.js'
import { shapeOf } from './messages-answer.js'
import { askMark, type SheetData, sheetMessage } from './messages-roll-call.js'
import { resultMessage, resultOf } from './roll-call-result.js'
import type { Sheet, SheetLine } from './roll-call-sheet.js'

/** One glance on a small phone. */
export const A_PAGE = 8

export const pageOf = <T>(all: readonly T[], wanted: number): { page: number; last: number; shown: readonly T[] } => {
  const last = Math.max(0, Math.ceil(all.length / A_PAGE) - 1)
  const page = Math.min(wanted, last)
  return { page, last, shown: all.slice(page * A_PAGE, (page + 1) * A_PAGE) }
}

/** What a message of the sheet holds. */
export function sheetData(
  sheet: Sheet,
  how: { page: number; manages: boolean; onPage: boolean; lead?: SheetData['lead']; live?: true },
): SheetData {
  const { meeting, lines, last: changed } = sheet
  const { page, last, shown } = pageOf(lines, how.page)
  return {
    unitId: meeting.cellId,
    meetingId: meeting.id,
    meeting: shapeOf(meeting),
    lead: how.lead ?? 'none',
    states: lines.map((one) => one.state),
    proposed: lines.filter((one) => one.proposed && one.state !== 'unknown').length,
    people: shown.map(({ personId, label, state }) => ({ personId, label, state })),
    page,
    last,
    guests: sheet.guests.length,
    feesPaid: lines.filter((one) => one.feePaid).length,
    changed: changed && { by: changed.by, time: timeIn(changed.at, meeting.zone) },
    manages: how.manages,
    onPage: how.onPage,
    names: lines.map((one) => one.label),
    objections: how.manages ? sheet.objections.map((one) => one.label) : [],
    live: how.live ?? false,
  }
}

export const mayManage = (ctx: Context, sheet: Sheet): Promise<boolean> =>
  ctx.may('attendance.manage', sheet.meeting.cellId)

export async function sayResult(ctx: Context, sheet: Sheet, because: 'confirmed' | 'already' | 'view'): Promise<void> {
  const result = resultOf(sheet, { because, manages: await mayManage(ctx, sheet) })
  if (result) await ctx.say(resultMessage, result)
}

export async function saySheet(ctx: Context, sheet: Sheet, page: number, lead?: SheetData['lead']): Promise<void> {
  const manages = await mayManage(ctx, sheet)
  await ctx.say(sheetMessage, sheetData(sheet, { page, manages, onPage: ctx.can.pages, ...(lead ? { lead } : {}) }))
}

export const sayAsk = (ctx: Context, sheet: Sheet, line: SheetLine, how: { page: number; confirming: boolean }) =>
  ctx.say(askMark, {
    meeting: shapeOf(sheet.meeting),
    label: line.label,
    state: line.state,
    reasonKind: line.reasonKind,
    unknown: sheet.lines.filter((one) => one.state === 'unknown').length,
    onlineAllowed: sheet.meeting.onlineAllowed || line.state === 'online',
    args: { unitId: sheet.meeting.cellId, meetingId: sheet.meeting.id, personId: line.personId, ...how },
  })
