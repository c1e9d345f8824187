import type { Room, RoomDeps } from '../conversation/room.js'

/** Minutes, resolution, report and tables, as files. */
export const createPapers = (_deps: RoomDeps): Room => ({})
