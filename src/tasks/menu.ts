import type { CommandHint, MenuEntry } from '../conversation/types.js'
import { DAY } from '../core/dates.js'
import { unitsOf } from '../organization/permissions.js'

/** After a meeting its tasks are written down; later they are looked at now and then. */
const FRESH = 3 * DAY

export const taskMenu: readonly MenuEntry[] = [
  {
    command: 'tasks.open',
    label: 'tasks.menu-lead',
    rank: async ({ tx, now, actor }) => {
      const cells = unitsOf(actor.roles, 'task.manage')
      if (cells.length === 0) return null
      const begun = { gt: new Date(now.getTime() - FRESH), lte: now }
      const fresh = await tx.meeting.count({ where: { cellId: { in: cells }, state: 'planned', startsAt: begun } })
      if (fresh > 0) return 66
      return (await tx.task.count({ where: { cellId: { in: cells }, state: 'open' } })) > 0 ? 36 : null
    },
  },
  {
    command: 'tasks.open',
    label: 'tasks.menu',
    rank: async ({ tx, actor }) => {
      if (!actor.personId || unitsOf(actor.roles, 'task.manage').length > 0) return null
      return (await tx.task.count({ where: { ownerId: actor.personId, state: 'open' } })) > 0 ? 57 : null
    },
  },
]

export const taskHints: readonly CommandHint[] = [
  { slash: { vi: 'nhiemvu', en: 'tasks' }, description: 'tasks.hint', for: 'everyone' },
]
