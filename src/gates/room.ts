import type { Room, RoomDeps } from '../conversation/room.js'
import { gateCommands, gateHints, gateMenu } from './commands.js'
import { due, progress, tooShort } from './messages.js'
import { gateSweep } from './sweep.js'

/** What must be done around a meeting, by when, and whether it is. */
export const createGates = (_deps: RoomDeps): Room => ({
  commands: gateCommands,
  renderers: [due, progress, tooShort],
  menu: gateMenu,
  hints: gateHints,
  sweeps: [gateSweep],
})
