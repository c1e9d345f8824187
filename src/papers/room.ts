import type { Room, RoomDeps } from '../conversation/room.js'
import type { CommandHint, MenuEntry } from '../conversation/types.js'
import { DAY } from '../core/dates.js'
import { unitsOf } from '../organization/permissions.js'
import { paperCommands } from './commands.js'
import { templateCommands, templateTaker } from './commands-templates.js'
import { meetingPapers } from './meeting-papers.js'
import { paperRenderers } from './messages.js'
import { templateRenderers } from './messages-templates.js'
import { isFresh } from './store.js'
import { packSweep } from './sweep.js'
import { templatePapers } from './template-papers.js'
import { yearPapers } from './year-papers.js'

const hints: readonly CommandHint[] = [
  { slash: { vi: 'giayto', en: 'papers' }, description: 'papers.hint.open', for: ['secretary', 'deputy'] },
  { slash: { vi: 'mau', en: 'templates' }, description: 'papers.hint.templates', for: ['office'] },
]

/** While the report is due, and a little longer. */
const WANTED_FOR = 4 * DAY

const menu: readonly MenuEntry[] = [
  {
    command: 'papers.open',
    label: 'papers.menu',
    rank: async ({ tx, now, actor }) => {
      const units = unitsOf(actor.roles, 'paper.make')
      if (units.length === 0) return null
      return (await isFresh(tx, units, new Date(now.getTime() - WANTED_FOR))) ? 75 : 12
    },
  },
  {
    command: 'papers.templates',
    label: 'papers.menu-templates',
    rank: async ({ actor }) => (unitsOf(actor.roles, 'sheet.set').length > 0 ? 10 : null),
  },
]

/** Minutes, resolution, report and tables, as files. */
export const createPapers = (deps: RoomDeps): Room => ({
  commands: [...paperCommands, ...templateCommands],
  renderers: [...paperRenderers, ...templateRenderers],
  papers: [...meetingPapers(deps), ...yearPapers(deps), ...templatePapers(deps)],
  takers: [templateTaker],
  menu,
  hints,
  sweeps: [packSweep],
})
