import type { Tx } from '../database/client.js'
import { outsideQuiet } from '../meetings/quiet.js'
import { outgoing, PRIORITY } from '../messaging/outbox.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { toScreen, weekly } from './messages-weekly.js'
import { joinWork, type Occasion, readersOf, type Work } from './occasion.js'
import { decideDigest } from './rules.js'
import { getUnit, listCellIds, listCellRows, type StoredCell } from './store.js'
import { listCommittee, type Reader } from './store-readers.js'

async function makeOne(
  tx: Tx,
  now: Date,
  occasion: Occasion,
  rows: readonly StoredCell[],
  readers: readonly string[],
): Promise<Work> {
  const { unitId, week, today, zone, usable } = occasion
  const content = decideDigest(rows, week, today)
  if (content.isEmpty) return { made: [], messages: [] }
  const data = toScreen(await getUnit(tx, unitId, today), content, today)
  const messages = readers.map((personId) =>
    outgoing(weekly, data, {
      causeKey: `digest:${unitId}:${week}:${personId}`,
      personId,
      subject: unitId,
      priority: PRIORITY.bulk,
      expiresAt: usable,
      ...outsideQuiet(now, { zone, latest: usable }),
    }),
  )
  return { made: [{ unitId, kind: 'weekly', week, data: data as JsonObject }], messages }
}

/**
 * The digests of committees that are due as of one moment. The cells below them are read together: a committee's
 * cells are its superior's too.
 */
export async function makeDigests(tx: Tx, now: Date, occasions: readonly Occasion[]): Promise<Work> {
  const [first] = occasions
  if (!first) return { made: [], messages: [] }
  const readers: Reader[] = await listCommittee(
    tx,
    occasions.map(({ unitId }) => unitId),
    first.today,
  )
  const read = occasions.filter(({ unitId }) => readersOf(readers, unitId).length > 0)
  const idsOf = new Map<string, string[]>()
  for (const { unitId } of read) idsOf.set(unitId, await listCellIds(tx, unitId, first.today))
  const rows = await listCellRows(tx, [...new Set([...idsOf.values()].flat())], first)
  const byId = new Map(rows.map((row) => [row.cellId, row]))
  const work: Work[] = []
  for (const occasion of read) {
    const own = (idsOf.get(occasion.unitId) ?? []).flatMap((id) => byId.get(id) ?? [])
    work.push(await makeOne(tx, now, occasion, own, readersOf(readers, occasion.unitId)))
  }
  return joinWork(work)
}
