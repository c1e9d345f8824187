import type { CommandHint, MenuEntry } from '../conversation/types.js'
import { DAY } from '../core/dates.js'
import type { Tx } from '../database/client.js'
import { unitsOf } from '../organization/permissions.js'
import { isRunning, OPEN_BEFORE } from './roll-call-steps.js'

/** After a week an unfinished sheet is no longer the likeliest thing. */
const FRESH = 7 * DAY

/** While people sit together nothing is more urgent, not even a cell's first schedule. */
const RUNNING = 98

const listOpen = (tx: Tx, cellIds: string[], now: Date) =>
  tx.meeting.findMany({
    where: {
      cellId: { in: cellIds },
      state: 'planned',
      startsAt: { gt: new Date(now.getTime() - FRESH), lte: new Date(now.getTime() + OPEN_BEFORE) },
      OR: [{ rollCall: null }, { rollCall: { confirmedAt: null } }],
    },
    select: { startsAt: true, durationMinutes: true },
  })

export const rollCallMenu: MenuEntry[] = [
  {
    command: 'rollcall.open',
    label: 'attendance.rollcall.menu',
    rank: async ({ tx, now, actor }) => {
      const cells = unitsOf(actor.roles, 'rollcall.record')
      const open = cells.length > 0 ? await listOpen(tx, cells, now) : []
      if (open.length === 0) return null
      return open.some((one) => isRunning(one, now)) ? RUNNING : 68
    },
  },
  {
    command: 'attendance.summary',
    label: 'attendance.summary.menu',
    rank: async ({ tx, now, actor }) => {
      const cells = unitsOf(actor.roles, 'attendance.see')
      if (cells.length === 0) return null
      const from = new Date(now.getTime() - FRESH)
      return (await tx.meeting.count({ where: { cellId: { in: cells }, state: 'planned', startsAt: { gt: from } } })) >
        0
        ? 70
        : null
    },
  },
]

export const rollCallHints: CommandHint[] = [
  {
    slash: { vi: 'diemdanh', en: 'rollcall' },
    description: 'attendance.rollcall.hint',
    for: ['secretary', 'deputy', 'meeting_secretary'],
  },
  {
    slash: { vi: 'tonghop', en: 'summary' },
    description: 'attendance.summary.hint',
    for: ['secretary', 'deputy'],
  },
]
