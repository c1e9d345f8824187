import type { Room, RoomDeps } from '../conversation/room.js'
import type { CommandHint } from '../conversation/types.js'
import { personalCommands } from './commands-personal.js'
import { uploadPageCommands } from './commands-upload.js'
import { personalLink, personalList } from './messages.js'
import { pageLink } from './offer.js'
import { unusedSweep } from './sweep.js'

const hints: readonly CommandHint[] = [
  {
    slash: { vi: 'taitep', en: 'upload' },
    description: 'pages.hint.upload',
    for: ['secretary', 'deputy', 'office', 'administrator'],
  },
]

/** Pages of ours: one-time pages for what a chat cannot do, and a page of their own for people without a chat app. */
export const createPages = (deps: RoomDeps): Room => ({
  commands: [...uploadPageCommands(deps), ...personalCommands(deps)],
  renderers: [pageLink, personalList, personalLink],
  hints: deps.publicUrl ? hints : [],
  sweeps: [unusedSweep(deps.zone)],
})
