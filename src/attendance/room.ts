import type { Room, RoomDeps } from '../conversation/room.js'
import { answerHints, answerMenu } from './answers-menu.js'
import { answerCommands } from './commands-answer.js'
import { behalfCommands } from './commands-behalf.js'
import { answerInterpreter } from './interpreter.js'
import { lateCommands } from './late.js'
import { renderers } from './messages-answer.js'
import { behalfRenderers } from './messages-behalf.js'
import { lateRenderers } from './messages-late.js'

/** What members say before a meeting, and what really happened in it. */
export const createAttendance = (_deps: RoomDeps): Room => ({
  commands: [...answerCommands, ...lateCommands, ...behalfCommands],
  interpreters: [answerInterpreter],
  renderers: [...renderers, ...lateRenderers, ...behalfRenderers],
  menu: answerMenu,
  hints: answerHints,
})
