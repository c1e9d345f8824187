import { firstOf, fold, nfc } from '../core/text.js'
import type { GivenAnswer } from './rules.js'
import { englishReason } from './understanding/english.js'
import { readOutright } from './understanding/outright.js'
import { clean } from './understanding/tokens.js'
import type { AnswerState, QuestionTopic } from './understanding/types.js'

/** Longer reasons are letters; the secretary needs a line. */
const MAX_REASON = 200

type Reason = Pick<GivenAnswer, 'reasonKind' | 'reasonText'>

/** What stands behind "báo vắng", or follows the question for a reason. */
export type ReasonReading =
  | Readonly<{ kind: 'reason'; reason: Reason }>
  /** Says another answer, or one that contradicts the absence: asked back. `perhaps`: it may only say where one goes. */
  | Readonly<{ kind: 'other'; states: readonly AnswerState[]; perhaps: Reason | null }>
  | Readonly<{ kind: 'question'; about: QuestionTopic }>
  /** Thanks, a nod, a mistyped command: nothing to keep. */
  | Readonly<{ kind: 'courtesy' }>

const COURTESY =
  /^(?:(?:da|vang|ok|oke|okie|uh?|um|dc|duoc|roi|nhe|a|em|toi|minh|xin|cam|on|cx|thank|thanks|you|yes|no|khong|ko|thoi|dong|chi|bi|thu|chao) ?)+$/

const cut = (text: string): string => firstOf(nfc(text).trim(), MAX_REASON)

/** Reads a text that is expected to be the reason of an absence. Pure. */
export function readReason(text: string): ReasonReading {
  const said = readOutright(clean(text))
  if (said.kind === 'question') return said
  if (COURTESY.test(fold(text)) || !/\p{L}/u.test(text) || text.trim().startsWith('/')) return { kind: 'courtesy' }
  const states = said.kind === 'answer' ? [said.state] : said.kind === 'unsure' ? said.candidates : []
  if (said.kind === 'answer' && said.state === 'absent') return { kind: 'reason', reason: reasonOf(said) }
  const reason = { reasonKind: kindOf(text), reasonText: cut(text) }
  if (states.every((state) => state === 'absent')) return { kind: 'reason', reason }
  // "Đi mổ mắt" is somewhere to go; "em đi" is coming after all, and "em đi cùng anh Nam" may be either.
  const perhaps = said.kind === 'unsure' && states.every((state) => state === 'present') ? reason : null
  if (perhaps?.reasonKind && perhaps.reasonKind !== 'other') return { kind: 'reason', reason: perhaps }
  return { kind: 'other', states, perhaps }
}

/** The kind of reason in a text that is only that; null: it could not be one. */
function kindOf(text: string): Reason['reasonKind'] {
  const said = readOutright(clean(`em vắng vì ${text}`))
  const kind = said.kind === 'answer' && said.state === 'absent' ? (said.reasonKind ?? null) : null
  return kind && kind !== 'other' ? kind : (englishReason(text) ?? kind)
}

const reasonOf = (said: { reasonKind?: Reason['reasonKind']; reasonText?: string }): Reason => ({
  reasonKind: said.reasonKind ?? null,
  reasonText: said.reasonText ? cut(said.reasonText) : null,
})
