import type { Room, RoomDeps } from '../conversation/room.js'
import type { CommandHint, MenuEntry } from '../conversation/types.js'
import { unitsOf } from '../organization/permissions.js'
import { pressCommands } from './commands-press.js'
import { tieCommands } from './commands-tie.js'
import { cardRenderers } from './messages-card.js'
import { howToTie } from './messages-tie.js'
import { cardSweep, tieSweep } from './sweep.js'

const LEADERS = ['secretary', 'deputy'] as const

const hints: readonly CommandHint[] = [
  { slash: { vi: 'ganchibo', en: 'tiegroup' }, description: 'groups.hint.tie', for: LEADERS },
]

const menu: readonly MenuEntry[] = [
  {
    command: 'groups.tie',
    label: 'groups.menu.tie',
    rank: async ({ actor }) => (unitsOf(actor.roles, 'meeting.plan').length > 0 ? 6 : null),
  },
]

/** The group chats of cells: one card a meeting, and a notice to forward where no bot is wanted. */
export const createGroups = (deps: RoomDeps): Room => ({
  commands: [...tieCommands(deps), ...pressCommands],
  renderers: [...cardRenderers, howToTie],
  menu,
  hints,
  sweeps: [tieSweep, cardSweep],
})
