import type { Room, RoomDeps } from '../conversation/room.js'

/** What members send before a meeting, who wants to speak, who spoke. */
export const createOpinions = (_deps: RoomDeps): Room => ({})
