import { DAY } from '../core/dates.js'
import type { Tx } from '../database/client.js'
import type { Announcement } from '../database/generated/client.js'
import { getCell } from '../meetings/cell.js'
import { outsideQuiet } from '../meetings/quiet.js'
import { enqueue, outgoing, PRIORITY, withdraw } from '../messaging/outbox.js'
import { announced, takenBack } from './messages.js'
import { listReaders, listShown, markWithdrawn } from './store.js'

/** Somebody who is linked anew within the week still gets it. */
const USE_MS = 7 * DAY

type Sent = Omit<Announcement, 'withdrawnAt'>

/** To everybody of the cell, at once or after the quiet hours. Returns how many of them can be reached, and when. */
export async function sendToCell(tx: Tx, now: Date, sent: Sent): Promise<Readonly<{ people: number; at: Date }>> {
  const cell = await getCell(tx, sent.cellId)
  const readers = await listReaders(tx, cell, sent)
  const timing = outsideQuiet(now, { zone: cell.zone, latest: new Date(now.getTime() + DAY) })
  const data = { announcementId: sent.id, cell: cell.name, text: sent.text, received: false }
  await enqueue(
    tx,
    now,
    readers.map(({ personId }) =>
      outgoing(announced, data, {
        causeKey: `announcement:${sent.id}:${personId}`,
        personId,
        subject: sent.id,
        priority: PRIORITY.notice,
        expiresAt: new Date(now.getTime() + USE_MS),
        ...timing,
      }),
    ),
  )
  return { people: readers.filter((one) => one.reachable).length, at: timing.notBefore }
}

/** What has not left is not sent; what stands in a chat is changed where its platform can. Null: it was taken back before. */
export async function takeFromCell(
  tx: Tx,
  now: Date,
  one: Announcement,
): Promise<Readonly<{ unsent: number; shown: number }> | null> {
  if (!(await markWithdrawn(tx, one.id, now))) return null
  const cell = await getCell(tx, one.cellId)
  const unsent = await withdraw(tx, now, { subject: one.id, kinds: [announced.kind] })
  const shown = await listShown(tx, one.id, announced.kind)
  await enqueue(
    tx,
    now,
    shown.map(({ deliveryId, chatId, personId }) =>
      outgoing(
        takenBack,
        { cell: cell.name },
        {
          causeKey: `announcement-back:${deliveryId}`,
          chatId,
          personId,
          operation: 'edit',
          targetId: deliveryId,
          priority: PRIORITY.notice,
          expiresAt: new Date(now.getTime() + DAY),
        },
      ),
    ),
  )
  return { unsent, shown: shown.length }
}
