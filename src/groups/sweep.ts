import { note } from '../conversation/messages.js'
import type { Sweep } from '../conversation/types.js'
import { DAY, dateIn } from '../core/dates.js'
import { inTransaction, type Tx } from '../database/client.js'
import { getCell } from '../meetings/cell.js'
import { enqueue, outgoing, PRIORITY } from '../messaging/outbox.js'
import { listCellLeaders } from '../organization/leaders.js'
import { closeCards, renewCard, withdrawCards } from './cards.js'
import { endTie, findNextTurn, followMoves, listOutlived, type Tie, takeBroken } from './store.js'
import { findNextCard, insertMissing, takeCards } from './store-cards.js'

/** Cards in one transaction: renewing one counts a roster. */
const BATCH = 20

/** Posts a card for every meeting that a group is to hear of, and brings those that stand up to the facts. */
export const cardSweep: Sweep = {
  name: 'groups.cards',
  nextDue: findNextCard,
  run: (db, now) =>
    inTransaction(db, async (tx) => {
      await insertMissing(tx, now, BATCH)
      const due = await takeCards(tx, now, BATCH)
      for (const one of due) await renewCard(tx, now, one)
      return due.length === BATCH
    }),
}

/** A broken tie helps nobody a week later either. */
const TELL_MS = 7 * DAY

async function tellBroken(tx: Tx, now: Date, tie: Tie): Promise<void> {
  await withdrawCards(tx, now, tie.id)
  const cell = await getCell(tx, tie.unitId)
  const leaders = await listCellLeaders(tx, tie.unitId, dateIn(now, cell.zone))
  const untie = { label: 'groups.button.untie', command: 'groups.untie', args: { unitId: tie.unitId } }
  await enqueue(
    tx,
    now,
    leaders.map(({ personId }) =>
      outgoing(
        note,
        { key: 'groups.lost', params: { cell: cell.name }, choices: [[untie]] },
        {
          causeKey: `group-lost:${tie.id}:${tie.brokenAt?.getTime()}:${personId}`,
          personId,
          subject: tie.id,
          priority: PRIORITY.notice,
          expiresAt: new Date(now.getTime() + TELL_MS),
        },
      ),
    ),
  )
}

/** Ties follow their groups; groups that put us out are told of, once; ties of cells that no longer exist end. */
export const tieSweep: Sweep = {
  name: 'groups.ties',
  nextDue: findNextTurn,
  run: (db, now) =>
    inTransaction(db, async (tx) => {
      await followMoves(tx, now)
      for (const tie of await takeBroken(tx)) await tellBroken(tx, now, tie)
      for (const { id } of await listOutlived(tx, now)) {
        await closeCards(tx, now, id)
        await endTie(tx, now, id)
      }
      return false
    }),
}
