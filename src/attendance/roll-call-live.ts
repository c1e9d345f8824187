import type { Context } from '../conversation/types.js'
import { HOUR } from '../core/dates.js'
import { Prisma, type Tx } from '../database/client.js'
import { enqueue, outgoing, PRIORITY, withdraw } from '../messaging/outbox.js'
import { sheetMessage } from './messages-roll-call.js'
import { sheetData } from './roll-call-say.js'
import type { Sheet } from './roll-call-sheet.js'

/** Platforms let messages be changed for two days; nobody looks at a sheet for that long. */
const LOOKED_AT = 6 * HOUR

type Open = {
  deliveryId: string
  targetId: string | null
  state: string
  chatId: string
  personId: string
  page: number
  manages: boolean
}

/** Other phones whose newest state of a message is this sheet: not those that are just choosing a mark in it. */
const listOpen = (tx: Tx, sheet: Sheet, besideChat: string, now: Date): Promise<Open[]> =>
  tx.$queryRaw<Open[]>(Prisma.sql`
    SELECT id AS "deliveryId", target_id AS "targetId", state, chat_id AS "chatId", person_id AS "personId", page, manages
    FROM (
      SELECT DISTINCT ON (d.chat_id) d.*, o.person_id, (o.data->>'page')::int AS page,
        (o.data->>'manages')::boolean AS manages
      FROM outbox o JOIN delivery d ON d.outbox_id = o.id
      WHERE o.person_id IN (SELECT by_id FROM roll_call_event WHERE meeting_id = ${sheet.meeting.id}::uuid
          UNION SELECT person_id FROM outbox WHERE subject = ${sheet.meeting.id} AND kind = 'rollcall.due'
          UNION SELECT person_id FROM appointment WHERE unit_id = ${sheet.meeting.cellId}::uuid
            AND role IN ('secretary', 'deputy'))
        AND o.kind IN ('rollcall.sheet', 'rollcall.due') AND o.data->>'meetingId' = ${sheet.meeting.id}
        AND o.created_at > ${new Date(now.getTime() - LOOKED_AT)}
        AND d.chat_id <> ${besideChat}::uuid AND d.state IN ('queued', 'in_flight', 'sent')
      ORDER BY d.chat_id, d.sequence DESC
    ) newest
    WHERE NOT EXISTS (
      SELECT FROM delivery later WHERE later.chat_id = newest.chat_id AND later.sequence > newest.sequence
        AND later.state IN ('queued', 'in_flight', 'sent')
        AND (later.target_id = newest.id OR later.platform_message_id = newest.platform_message_id))`)

/**
 * Shows a change on the other phones that have the sheet open, in its place. A change that has not left yet is
 * replaced by the newer one, so a quick hand costs each phone one edit at a time.
 */
export async function refreshOthers(ctx: Context, sheet: Sheet): Promise<void> {
  const { tx, now } = ctx
  const { id: meetingId } = sheet.meeting
  for (const one of await listOpen(tx, sheet, ctx.chat.id, now)) {
    // What has no message yet has nothing to change; its reader's first tap shows today's state.
    if (one.state === 'queued' && !one.targetId) continue
    const replaced = one.state === 'queued' && one.targetId !== null
    if (replaced) await withdraw(tx, now, { subject: meetingId, kinds: ['rollcall.sheet'], personId: one.personId })
    const data = sheetData(sheet, { page: one.page, manages: one.manages, onPage: ctx.can.pages, live: true })
    await enqueue(tx, now, [
      outgoing(sheetMessage, data, {
        causeKey: `rollcall-live:${ctx.updateId}:${one.chatId}`,
        personId: one.personId,
        chatId: one.chatId,
        subject: meetingId,
        priority: PRIORITY.reply,
        expiresAt: new Date(now.getTime() + HOUR),
        operation: 'edit',
        targetId: replaced && one.targetId ? one.targetId : one.deliveryId,
      }),
    ])
  }
}
