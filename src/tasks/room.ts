import type { Room, RoomDeps } from '../conversation/room.js'

/** What a meeting decided: who does what by when, and the draft of its resolution. */
export const createTasks = (_deps: RoomDeps): Room => ({})
