import { expect, test } from 'vitest'
import { COMMANDS, DIALOGUES, knows } from './table.js'

test.each(COMMANDS.map((one) => [one.name, one] as const))('%s has its dialogue', (_, one) => {
  expect(DIALOGUES.filter((dialogue) => knows(one, dialogue)).length).toBe(1)
})

test('every dialogue is of a command', () => {
  expect(DIALOGUES.filter((dialogue) => !COMMANDS.some((one) => knows(one, dialogue)))).toEqual([])
})
