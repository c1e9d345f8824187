import type { Room, RoomDeps } from '../conversation/room.js'
import { reminderCommands, reminderHints, reminderMenu } from './commands.js'
import { nudge, step } from './messages.js'
import { ladder, ladderConfirm, ladderSaved } from './messages-ladder.js'
import { lateSteps } from './messages-late.js'
import { nudgeDone, nudgeOffer } from './messages-nudge.js'
import { unreached } from './messages-unreached.js'
import { reminderSweep } from './sweep.js'
import { unheardSweep } from './unheard.js'

/** The ladder of reminders before a meeting, and the secretary's own question to the silent. */
export const createReminders = (_deps: RoomDeps): Room => ({
  commands: reminderCommands,
  renderers: [step, nudge, lateSteps, unreached, ladder, ladderConfirm, ladderSaved, nudgeOffer, nudgeDone],
  mutable: [{ kind: 'reminders', label: 'reminders.mutable', for: 'everyone' }],
  menu: reminderMenu,
  hints: reminderHints,
  sweeps: [reminderSweep, unheardSweep],
})
