import type { Room, RoomDeps } from '../conversation/room.js'

/** What must be done around a meeting, by when, and whether it is. */
export const createGates = (_deps: RoomDeps): Room => ({})
