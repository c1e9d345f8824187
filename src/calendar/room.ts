import type { Room, RoomDeps } from '../conversation/room.js'

/** Secret calendar feeds of members and cells, and calendar files with what is sent. */
export const createCalendar = (_deps: RoomDeps): Room => ({})
