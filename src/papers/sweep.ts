import { requestPaper, withdrawUnasked } from '../conversation/printing.js'
import type { Sweep } from '../conversation/types.js'
import { inTransaction, type Tx } from '../database/client.js'
import { todayOf } from '../meetings/cell.js'
import { withdraw } from '../messaging/outbox.js'
import { findLeader } from '../organization/leaders.js'
import { PACK } from './names.js'
import { listUnmade, markMade, nextUnmade, type Unmade } from './store.js'

const BATCH = 20

/** Drafts of an earlier confirmation that have not left are taken back: two papers with other numbers confuse. */
async function order(tx: Tx, now: Date, one: Unmade): Promise<void> {
  const { meetingId, cellId } = one
  await withdrawUnasked(tx, meetingId)
  await withdraw(tx, now, { subject: meetingId, kinds: ['papers.pack', 'papers.ready'] })
  const personId = await findLeader(tx, cellId, await todayOf({ tx, now }, cellId))
  if (personId)
    await requestPaper(tx, now, { paper: PACK, unitId: cellId, subjectId: meetingId, personId, chatId: null })
  await markMade(tx, one, now)
}

/** Orders the drafts of every confirmed roll-call once; a correction is another confirmation. */
export const packSweep: Sweep = {
  name: 'papers',
  nextDue: nextUnmade,
  run: (db, now) =>
    inTransaction(db, async (tx) => {
      const unmade = await listUnmade(tx, BATCH)
      for (const one of unmade) await order(tx, now, one)
      return unmade.length === BATCH
    }),
}
