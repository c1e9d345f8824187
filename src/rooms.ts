import { createAnnouncements } from './announcements/room.js'
import { createAttendance } from './attendance/room.js'
import { createBots } from './bots/room.js'
import { createCalendar } from './calendar/room.js'
import type { Room, RoomDeps } from './conversation/room.js'
import { createDigests } from './digests/room.js'
import { createGates } from './gates/room.js'
import { createGroups } from './groups/room.js'
import { createMaterials } from './materials/room.js'
import { createMeetings } from './meetings/room.js'
import { createMilestones } from './milestones/room.js'
import { createNotes } from './notes/room.js'
import { createOpinions } from './opinions/room.js'
import { createMay } from './organization/identity.js'
import { createOrganization } from './organization/room.js'
import { rosterRoom } from './organization/roster/commands.js'
import { createPages } from './pages/room.js'
import { createPapers } from './papers/room.js'
import { createReach } from './reach/room.js'
import { createReminders } from './reminders/room.js'
import { createScoring } from './scoring/room.js'
import { createTasks } from './tasks/room.js'

/** The features, lowest first. */
export const createRooms = (deps: RoomDeps): Room[] => [
  createOrganization(deps),
  rosterRoom({ ...deps, permissions: createMay(deps.zone) }),
  createPages(deps),
  createBots(deps),
  createMeetings(deps),
  createMilestones(deps),
  createCalendar(deps),
  // Before the answers: the letters of a link are no words.
  createMaterials(deps),
  createAttendance(deps),
  createReminders(deps),
  createAnnouncements(deps),
  createNotes(deps),
  createGates(deps),
  createTasks(deps),
  createOpinions(deps),
  createScoring(deps),
  createReach(deps),
  createGroups(deps),
  createPapers(deps),
  createDigests(deps),
]
