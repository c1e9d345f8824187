import { fold } from '../core/text.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import type { Interpreter } from './types.js'

const ADDRESS =
  '(?: (?:dong chi|d c|dc|anh|chi|bac|chu|co|chau|con|ong|ba|em|bot|ban|bi thu|chi bo|ca nha|moi nguoi|you|very|so|much|a|ah|nhe|nhieu|rat|oi))*'
const LEAD = '(?:(?:da|vang|ok|oke|roi|em|toi|minh|xin|rat) )*'
const THANKS = new RegExp(`^${LEAD}(?:cam on|thank you|thanks|tks|ths)${ADDRESS}$`)
const GREETING = new RegExp(`^${LEAD}(?:chao|xin chao|kinh chao|hello|hi|good morning|good evening|alo)${ADDRESS}$`)

type Call = { command: string; args: JsonObject }

/** Thanks and greetings ask for nothing: whoever is polite is not told that they were not understood. */
export const courtesyInterpreter: Interpreter = {
  name: 'conversation.courtesy',
  interpret: async (text, { people }) => {
    if (people.length === 0) return null
    const words = fold(text)
    const call: Call | null = THANKS.test(words) ? { command: 'menu.thanks', args: {} } : null
    return call ?? (GREETING.test(words) ? { command: 'menu.open', args: { because: 'greeting' } } : null)
  },
}
