import type { Room, RoomDeps } from '../conversation/room.js'
import { answerHints, answerMenu } from './answers-menu.js'
import { lastAnswer, undoAnswerCommands } from './answers-undo.js'
import { checkInCommands, checkInInterpreter } from './check-in/commands.js'
import { checkInRenderers } from './check-in/messages.js'
import { answerCommands } from './commands-answer.js'
import { behalfCommands } from './commands-behalf.js'
import { rollCallCommands } from './commands-roll-call.js'
import { summaryCommands } from './commands-summary.js'
import { exemptionCommands } from './exemptions/commands.js'
import { exemptionRenderers } from './exemptions/messages.js'
import { answerInterpreter } from './interpreter.js'
import { lateCommands } from './late.js'
import { leaveDecideCommands } from './leave/commands-decide.js'
import { leaveGiveCommands } from './leave/commands-give.js'
import { leaveHints, leaveMenu } from './leave/menu.js'
import { leaveRenderers } from './leave/messages.js'
import { leaveSweep } from './leave/sweep.js'
import { renderers } from './messages-answer.js'
import { behalfRenderers } from './messages-behalf.js'
import { lateRenderers } from './messages-late.js'
import { rollCallRenderers } from './messages-roll-call.js'
import { summaryRenderers } from './messages-summary.js'
import { objectionCommands } from './objections/commands.js'
import { releaseCommands } from './objections/commands-release.js'
import { objectionRenderers } from './objections/messages.js'
import { ownYearCommands } from './own-year-commands.js'
import { ownYear } from './own-year-messages.js'
import { forgetReasons, reasonRetention } from './retention.js'
import { rollCallPageCommands } from './roll-call-form.js'
import { guestCommands } from './roll-call-guests.js'
import { lineCommands } from './roll-call-line-commands.js'
import { lineInterpreters } from './roll-call-line-interpreter.js'
import { lineMessages } from './roll-call-line-messages.js'
import { rollCallHints, rollCallMenu } from './roll-call-menu.js'
import { resultMessage } from './roll-call-result.js'
import { secretaryCommands, secretaryRenderers } from './roll-call-secretary.js'
import { rollCallSweep } from './roll-call-sweep.js'
import { watchMessage } from './watch/watch.js'

/** What members say before a meeting, and what really happened in it. */
export const createAttendance = ({ log, codeKey, publicUrl, zone }: RoomDeps): Room => ({
  commands: [
    ...answerCommands,
    ...lateCommands,
    ...leaveGiveCommands,
    ...leaveDecideCommands,
    ...exemptionCommands,
    ...objectionCommands,
    ...releaseCommands,
    ...behalfCommands,
    ...undoAnswerCommands,
    ...rollCallCommands,
    ...rollCallPageCommands(codeKey),
    ...lineCommands,
    ...guestCommands,
    ...checkInCommands(codeKey),
    ...secretaryCommands,
    ...summaryCommands,
    ...ownYearCommands(zone),
  ],
  // A line about others before the words about oneself.
  interpreters: [checkInInterpreter, ...lineInterpreters, answerInterpreter],
  renderers: [
    ...renderers,
    ...lateRenderers,
    ...leaveRenderers,
    ...exemptionRenderers,
    ...objectionRenderers,
    ...checkInRenderers,
    watchMessage,
    ...behalfRenderers,
    ...rollCallRenderers,
    ...lineMessages,
    resultMessage,
    ...secretaryRenderers,
    ...summaryRenderers,
    ownYear,
  ],
  lastDone: [lastAnswer],
  menu: [...answerMenu, ...leaveMenu, ...rollCallMenu],
  hints: [...answerHints, ...leaveHints, ...rollCallHints],
  sweeps: [leaveSweep, rollCallSweep(log, publicUrl !== null), reasonRetention],
  forgets: [forgetReasons],
})
