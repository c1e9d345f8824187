import type { Room, RoomDeps } from '../conversation/room.js'
import { unitsOf } from '../organization/permissions.js'
import { announcementCommands } from './commands.js'
import { announcementRenderers } from './messages.js'

/** A notice to the cell, who says they have it, and who does not yet. */
export const createAnnouncements = (_deps: RoomDeps): Room => ({
  commands: announcementCommands,
  renderers: announcementRenderers,
  menu: [
    {
      command: 'announcements.write',
      label: 'announcements.menu',
      rank: async ({ actor }) => (unitsOf(actor.roles, 'announce').length > 0 ? 30 : null),
    },
  ],
  hints: [
    { slash: { vi: 'thongbao', en: 'announce' }, description: 'announcements.hint', for: ['secretary', 'deputy'] },
  ],
})
