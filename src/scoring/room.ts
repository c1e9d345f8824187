import type { Room, RoomDeps } from '../conversation/room.js'

/** The score sheet of a meeting, pre-filled from what is known. */
export const createScoring = (_deps: RoomDeps): Room => ({})
