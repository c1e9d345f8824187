import type { Context } from '../../conversation/types.js'
import { DAY } from '../../core/dates.js'
import type { Meeting } from '../../meetings/store.js'
import { enqueue, outgoing, PRIORITY, withdraw } from '../../messaging/outbox.js'
import { hasAttended } from '../counting.js'
import { noticeTiming } from '../late.js'
import { shapeOf } from '../messages-answer.js'
import type { Sheet, SheetLine } from '../roll-call-sheet.js'
import { absenceTold, objectionOutcome } from './messages.js'
import { closeObjection, listChangedSince, listHeard } from './store.js'

type Line = Pick<SheetLine, 'personId' | 'state' | 'reasonKind'>

const addressed = (ctx: Context, meeting: Meeting, personId: string, causeKey: string) => ({
  causeKey,
  personId,
  subject: meeting.id,
  priority: PRIORITY.notice,
  ...noticeTiming(ctx.now, meeting),
  expiresAt: new Date(ctx.now.getTime() + 7 * DAY),
})

export const tellOutcome = (
  ctx: Context,
  meeting: Meeting,
  { id, kept, line }: { id: string; kept: boolean; line: Line },
): Promise<unknown> =>
  enqueue(ctx.tx, ctx.now, [
    outgoing(
      objectionOutcome,
      { meeting: shapeOf(meeting), kept, state: line.state, reasonKind: line.reasonKind },
      addressed(ctx, meeting, line.personId, `objection-outcome:${id}`),
    ),
  ])

/** A member hears what the roll-call says of them: what, and how often, is the cause key's to say. */
const tellMark = (ctx: Context, sheet: Sheet, line: Line, corrected: boolean): Promise<unknown> =>
  enqueue(ctx.tx, ctx.now, [
    outgoing(
      absenceTold,
      { meeting: shapeOf(sheet.meeting), corrected, state: line.state, reasonKind: line.reasonKind },
      addressed(
        ctx,
        sheet.meeting,
        line.personId,
        `rollcall-told:${sheet.meeting.id}:${sheet.version}:${line.personId}`,
      ),
    ),
  ])

/** Tells each absent member of a confirmed sheet what was noted. */
export async function tellAbsent(ctx: Context, sheet: Sheet): Promise<number> {
  const absent = sheet.lines.filter((one) => !hasAttended(one.state))
  for (const line of absent) await tellMark(ctx, sheet, line, false)
  return absent.length
}

/**
 * After a confirmation: whoever objected and was heard learns the outcome once, and whoever was told of a mark that was
 * changed since hears of the change.
 */
export async function tellCorrected(ctx: Context, sheet: Sheet): Promise<void> {
  const { tx, now, actor } = ctx
  const lineOf = (personId: string) => sheet.lines.find((one) => one.personId === personId)
  const heard = await listHeard(tx, sheet.meeting.id)
  for (const { id, personId } of heard) {
    await closeObjection(tx, now, id, actor.personId)
    await withdraw(tx, now, { subject: id, kinds: ['rollcall.objection'] })
    const line = lineOf(personId)
    if (line) await tellOutcome(ctx, sheet.meeting, { id, kept: false, line })
  }
  const changed = sheet.releasedAt ? await listChangedSince(tx, sheet.meeting.id, sheet.releasedAt) : []
  for (const { personId } of changed) {
    const line = lineOf(personId)
    if (line && !heard.some((one) => one.personId === personId)) await tellMark(ctx, sheet, line, true)
  }
  if (changed.length > 0)
    await tx.rollCall.update({ where: { meetingId: sheet.meeting.id }, data: { releasedAt: now } })
}
