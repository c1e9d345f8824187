import type { Context } from '../conversation/types.js'
import { DAY, dateIn } from '../core/dates.js'
import { enqueue, outgoing, PRIORITY, withdraw } from '../messaging/outbox.js'
import { listCellLeaders } from '../organization/leaders.js'
import { noticeTiming } from './late.js'
import { tellCorrected } from './objections/tell.js'
import { resultMessage, resultOf } from './roll-call-result.js'
import { openSheet, type Sheet } from './roll-call-sheet.js'
import { REOPENED_FOR } from './roll-call-steps.js'
import { confirmRollCall, reopenRollCall } from './roll-call-store.js'
import { endOf } from './rules.js'

const RESULT_USE = 7 * DAY

const how = (ctx: Context) => ({ byId: ctx.actor.personId, now: ctx.now })

/** Closes the sheet; what would still offer it goes. */
export async function confirmSheet(ctx: Context, sheet: Sheet): Promise<Sheet> {
  const { tx, now } = ctx
  const { meeting } = sheet
  const personIds = sheet.lines.map((one) => one.personId)
  await confirmRollCall(tx, meeting.id, personIds, how(ctx))
  await withdraw(tx, now, { subject: meeting.id, kinds: ['rollcall.due', 'rollcall.sheet'] })
  const confirmed = await openSheet(tx, meeting)
  await tellCorrected(ctx, confirmed)
  return openSheet(tx, meeting)
}

/** Opens it again; every mark stands as it was confirmed. */
export async function reopenSheet(ctx: Context, sheet: Sheet): Promise<Sheet> {
  const { meeting } = sheet
  const soon = new Date(ctx.now.getTime() + REOPENED_FOR)
  const end = endOf(meeting)
  await reopenRollCall(ctx.tx, meeting.id, { ...how(ctx), dueAt: soon > end ? soon : end })
  return openSheet(ctx.tx, meeting)
}

/** Secretary and deputy learn what it came to, unless it is their own doing. */
export async function tellLeaders(ctx: Context, sheet: Sheet): Promise<void> {
  const { tx, now, actor } = ctx
  const { meeting } = sheet
  const leaders = await listCellLeaders(tx, meeting.cellId, dateIn(now, meeting.zone))
  const result = resultOf(sheet, { because: 'confirmed', manages: true })
  if (!result) return
  await enqueue(
    tx,
    now,
    leaders
      .filter(({ personId }) => personId !== actor.personId)
      .map(({ personId }) =>
        outgoing(resultMessage, result, {
          causeKey: `rollcall-result:${meeting.id}:${sheet.version}:${personId}`,
          personId,
          subject: meeting.id,
          priority: PRIORITY.notice,
          ...noticeTiming(now, meeting),
          expiresAt: new Date(now.getTime() + RESULT_USE),
        }),
      ),
  )
}
