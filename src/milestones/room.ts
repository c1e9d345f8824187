import type { Room, RoomDeps } from '../conversation/room.js'

/** A year as a probationary member, badges: told in time, changed by decision alone. */
export const createMilestones = (_deps: RoomDeps): Room => ({})
