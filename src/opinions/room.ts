import type { Room, RoomDeps } from '../conversation/room.js'
import { givingCommands } from './commands-give.js'
import { speakerCommands } from './commands-speakers.js'
import { opinionInterpreter } from './interpreter.js'
import { opinionHints, opinionMenu } from './menu.js'
import { opinionRenderers } from './messages.js'
import { forgetOpinions, opinionRetention } from './retention.js'

/** What members send before a meeting, who wants to speak, who spoke. */
export const createOpinions = (_deps: RoomDeps): Room => ({
  commands: [...givingCommands, ...speakerCommands],
  interpreters: [opinionInterpreter],
  renderers: opinionRenderers,
  menu: opinionMenu,
  hints: opinionHints,
  sweeps: [opinionRetention],
  forgets: [forgetOpinions],
})
