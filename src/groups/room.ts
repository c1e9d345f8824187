import type { Room, RoomDeps } from '../conversation/room.js'
import type { CommandHint, MenuEntry } from '../conversation/types.js'
import { unitsOf } from '../organization/permissions.js'
import { noticeCommands } from './commands-notice.js'
import { pressCommands } from './commands-press.js'
import { tieCommands } from './commands-tie.js'
import { cardRenderers } from './messages-card.js'
import { noticeRenderers } from './messages-notice.js'
import { howToTie } from './messages-tie.js'
import { noticePaper } from './notice-paper.js'
import { cardSweep, tieSweep } from './sweep.js'

const LEADERS = ['secretary', 'deputy'] as const

const hints: readonly CommandHint[] = [
  { slash: { vi: 'ganchibo', en: 'tiegroup' }, description: 'groups.hint.tie', for: LEADERS },
  { slash: { vi: 'giaymoi', en: 'notice' }, description: 'groups.hint.notice', for: LEADERS },
]

const rankFor =
  (rank: number): MenuEntry['rank'] =>
  async ({ actor }) =>
    unitsOf(actor.roles, 'meeting.plan').length > 0 ? rank : null

const menu: readonly MenuEntry[] = [
  {
    command: 'groups.tie',
    label: 'groups.menu.tie',
    rank: rankFor(6),
  },
  { command: 'groups.notice', label: 'groups.menu.notice', rank: rankFor(7) },
]

/** The group chats of cells: one card a meeting, and a notice to forward where no bot is wanted. */
export const createGroups = (deps: RoomDeps): Room => ({
  commands: [...tieCommands(deps), ...pressCommands, ...noticeCommands],
  renderers: [...cardRenderers, howToTie, ...noticeRenderers],
  papers: [noticePaper(deps)],
  menu,
  hints,
  sweeps: [tieSweep, cardSweep],
})
