import type { CommandHint, MenuEntry } from '../conversation/types.js'
import { unitsOf } from '../organization/permissions.js'
import { listUpcoming } from './store.js'

type Asked = Parameters<MenuEntry['rank']>[0]

const cellsPlanned = ({ actor }: Asked): string[] => unitsOf(actor.roles, 'meeting.plan')

/** A cell without a series and without a meeting has nothing else to do first. */
async function rankSeries(asked: Asked): Promise<number | null> {
  const cells = cellsPlanned(asked)
  if (cells.length === 0) return null
  const rows = await asked.tx.schedule.findMany({
    where: { cellId: { in: cells }, endsOn: null, kind: 'regular' },
    distinct: ['cellId'],
    select: { cellId: true },
  })
  if (rows.length === cells.length) return 20
  const [next] = await listUpcoming(asked.tx, cells, asked.now, 1)
  return next ? 66 : 97
}

const rankPlanning =
  (rank: number) =>
  async (asked: Asked): Promise<number | null> =>
    cellsPlanned(asked).length > 0 ? rank : null

const rankChanging =
  (rank: number) =>
  async (asked: Asked): Promise<number | null> => {
    const cells = cellsPlanned(asked)
    const [next] = cells.length > 0 ? await listUpcoming(asked.tx, cells, asked.now, 1) : []
    return next ? rank : null
  }

/** Followers see the meetings of the cell that they follow. */
const rankNext = async ({ actor }: Asked): Promise<number | null> =>
  actor.cellIds.length > 0 || actor.roles.some(({ role }) => role === 'follower') ? 60 : null

export const menuEntries: readonly MenuEntry[] = [
  { command: 'meetings.series', label: 'meetings.menu.series', rank: rankSeries },
  { command: 'meetings.next', label: 'meetings.menu.next', rank: rankNext },
  { command: 'meetings.create', label: 'meetings.menu.create', rank: rankPlanning(45) },
  { command: 'meetings.move', label: 'meetings.menu.move', rank: rankChanging(42) },
  { command: 'meetings.cancel', label: 'meetings.menu.cancel', rank: rankChanging(38) },
]

const LEADERS = ['secretary', 'deputy'] as const

export const hints: readonly CommandHint[] = [
  { slash: { vi: 'lich', en: 'meetings' }, description: 'meetings.hint.next', for: 'everyone' },
  { slash: { vi: 'lichdinhky', en: 'series' }, description: 'meetings.hint.series', for: LEADERS },
  { slash: { vi: 'taohop', en: 'meeting' }, description: 'meetings.hint.create', for: LEADERS },
  { slash: { vi: 'doilich', en: 'move' }, description: 'meetings.hint.move', for: LEADERS },
  { slash: { vi: 'hoanhop', en: 'postpone' }, description: 'meetings.hint.cancel', for: LEADERS },
]
