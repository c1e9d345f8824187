import { createAttendance } from './attendance/room.js'
import type { Room, RoomDeps } from './conversation/room.js'
import { createMeetings } from './meetings/room.js'
import { createOrganization } from './organization/room.js'

/** The features, lowest first. */
export const createRooms = (deps: RoomDeps): Room[] => [
  createOrganization(deps),
  createMeetings(deps),
  createAttendance(deps),
]
