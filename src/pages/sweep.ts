import { note } from '../conversation/messages.js'
import type { Sweep } from '../conversation/types.js'
import { DAY, dateIn, toDateColumn, type Zone } from '../core/dates.js'
import { inTransaction, type Tx } from '../database/client.js'
import type { PersonalPage } from '../database/generated/client.js'
import { enqueue, outgoing, PRIORITY } from '../messaging/outbox.js'
import { listLeaders } from '../organization/invitations-store.js'
import { namesOf } from '../organization/people.js'
import { endPages, listUnused, nextUnused } from './personal.js'

const BATCH = 50
const TELL_MS = 7 * DAY

/** By leader, whom nothing reaches any more: who has an app by now does not miss the page. */
async function listMissing(
  tx: Tx,
  now: Date,
  zone: Zone,
  ended: readonly PersonalPage[],
): Promise<Map<string, string[]>> {
  const ids = ended.map((one) => one.personId)
  const reached = await tx.chatLink.findMany({ where: { personId: { in: ids }, endedAt: null } })
  const missing = ids.filter((id) => !reached.some((one) => one.personId === id))
  const names = await namesOf(tx, missing)
  const today = toDateColumn(dateIn(now, zone))
  const byLeader = new Map<string, string[]>()
  for (const id of missing)
    for (const leader of await listLeaders(tx, id, today))
      byLeader.set(leader, [...(byLeader.get(leader) ?? []), names.get(id) ?? ''])
  return byLeader
}

/** Who leads their cell learns that the pages have ended, and what to do: one message, however many ended together. */
async function tell(tx: Tx, now: Date, zone: Zone, ended: readonly PersonalPage[]): Promise<void> {
  const byLeader = await listMissing(tx, now, zone, ended)
  await enqueue(
    tx,
    now,
    [...byLeader].map(([personId, names]) => {
      const key = names.length === 1 ? 'pages.personal.unused' : 'pages.personal.unused-several'
      const data = { key, params: { name: names.join(', ') }, choices: [] }
      return outgoing(note, data, {
        causeKey: `page-unused:${ended[0]?.id}:${personId}`,
        personId,
        priority: PRIORITY.notice,
        expiresAt: new Date(now.getTime() + TELL_MS),
      })
    }),
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
      await tell(tx, now, zone, ended)
      return unused.length === BATCH
    }),
})
