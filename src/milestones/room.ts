import type { Room, RoomDeps } from '../conversation/room.js'
import { standingCommands, standingHints, standingMenu } from './commands.js'
import { chooseMember, confirmDecision, told } from './messages.js'
import { milestoneSweep } from './sweep.js'

/** A year as a probationary member, badges: told in time, changed by decision alone. */
export const createMilestones = ({ zone }: RoomDeps): Room => ({
  commands: standingCommands,
  renderers: [told, chooseMember, confirmDecision],
  menu: standingMenu,
  hints: standingHints,
  sweeps: [milestoneSweep(zone)],
})
