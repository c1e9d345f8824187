import type { Room, RoomDeps } from '../conversation/room.js'
import { taskCommands } from './commands.js'
import { taskWriting } from './commands-write.js'
import { taskHints, taskMenu } from './menu.js'
import { taskRenderers } from './messages.js'
import { taskSweep } from './sweep.js'

/** What a meeting decided: who does what by when, and what became of it. */
export const createTasks = (_deps: RoomDeps): Room => ({
  commands: [...taskCommands, ...taskWriting],
  renderers: taskRenderers,
  menu: taskMenu,
  hints: taskHints,
  sweeps: [taskSweep],
})
