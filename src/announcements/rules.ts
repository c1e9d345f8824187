import { findMarking } from '../materials/secret-marking.js'

/** A platform's whole message; the heading and the button come on top. */
export const MOST = 2_000

/** `ask`: something in it may be a marking of secrecy, the writer is asked. Cleared: they said that it is none. */
export type TextDecision = 'ok' | 'empty' | 'too-long' | 'secret' | 'ask'

export function decideText(text: string, cleared: boolean): TextDecision {
  if (!/\p{L}/u.test(text)) return 'empty'
  if (text.length > MOST) return 'too-long'
  const marking = findMarking(text)
  if (marking === 'secret') return 'secret'
  return marking === 'unclear' && !cleared ? 'ask' : 'ok'
}
