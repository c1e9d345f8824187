import type { Room, RoomDeps } from './conversation/room.js'

/** The features, lowest first. */
export const createRooms = (_deps: RoomDeps): Room[] => []
