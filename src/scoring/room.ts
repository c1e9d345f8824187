import type { Room, RoomDeps } from '../conversation/room.js'
import { scoringCommands } from './commands.js'
import { sheetCommands, sheetHints } from './commands-sheet.js'
import { scoringHints, scoringMenu } from './menu.js'
import { scoringRenderers } from './messages.js'
import { sheetRenderers } from './messages-sheet.js'

/** The score sheet of a meeting, filled in from what is known and completed by the secretary. */
export const createScoring = (_deps: RoomDeps): Room => ({
  commands: [...scoringCommands, ...sheetCommands],
  renderers: [...scoringRenderers, ...sheetRenderers],
  menu: scoringMenu,
  hints: [...scoringHints, ...sheetHints],
})
