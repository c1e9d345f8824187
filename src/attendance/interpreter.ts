import type { Interpreter } from '../conversation/types.js'
import { dateIn } from '../core/dates.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { type SaidDay, saidDay } from './answers-day.js'
import { meantMeetings } from './answers-open.js'
import { listAsked } from './store.js'
import type { Understanding } from './understanding/types.js'
import { understand } from './understanding/understand.js'

type Call = { command: string; args: JsonObject }

const callFor = (said: Understanding): Call | null => {
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

const withDay = (call: Call, day: SaidDay): Call =>
  day && call.command !== 'attendance.question' ? { ...call, args: { ...call.args, day } } : call

/**
 * Reads everyday words about a meeting: understood, or asked back. Only for people who have a meeting that can be
 * meant; for everybody else the words mean nothing here and the menu answers.
 */
export const answerInterpreter: Interpreter = {
  name: 'attendance.words',
  interpret: async (text, { tx, now, people }) => {
    const call = callFor(understand(text))
    if (!call) return null
    for (const { personId } of people) {
      const [first] = meantMeetings(await listAsked(tx, personId, now), now)
      if (first) return withDay(call, saidDay(text, dateIn(now, first.meeting.zone)))
    }
    return null
  },
}
