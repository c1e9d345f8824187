import type { Interpreter } from '../conversation/types.js'
import { readOpinion } from './rules.js'

const OPINION = /^(?:góp ý|gop y|gửi ý kiến|gui y kien)\s*[:,–-]?\s+(?=\S)/iu

/**
 * "Góp ý: họp ngắn hơn", "em muốn phát biểu": said freely. Read before the words of an answer, which such a sentence may
 * hold, and instead of a question of ours that waits.
 */
export const opinionInterpreter: Interpreter = {
  name: 'opinions.words',
  interrupts: true,
  interpret: async (text, { people }) => {
    if (people.every((one) => one.cellIds.length === 0)) return null
    const said = text.normalize('NFC').trim()
    const words = said.replace(OPINION, '')
    const meant = words !== said || readOpinion(said).kind === 'speak'
    return meant ? { command: 'opinions.give', args: { text: words } } : null
  },
}
