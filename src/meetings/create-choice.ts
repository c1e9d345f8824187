import type { NoteChoice } from '../conversation/types.js'

/** Where a cell has no meeting to work on, the way to one: nobody has to know the command. */
export const createChoice = (unitId: string): { choices: NoteChoice[][] } => ({
  choices: [[{ label: 'meetings.button.create', command: 'meetings.create', args: { unitId } }]],
})
