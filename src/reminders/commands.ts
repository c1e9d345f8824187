import type { CommandHint, MenuEntry } from '../conversation/types.js'
import { DAY } from '../core/dates.js'
import { listUpcoming } from '../meetings/store.js'
import { unitsOf } from '../organization/permissions.js'
import { ladderCommands } from './commands-ladder.js'
import { nudgeCommands } from './commands-nudge.js'
import { findSilent } from './nudge.js'

type Moment = Parameters<MenuEntry['rank']>[0]

export const reminderCommands = [...ladderCommands, ...nudgeCommands]

/** Earlier the ladder asks by itself. */
const NUDGE_BEFORE = 4 * DAY

/** Offered while there is somebody whom a nudge would reach. */
async function rankNudge({ tx, now, actor }: Moment): Promise<number | null> {
  const cells = unitsOf(actor.roles, 'attendance.manage')
  const [meeting] = cells.length > 0 ? await listUpcoming(tx, cells, now, 1) : []
  if (!meeting || meeting.startsAt.getTime() - now.getTime() > NUDGE_BEFORE) return null
  return (await findSilent(tx, now, meeting)).personIds.length > 0 ? 55 : null
}

export const reminderMenu: MenuEntry[] = [
  { command: 'reminders.nudge', label: 'reminders.menu.nudge', rank: rankNudge },
  {
    command: 'reminders.ladder',
    label: 'reminders.menu.ladder',
    rank: async ({ actor }) => (unitsOf(actor.roles, 'meeting.plan').length > 0 ? 15 : null),
  },
]

const LEADERS = ['secretary', 'deputy'] as const

export const reminderHints: CommandHint[] = [
  { slash: { vi: 'lichnhac', en: 'reminders' }, description: 'reminders.hint.ladder', for: LEADERS },
  { slash: { vi: 'nhacnho', en: 'nudge' }, description: 'reminders.hint.nudge', for: LEADERS },
]
