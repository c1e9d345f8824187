import { note } from '../conversation/messages.js'
import type { Sweep } from '../conversation/types.js'
import { DAY, dateIn, toDateColumn, type Zone } from '../core/dates.js'
import { inTransaction, type Tx } from '../database/client.js'
import { enqueue, outgoing, PRIORITY } from '../messaging/outbox.js'
import { listLeaders } from '../organization/invitations-store.js'
import { namesOf } from '../organization/people.js'
import { endPages, listUnused, nextUnused } from './personal.js'

const BATCH = 50
const TELL_MS = 7 * DAY

/** Who leads the member's cell learns that the page has ended, and what to do. */
async function tell(tx: Tx, now: Date, zone: Zone, page: { id: string; personId: string }): Promise<void> {
  const leaders = await listLeaders(tx, page.personId, toDateColumn(dateIn(now, zone)))
  const name = (await namesOf(tx, [page.personId])).get(page.personId) ?? ''
  const data = { key: 'pages.personal.unused', params: { name }, choices: [] }
  await enqueue(
    tx,
    now,
    leaders.map((personId) =>
      outgoing(note, data, {
        causeKey: `page-unused:${page.id}:${personId}`,
        personId,
        priority: PRIORITY.notice,
        expiresAt: new Date(now.getTime() + TELL_MS),
      }),
    ),
  )
}

/** Ends pages that nobody opened for 90 days. */
export const unusedSweep = (zone: Zone): Sweep => ({
  name: 'personal pages',
  nextDue: nextUnused,
  run: (db, now) =>
    inTransaction(db, async (tx) => {
      const unused = await listUnused(tx, now, BATCH)
      const ended = await endPages(
        tx,
        now,
        unused.map((one) => one.id),
      )
      for (const page of ended) await tell(tx, now, zone, page)
      return unused.length === BATCH
    }),
})
