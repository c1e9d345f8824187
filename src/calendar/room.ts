import type { Room, RoomDeps } from '../conversation/room.js'
import type { CommandHint } from '../conversation/types.js'
import { calendarCommands } from './commands.js'
import { endFeeds } from './feeds.js'
import { calendarFile, feedMessage } from './messages.js'
import { calendarPaper } from './paper.js'

const hints: readonly CommandHint[] = [
  { slash: { vi: 'lichdienthoai', en: 'calendar' }, description: 'calendar.hint.own', for: 'everyone' },
  { slash: { vi: 'lichchibo', en: 'cellcalendar' }, description: 'calendar.hint.cell', for: ['secretary', 'deputy'] },
]

/** Secret calendar feeds of members and cells, and calendar files with what is sent. */
export const createCalendar = (deps: RoomDeps): Room => ({
  forgets: [endFeeds],
  commands: calendarCommands(deps),
  renderers: [feedMessage, calendarFile],
  papers: [calendarPaper(deps.zone)],
  hints,
})
