import type { CommandHint, MenuEntry } from '../conversation/types.js'
import { DAY } from '../core/dates.js'
import { unitsOf } from '../organization/permissions.js'
import { listNext } from './store.js'

const SOON = 7 * DAY

export const opinionMenu: readonly MenuEntry[] = [
  {
    command: 'opinions.give',
    label: 'opinions.menu',
    rank: async ({ tx, now, actor }) => {
      const [next] = await listNext(tx, actor.cellIds, now)
      if (!next) return null
      return next.startsAt.getTime() - now.getTime() < SOON ? 54 : 30
    },
  },
  {
    command: 'opinions.speakers',
    label: 'opinions.menu-lead',
    rank: async ({ tx, now, actor }) => {
      const cells = unitsOf(actor.roles, 'score.record')
      if (cells.length === 0) return null
      const around = { gt: new Date(now.getTime() - 2 * DAY), lte: new Date(now.getTime() + DAY) }
      const near = await tx.meeting.count({ where: { cellId: { in: cells }, state: 'planned', startsAt: around } })
      if (near > 0) return 64
      // A cell that plans nothing has nobody who wants to speak.
      return (await listNext(tx, cells, now)).length > 0 ? 28 : null
    },
  },
]

export const opinionHints: readonly CommandHint[] = [
  { slash: { vi: 'gopy', en: 'opinion' }, description: 'opinions.hint', for: 'everyone' },
  { slash: { vi: 'phatbieu', en: 'speakers' }, description: 'opinions.hint-lead', for: ['secretary', 'deputy'] },
]
