import type { CommandHint, MenuEntry } from '../conversation/types.js'
import { DAY } from '../core/dates.js'
import type { Tx } from '../database/client.js'
import { unitsOf } from '../organization/permissions.js'

/** The result goes up within two days; after a week it is late, and no longer the likeliest thing. */
const FRESH = 7 * DAY

/** A cell that has not met yet has nothing to score. */
const hasBegun = async (tx: Tx, cells: string[], now: Date): Promise<boolean> =>
  (await tx.meeting.findFirst({
    where: { cellId: { in: cells }, state: 'planned', startsAt: { lte: now } },
    select: { id: true },
  })) !== null

export const scoringMenu: readonly MenuEntry[] = [
  {
    command: 'scoring.open',
    label: 'scoring.menu',
    rank: async ({ tx, now, actor }) => {
      const cells = unitsOf(actor.roles, 'score.record')
      if (cells.length === 0) return null
      const begun = await tx.meeting.findMany({
        where: {
          cellId: { in: cells },
          state: 'planned',
          kind: { not: 'cell_committee' },
          startsAt: { gt: new Date(now.getTime() - FRESH), lte: now },
          rollCall: { confirmedAt: { not: null } },
        },
        select: { id: true },
      })
      if (begun.length === 0) return (await hasBegun(tx, cells, now)) ? 26 : null
      const complete = await tx.score.count({
        where: { meetingId: { in: begun.map((one) => one.id) }, completedAt: { not: null } },
      })
      return complete < begun.length ? 67 : 26
    },
  },
  {
    command: 'scoring.own-sheet',
    label: 'scoring.menu-sheet',
    rank: async ({ actor }) => (unitsOf(actor.roles, 'sheet.set').length > 0 ? 11 : null),
  },
]

const LEADERS = ['secretary', 'deputy'] as const

export const scoringHints: readonly CommandHint[] = [
  { slash: { vi: 'chamdiem', en: 'score' }, description: 'scoring.hint', for: LEADERS },
  { slash: { vi: 'diemnam', en: 'yearscores' }, description: 'scoring.hint-year', for: LEADERS },
]
