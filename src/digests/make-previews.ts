import type { Tx } from '../database/client.js'
import { outsideQuiet } from '../meetings/quiet.js'
import { outgoing, PRIORITY } from '../messaging/outbox.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { type Mend, preview } from './messages-preview.js'
import { joinWork, type Occasion, readersOf, type Work } from './occasion.js'
import { decidePreview, type PreviewLine } from './rules.js'
import { WEEKLY_SLOT } from './slots.js'
import { listCellRows, type StoredCell } from './store.js'
import { listLeaders } from './store-readers.js'

/** More buttons than this are no screen; what is done goes, and the rest follows by `/diemdanh`. */
const MOST_MENDS = 5

/** A button for every meeting without a roll-call, and one for each other kind of remedy. */
function mendsOf(row: StoredCell, lines: readonly PreviewLine[]): Mend[] {
  const rollCalls = row.meetings
    .filter(({ outcome }) => outcome === 'unconfirmed')
    .map(({ id, day }): Mend => ({ what: 'roll_call', meetingId: id, day }))
  const others = (['new_meeting', 'schedule'] as const).filter((what) => lines.some((line) => line.mend === what))
  return [...rollCalls, ...others.map((what): Mend => ({ what }))].slice(0, MOST_MENDS)
}

function makeOne(now: Date, occasion: Occasion, row: StoredCell, readers: readonly string[]): Work {
  const { unitId, week, zone, usable } = occasion
  const lines = decidePreview(row, week)
  if (!lines) return { made: [], messages: [] }
  const data = {
    unitId,
    cell: row.name,
    week,
    time: WEEKLY_SLOT.time,
    lines: lines.map(({ kind, cell, day, rate, target }) => ({ kind, cell, day, rate, target })),
    mends: mendsOf(row, lines),
  }
  const messages = readers.map((personId) =>
    outgoing(preview, data, {
      causeKey: `preview:${unitId}:${week}:${personId}`,
      personId,
      subject: unitId,
      priority: PRIORITY.notice,
      mutable: 'preview',
      expiresAt: usable,
      ...outsideQuiet(now, { zone, latest: usable }),
    }),
  )
  return { made: [{ unitId, kind: 'preview', week, data: data as JsonObject }], messages }
}

/** The previews of cells that are due as of one moment, read together. */
export async function makePreviews(tx: Tx, now: Date, occasions: readonly Occasion[]): Promise<Work> {
  const [first] = occasions
  if (!first) return { made: [], messages: [] }
  const ids = occasions.map(({ unitId }) => unitId)
  const readers = await listLeaders(tx, ids, first.today)
  const read = occasions.filter(({ unitId }) => readersOf(readers, unitId).length > 0)
  const rows = await listCellRows(
    tx,
    read.map(({ unitId }) => unitId),
    first,
  )
  return joinWork(
    read.flatMap((occasion) => {
      const row = rows.find(({ cellId }) => cellId === occasion.unitId)
      return row ? [makeOne(now, occasion, row, readersOf(readers, occasion.unitId))] : []
    }),
  )
}
