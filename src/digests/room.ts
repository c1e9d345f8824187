import type { Room, RoomDeps } from '../conversation/room.js'
import type { CommandHint, HeldRole, MenuEntry } from '../conversation/types.js'
import { commands } from './commands.js'
import { previewRenderers } from './messages-preview.js'
import { reportRenderers } from './messages-report.js'
import { weeklyRenderers } from './messages-weekly.js'
import { digestSweep } from './sweep.js'

const READERS: readonly HeldRole['role'][] = ['committee_member', 'office']

/** For a committee the report is what the service is for; an administrator looks at it now and then. */
const RANK = { committee: 88, administrator: 42 } as const

const menu: MenuEntry[] = [
  {
    command: 'digests.report',
    label: 'digests.menu.report',
    rank: async ({ actor }) => {
      if (actor.roles.some(({ role }) => READERS.includes(role))) return RANK.committee
      return actor.roles.some(({ role }) => role === 'administrator') ? RANK.administrator : null
    },
  },
]

const hints: CommandHint[] = [
  {
    slash: { vi: 'baocao', en: 'report' },
    description: 'digests.hint.report',
    for: [...READERS, 'administrator'],
  },
]

/** What committees are told every week and may look up any time, and what a cell is told the evening before. */
export const createDigests = (_deps: RoomDeps): Room => ({
  commands,
  renderers: [...weeklyRenderers, ...previewRenderers, ...reportRenderers],
  mutable: [{ kind: 'preview', label: 'digests.mutable', for: ['secretary', 'deputy'] }],
  menu,
  hints,
  sweeps: [digestSweep],
})
