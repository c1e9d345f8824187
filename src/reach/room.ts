import type { Room, RoomDeps } from '../conversation/room.js'
import { botSweep } from './bots-sweep.js'
import { callPaper } from './call-paper.js'
import { reachCommands, reachHints } from './commands.js'
import { callList, fateList, sheetReady } from './messages-calls.js'

/** Who is reached and who must be called; what the bots may still send. */
export const createReach = ({ zone }: RoomDeps): Room => ({
  commands: reachCommands,
  hints: reachHints,
  renderers: [callList, fateList, sheetReady],
  papers: [callPaper],
  sweeps: [botSweep(zone)],
})
