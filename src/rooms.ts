import { createAttendance } from './attendance/room.js'
import type { Room, RoomDeps } from './conversation/room.js'

/** The features, lowest first. */
export const createRooms = (deps: RoomDeps): Room[] => [createAttendance(deps)]
