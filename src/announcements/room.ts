import type { Room, RoomDeps } from '../conversation/room.js'

/** A notice to the cell, who says they have it, and who does not yet. */
export const createAnnouncements = (_deps: RoomDeps): Room => ({})
