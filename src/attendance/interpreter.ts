import type { Interpreter } from '../conversation/types.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { meantMeetings } from './answers-open.js'
import { listAsked } from './store.js'
import type { Understanding } from './understanding/types.js'
import { understand } from './understanding/understand.js'

const callFor = (said: Understanding): { command: string; args: JsonObject } | null => {
  switch (said.kind) {
    case 'answer': {
      const { kind: _, ...parts } = said
      return { command: 'attendance.said', args: parts }
    }
    case 'unsure':
      return { command: 'attendance.unsure', args: { candidates: [...said.candidates] } }
    case 'question':
      return { command: 'attendance.question', args: { about: said.about } }
    case 'none':
      return null
  }
}

/**
 * Reads everyday words about a meeting: understood, or asked back. Only for people who have a meeting that can be
 * meant; for everybody else the words mean nothing here and the menu answers.
 */
export const answerInterpreter: Interpreter = {
  name: 'attendance.words',
  interpret: async (text, { tx, now, people }) => {
    const call = callFor(understand(text))
    if (!call) return null
    for (const { personId } of people)
      if (meantMeetings(await listAsked(tx, personId, now), now).length > 0) return call
    return null
  },
}
