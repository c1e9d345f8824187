import type { Sweep } from '../conversation/types.js'
import { DAY, dateIn } from '../core/dates.js'
import { inTransaction, type Tx } from '../database/client.js'
import type { DigestKind } from '../database/generated/enums.js'
import { enqueue } from '../messaging/outbox.js'
import { makeDigests } from './make-digests.js'
import { makePreviews } from './make-previews.js'
import type { Occasion, Work } from './occasion.js'
import { nextSlot, PREVIEW_SLOT, WEEKLY_SLOT, weekOfDigest, weekOfPreview } from './slots.js'
import { recordDigests } from './store-readers.js'
import { advanceSlots, findNextDue, insertSlots, listLacking, type Slot, takeDue } from './store-slots.js'

/** Few enough for one transaction even where each is a large committee. */
const BATCH = 20
/** On Wednesday morning Monday's digest has had its use. */
const LATE_DIGEST_MS = 2 * DAY
const SLOTS = { weekly: WEEKLY_SLOT, preview: PREVIEW_SLOT } as const satisfies Record<DigestKind, unknown>

/** The slot that is meant at `now`: after a long downtime the latest one that passed, never the ones before it. */
function meantAt({ kind, zone, dueAt }: Slot, now: Date): Date {
  const latest = nextSlot(SLOTS[kind], new Date(now.getTime() - 7 * DAY), zone)
  return latest > dueAt && latest <= now ? latest : dueAt
}

/** What a due slot is about, or null where it comes too late to help: a digest after two days, a preview on Monday. */
function occasionOf(slot: Slot, now: Date): Occasion | null {
  const { unitId, kind, zone } = slot
  const meant = meantAt(slot, now)
  if (kind === 'weekly') {
    const usable = new Date(meant.getTime() + LATE_DIGEST_MS)
    const week = weekOfDigest(meant, zone)
    return now < usable ? { unitId, kind, zone, week, today: dateIn(now, zone), at: now, usable } : null
  }
  const monday = nextSlot(WEEKLY_SLOT, meant, zone)
  const week = weekOfPreview(meant, zone)
  return now < monday ? { unitId, kind, zone, week, today: week, at: monday, usable: monday } : null
}

/** Units that got their first committee member or secretary since the last look. */
async function makeSlots(tx: Tx, now: Date): Promise<void> {
  const lacking = await listLacking(tx)
  if (lacking.length > 0)
    await insertSlots(
      tx,
      lacking.map((one) => ({ ...one, dueAt: nextSlot(SLOTS[one.kind], now, one.zone) })),
    )
}

/** Units of one zone are of one day: what is read as of the same moment is read once. */
function groupsOf(occasions: readonly Occasion[]): Occasion[][] {
  const groups = new Map<string, Occasion[]>()
  for (const one of occasions) {
    const key = [one.kind, one.week, one.today, one.at.getTime()].join()
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()]
}

const make = (tx: Tx, now: Date, group: Occasion[]): Promise<Work> =>
  group[0]?.kind === 'weekly' ? makeDigests(tx, now, group) : makePreviews(tx, now, group)

export const digestSweep: Sweep = {
  name: 'digests',
  nextDue: findNextDue,
  run: (db, now) =>
    inTransaction(db, async (tx) => {
      await makeSlots(tx, now)
      const slots = await takeDue(tx, now, BATCH)
      const occasions = slots.flatMap((slot) => occasionOf(slot, now) ?? [])
      for (const group of groupsOf(occasions)) {
        const { made, messages } = await make(tx, now, group)
        await recordDigests(tx, now, made)
        await enqueue(tx, now, messages)
      }
      await advanceSlots(
        tx,
        slots.map((slot) => ({ ...slot, dueAt: nextSlot(SLOTS[slot.kind], now, slot.zone) })),
      )
      return slots.length === BATCH
    }),
}
