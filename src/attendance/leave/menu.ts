import type { CommandHint, MenuEntry } from '../../conversation/types.js'
import { unitsOf } from '../../organization/permissions.js'

export const leaveMenu: MenuEntry[] = [
  {
    command: 'attendance.leaves',
    label: 'attendance.leave.menu',
    rank: async ({ tx, now, actor }) => {
      const cells = unitsOf(actor.roles, 'leave.decide')
      if (cells.length === 0) return null
      const waiting = await tx.leave.count({ where: { cellId: { in: cells }, state: 'pending', endsOn: { gt: now } } })
      return waiting > 0 ? 72 : null
    },
  },
]

export const leaveHints: CommandHint[] = [
  { slash: { vi: 'mien', en: 'exempt' }, description: 'attendance.exemption.hint', for: ['secretary', 'deputy'] },
  { slash: { vi: 'donvang', en: 'leaves' }, description: 'attendance.leave.hint', for: ['secretary', 'deputy'] },
]
