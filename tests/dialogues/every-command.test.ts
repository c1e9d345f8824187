import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { helpCommands } from '../../src/conversation/help.js'
import { menuCommands } from '../../src/conversation/menu.js'
import { muteCommands } from '../../src/conversation/mute.js'
import type { RoomDeps } from '../../src/conversation/room.js'
import type { Command } from '../../src/conversation/types.js'
import { undoCommands } from '../../src/conversation/undo.js'
import { createRooms } from '../../src/rooms.js'
import { ZONE } from '../support/house.js'
import { type Dialogue, isRefused, play } from './driver.js'
import { ofAttendance } from './of-attendance.js'
import { ofEverybody } from './of-everybody.js'
import { ofMeetings } from './of-meetings.js'
import { ofOffices } from './of-offices.js'
import { openScene, openStage, type Scene } from './scene.js'

/** What one can ask for by a name behind a slash, or by words. */
const COMMANDS: readonly Command[] = [
  ...menuCommands([]),
  ...helpCommands([], []),
  ...muteCommands([]),
  ...undoCommands([]),
  // Declaring a command needs nothing of the house.
  ...createRooms({ zone: ZONE } as RoomDeps).flatMap((room) => room.commands ?? []),
].filter((one) => one.slash.length + one.words.length > 0)

const DIALOGUES: readonly Dialogue[] = [...ofEverybody, ...ofMeetings, ...ofAttendance, ...ofOffices]

/** "/lich" and "/meetings"; or the words in both languages. */
function namesOf({ command }: Dialogue): Record<'vi' | 'en', string> {
  const slash = COMMANDS.find((one) => `/${one.slash[0]}` === command)?.slash
  const [vi = command, en = vi] = slash ? slash.map((name) => `/${name}`) : command.split(', ')
  return { vi, en: slash ? `/${slash.at(-1)}` : en }
}

const knows = (one: Command, dialogue: Dialogue): boolean =>
  one.slash.length > 0
    ? dialogue.command === `/${one.slash[0]}`
    : dialogue.command.split(', ').every((words) => one.words.includes(words))

test.each(COMMANDS.map((one) => [one.name, one] as const))('%s has its dialogue', (_, one) => {
  expect(DIALOGUES.filter((dialogue) => knows(one, dialogue)).length).toBe(1)
})

test('every dialogue is of a command', () => {
  expect(DIALOGUES.filter((dialogue) => !COMMANDS.some((one) => knows(one, dialogue)))).toEqual([])
})

const FOR_ANYONE = new Set(COMMANDS.filter((one) => one.scope === 'anyone').map((one) => `/${one.slash[0]}`))

/** What members may not ask for. */
const isOfARole = ({ as, command }: Dialogue): boolean => as !== 'member' && as !== 'stranger' && command !== '/nhiemvu'

describe.each(['buttons', 'plain'] as const)('over %s', (over) => {
  let stage: Awaited<ReturnType<typeof openStage>>
  beforeAll(async () => {
    stage = await openStage(over)
  })
  afterAll(async () => {
    stage.verify()
    await stage.close()
  })

  describe.each(['vi', 'en'] as const)('in %s', (locale) => {
    let elsewhere: Scene
    beforeAll(async () => {
      elsewhere = await openScene(stage, locale, over)
    })

    test.each(DIALOGUES.map((one) => [namesOf(one)[locale], one] as const))('%s', async (name, dialogue) => {
      await play(await openScene(stage, locale, over), dialogue, name)
      if (isOfARole(dialogue))
        await isRefused(elsewhere, 'member', name, dialogue.refused ?? 'conversation.error.forbidden')
      if (!FOR_ANYONE.has(dialogue.command)) await isRefused(elsewhere, 'stranger', name, 'conversation.unlinked')
    })
  })
})
