import type { Room, RoomDeps } from '../conversation/room.js'
import type { LoadHolidays } from './cell.js'
import { cancelCommands } from './commands-cancel.js'
import { createCommands, noticeInterpreter } from './commands-create.js'
import { moveCommands } from './commands-move.js'
import { nextCommands } from './commands-next.js'
import { seriesCommands } from './commands-series.js'
import { wholeSeriesCommands } from './commands-whole-series.js'
import { createHolidays, type Holidays } from './holidays.js'
import { hints, menuEntries } from './menu.js'
import { confirmCancel, confirmMove } from './messages-change.js'
import { confirmMeeting, confirmSeries } from './messages-confirm.js'
import { nextMeetings } from './messages-next.js'
import { cancelled, created, holidayAhead, moved, seriesNotice } from './messages-notices.js'
import { holidaySweep, seriesSweep } from './sweep.js'

/** One calendar for the room, made when it is first asked. */
function lazyHolidays(): LoadHolidays {
  let made: Promise<Holidays> | null = null
  return () => {
    made ??= createHolidays()
    return made
  }
}

/** Schedules, single meetings, moves and postponements, and the notices that follow from them. */
export function createMeetings(deps: RoomDeps): Room {
  const load = lazyHolidays()
  return {
    commands: [
      ...nextCommands(),
      ...seriesCommands(load),
      ...wholeSeriesCommands(),
      ...createCommands(load),
      ...moveCommands(load),
      ...cancelCommands(load),
    ],
    interpreters: [noticeInterpreter(deps.zone)],
    renderers: [
      created,
      moved,
      cancelled,
      seriesNotice,
      holidayAhead,
      nextMeetings,
      confirmSeries,
      confirmMeeting,
      confirmMove,
      confirmCancel,
    ],
    menu: menuEntries,
    hints,
    sweeps: [seriesSweep, holidaySweep(load)],
  }
}
