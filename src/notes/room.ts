import type { Room, RoomDeps } from '../conversation/room.js'

/** A member’s own notebook. */
export const createNotes = (_deps: RoomDeps): Room => ({})
