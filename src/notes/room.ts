import type { Room, RoomDeps } from '../conversation/room.js'
import { noteCommands } from './commands.js'
import { noteRenderers } from './messages.js'
import { notebookPaper } from './notebook-paper.js'
import { removeNotes } from './store.js'

/** A member's private notebook, by meeting: read, exported and removed by its writer alone. */
export const createNotes = (deps: RoomDeps): Room => ({
  commands: noteCommands,
  renderers: noteRenderers,
  papers: [notebookPaper(deps)],
  forgets: [removeNotes],
  menu: [
    {
      command: 'notes.write',
      label: 'notes.menu',
      rank: async ({ actor }) => (actor.cellIds.length > 0 ? 14 : null),
    },
  ],
  hints: [{ slash: { vi: 'ghichu', en: 'note' }, description: 'notes.hint', for: 'everyone' }],
})
