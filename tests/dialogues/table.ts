import { helpCommands } from '../../src/conversation/help.js'
import { menuCommands } from '../../src/conversation/menu.js'
import { muteCommands } from '../../src/conversation/mute.js'
import type { RoomDeps } from '../../src/conversation/room.js'
import type { Command } from '../../src/conversation/types.js'
import { undoCommands } from '../../src/conversation/undo.js'
import { createRooms } from '../../src/rooms.js'
import { ZONE } from '../support/house.js'
import type { Dialogue } from './driver.js'
import { ofAttendance } from './of-attendance.js'
import { ofEverybody } from './of-everybody.js'
import { ofMeetings } from './of-meetings.js'
import { ofOffices } from './of-offices.js'

/** What one can ask for by a name behind a slash, or by words. */
export const COMMANDS: readonly Command[] = [
  ...menuCommands([]),
  ...helpCommands([], []),
  ...muteCommands([]),
  ...undoCommands([]),
  // Declaring a command needs nothing of the house.
  ...createRooms({ zone: ZONE } as RoomDeps).flatMap((room) => room.commands ?? []),
].filter((one) => one.slash.length + one.words.length > 0)

export const DIALOGUES: readonly Dialogue[] = [...ofEverybody, ...ofMeetings, ...ofAttendance, ...ofOffices]

/** "/lich" and "/meetings"; or the words in both languages. */
export function namesOf({ command }: Dialogue): Record<'vi' | 'en', string> {
  const slash = COMMANDS.find((one) => `/${one.slash[0]}` === command)?.slash
  const [vi = command, en = vi] = slash ? slash.map((name) => `/${name}`) : command.split(', ')
  return { vi, en: slash ? `/${slash.at(-1)}` : en }
}

export const knows = (one: Command, dialogue: Dialogue): boolean =>
  one.slash.length > 0
    ? dialogue.command === `/${one.slash[0]}`
    : dialogue.command.split(', ').every((words) => one.words.includes(words))

/** Needs no link. */
export const FOR_ANYONE = new Set(COMMANDS.filter((one) => one.scope === 'anyone').map((one) => `/${one.slash[0]}`))

/** What members may not ask for. */
export const isOfARole = ({ as, command }: Dialogue): boolean =>
  as !== 'member' && as !== 'stranger' && command !== '/nhiemvu'
