import type { Room, RoomDeps } from '../conversation/room.js'
import { addCommands } from './commands-add.js'
import { listCommands } from './commands-list.js'
import { leftoverSweep, paperSweep } from './leftovers.js'
import { materialHints, materialMenu } from './menu.js'
import { copy, orphaned, pushed, readDone } from './messages.js'
import { list, manage } from './messages-list.js'
import { pushSweep } from './sweep.js'
import { linkInterpreter, materialTaker } from './taker.js'

/** What people read before a meeting: taken in, handed out, and who says they have read it. */
export const createMaterials = ({ blobs }: RoomDeps): Room => ({
  commands: [...addCommands(blobs), ...listCommands],
  interpreters: [linkInterpreter],
  renderers: [pushed, copy, readDone, orphaned, list, manage],
  menu: materialMenu,
  hints: materialHints,
  takers: [materialTaker],
  sweeps: [pushSweep, leftoverSweep(blobs), paperSweep(blobs)],
})
