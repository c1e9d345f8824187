import type { Interpreter } from '../conversation/types.js'
import { dateIn } from '../core/dates.js'
import { fold } from '../core/text.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { type SaidDay, saidDay } from './answers-day.js'
import { meantMeetings } from './answers-open.js'
import { readPeriod } from './leave/parse-period.js'
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

/** Words about somebody else: never the speaker's own answer. */
const ON_BEHALF = /^tra loi (?:thay|giup) /

/** "15 phút", "khoảng 20p", "15": how late, after the question for it; null where it is anything else. */
function bareMinutes(text: string): number | null {
  const alone =
    /^\s*(?:\p{L}+\s+){0,2}(\d{2,3}|nửa|nua)\s*(?:phút|phut|ph|p|'|tiếng|tieng)?(?:\s+(?:ạ|a|nhé|nhe))?\s*$/iu.exec(
      text,
    )
  if (!alone) return null
  const said = understand(`đến muộn ${/^\d+$/.test(alone[1] ?? '') ? `${alone[1]} phút` : 'nửa tiếng'}`)
  return said.kind === 'answer' && said.state === 'late' ? (said.minutesLate ?? null) : null
}

const saysAbsent = ({ command, args }: Call): boolean =>
  (command === 'attendance.said' && args.state === 'absent') ||
  (command === 'attendance.unsure' && Array.isArray(args.candidates) && args.candidates.includes('absent'))

/**
 * Reads everyday words about a meeting: understood, or asked back. Only for people who have a meeting that can be
 * meant; for everybody else the words mean nothing here and the menu answers.
 */
export const answerInterpreter: Interpreter = {
  name: 'attendance.words',
  interpret: async (text, { tx, now, people }) => {
    if (ON_BEHALF.test(fold(text))) return null
    const call = callFor(understand(text))
    const minutes = call ? null : bareMinutes(text)
    if (!call && !minutes) return null
    // An absence "from … to …" is no answer to one meeting, and needs none to be open. Which days it means is read later.
    if (
      call &&
      saysAbsent(call) &&
      people.some((one) => one.cellIds.length > 0) &&
      readPeriod(text, dateIn(now, 'UTC'))
    )
      return { command: 'attendance.leave', args: { text } }
    for (const { personId } of people) {
      const [first, ...others] = meantMeetings(await listAsked(tx, personId, now), now)
      if (minutes && others.length === 0 && first?.answer?.state === 'late')
        return { command: 'attendance.said', args: { state: 'late', minutesLate: minutes } }
      if (call && first) return withDay(call, saidDay(text, dateIn(now, first.meeting.zone)))
    }
    return null
  },
}
