import type { Room, RoomDeps } from '../conversation/room.js'
import { scoringCommands } from './commands.js'
import { scoringHints, scoringMenu } from './menu.js'
import { scoringRenderers } from './messages.js'

/** The score sheet of a meeting, filled in from what is known and completed by the secretary. */
export const createScoring = (_deps: RoomDeps): Room => ({
  commands: scoringCommands,
  renderers: scoringRenderers,
  menu: scoringMenu,
  hints: scoringHints,
})
