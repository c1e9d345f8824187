import type { Room, RoomDeps } from '../conversation/room.js'
import { gateCommands, gateHints, gateMenu } from './commands.js'
import { sheetCommands, sheetHints, sheetMenu } from './commands-sheet.js'
import { due, progress, tooShort } from './messages.js'
import { sheetConfirm, sheetShown } from './messages-sheet.js'
import { gateSweep } from './sweep.js'

/** What must be done around a meeting, by when, and whether it is. */
export const createGates = (_deps: RoomDeps): Room => ({
  commands: [...gateCommands, ...sheetCommands],
  renderers: [due, progress, tooShort, sheetShown, sheetConfirm],
  menu: [...gateMenu, ...sheetMenu],
  hints: [...gateHints, ...sheetHints],
  sweeps: [gateSweep],
})
